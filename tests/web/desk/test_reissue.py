"""Re-issue on the pages: records proposes, the leader signs or declines, records numbers; the old paper says so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support.seeded import Desk
from tests.web.desk.test_signing import choice, propose
from tests.web.desk.worker import PAGE_PIN, Worker

WRONG = {"title": "Giấy xác nhận", "content": "Họ và tên: Phạm Thị Hoà", "reason": "Cơ quan ghi sai tên"}


@pytest.fixture
def issued(clerk: Worker, sit_down: Callable[[str], Worker], desk: Desk) -> str:
    """A dossier whose result is released."""
    code = propose(desk, clerk, sit_down("officer"))
    sign_and_seal(sit_down, code)
    return code


def sign_and_seal(sit_down: Callable[[str], Worker], code: str) -> str:
    leader, records = sit_down("leader"), sit_down("records")
    chosen = choice(leader.open(f"/mot-cua/trinh-ky?ho_so={code}").text)
    leader.send("/mot-cua/trinh-ky", result=chosen, pin=PAGE_PIN)
    records.open(f"/mot-cua/phat-hanh/{code}")
    return records.send(f"/mot-cua/phat-hanh/{code}", pin=PAGE_PIN).text


def test_a_wrong_result_is_replaced_and_the_applicant_finds_the_new_one(
    issued: str, sit_down: Callable[[str], Worker], clerk: Worker
):
    records, leader = sit_down("records"), sit_down("leader")
    assert 'data-testid="act-reissue"' not in clerk.open(f"/mot-cua/ho-so/{issued}").text
    empty = records.act(issued, "reissue", **{**WRONG, "reason": ""})
    assert empty.status_code == 422
    assert "Phạm Thị Hoà" in empty.text  # what was typed stays
    assert "Đã thực hiện" in records.act(issued, "reissue", **WRONG).text
    page = records.open(f"/mot-cua/ho-so/{issued}").text
    assert "Đang cấp lại kết quả" in page
    assert 'data-testid="act-reissue"' not in page
    assert records.act(issued, "reissue", **WRONG).status_code == 409  # a second press
    assert "cấp lại kết quả số 1/XN-UBND" in leader.open("/mot-cua/nhac-viec").text
    assert 'data-testid="act-sign"' in leader.open(f"/mot-cua/ho-so/{issued}").text
    assert "Cơ quan ghi sai tên" in leader.open(f"/mot-cua/trinh-ky?ho_so={issued}").text
    assert "Đã phát hành số 2/XN-UBND" in sign_and_seal(sit_down, issued)
    shown = clerk.open(f"/mot-cua/ho-so/{issued}")
    assert clerk.shown("state") == "Đã xử lý xong"
    assert "Đã thay bằng bản sau" in shown.text
    assert "cấp lại: Cơ quan ghi sai tên" in shown.text


def test_the_leader_declines_and_the_released_one_stands(issued: str, sit_down: Callable[[str], Worker]):
    records, leader = sit_down("records"), sit_down("leader")
    records.act(issued, "reissue", **WRONG)
    leader.open(f"/mot-cua/trinh-ky?ho_so={issued}")
    leader.send(f"/mot-cua/trinh-ky/{issued}/tra-lai", reason="Giấy tờ gốc ghi đúng")
    page = records.open(f"/mot-cua/ho-so/{issued}").text
    assert "Lãnh đạo không đồng ý" in page
    assert "không đồng ý cấp lại kết quả: Giấy tờ gốc ghi đúng" in records.open("/mot-cua/nhac-viec").text


def test_the_desk_notes_that_it_told_of_an_early_result(issued: str, clerk: Worker):
    assert clerk.act(issued, "tell_early", how="").status_code == 422
    assert "Đã thực hiện" in clerk.act(issued, "tell_early", how="gọi điện lúc 9 giờ").text
    assert "Báo trả kết quả sớm" in clerk.shown("events")
