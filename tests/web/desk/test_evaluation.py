"""Pages of the evaluation: who enters, who sees whose numbers, every number opens its list."""

from __future__ import annotations

import re
from collections.abc import Callable

from sqlalchemy import select

from app.db.models import UserAccount
from tests.support.seeded import BIRTH, Desk
from tests.web.desk.worker import Worker
from tests.web.public.test_every_page import problems_of

DAYS = "tu=01/11/2026&den=30/11/2026"
UNIT, PEOPLE = f"/mot-cua/danh-gia?{DAYS}", f"/mot-cua/danh-gia/can-bo?{DAYS}"


def test_a_leader_enters_with_source_and_day_and_a_clerk_only_reads(clerk: Worker, sit_down: Callable[[str], Worker]):
    page = clerk.open(UNIT)
    assert problems_of(page.text) == []
    assert "chưa nhập" in page.text
    assert 'data-testid="enter-evaluation"' not in page.text
    assert clerk.send(UNIT, item="tt01.8.all", value="0", source="sổ", told_on="20/11/2026").status_code == 403
    leader = sit_down("leader")
    leader.open(UNIT)
    said = leader.send(UNIT, item="tt01.8.all", value="0", source="", told_on="20/11/2026")
    assert said.status_code == 422
    assert "chưa ghi nguồn" in said.text
    assert 'value="0"' in said.text
    assert "sau hôm nay" in leader.send(UNIT, item="tt01.8.all", value="0", source="sổ", told_on="24/12/2026").text
    long = leader.send(UNIT, item="tt01.8.all", value="0", source="S" * 201, told_on="20/11/2026")
    assert "nguồn số liệu dài 201 ký tự, tối đa 200" in long.text
    assert f'value="{"S" * 201}"' in long.text
    of_no_day = leader.send("/mot-cua/danh-gia?tu=31/02/2026&den=30/11/2026", item="tt01.8.all", value="9", source="sổ")
    assert (of_no_day.status_code, "Đã ghi" in of_no_day.text) == (422, False)
    leader.open(UNIT)
    done = leader.send(UNIT, item="tt01.8.all", value="0", source="Sổ tiếp công dân", told_on="20/11/2026")
    assert "Đã ghi số liệu." in done.text
    assert "Sổ tiếp công dân, ngày 20/11/2026" in clerk.open(UNIT).text
    assert "2" in clerk.shown("index-8")


def test_people_see_their_own_line_and_the_leader_everybody(
    clerk: Worker, sit_down: Callable[[str], Worker], desk: Desk
):
    code = desk.receive(BIRTH).code
    desk.digitize(code)
    clerk.act(code, "forward")
    sit_down("officer").act(code, "send_back", reason="Thiếu bản khai")  # it lay with the unit: who acts is named
    other, leader = sit_down("clerk2"), sit_down("leader")
    assert "officer-clerk" in clerk.open(PEOPLE).text
    assert "officer-clerk" not in other.open(PEOPLE).text
    page = leader.open(PEOPLE)
    assert problems_of(page.text) == []
    assert "Ngô Thu Hằng" in page.text
    assert "officer-officer" in page.text
    assert "không ghi ai làm" not in page.text
    with desk.house.reading() as db:
        user_id = db.scalars(select(UserAccount.id).where(UserAccount.login == "clerk")).one()
    person = f"/mot-cua/danh-gia/can-bo/{user_id}"
    assert other.open(f"{person}?{DAYS}").status_code == 404
    assert other.open(f"{person}/steps?{DAYS}").status_code == 404
    assert problems_of(leader.open(f"{person}?{DAYS}").text) == []
    steps = leader.open(f"{person}/steps?{DAYS}").text
    assert problems_of(steps) == []
    assert len(re.findall(r"/mot-cua/ho-so/", steps)) == 1
    assert "1 lượt" in steps
    assert "1 lượt" in leader.open(f"{person}/sent_back?{DAYS}").text
    assert clerk.open(f"{person}/khong-co?{DAYS}").status_code == 404
    for outside in ("auditor", "province"):
        assert sit_down(outside).open(PEOPLE).status_code == 403
