"""Interlinked sets keep their own codes, clocks and agencies; dossiers of other systems are followed, not guessed."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from app.adapters.spreadsheet import Column, Sheet, csv_file, xlsx
from app.adapters.tables import table_of
from app.db.models import DossierClock, Event
from app.domain.external_status import (
    StatusColumnsMissing,
    StatusLineWrong,
    agrees,
    read_statuses,
    statuses_of,
)
from app.queries.relations import family_of, followed, tracking_of
from app.services import processing, relations
from app.services.errors import NotFound
from app.services.relation_errors import EndedElsewhereWrong, NotAChild
from tests.support.seeded import BIRTH, Desk
from workflows.calendar import VIETNAM
from workflows.states import State


def link(desk: Desk, parent: str, child: str, login: str = "clerk") -> None:
    with desk.house.unit_of_work() as uow:
        relations.link_child(
            uow, desk.staff(login), parent, desk.version(parent), child=child, at=desk.clock.now()
        )


def follow(desk: Desk, number: str, code: str) -> None:
    with desk.house.unit_of_work() as uow:
        relations.track(
            uow, desk.staff("clerk"), number, desk.version(number), system="Hộ tịch điện tử", code=code,
            at=desk.clock.now(),
        )  # fmt: skip


def paste(desk: Desk, text: str) -> relations.Checked:
    with desk.house.unit_of_work() as uow:
        return relations.take_statuses(uow, desk.staff("clerk"), read_statuses(text), desk.clock.now())


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("HT-1; 9; 10:00 23/11/2026", ("HT-1", 9, datetime(2026, 11, 23, 10, 0, tzinfo=VIETNAM))),
        ("HT-1\tĐã xử lý xong", ("HT-1", 9, None)),
        ("HT-1 | dang xu ly", ("HT-1", 4, None)),
    ],
)
def test_a_pasted_line_is_read(line: str, read: tuple[str, int, datetime | None]) -> None:
    [found] = read_statuses(f"\n{line}\n")
    assert (found.line, found.code, found.status, found.ended_at) == (2, *read)


@pytest.mark.parametrize("line", ["HT-1", "HT-1; 11", "; 9", "HT-1; xong rồi", "HT-1; 9; hôm qua", "a;9;;b"])
def test_a_line_that_cannot_be_read_is_named_and_nothing_is_taken(line: str) -> None:
    with pytest.raises(StatusLineWrong, match="Dòng 2"):
        read_statuses(f"HT-0; 4\n{line}")


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_file_of_the_other_system_is_read_by_its_heads(kind: str) -> None:
    columns = tuple(Column(head) for head in ("TT", "Số hồ sơ", "Tình trạng", "Ngày hoàn thành"))
    rows = (("1", "HT-1", "Đã xử lý xong", "2026-11-25 15:00:00"), ("2", "HT-2", "4", ""))
    sheet = Sheet("Danh sách", (), columns, rows)
    found = statuses_of(table_of((xlsx if kind == "xlsx" else csv_file)(sheet)))
    assert [(line.line, line.code, line.status) for line in found] == [(2, "HT-1", 9), (3, "HT-2", 4)]
    assert found[0].ended_at == datetime(2026, 11, 25, 15, 0, tzinfo=VIETNAM)
    assert found[1].ended_at is None


def test_a_file_without_its_columns_or_with_a_line_that_says_nothing_is_named() -> None:
    with pytest.raises(StatusColumnsMissing, match="Trạng thái"):
        statuses_of(table_of("Mã hồ sơ;Ngày xong\nHT-1;25/11/2026\n".encode()))
    with pytest.raises(StatusLineWrong, match="Dòng 3"):
        statuses_of(table_of("Mã hồ sơ;Trạng thái\nHT-1;9\nHT-2;sắp xong\n".encode()))


def test_finished_there_and_returned_here_say_the_same() -> None:
    assert agrees(State.RETURNED, 9)
    assert agrees(State.RECEIVED, 4)
    assert not agrees(State.PROCESSING, 9)
    assert not agrees(State.FINISHED, 4)


def test_a_set_shows_each_dossier_with_its_own_unit_and_clock(desk: Desk) -> None:
    parent, child = desk.receive(BIRTH).code, desk.receive().code
    foreign = desk.receive("1.012784", settling_code="H99.12").code
    for code in (child, foreign):
        link(desk, parent, code)
    with desk.house.reading() as session:
        ours = family_of(session, desk.dossier(child).id, desk.staff("clerk"))
        theirs = family_of(session, desk.dossier(foreign).id, desk.staff("clerk.so"))
    assert [(row.number, row.is_parent, row.is_this) for row in ours] == [
        (parent, True, False), (child, False, True), (foreign, False, False),
    ]  # fmt: skip
    assert len({row.promised_at for row in ours}) == 3
    assert [row.may_open for row in theirs] == [False, False, True]


def test_nobody_is_a_child_twice_a_grandchild_or_their_own(desk: Desk) -> None:
    parent, child, other = (desk.receive().code for _ in range(3))
    link(desk, parent, child)
    for above, below in ((other, child), (parent, parent), (child, other), (other, parent)):
        with pytest.raises(NotAChild):
            link(desk, above, below)
    with pytest.raises(NotFound):
        link(desk, parent, "H99.105-261123-9999")


def test_done_there_is_finished_here_at_the_time_it_was_done(desk: Desk) -> None:
    code, waiting, other = (desk.receive().code for _ in range(3))
    for number, theirs in ((code, "HT-1"), (waiting, "HT-2")):
        follow(desk, number, theirs)
    desk.digitize(code)
    with desk.house.unit_of_work() as uow:
        processing.forward(uow, desk.staff("clerk"), code, desk.version(code), at=desk.clock.now())
    desk.clock.advance(timedelta(days=8))
    done = paste(desk, "HT-1; 9; 15:00 25/11/2026\nHT-2; 9\nHT-9; 4")
    assert (done.taken, done.unknown, done.finished, done.differing) == (2, ("HT-9",), (code,), (waiting,))
    assert desk.dossier(code).ended_at == datetime(2026, 11, 25, 15, 0, tzinfo=VIETNAM)
    assert desk.dossier(waiting).state == "received"  # told, not changed
    with desk.house.reading() as session:
        assert session.get_one(DossierClock, desk.dossier(code).id).standing == "early"
        last = session.scalars(
            select(Event).where(Event.dossier_id == desk.dossier(code).id).order_by(Event.seq.desc())
        ).first()
        assert (last.kind, last.actor_kind, last.actor_name) == ("dossier:finished", "external", "Hộ tịch điện tử")
        assert [row.code for row in followed(session, desk.staff("clerk"))] == ["HT-2", "HT-1"]
        assert tracking_of(session, desk.dossier(other).id) is None


def test_an_end_before_the_reception_is_refused_whole(desk: Desk) -> None:
    code = desk.receive().code
    follow(desk, code, "HT-1")
    desk.digitize(code)
    with desk.house.unit_of_work() as uow:
        processing.forward(uow, desk.staff("clerk"), code, desk.version(code), at=desk.clock.now())
    with pytest.raises(EndedElsewhereWrong):
        paste(desk, "HT-1; 9; 15:00 20/11/2026")
    assert desk.dossier(code).state == "processing"
