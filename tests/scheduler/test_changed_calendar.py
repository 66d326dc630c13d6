"""When the calendar changes, open dossiers get their due times anew: each once, with both dates in its chain."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from app.db.models import DossierClock, Event
from app.scheduler.sweeping import each
from app.services.sweeps import calendars
from app.services.working_days import NewDay, add_day, confirm_year, remove_day
from tests.support.seeded import Desk
from workflows.calendar import VIETNAM, DayKind

# Received Monday 23 November, committed two working days; the 24th is a holiday: due Thursday the 26th.
CLOSED = NewDay(date(2026, 11, 25), DayKind.CLOSURE, "Mất điện cả xã", "TB 12/TB-UBND")


def reproject(desk: Desk) -> int:
    return each(calendars.due, calendars.act)(desk.house, desk.clock.now())


def close(desk: Desk) -> None:
    with desk.house.unit_of_work() as uow:
        add_day(uow, desk.staff("admin"), CLOSED, desk.clock.now())


def due_day(desk: Desk, dossier_id: int) -> int:
    with desk.house.reading() as db:
        return db.get_one(DossierClock, dossier_id).due_day


def moves(desk: Desk, dossier_id: int) -> list[dict[str, object]]:
    with desk.house.reading() as db:
        return list(
            db.scalars(
                select(Event.payload)
                .where(Event.dossier_id == dossier_id, Event.kind == "dossier:calendar_changed")
                .order_by(Event.seq)
            )
        )


def test_a_day_off_moves_the_due_day_and_the_chain_keeps_both(desk: Desk) -> None:
    dossier = desk.receive().dossier_id
    assert due_day(desk, dossier) == 20261126
    close(desk)
    assert reproject(desk) == 1
    assert due_day(desk, dossier) == 20261127
    (move,) = moves(desk, dossier)
    assert (move["old_due"], move["new_due"]) == ("2026-11-27T00:00+07:00", "2026-11-28T00:00+07:00")


def test_a_second_run_finds_nothing_and_writes_nothing(desk: Desk) -> None:
    dossier = desk.receive().dossier_id
    close(desk)
    reproject(desk)
    assert reproject(desk) == 0
    assert len(moves(desk, dossier)) == 1


def test_taking_the_day_out_again_brings_the_due_day_back(desk: Desk) -> None:
    dossier = desk.receive().dossier_id
    close(desk)
    reproject(desk)
    with desk.house.unit_of_work() as uow:
        remove_day(uow, desk.staff("admin"), CLOSED.day, "Có điện lại", at=desk.clock.now())
    reproject(desk)
    assert due_day(desk, dossier) == 20261126
    assert len(moves(desk, dossier)) == 2


def test_a_change_that_moves_no_date_leaves_no_event(desk: Desk) -> None:
    dossier = desk.receive().dossier_id
    with desk.house.unit_of_work() as uow:
        confirm_year(uow, desk.staff("admin"), desk.clock.now().astimezone(VIETNAM).year, desk.clock.now())
    assert reproject(desk) == 1
    assert moves(desk, dossier) == []
    assert reproject(desk) == 0


def test_a_run_that_is_cut_off_goes_on_where_it_stopped(desk: Desk) -> None:
    received = [desk.receive().dossier_id for _ in range(3)]
    close(desk)
    with desk.house.unit_of_work() as uow:
        assert calendars.act(uow, received[0], desk.clock.now())
    assert reproject(desk) == 2
    assert [due_day(desk, dossier) for dossier in received] == [20261127] * 3


def test_two_runs_at_once_write_one_event(desk: Desk) -> None:
    dossier = desk.receive().dossier_id
    close(desk)
    with desk.house.reading() as db:
        seen_by_both = calendars.due(db, desk.house.calendars, desk.clock.now())
    for _run in range(2):
        for dossier_id in seen_by_both:
            with desk.house.unit_of_work() as uow:
                calendars.act(uow, dossier_id, desk.clock.now())
    assert len(moves(desk, dossier)) == 1
