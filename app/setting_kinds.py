"""What a setting may look like: each function reads one text from the environment.

Each raises ValueError with a Vietnamese sentence that says how to mend the value.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError


def text(value: str) -> str:
    """Return the text without space around it."""
    return value.strip()


def flag(value: str) -> bool:
    """Return whether the setting is on."""
    known = {"1": True, "on": True, "true": True, "0": False, "off": False, "false": False}
    if value.strip().lower() not in known:
        raise ValueError("chỉ nhận 1 hoặc 0 (on/off, true/false)")
    return known[value.strip().lower()]


def whole(least: int, most: int) -> Callable[[str], int]:
    """Return a reader of whole numbers from `least` to `most`."""

    def parse(value: str) -> int:
        if not value.strip().isdecimal() or not least <= int(value) <= most:
            raise ValueError(f"phải là số nguyên từ {least} đến {most}")
        return int(value)

    return parse


def choice(*allowed: str) -> Callable[[str], str]:
    """Return a reader that accepts only the words `allowed`."""

    def parse(value: str) -> str:
        if value.strip() not in allowed:
            raise ValueError(f"phải là một trong: {', '.join(allowed)}")
        return value.strip()

    return parse


def folder(value: str) -> Path:
    """Return an absolute folder; it need not exist yet."""
    path = Path(value.strip()).expanduser().absolute()
    if path.exists() and not path.is_dir():
        raise ValueError(f"{path} không phải là thư mục; hãy chọn thư mục khác")
    return path


def database_url(value: str) -> str:
    """Return a database address that SQLAlchemy understands, with its driver."""
    try:
        url = make_url(value.strip())
    except ArgumentError:
        raise ValueError("không đọc được địa chỉ; ví dụ postgresql+psycopg://nguoi@may/motcua") from None
    if url.get_backend_name() not in {"sqlite", "postgresql"}:
        raise ValueError("chỉ dùng được SQLite hoặc PostgreSQL (postgresql+psycopg://…)")
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    return url.render_as_string(hide_password=False)


def web_address(value: str) -> str:
    """Return the root address of a web site, without a slash at its end."""
    parts = urlsplit(value.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path not in {"", "/"}:
        raise ValueError("phải là địa chỉ gốc dạng https://ten-may")
    return value.strip().rstrip("/")


def web_page(value: str) -> str:
    """Return one address of the web, with its path."""
    addresses = web_addresses(value)
    if len(addresses) != 1:
        raise ValueError("chỉ nhận một địa chỉ http(s)://…")
    return addresses[0]


def web_addresses(value: str) -> tuple[str, ...]:
    """Return web addresses separated by commas or spaces."""
    addresses = tuple(part for part in value.replace(",", " ").split())
    if any(urlsplit(part).scheme not in {"http", "https"} for part in addresses):
        raise ValueError("phải là các địa chỉ http(s)://…, cách nhau bằng dấu phẩy")
    return addresses
