"""The national portal's states by page: taken as a whole, faults named by line, differences flagged, in the log."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from sqlalchemy import select

from app.db.models import Event, NationalCopy
from tests.support.seeded import BIRTH, Desk
from tests.web.desk.worker import Worker

PORTAL = "/mot-cua/ngay-bao-cao/doi-chieu?tu=01/11/2026&den=30/11/2026"
TAKE = "/mot-cua/ngay-bao-cao/doi-chieu/danh-sach?tu=01/11/2026&den=30/11/2026"
WHEN = "2026-11-24T08:00:00+07:00"


def taken(worker: Worker, text: str, name: str = "cong.csv") -> tuple[int, str]:
    worker.open(PORTAL)
    page = worker.send(TAKE, file=(io.BytesIO(text.encode()), name))
    return page.status_code, page.text


def kept(desk: Desk) -> list[tuple[str, int]]:
    with desk.house.reading() as db:
        return [(row.code, row.status) for row in db.scalars(select(NationalCopy).order_by(NationalCopy.code))]


def test_a_list_is_taken_flagged_and_in_the_log(desk: Desk, sit_down: Callable[[str], Worker]):
    same, other = desk.receive(BIRTH).code, desk.receive(BIRTH).code
    leader = sit_down("leader")
    at = desk.clock.now().isoformat()
    text = f"code,status,checked_at\n{same},2,{at}\n{other},9,{at}\nH99.105-999999-9999,4,{at}\n"
    status, page = taken(leader, text)
    assert status == 200
    assert "Đã nhập 2 trạng thái" in page
    assert "H99.105-999999-9999" in page
    assert kept(desk) == [(same, 2), (other, 9)]
    differing = leader.shown("portal-dossiers").replace("- ", "-")
    assert (other in differing, same in differing) == (True, False)
    assert f'href="/mot-cua/ho-so/{other}"' in leader.open(PORTAL).text
    assert f'href="/mot-cua/ho-so/{other}"' not in sit_down("province").open(PORTAL).text  # sees figures, no dossier
    flags = leader.open("/mot-cua/can-giai-trinh?tu=01/11/2026&den=30/11/2026").text
    assert "Trạng thái khác với bản ở Cổng quốc gia" in flags
    with desk.house.reading() as db:
        event = db.scalars(select(Event).where(Event.kind == "figures:national_imported")).one()
    assert (event.actor_name, event.payload["rows"], event.payload["left"]) == ("Lê Quang Tùng", 2, 1)
    assert taken(leader, text)[0] == 200
    assert len(kept(desk)) == 2  # twice is once


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "rỗng"),
        ("code,status\nA,4\n", "checked_at"),
        (f"code,status,checked_at\nA,11,{WHEN}\n", "danh mục 1–10"),
        (f"code,status,checked_at\nA,đã xong rồi,{WHEN}\n", "danh mục 1–10"),
        (f"code,status,checked_at\n,4,{WHEN}\n", "thiếu mã hồ sơ"),
        ("code,status,checked_at\nA,4,hôm qua\n", "không đọc được"),
        ("code,status,checked_at\nA,4,2099-01-01T00:00:00+07:00\n", "ở sau lúc này"),
        ("code,status,checked_at\nA,4,2026-11-20T08:00:00+07:00\nA,5,2026-11-20T08:00:00+07:00\n", "có hai dòng"),
    ],
)
def test_a_list_that_cannot_be_read_is_named_and_nothing_is_taken(
    desk: Desk, sit_down: Callable[[str], Worker], text: str, said: str
):
    status, page = taken(sit_down("province"), text)
    assert status == 422
    assert said in page
    assert kept(desk) == []


def test_no_file_and_no_right(desk: Desk, sit_down: Callable[[str], Worker]):
    leader = sit_down("leader")
    leader.open(PORTAL)
    assert leader.send(TAKE).status_code == 422
    clerk = sit_down("clerk")
    clerk.open(PORTAL)
    assert 'data-testid="take-portal"' not in clerk.page.text
    assert clerk.send(TAKE).status_code == 403


def test_a_unit_takes_nothing_of_another_units_dossiers(desk: Desk, sit_down: Callable[[str], Worker]):
    code, at = desk.receive(BIRTH).code, desk.clock.now().isoformat()
    text = f"code,status,checked_at\n{code},9,{at}\n"
    status, page = taken(sit_down("leader.so"), text)
    assert (status, kept(desk)) == (200, [])
    assert "không có hồ sơ nào mang mã" in page
    taken(sit_down("province"), text)
    assert kept(desk) == [(code, 9)]
