"""One dossier's page (hồ sơ): what it says, what each role may do on it, and screens that came too late."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from tests.support.seeded import Desk
from tests.web.desk.worker import Worker


def acts(worker: Worker, code: str) -> list[str]:
    """The keys of the acts offered to `worker`, in their order."""
    page = worker.open(f"/mot-cua/ho-so/{code}")
    return re.findall(r'<a class="btn [^>]*data-testid="act-(\w+)"', page.text)


def in_process(desk: Desk, clerk: Worker) -> str:
    """A digitized dossier handed over to the officers' division."""
    code = desk.receive().code
    desk.digitize(code)
    clerk.act(code, "forward")
    return code


def test_each_role_is_offered_what_the_state_and_the_step_allow(sit_down: Callable[[str], Worker], desk: Desk):
    clerk = sit_down("clerk")
    fresh = desk.receive().code
    always = ["link_child", "track", "replace_receipt", "correct", "withdraw"]  # the grave one last
    assert acts(clerk, fresh) == ["digitize", "forward", "pay", "exempt_fee", *always]
    code = in_process(desk, clerk)
    assert acts(clerk, code) == ["pay", "exempt_fee", *always]
    officer = ["propose", "send_back", "consult", "ask_supplement", "assign", "ask_payment", "pause", "correct"]
    assert acts(sit_down("officer"), code) == officer
    assert acts(sit_down("leader"), code) == ["assign", "ask_supplement", "extend", "pause", "correct", "stop"]
    assert acts(sit_down("auditor"), code) == []


def test_the_desk_hands_over_only_what_is_digitized(clerk: Worker, desk: Desk):
    code = desk.receive().code
    page = clerk.act(code, "forward")
    assert page.status_code == 422
    assert "thành phần hồ sơ chưa được số hóa" in page.text
    desk.digitize(code)
    assert "Đã thực hiện “Chuyển xử lý”" in clerk.act(code, "forward").text


def test_a_stale_screen_shows_both_versions_and_keeps_what_was_typed(sit_down: Callable[[str], Worker], desk: Desk):
    clerk, officer = sit_down("clerk"), sit_down("officer")
    code = in_process(desk, clerk)
    officer.open(f"/mot-cua/ho-so/{code}")
    opened = officer.hidden("version")
    officer.act(code, "consult", unit_id=_unit(officer), question="Có tranh chấp không?", due_days="2")
    officer.open(f"/mot-cua/ho-so/{code}")
    page = officer.client.post(
        f"/mot-cua/ho-so/{code}/viec/send_back",
        data={"csrf_token": officer.token, "version": opened, "reason": "Thiếu chữ ký"},
    )
    assert page.status_code == 409
    assert "Lấy ý kiến" in page.text
    assert "Thiếu chữ ký" in page.text
    officer.page = page
    again = officer.send(f"/mot-cua/ho-so/{code}/viec/send_back", reason="Thiếu chữ ký")
    assert "Đã thực hiện “Trả lại bước trước”" in again.text


def _unit(officer: Worker) -> str:
    assert officer.page is not None
    found = re.search(r'name="unit_id">\s*<option[^>]*value="(\d+)"', officer.page.text)
    assert found
    return found[1]


def test_numbers_are_masked_until_somebody_asks_by_name(clerk: Worker):
    clerk.receive()
    code = clerk.where().split("/")[-2]
    page = clerk.open(f"/mot-cua/ho-so/{code}")
    assert "025188004172" not in page.text
    assert "•••••••••172" in page.text
    assert "025188004172" in clerk.send(f"/mot-cua/ho-so/{code}/xem-so").text
    assert "025188004172" not in clerk.open(f"/mot-cua/ho-so/{code}").text


def test_a_supplement_stops_the_clock_and_both_readings_are_told(sit_down: Callable[[str], Worker], desk: Desk):
    clerk, officer = sit_down("clerk"), sit_down("officer")
    code = in_process(desk, clerk)
    officer.act(code, "ask_supplement", items="Giấy chứng sinh\nCCCD của mẹ", reason="Thiếu giấy", days="10")
    assert officer.shown("state") == "Chờ bổ sung"
    slip = re.search(
        r'href="([^"]+phieu/\d+\.pdf)"[^>]*>[^<]*<i[^>]*></i>In<span class="visually-hidden"> Mẫu 02', officer.page.text
    )
    assert slip
    assert clerk.client.get(slip[1]).mimetype == "application/pdf"
    assert "cách tính lại từ đầu" in clerk.open(f"/mot-cua/ho-so/{code}").text
    desk.clock.advance(timedelta(days=2))
    clerk = sit_down("clerk")
    clerk.act(code, "take_supplement", note="Đã nộp đủ hai giấy")
    assert clerk.shown("state") == "Đang xử lý"
    assert "cách trừ thời gian chờ" in clerk.open(f"/mot-cua/ho-so/{code}?cach=restart").text


def test_a_wrong_form_opens_again_with_what_was_typed(sit_down: Callable[[str], Worker], desk: Desk):
    clerk, officer = sit_down("clerk"), sit_down("officer")
    code = in_process(desk, clerk)
    page = officer.act(code, "ask_supplement", items="Giấy chứng sinh", reason="", days="0")
    assert page.status_code == 422
    assert "Chưa nhập lý do" in page.text
    assert "Nhập số ngày làm việc từ 1 đến 90" in page.text
    assert "Giấy chứng sinh</textarea>" in page.text
    assert re.search(r'<dialog[^>]*id="act-ask_supplement"[^>]* open', page.text)


def test_an_act_that_the_state_refuses_changes_nothing(clerk: Worker, desk: Desk):
    code = desk.receive().code
    before = desk.version(code)
    clerk.open(f"/mot-cua/ho-so/{code}")
    page = clerk.send(f"/mot-cua/ho-so/{code}/viec/take_supplement", note="Bịa")
    assert page.status_code == 409
    assert desk.version(code) == before
    assert clerk.send(f"/mot-cua/ho-so/{code}/viec/khong-co").status_code == 404


def test_withdrawing_prints_mau_05_and_the_chain_holds(clerk: Worker, desk: Desk):
    code = desk.receive().code
    page = clerk.act(code, "withdraw", reason="Người nộp đổi ý")
    assert clerk.shown("state") == "Rút hồ sơ"
    assert "Mẫu 05" in page.text
    assert "Chuỗi liền mạch" in page.text


def test_a_pause_on_a_ground_of_the_list_is_told_and_ended(sit_down: Callable[[str], Worker], desk: Desk):
    clerk, officer = sit_down("clerk"), sit_down("officer")
    code = in_process(desk, clerk)
    page = officer.open(f"/mot-cua/ho-so/{code}")
    assert "Niêm yết, công khai theo luật chuyên ngành · không tính vào thời hạn · tối đa 15 ngày làm việc" in page.text
    assert "Sự cố hệ thống" not in page.text  # a leader's to open
    page = officer.act(code, "pause", ground="public_notice", document="", reason="Niêm yết theo Luật Đất đai")
    assert page.status_code == 422
    page = officer.act(code, "pause", ground="public_notice", document="BB-12", reason="Niêm yết theo Luật Đất đai")
    assert "Muộn nhất đến hết 15/12/2026." in page.text
    assert officer.shown("state") == "Đang xử lý"
    assert "Tính lại từ đầu" in officer.shown("readings")
    officer.act(code, "resume", note="")
    assert "Tạm dừng từ" not in officer.open(f"/mot-cua/ho-so/{code}").text
