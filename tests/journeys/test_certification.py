"""Three papers, ten copies each, by keyboard alone: scan, type, one key to number; then print and hand out."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Request, expect

from tests.journeys.keyboard import CARD, Keyboard
from tests.journeys.test_keyboard_alone import served
from tests.journeys.windows import Windows

pytestmark = [pytest.mark.journey, pytest.mark.timeout(600)]


def test_three_papers_ten_copies_within_fifteen_seconds(windows: Windows, request: pytest.FixtureRequest):
    page = windows.sign_in("clerk")
    page.goto("/mot-cua/chung-thuc")
    keyboard, begun = Keyboard(page), time.monotonic()
    expect(page.get_by_test_id("certify-name")).to_be_focused()
    keyboard.scan(CARD)
    expect(page.locator("#title-1")).to_be_focused()
    for shorthand, pages, copies in (("btn", "", "10"), ("hb", "12", ""), ("ks", "2", "")):
        keyboard.type(shorthand)
        keyboard.press("Enter")
        for figure in (pages, copies):  # one page, and as many copies as the paper above, stand there already
            if figure:
                keyboard.type(figure)
            keyboard.press("Enter")
    expect(page.get_by_test_id("certify-total")).to_have_text("200.000 đ")
    keyboard.leave("Enter")
    expect(page.get_by_test_id("numbers")).to_have_text("1–3")
    served(keyboard, begun, within=15, asked=request)
    assert keyboard.keys == 22
    # A window of its own asks for the print; a browser without one for PDF takes it as a file.
    with page.context.expect_page(), page.context.expect_event("request", asks_for_the_print):
        keyboard.send("Alt+I")
    page.bring_to_front()
    keyboard.send("Alt+T")
    expect(page.get_by_test_id("messages")).to_contain_text("Đã trả lượt")


def test_a_card_does_not_overwrite_a_typed_name_until_the_clerk_says(windows: Windows):
    page = windows.sign_in("clerk")
    page.goto("/mot-cua/chung-thuc")
    name = page.get_by_test_id("certify-name")
    name.fill("Vi Thị Hợi")
    page.locator("#title-1").fill("btn")
    page.locator("#id_number").focus()
    Keyboard(page).scan(CARD)
    expect(page.get_by_test_id("other-card")).to_contain_text("Phạm Thị Hòa")
    expect(name).to_have_value("Vi Thị Hợi")
    page.get_by_test_id("use-card").click()
    expect(name).to_have_value("Phạm Thị Hòa")
    expect(page.locator("#title-1")).to_have_value("Bằng tốt nghiệp THPT")


def asks_for_the_print(asked: Request) -> bool:
    return asked.url.endswith("/loi-chung.pdf")
