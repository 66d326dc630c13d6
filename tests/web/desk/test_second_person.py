"""Late entries and corrections on the pages: an earlier day waits for a leader, a fact is put right by two."""

from __future__ import annotations

from collections.abc import Callable

from tests.support.seeded import Desk
from tests.web.desk.worker import Worker, ticked

FRIDAY = {"true_time": "15:05", "true_day": "20/11/2026", "late_reason": "Mất mạng chiều thứ Sáu"}


def test_an_earlier_day_is_typed_by_the_clerk_and_confirmed_by_the_leader(sit_down: Callable[[str], Worker]):
    clerk, leader = sit_down("clerk"), sit_down("leader")
    page = clerk.receive(**FRIDAY)
    number = clerk.where().rsplit("/", 1)[-1]
    assert "Chưa cấp mã" in page.text
    assert "15:05 20/11/2026" in leader.open("/mot-cua/nhap-bu-dinh-chinh").text
    assert "lãnh đạo xác nhận nhập bù" in leader.open("/mot-cua/nhac-viec").text
    assert "Đã thực hiện" in leader.act(number, "decide_correction", decision="confirm").text
    filing = clerk.open(f"/mot-cua/ho-so/{number}/tiep-nhan")
    assert "25/11/2026" in filing.text  # promised from Friday, not from today
    received = clerk.send(f"/mot-cua/ho-so/{number}/tiep-nhan", act="receive", **_papers(clerk))
    assert "H99.105-261120-" in received.text
    assert "Mất mạng chiều thứ Sáu" in clerk.open("/mot-cua/nhap-bu-dinh-chinh").text


def test_a_day_without_its_hour_is_asked_for(clerk: Worker):
    page = clerk.receive(true_day="20/11/2026")
    assert page.status_code == 422
    assert "Ghi cả giờ nhận thật của ngày này" in page.text


def test_two_persons_put_a_phone_right_and_the_page_shows_both(sit_down: Callable[[str], Worker], desk: Desk):
    clerk, second = sit_down("clerk"), sit_down("clerk2")
    code = desk.receive().code
    clerk.act(code, "correct", field="applicant.phone", value="0912 345 678", reason="Nghe nhầm số")
    assert 'data-testid="act-decide_correction"' not in clerk.open(f"/mot-cua/ho-so/{code}").text
    assert clerk.act(code, "decide_correction", decision="confirm").status_code == 403
    asked = second.open(f"/mot-cua/ho-so/{code}")
    assert "đề nghị 0912345678" in asked.text
    declined = second.act(code, "decide_correction", decision="decline", note="")
    assert declined.status_code == 422
    second.act(code, "decide_correction", decision="confirm")
    shown = second.shown("corrections")
    assert "Đã xác nhận Lò Văn Thắng" in shown
    assert "•••••••678" in shown


def test_the_sheet_for_outages_is_a_pdf_of_the_own_desk(clerk: Worker):
    sheet = clerk.open("/mot-cua/phieu-ghi-tay.pdf")
    assert sheet.mimetype == "application/pdf"


def _papers(worker: Worker) -> dict[str, str]:
    assert worker.page is not None
    return ticked(worker.page.text)
