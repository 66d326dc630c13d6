"""Every type of page under axe and without sideways scrolling, on a desk's screen and on a phone.

Each page is opened once, on the phone, and judged there and on the wide screen: which of the two it is, style sheets
alone ask.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import filing, office
from tests.journeys.windows import PHONE, SIZES, WIDE, Windows
from tests.support.axe import is_wider_than_its_window, violations
from tests.support.seeded import SINGLE, Desk

pytestmark = [pytest.mark.journey, pytest.mark.timeout(600)]


def judged(page: Page, where: str) -> list[str]:
    """Return what is wrong with the page now open on either screen, one line each with its place."""
    page.set_viewport_size(SIZES[WIDE])
    found = judged_as_it_is(page, f"{where} at {WIDE}")
    page.set_viewport_size(SIZES[PHONE])
    return found + judged_as_it_is(page, f"{where} at {PHONE}")


def judged_as_it_is(page: Page, where: str) -> list[str]:
    """Return what is wrong with the page now open, one line each with its place."""
    found = [f"{where}: {one}" for one in violations(page)]
    return [*found, f"{where}: scrolls sideways"] if is_wider_than_its_window(page) else found


def visited(page: Page, *paths: str, judge: Callable[[Page, str], list[str]] = judged) -> list[str]:
    """Return what is wrong with the pages at these addresses."""
    found = []
    for path in paths:
        page.goto(path)
        found += judge(page, path)
    return found


def test_citizen_pages(windows: Windows, desk: Desk):
    received = desk.receive()
    page = windows.citizen(PHONE)
    found = visited(page, "/", "/thu-tuc", f"/thu-tuc/{SINGLE}", "/tra-cuu", "/xac-minh", "/lien-he", "/dang-nhap")
    page.goto(f"/tra-cuu/{received.code}")
    found += judged(page, "tracking by code alone")
    page.get_by_test_id("track-secret").fill(received.secret)
    page.get_by_test_id("track-open").click()
    expect(page.get_by_test_id("state")).to_be_visible()
    assert found + judged(page, "tracking with the secret") == []


def test_each_step_of_filing(windows: Windows):
    page = windows.citizen(PHONE)
    found = [wrong for step in filing.steps(page) for wrong in judged(page, step)]
    assert found == []


def test_clerks_pages(windows: Windows, desk: Desk):
    code, ready = desk.receive().code, office.finished(desk)
    page = windows.sign_in("clerk", PHONE)
    found = visited(
        page, "/mot-cua/", "/mot-cua/tiep-nhan", f"/mot-cua/ho-so/{code}", f"/mot-cua/ho-so/{code}/so-hoa",
        "/mot-cua/tra-ket-qua", f"/mot-cua/tra-ket-qua/{ready}", "/mot-cua/so-theo-doi", "/mot-cua/bao-cao",
        "/mot-cua/chung-thuc", "/mot-cua/chung-thuc/so", "/mot-cua/chung-thuc/nguoi-ky",
        "/mot-cua/tram-quet", "/mot-cua/tim-giay", "/mot-cua/thu-tien", "/mot-cua/ban-giao",
        "/mot-cua/tiep-nhan/danh-sach", "/mot-cua/nhap-bu-dinh-chinh",
    )  # fmt: skip
    page.goto("/mot-cua/tiep-nhan")
    page.get_by_test_id("procedure").fill("tthn")
    page.get_by_test_id("procedure").press("Enter")
    expect(page.get_by_label("Mục đích sử dụng")).to_be_visible()
    found += judged(page, "receive, filled")
    page.keyboard.press("F9")
    expect(page.get_by_test_id("error-summary")).to_be_visible()
    assert found + judged(page, "receive, wrong") == []


def test_officers_leaders_and_records_pages(windows: Windows, desk: Desk):
    code, to_sign, to_issue = office.handed_over(desk), office.proposed(desk)[0], office.signed(desk)[0]
    page = windows.sign_in("officer", PHONE)
    page.goto(f"/mot-cua/ho-so/{code}")
    page.get_by_test_id("act-propose").click()
    expect(page.get_by_test_id("form-propose")).to_be_visible()
    found = judged(page, "dossier with a dialog open")
    page = windows.sign_in("leader", PHONE)
    page.goto(f"/mot-cua/trinh-ky?ho_so={to_sign}")
    found += judged(page, "sign")
    page.get_by_label(f"hồ sơ {to_sign}").check()
    page.get_by_test_id("sign-selected").click()
    expect(page.get_by_test_id("pin")).to_be_focused()
    found += judged(page, "sign, PIN asked")
    page = windows.sign_in("records", PHONE)
    assert found + visited(page, "/mot-cua/phat-hanh", f"/mot-cua/phat-hanh/{to_issue}") == []


def test_boards(windows: Windows, desk: Desk):
    office.finished(desk)
    found = visited(windows.citizen(PHONE), "/so-lieu")
    page = windows.sign_in("leader", PHONE)
    found += visited(
        page, "/mot-cua/tong-quan", "/mot-cua/tong-quan/don-vi", "/mot-cua/can-giai-trinh", "/mot-cua/quy-trinh",
        f"/mot-cua/thu-thoi-han?thu_tuc={SINGLE}", "/mot-cua/ngay-bao-cao",
    )  # fmt: skip
    page = windows.sign_in("province", PHONE)
    paths = ("/mot-cua/tong-quan/toan-tinh", "/mot-cua/bao-cao/766", "/mot-cua/bao-cao/ty-le",
             "/mot-cua/bao-cao/bieu/06b")  # fmt: skip
    assert found + visited(page, *paths) == []


def test_administrators_pages(windows: Windows):
    page = windows.sign_in("admin", PHONE)
    paths = ("/quan-tri/", "/quan-tri/tai-khoan", "/quan-tri/tai-khoan/moi", "/quan-tri/thu-tuc", "/quan-tri/don-vi",
             "/quan-tri/lich", "/quan-tri/nhac-han", "/quan-tri/tham-quyen", "/quan-tri/vang-mat", "/quan-tri/khoa-ky",
             "/quan-tri/van-hanh", "/tai-khoan")  # fmt: skip
    assert visited(page, *paths) == []


def test_the_other_pages_of_the_desk_and_the_administration(windows: Windows, desk: Desk):
    """What hangs below the pages above, on the narrow screen, which shows more of what is wrong."""
    code = desk.receive().code
    page = windows.sign_in("clerk", PHONE)
    found = visited(
        page, f"/mot-cua/ho-so/{code}/da-tiep-nhan", "/mot-cua/thu-tien/to", "/mot-cua/he-thong-khac",
        "/mot-cua/nhac-viec", "/mot-cua/tep-lap", "/mot-cua/kho-giay-to", "/mot-cua/tong-quan/danh-sach/qua-han",
        "/tai-khoan/mat-khau", "/tai-khoan/xac-thuc-hai-lop", "/du-lieu-ca-nhan", judge=judged_as_it_is,
    )  # fmt: skip
    page = windows.sign_in("leader", PHONE)
    found += visited(
        page, "/mot-cua/bao-cao/bieu/18", "/mot-cua/bao-cao/ban-ky", "/mot-cua/danh-gia", "/mot-cua/danh-gia/can-bo",
        "/mot-cua/cho-dau-thoi-gian", "/mot-cua/ngay-bao-cao/doi-chieu", judge=judged_as_it_is,
    )  # fmt: skip
    page = windows.sign_in("admin", PHONE)
    below = f"/quan-tri/thu-tuc/{SINGLE}"
    assert found + visited(
        page, below, f"{below}/quy-trinh", f"{below}/thoi-han", f"{below}/phi", f"{below}/thanh-phan",
        "/quan-tri/nhat-ky", "/quan-tri/lich/gio", "/quan-tri/don-vi/3", "/quan-tri/khoa-ky", "/quan-tri/khoa-ket-noi",
        judge=judged_as_it_is,
    ) == []  # fmt: skip


def test_refusals(windows: Windows, desk: Desk):
    code = desk.receive().code
    page = windows.sign_in("clerk", PHONE)
    found = visited(page, "/khong-co-trang-nay", "/mot-cua/ho-so/H99.105-010126-9999", "/quan-tri/")
    page.goto(f"/mot-cua/ho-so/{code}?viec=withdraw")
    page.get_by_test_id("submit-withdraw").click()
    expect(page.get_by_test_id("error-summary")).to_be_visible()
    found += judged(page, "422 in a dialog")
    desk.digitize(code)  # a colleague was faster
    page.locator("#withdraw-reason").fill("Người nộp đổi ý")
    page.get_by_test_id("submit-withdraw").click()
    expect(page.get_by_test_id("stale")).to_be_visible()
    assert found + judged(page, "409") == []


def test_what_is_wrong_is_found(windows: Windows):
    """The judge itself: a picture without words, a pale menu each time it is met, a page too wide."""
    page = windows.citizen(PHONE)
    menu = '<details><summary>M</summary><nav class="mc-top-menu" style="color: #999">Đơn vị</nav></details>'
    page.set_content(f'<html lang="vi"><title>T</title><h1>T</h1><img src="data:,">{menu}<hr style="width: 500px">')
    for _once_more in range(2):
        found = judged(page, "page")
        assert {one.split(": ")[0] for one in found if "image-alt" in one} == {"page at 1366", "page at 390"}
        assert {one.split(": ")[0] for one in found if "color-contrast" in one} == {"page at 1366", "page at 390"}
        assert [one for one in found if "sideways" in one] == ["page at 390: scrolls sideways"]
