"""Trying a limit on a page: the sentence, the tables, the file, what is typed wrong, who may."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from urllib.parse import urlencode

import pytest

from app.cli.main import run
from tests.support.seeded import SINGLE, Desk
from tests.web.desk.test_every_page import unlabelled
from tests.web.desk.worker import Worker
from tests.web.public.test_every_page import problems_of

PAGE = "/mot-cua/thu-thoi-han"
NOVEMBER = {"tu": "01/11/2026", "den": "30/11/2026", "thu_tuc": SINGLE}


@pytest.fixture
def history(desk: Desk, tmp_path) -> Desk:
    """Ten dossiers received on Monday the 2nd; the n-th took n working days, all promised for the 16th."""
    ends = ("03", "04", "05", "06", "09", "10", "11", "12", "13", "16")
    head = "code,procedure_code,unit_code,channel,received_at,due_at,finished_at\n"
    rows = [f"CU-{end},{SINGLE},H99.105,1,2026-11-02T09:00,2026-11-17,2026-11-{end}T10:00" for end in ends]
    file = tmp_path / "history.csv"
    file.write_text(head + "\n".join(rows) + "\n", "utf-8")
    assert run(["import", "dossiers", str(file)]) == 0
    return desk


@pytest.fixture
def leader(sit_down: Callable[[str], Worker]) -> Worker:
    return sit_down("leader")


def address(**more: str) -> str:
    return f"{PAGE}?{urlencode(NOVEMBER | more)}"


def test_the_page_says_who_would_be_late_and_opens_empty(history, leader: Worker):
    assert "Chọn một thủ tục để thử" in leader.open(PAGE).text
    page = leader.open(address(thoi_han="4 ngày làm việc")).text
    assert 'data-testid="late-then">60,00\N{NO-BREAK SPACE}%<' in page
    assert "6 trên 10 hồ sơ" in page
    assert "Ngắn nhất giữ 95\N{NO-BREAK SPACE}% đúng hạn" in page
    assert "10 ngày làm việc" in page
    assert "Không rõ bước" in page
    for path in (PAGE, address(thoi_han="4 ngày làm việc"), address(thoi_han="4 con trăng")):
        text = leader.open(path).text
        assert (problems_of(text), unlabelled(text)) == ([], []), path


def test_without_a_limit_the_present_one_is_replayed(history, leader: Worker):
    answer = leader.open(address())
    assert answer.status_code == 200
    assert 'data-testid="whatif-result"' in answer.text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [({"thoi_han": "4 con trăng"}, "4 con trăng"), ({"tu": "31/11/2026"}, "31/11/2026"),
     ({"tu": "30/11/2026", "den": "01/11/2026"}, "không có ngày nào")],
)  # fmt: skip
def test_what_cannot_be_read_is_named_and_kept(history, leader: Worker, typed: dict, sentence: str):
    answer = leader.open(address(**typed))
    assert answer.status_code == 422
    assert sentence in answer.text
    if "thoi_han" in typed:
        assert f'value="{typed["thoi_han"]}"' in answer.text


def test_the_tables_as_a_file(history, leader: Worker):
    answer = leader.open(address(thoi_han="4 ngày làm việc").replace(PAGE, f"{PAGE}.csv"))
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert ["Quá hạn nếu áp dụng", "04 ngày làm việc", "6", "60,00\N{NO-BREAK SPACE}%", ""] in rows


def test_the_province_tries_for_everybody_below_it_others_may_not(history, sit_down: Callable[[str], Worker]):
    assert "6 trên 10 hồ sơ" in sit_down("province").open(address(thoi_han="4 ngày làm việc")).text
    assert sit_down("clerk").open(PAGE).status_code == 403
    assert sit_down("leader").open(address(don_vi="H99")).status_code == 404
    assert sit_down("leader").open(address(thu_tuc="9.9")).status_code == 404
