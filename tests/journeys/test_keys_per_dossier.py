"""Keys and seconds of server time of each common dossier, by keyboard alone: told, and held under a bound.

    python -m pytest -s -m journey tests/journeys/test_keys_per_dossier.py     prints the table of docs/performance.md

Server time is the processor time of the threads that answered, so that a busy machine does not change it; what the
browser waited between asking and the first byte stands beside it. Files of the theme are left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import thread_time
from urllib.parse import urlsplit

import pytest
from flask import Flask, g, request, request_started, request_tearing_down
from playwright.sync_api import Page, Request, expect

from app.domain.channels import Channel
from app.services import submission
from tests.journeys import office
from tests.journeys.keyboard import CARD, Keyboard
from tests.journeys.windows import Windows
from tests.support.apps import application
from tests.support.seeded import Desk

pytestmark = [pytest.mark.journey, pytest.mark.timeout(600)]
PHONE = "0912345678"
Choice = str
DOWN: Choice = "ArrowDown"


@dataclass
class Server:
    """Counts what the server was asked, what its threads worked, and how long the browser waited."""

    asked: int = 0
    waited: float = 0.0
    worked: float = 0.0

    def begin(self, _app: Flask, **_more: object) -> None:
        """Take the thread's clock as a request begins."""
        g.thread_seconds_before = thread_time()

    def end(self, _app: Flask, **_more: object) -> None:
        """Add what the thread worked for a request."""
        if request.endpoint and not request.endpoint.endswith("static"):
            self.worked += thread_time() - g.get("thread_seconds_before", thread_time())

    def hear(self, asked: Request) -> None:
        """Take one finished request of the browser."""
        if "/static/" in urlsplit(asked.url).path:
            return
        timing = asked.timing
        self.asked += 1
        self.waited += max(0.0, timing["responseStart"] - timing["requestStart"]) / 1000


@dataclass(frozen=True)
class Seat:
    """The clerk's window with its keyboard, and the office behind it."""

    desk: Desk
    page: Page
    keyboard: Keyboard


def received(alias: str, **own: str) -> Callable[[Seat], None]:
    """Return the journey that receives a procedure at the desk with its own fields."""

    def journey(seat: Seat) -> None:
        keyboard, page = seat.keyboard, seat.page
        keyboard.leave("F2")
        keyboard.scan(CARD)
        expect(page.locator("#phone")).to_be_focused()
        keyboard.type(PHONE)
        keyboard.until("#procedure")
        keyboard.type(alias)
        keyboard.send("Enter")
        expect(page.locator(f"#own-{next(iter(own))}")).to_be_focused()
        for name, value in own.items():
            keyboard.until(f"#own-{name}")
            keyboard.press(value) if value == DOWN else keyboard.type(value)
        keyboard.send("Alt+D")
        expect(page.get_by_test_id("receive-side")).to_contain_text("đủ")
        keyboard.leave("F9")
        expect(page.get_by_test_id("dossier-code")).to_contain_text("H99.105-261123-0001")
        expect(page.get_by_test_id("print-receipt")).to_be_focused()  # one key prints

    return journey


def certified(seat: Seat) -> None:
    """Three papers, ten copies each, numbered and paid; then signed and handed out."""
    keyboard, page = seat.keyboard, seat.page
    page.goto("/mot-cua/chung-thuc")
    expect(page.locator("#name")).to_be_focused()  # a scanner types faster than a page that is not there yet hears
    keyboard.scan(CARD)
    expect(page.locator("#title-1")).to_be_focused()
    for typed in ("btn", "", "10", "hb", "12", "", "ks", "2", ""):
        if typed:
            keyboard.type(typed)
        keyboard.press("Enter")
    keyboard.leave("Enter")
    expect(page.get_by_test_id("numbers")).to_have_text("1–3")
    page.wait_for_load_state("load")
    keyboard.send("Alt+T")
    expect(page.get_by_test_id("messages")).to_contain_text("Đã trả lượt")


def filed_online(seat: Seat) -> None:
    """A filing of the portal is opened by its number, looked through and received."""
    keyboard, page, desk = seat.keyboard, seat.page, seat.desk
    with desk.house.unit_of_work() as uow:
        filing = desk.filing(channel=Channel.ONLINE)
        filed = submission.file_online(uow, filing, at=desk.clock.now())
    page.goto("/mot-cua/")
    keyboard.scan(filed.filing_number)
    expect(page.get_by_test_id("dossier-code")).to_have_text(filed.filing_number)
    keyboard.leave("F9")
    keyboard.leave("F9")
    expect(page.get_by_test_id("dossier-code")).to_contain_text("H99.105-261123-0001")


def returned(seat: Seat) -> None:
    """A result that waits is found by its receipt and handed over to whoever shows a card."""
    keyboard, page = seat.keyboard, seat.page
    code = office.finished(seat.desk)
    page.goto("/mot-cua/")
    keyboard.scan(code)
    expect(page.get_by_test_id("dossier-code")).to_have_text(code)
    keyboard.leave("F9")
    keyboard.until("[name=identity]")
    keyboard.press("Space")
    keyboard.leave("F9")
    expect(page.locator(".mc-flash")).to_contain_text("Đã trả kết quả")


JOURNEYS = {
    "chứng thực, 3 giấy × 10 bản, trả": (certified, 30),
    "khai sinh tại quầy": (
        received(
            "ks", child_name="Vi An", child_birth="20/11/2026", child_sex=DOWN, child_ethnic="Thái", child_place="BV"
        ),
        75,
    ),
    "xác nhận tình trạng hôn nhân": (received("tthn", purpose=DOWN), 30),
    "đăng ký hộ kinh doanh": (
        received("hkd", business_name="Tạp hóa Hòa", business_place="Xóm Đồi", business_lines="Bán lẻ"), 70
    ),
    "đất đai, cấp giấy lần đầu": (received("gcn", parcel="12", map_sheet="7", land_address="Xóm Đồi"), 50),
    "trợ cấp xã hội hằng tháng": (received("tcxh", beneficiary="Vi Thị Già"), 50),
    "hồ sơ trực tuyến, tiếp nhận": (filed_online, 10),
    "trả kết quả": (returned, 20),
}  # fmt: skip


@pytest.mark.parametrize("name", JOURNEYS)
def test_a_common_dossier_takes_few_keys(
    windows: Windows, desk: Desk, name: str, record_property: Callable[[str, object], None]
) -> None:
    journey, most = JOURNEYS[name]
    page = windows.sign_in("clerk")
    server, app = Server(), application(desk.house)
    page.context.on("requestfinished", server.hear)
    keyboard = Keyboard(page)
    with request_started.connected_to(server.begin, app), request_tearing_down.connected_to(server.end, app):
        journey(Seat(desk, page, keyboard))
    told = (
        f"{name}: {keyboard.keys} keys, {keyboard.scans} scans, {server.asked} requests, "
        f"{server.worked:.2f} s of server, {server.waited:.2f} s waited"
    )
    print(told)  # noqa: T201 - the table of docs/performance.md is read from here
    record_property("keys", told)
    assert 0 < keyboard.keys <= most
