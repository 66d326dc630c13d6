"""Settings (cấu hình) from the environment, all `MOTCUA_…`, checked at once and frozen.

A wrong or unknown setting stops the start; all of them are named together, each with its way out.
`MOTCUA_TEST_…` belongs to the tests and is not looked at here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final

from sqlalchemy.engine import make_url

from app import setting_kinds as kinds

PREFIX: Final = "MOTCUA_"
TEST_PREFIX: Final = "MOTCUA_TEST_"
CHECKOUT: Final = Path(__file__).parent.parent
LOG_FORMATS: Final = ("console", "json")
MEGABYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Problem:
    """One setting that cannot be used: its name, and what is wrong with the way to mend it."""

    option: str
    message: str

    def __str__(self) -> str:
        return f"{self.option}: {self.message}"


class SettingsInvalid(Exception):
    """The environment holds settings that cannot be used; `problems` lists all of them."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


def _option(parse: Callable[[str], Any], about: str, default: Any) -> Any:
    return field(default=default, metadata={"parse": parse, "about": about})


def _secret(about: str) -> Any:
    """Declare a setting that never shows in a log or a trace."""
    return field(default="", repr=False, metadata={"parse": kinds.text, "about": about})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the operator chose. Each field is the environment variable MOTCUA_ + its name in capitals."""

    home: Path = _option(kinds.folder, "data folder (thư mục dữ liệu)", CHECKOUT / "var")
    keys: Path | None = _option(
        kinds.folder, "folder of the keys, never in a backup; default HOME/keys", None
    )
    database_url: str = _option(kinds.database_url, "database; default SQLite in HOME", "")
    demo: bool = _option(kinds.flag, "demo house: invented data, accounts printed", False)
    local_filing: bool = _option(kinds.flag, "citizens may file on our own pages", True)

    host: str = _option(kinds.text, "address the web listens on", "127.0.0.1")
    port: int = _option(kinds.whole(1, 65_535), "port the web listens on", 8000)
    workers: int = _option(kinds.whole(1, 64), "web worker processes", 2)
    threads: int = _option(kinds.whole(1, 64), "blocking threads per web worker", 4)
    external_url: str = _option(kinds.web_address, "address people reach us by; default http://HOST:PORT", "")
    proxies: int = _option(kinds.whole(0, 5), "trusted reverse proxies in front of us", 0)

    session_idle_minutes: int = _option(kinds.whole(1, 1_440), "a session ends after this long unused", 30)
    session_signer_idle_minutes: int = _option(kinds.whole(1, 1_440), "the same, for those who sign", 15)
    session_hours: int = _option(kinds.whole(1, 24), "a session ends after this long in any case", 9)

    upload_file_mb: int = _option(kinds.whole(1, 200), "largest file", 25)
    upload_files: int = _option(kinds.whole(1, 200), "most files in one request", 20)
    upload_request_mb: int = _option(kinds.whole(1, 500), "largest request", 100)

    clamd_socket: str = _option(kinds.text, "socket of clamd; empty: files are not looked at for malware", "")
    tsa_urls: tuple[str, ...] = _option(kinds.web_addresses, "timestamp authorities, tried in this order", ())
    revocation_urls: tuple[str, ...] = _option(
        kinds.web_addresses, "OCSP responders and revocation lists that may be asked", ()
    )
    pkcs11_library: str = _option(kinds.text, "library of the signing token's maker (PKCS#11)", "")
    remote_signing_url: str = _option(kinds.web_page, "remote signing service (CSC API v2)", "")
    remote_signing_token: str = _secret("its bearer token")
    smtp_host: str = _option(kinds.text, "mail server; empty: messages stay in the outbox", "")
    smtp_port: int = _option(kinds.whole(1, 65_535), "its port", 587)
    smtp_user: str = _option(kinds.text, "its account", "")
    smtp_password: str = _secret("its password")
    smtp_from: str = _option(kinds.text, "sender of mails", "")
    sms_url: str = _option(kinds.web_page, "SMS gateway; empty: messages stay in the outbox", "")
    sms_token: str = _secret("its bearer token")

    log_format: str = _option(kinds.choice(*LOG_FORMATS), "how log lines look", "console")
    metrics_token: str = _secret("bearer token for /metrics from other machines")

    def __post_init__(self) -> None:
        derived = {
            "keys": self.keys or self.home / "keys",
            "database_url": self.database_url or f"sqlite+pysqlite:///{self.home / 'motcua.sqlite'}",
            "external_url": self.external_url or f"http://{self.host}:{self.port}",
        }
        for name, value in derived.items():
            object.__setattr__(self, name, value)

    @property
    def secure_cookies(self) -> bool:
        """True when people reach us by HTTPS: cookies then are `Secure` and named `__Host-`."""
        return self.external_url.startswith("https://")

    @property
    def is_sqlite(self) -> bool:
        """True for the embedded database."""
        return make_url(self.database_url).get_backend_name() == "sqlite"


def from_environment(environment: Mapping[str, str] = os.environ, **overrides: Any) -> Settings:
    """Return the settings of `environment`; `overrides` are what a command's own options say.

    Raises SettingsInvalid with every problem found.
    """
    values, problems = _parsed(_ours(environment))
    problems += _unknown(environment)
    settings = None if problems else Settings(**(values | overrides))
    if settings is not None:
        problems += _contradictions(settings)
    if problems or settings is None:
        raise SettingsInvalid(problems)
    return settings


def describe() -> list[tuple[str, str]]:
    """Return each environment variable with what it is for, in the order of the fields."""
    return [(PREFIX + option.name.upper(), option.metadata["about"]) for option in fields(Settings)]


def _ours(environment: Mapping[str, str]) -> dict[str, str]:
    return {
        name.removeprefix(PREFIX).lower(): value
        for name, value in environment.items()
        if name.startswith(PREFIX) and not name.startswith(TEST_PREFIX) and value.strip()
    }


def _parsed(given: Mapping[str, str]) -> tuple[dict[str, Any], list[Problem]]:
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for option in fields(Settings):
        if option.name in given:
            try:
                values[option.name] = option.metadata["parse"](given[option.name])
            except ValueError as wrong:
                problems.append(Problem(PREFIX + option.name.upper(), str(wrong)))
    return values, problems


def _unknown(environment: Mapping[str, str]) -> list[Problem]:
    known = {option.name for option in fields(Settings)}
    return [
        Problem(PREFIX + name.upper(), "không có cấu hình tên này; xem danh sách trong docs/operations.md")
        for name in sorted(set(_ours(environment)) - known)
    ]


def _contradictions(settings: Settings) -> list[Problem]:
    """Return what is right by itself but wrong together."""
    problems = []
    if settings.session_signer_idle_minutes > settings.session_idle_minutes:
        problems.append(
            Problem("MOTCUA_SESSION_SIGNER_IDLE_MINUTES", "không được dài hơn MOTCUA_SESSION_IDLE_MINUTES")
        )
    if settings.upload_request_mb < settings.upload_file_mb:
        problems.append(Problem("MOTCUA_UPLOAD_REQUEST_MB", "không được nhỏ hơn MOTCUA_UPLOAD_FILE_MB"))
    if settings.smtp_host and not settings.smtp_from:
        problems.append(Problem("MOTCUA_SMTP_FROM", "cần địa chỉ người gửi khi đã đặt MOTCUA_SMTP_HOST"))
    if _is_public(settings) and not settings.secure_cookies:
        problems.append(
            Problem(
                "MOTCUA_EXTERNAL_URL",
                "máy chủ mở ra ngoài 127.0.0.1 thì người dùng phải vào qua https://; đặt địa chỉ đó ở đây",
            )
        )
    return problems


def _is_public(settings: Settings) -> bool:
    return settings.host not in {"127.0.0.1", "::1", "localhost"} and not settings.demo
