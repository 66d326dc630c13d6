"""Somebody of the desk in front of the pages: opens, fills, sends, with the page's own token and version."""

from __future__ import annotations

import html
import io
import re
from dataclasses import dataclass, field

import img2pdf
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from app.seed.house import PIN
from app.web.context import EXTENSION
from tests.support.people import seat

CARD = "025188004172|131234567|Phạm Thị Hòa|14031988|Nữ|Xóm Đồi Chè, xã Vĩnh An|10052022"
PAGE_PIN = PIN
_INPUT = re.compile(r"<input\b[^>]*>")
_ATTRIBUTE = re.compile(r'([\w-]+)(?:="([^"]*)")?')


@dataclass
class Worker:
    """One browser, signed in."""

    client: FlaskClient
    login: str
    page: TestResponse | None = field(default=None)

    def __post_init__(self) -> None:
        seat(self.client, self.client.application.extensions[EXTENSION], self.login)

    def open(self, path: str) -> TestResponse:
        """Open a page, following redirects."""
        self.page = self.client.get(path, follow_redirects=True)
        return self.page

    def send(self, path: str, **fields: object) -> TestResponse:
        """Send fields with the token and the version of the page now open, following redirects."""
        known = {name: self.hidden(name) for name in ("csrf_token", "version")}
        self.page = self.client.post(path, data={**known, **fields}, follow_redirects=True)
        return self.page

    def hidden(self, name: str) -> str:
        """Return the value of a hidden field of the page now open, empty when there is none."""
        assert self.page is not None
        found = re.search(rf'name="{name}" value="([^"]*)"', self.page.text)
        return html.unescape(found[1]) if found else ""

    def act(self, ref: str, key: str, **fields: object) -> TestResponse:
        """Do one act on a dossier from its page."""
        self.open(f"/mot-cua/ho-so/{ref}")
        return self.send(f"/mot-cua/ho-so/{ref}/viec/{key}", **fields)

    def receive(self, **other: object) -> TestResponse:
        """Fill the receive form as for a marital status, and press `act` (receive unless told otherwise)."""
        self.open("/mot-cua/tiep-nhan")
        typed: dict[str, object] = {**USUAL, "token": self.hidden("token"), **other}
        recomputed = self.client.post(
            "/mot-cua/tiep-nhan", data={**typed, "csrf_token": self.token, "act": "all_papers"}
        )
        self.page = recomputed
        return self.send("/mot-cua/tiep-nhan", **{**typed, **ticked(recomputed.text), "act": "receive"})

    @property
    def token(self) -> str:
        """The token of the page now open."""
        return self.hidden("csrf_token")

    def where(self) -> str:
        """The path of the page now open."""
        assert self.page is not None
        return self.page.request.path

    def shown(self, testid: str) -> str:
        """The text of the element with this data-testid, without its tags."""
        assert self.page is not None
        return shown(self.page, testid)


USUAL = {
    "id_number": "025188004172",
    "id_kind": "cccd",
    "name": "Phạm Thị Hòa",
    "birth": "14/03/1988",
    "sex": "Nữ",
    "address": "Xóm Đồi Chè, xã Vĩnh An",
    "phone": "0912345678",
    "acts_for": "self",
    "procedure": "tthn",
    "own-purpose": "Đăng ký kết hôn",
    "delivery": "desk",
    "channel": "1",
    "paid_by": "cash",
}


def ticked(text: str) -> dict[str, str]:
    """Return what the table of papers on a page would send."""
    found = {}
    for tag in _INPUT.findall(text):
        attributes = dict(_ATTRIBUTE.findall(tag))
        name = attributes.get("name", "")
        if name == "papers_of" or re.match(r"c\d+-(originals|copies)$", name):
            found[name] = html.unescape(attributes.get("value", ""))
        elif re.match(r"c\d+-have$", name) and " checked" in tag:
            found[name] = "1"
    return found


def shown(page: TestResponse, testid: str) -> str:
    """The text of the element with this data-testid, without its tags, up to its end tag."""
    found = re.search(rf'<(\w+)[^>]*data-testid="{testid}"[^>]*>(.*?)</\1>', page.text, re.S)
    assert found, f"{testid} is not on the page {page.request.path} ({page.status})"
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", found[2]).split()))


def photograph() -> tuple[io.BytesIO, str]:
    """A photographed page, as a browser sends it."""
    drawn = io.BytesIO()
    Image.new("RGB", (640, 900), "white").save(drawn, "JPEG")
    return io.BytesIO(drawn.getvalue()), "trang-1.jpg"


def scanned_pdf() -> tuple[io.BytesIO, str]:
    """A scanned page as PDF."""
    return io.BytesIO(img2pdf.convert(photograph()[0].read())), "ban-quet.pdf"
