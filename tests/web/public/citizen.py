"""A citizen in front of the pages: opens, fills, sends, with the page's own token, without JavaScript."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field

import img2pdf
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
ANSWERS = {
    "whom": "me",
    "name": "Nguyễn Văn Mẫu",
    "id_kind": "cccd",
    "id_number": "001 090 123 456",
    "birth": "05/09/1990",
    "sex": "Nam",
    "address": "Thôn Đông, xã Vĩnh An",
    "phone": "+84 912 345 678",
    "email": "",
    "delivery": "desk",
    "delivery_address": "",
    "case": "",
}


@dataclass
class Citizen:
    """One browser."""

    app: Flask
    page: TestResponse | None = None
    client: FlaskClient = field(init=False)

    def __post_init__(self) -> None:
        self.client = self.app.test_client()

    def open(self, path: str) -> TestResponse:
        """Open a page, following redirects."""
        self.page = self.client.get(path, follow_redirects=True)
        return self.page

    def send(self, path: str, **fields: object) -> TestResponse:
        """Send a form of the page now open, following redirects."""
        if self.page is None or not _TOKEN.search(self.page.text):
            self.open("/tra-cuu")
        assert self.page is not None
        found = _TOKEN.search(self.page.text)
        assert found
        self.page = self.client.post(path, data={"csrf_token": found[1], **fields}, follow_redirects=True)
        return self.page

    def track(self, number: str, secret: str = "") -> TestResponse:
        """Look a dossier up."""
        self.page = None
        return self.send("/tra-cuu", code=number, secret=secret)

    def begin(self, procedure: str) -> TestResponse:
        """Open a draft of a procedure."""
        self.open(f"/nop-ho-so/{procedure}")
        return self.send(f"/nop-ho-so/{procedure}")

    def where(self) -> str:
        """The path of the page now open."""
        assert self.page is not None
        return self.page.request.path

    def answer(self, **other: object) -> TestResponse:
        """Answer the question now open with the usual answers, or with `other`."""
        assert self.page is not None
        asked = set(re.findall(r'name="(\w+)"', self.page.text)) - {"csrf_token", "act", "files"}
        typed = {name: ANSWERS.get(name, _own(self.page.text, name)) for name in asked}
        return self.send(self.where(), **{**typed, **other})

    def attach(self, *files: tuple[str, bytes], **more: object) -> TestResponse:
        """Attach files on the page now open."""
        sent = [(io.BytesIO(content), name) for name, content in files]
        return self.send(self.where(), act="upload", files=sent, **more)

    def fill_in(self, procedure: str) -> TestResponse:
        """Answer every question, up to the review."""
        self.begin(procedure)
        for _step in range(30):
            if "/xem-lai" in self.where():
                break
            if "/giay-to" in self.where():
                self.attach(("trang-1.jpg", photograph()))
            self.answer()
        assert self.page is not None
        return self.page


def photograph() -> bytes:
    """A photographed page."""
    drawn = io.BytesIO()
    Image.new("RGB", (640, 900), "white").save(drawn, "JPEG")
    return drawn.getvalue()


def pdf() -> bytes:
    """A scanned page as PDF."""
    return bytes(img2pdf.convert(photograph()))


def shown(page: TestResponse, testid: str) -> str:
    """The text of the element with this data-testid, without its tags."""
    found = re.search(rf'data-testid="{testid}"[^>]*>(.*?)</', page.text, re.S)
    assert found, f"{testid} is not on the page {page.request.path} ({page.status})"
    return re.sub(r"<[^>]+>", "", found[1]).strip()


def _own(text: str, name: str) -> str:
    """An answer to one of the procedure's own questions: the first choice, a day, a number or a word."""
    choice = re.search(rf'name="{name}"[^>]*type="radio"[^>]*value="([^"]+)"', text)
    if choice:
        return choice[1]
    hint = re.search(rf'id="{name}-hint">([^<]*)', text)
    if hint and "ngày/tháng" in hint[1]:
        return "05/09/2025"
    if name.endswith("_birth"):
        return "1990"
    return (
        "" if hint and "để trống" in hint[1] else "3" if re.search(rf'id="{name}" inputmode="numeric"', text) else "Thử"
    )
