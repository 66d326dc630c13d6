"""A late entry of an earlier day and a correction, each by two people in front of their pages."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.test_two_windows import fill_in
from tests.journeys.windows import Windows
from tests.support.seeded import Desk

pytestmark = [pytest.mark.journey, pytest.mark.timeout(600)]


def test_fridays_paper_is_typed_on_monday_confirmed_received_and_then_put_right(windows: Windows, desk: Desk):
    clerk, leader = windows.sign_in("clerk"), windows.sign_in("leader")
    fill_in(clerk)
    clerk.get_by_label("Giờ nhận thật").fill("15:05")
    clerk.get_by_label("Ngày nhận thật").fill("20/11/2026")
    clerk.get_by_label("Lý do nhập muộn").fill("Mất mạng chiều thứ Sáu")
    clerk.get_by_test_id("receive-print").click()
    expect(clerk.get_by_test_id("corrections")).to_contain_text("Chờ người thứ hai")
    filing = clerk.url
    leader.goto("/mot-cua/nhap-bu-dinh-chinh")
    leader.get_by_test_id("waiting").get_by_role("link").click()
    leader.get_by_test_id("act-decide_correction").click()
    expect(leader.get_by_role("dialog")).to_contain_text("15:05 20/11/2026")
    leader.get_by_test_id("submit-decide_correction").click()
    expect(leader.get_by_test_id("corrections")).to_contain_text("Đã xác nhận")
    clerk.goto(filing)
    clerk.get_by_test_id("act-receive").click()
    clerk.get_by_test_id("receive-print").click()
    expect(clerk.get_by_test_id("dossier-code")).to_contain_text("H99.105-261120-0001")

    clerk.goto("/mot-cua/ho-so/H99.105-261120-0001")
    clerk.get_by_test_id("more-acts").click()
    clerk.get_by_test_id("act-correct").click()
    dialog = clerk.get_by_test_id("form-correct")
    dialog.get_by_label("Nội dung cần đính chính").select_option("received_at")
    dialog.get_by_label("Giá trị đúng").fill("14:50 20/11/2026")
    dialog.get_by_label("Lý do, căn cứ").fill("Tờ ghi tay ghi 14:50")
    clerk.get_by_test_id("submit-correct").click()
    expect(clerk.get_by_test_id("act-decide_correction")).to_have_count(0)
    leader.goto("/mot-cua/ho-so/H99.105-261120-0001")
    leader.get_by_test_id("act-decide_correction").click()
    leader.get_by_test_id("submit-decide_correction").click()
    expect(leader.locator("main")).to_contain_text("14:50 20/11/2026")
