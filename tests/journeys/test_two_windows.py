"""Two presses, two windows, two hours: one effect, nobody's words lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from app.seed.house import PASSWORD
from tests.journeys import office
from tests.journeys.keyboard import CARD, scanned
from tests.journeys.windows import Windows
from tests.support.seeded import Desk

pytestmark = [pytest.mark.journey, pytest.mark.timeout(600)]


def fill_in(page: Page) -> None:
    """Fill the receive form up to the last key."""
    page.goto("/mot-cua/tiep-nhan")
    scanned(page, CARD)
    expect(page.locator("#name")).to_have_value("Phạm Thị Hòa")
    page.locator("#phone").fill("0912345678")
    page.get_by_test_id("procedure").fill("tthn")
    page.get_by_test_id("procedure").press("Enter")
    page.get_by_label("Mục đích sử dụng").select_option("Đăng ký kết hôn")
    page.get_by_test_id("all-papers").click()
    expect(page.get_by_test_id("receive-side")).to_contain_text("đủ")


def ask(page: Page, items: str, reason: str) -> None:
    """Write a request for papers in its dialog; it is not sent yet."""
    page.get_by_test_id("act-ask_supplement").click()
    dialog = page.get_by_test_id("form-ask_supplement")
    dialog.locator("[name=items]").fill(items)
    dialog.get_by_label("Lý do").fill(reason)


def test_a_double_click_receives_once(windows: Windows):
    page = windows.sign_in("clerk")
    fill_in(page)
    page.get_by_test_id("receive-print").dblclick()
    expect(page.get_by_test_id("dossier-code")).to_contain_text("H99.105-261123-0001")
    page.goto("/mot-cua/so-theo-doi")
    expect(page.locator("main")).to_contain_text("H99.105-261123-0001")
    expect(page.locator("main")).not_to_contain_text("H99.105-261123-0002")


def test_the_second_of_two_windows_sees_both_versions(windows: Windows, desk: Desk):
    code = office.handed_over(desk)
    mine, theirs = windows.sign_in("officer"), windows.sign_in("officer")
    for page in (mine, theirs):
        page.goto(f"/mot-cua/ho-so/{code}")
    ask(theirs, "Bản án ly hôn", "Chưa rõ tình trạng hôn nhân trước đây")
    ask(mine, "Giấy chứng tử", "Lời của tôi không được mất")
    theirs.get_by_test_id("submit-ask_supplement").click()
    expect(theirs.get_by_test_id("state")).to_contain_text("Chờ bổ sung")
    with mine.expect_response(lambda answer: answer.request.method == "POST") as sent:
        mine.get_by_test_id("submit-ask_supplement").click()
    assert sent.value.status == 409
    expect(mine.get_by_test_id("typed")).to_contain_text("Lời của tôi không được mất")
    expect(mine.get_by_test_id("stale").get_by_role("table")).to_contain_text("Khi bạn mở")
    assert desk.dossier(code).supplement_requests == 1


def test_a_session_that_ended_gives_the_form_back(windows: Windows, desk: Desk):
    code = office.handed_over(desk)
    page = windows.sign_in("officer")
    page.goto(f"/mot-cua/ho-so/{code}")
    ask(page, "Giấy chứng tử", "Viết trước giờ nghỉ trưa")
    desk.clock.advance(timedelta(hours=14))
    page.get_by_test_id("submit-ask_supplement").click()
    expect(page.get_by_test_id("typed-is-kept")).to_be_visible()
    page.get_by_label("Tên đăng nhập").fill("officer")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_test_id("sign-in-send").click()
    expect(page.locator("main")).to_contain_text("Viết trước giờ nghỉ trưa")
    assert desk.dossier(code).state == "processing"  # nothing was sent meanwhile
    page.get_by_test_id("resend-send").click()
    expect(page.get_by_test_id("state")).to_contain_text("Chờ bổ sung")
