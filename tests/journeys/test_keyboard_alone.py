"""The desk by keyboard alone: no mouse, every stop in sight, and few enough keys for a queue of people."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import expect

from app.seed.house import PASSWORD, PIN
from tests.journeys import office
from tests.journeys.keyboard import CARD, Keyboard
from tests.journeys.windows import Windows
from tests.support.seeded import Desk

pytestmark = [pytest.mark.journey, pytest.mark.timeout(600)]
# A clerk's fingers: 4 keys a second, 2 seconds for a scan.
SECONDS_A_KEY, SECONDS_A_SCAN = 0.25, 2.0


def test_sign_in(windows: Windows):
    page = windows.citizen()
    page.goto("/dang-nhap")
    keyboard = Keyboard(page)
    keyboard.until("#login")
    keyboard.type("clerk")
    keyboard.press("Tab")
    keyboard.type(PASSWORD)
    keyboard.leave("Enter")
    expect(page.get_by_test_id("scan")).to_be_focused()


def test_a_common_dossier_is_received_within_a_minute(windows: Windows, request: pytest.FixtureRequest):
    page = windows.sign_in("clerk")
    keyboard, begun = Keyboard(page), time.monotonic()
    keyboard.leave("F2")
    keyboard.scan(CARD)
    expect(page.locator("#phone")).to_be_focused()
    expect(page.locator("#name")).to_have_value("Phạm Thị Hòa")
    keyboard.type("0912345678")
    keyboard.until("#procedure")
    keyboard.type("tthn")
    keyboard.send("Enter")
    expect(page.get_by_label("Mục đích sử dụng")).to_be_focused()
    keyboard.press("ArrowDown")
    keyboard.send("Alt+D")
    expect(page.get_by_test_id("receive-side")).to_contain_text("đủ")
    keyboard.leave("F9")
    expect(page.get_by_test_id("dossier-code")).to_contain_text("H99.105-261123-0001")
    expect(page.get_by_test_id("print-receipt")).to_be_focused()
    served(keyboard, begun, within=60, asked=request)


def test_a_row_is_opened_from_the_work_list(windows: Windows, desk: Desk, request: pytest.FixtureRequest):
    codes = [desk.receive().code for _n in range(3)]
    page = windows.sign_in("clerk")
    keyboard, begun = Keyboard(page), time.monotonic()
    expect(page.get_by_test_id("scan")).to_be_focused()
    keyboard.press("ArrowDown", "ArrowDown", "ArrowUp", "ArrowDown")
    second = page.get_by_test_id("worklist").locator("tbody tr").nth(1)
    expect(second.get_by_role("link").first).to_be_focused()
    keyboard.press("Space")
    expect(second.get_by_role("checkbox")).to_be_checked()
    code = second.get_by_role("link").first.inner_text()
    keyboard.leave("Enter")
    assert code in codes
    expect(page.get_by_test_id("dossier-code")).to_have_text(code)
    keyboard.leave("Escape")
    expect(page.get_by_test_id("scan")).to_be_focused()
    served(keyboard, begun, within=15, asked=request)


def test_two_of_three_are_signed(windows: Windows, desk: Desk, request: pytest.FixtureRequest):
    for _n in range(3):
        office.proposed(desk)
    page = windows.sign_in("leader")
    page.goto("/mot-cua/trinh-ky")
    codes = [one.replace("\n", "") for one in page.get_by_test_id("sign-queue").locator(".mc-code").all_inner_texts()]
    keyboard, begun = Keyboard(page), time.monotonic()
    for code in codes[:2]:
        keyboard.until(f"[data-testid='read-{code}']")
        keyboard.leave("Enter")
        expect(page.get_by_test_id("preview").get_by_role("img")).to_have_count(1)
        expect(page.get_by_test_id(f"read-{code}")).to_be_focused()
    chosen = page.get_by_test_id("sign-queue").get_by_role("checkbox", checked=True)
    expect(chosen).to_have_count(2)  # what was read is chosen, the third is neither
    keyboard.until(f"[name=result][aria-label*='{codes[0]}']", "Shift+Tab")
    keyboard.press("Space")
    expect(chosen).to_have_count(1)
    keyboard.press("Space")
    keyboard.send("Alt+K")
    expect(page.get_by_test_id("pin")).to_be_focused()
    expect(page.locator("[data-pin-list] li")).to_have_count(2)
    keyboard.type(PIN)
    keyboard.send("Enter")
    expect(page.locator(".mc-flash")).to_contain_text("2")
    expect(page.get_by_test_id("sign-queue").get_by_role("listitem")).to_have_count(1)
    served(keyboard, begun, within=60, asked=request)


def test_a_result_is_handed_over(windows: Windows, desk: Desk, request: pytest.FixtureRequest):
    code = office.finished(desk)
    page = windows.sign_in("clerk")
    keyboard, begun = Keyboard(page), time.monotonic()
    keyboard.scan(code)
    expect(page.get_by_test_id("dossier-code")).to_have_text(code)
    keyboard.leave("F9")
    keyboard.until("[name=identity]")
    keyboard.press("Space")
    keyboard.leave("F9")
    expect(page.locator(".mc-flash")).to_contain_text("Đã trả kết quả")
    served(keyboard, begun, within=20, asked=request)


def served(keyboard: Keyboard, begun: float, *, within: int, asked: pytest.FixtureRequest) -> None:
    """The fingers of a trained clerk and the pages together take no longer than `within` seconds."""
    pages = time.monotonic() - begun
    fingers = keyboard.keys * SECONDS_A_KEY + keyboard.scans * SECONDS_A_SCAN
    figures = f"{keyboard.keys} keys, {keyboard.scans} scans: {fingers:.1f} s of fingers, {pages:.1f} s of pages"
    asked.node.user_properties.append(("served", figures))  # shown in the JUnit report
    assert fingers + pages < within
