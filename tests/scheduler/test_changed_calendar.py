"""When the calendar changes, open dossiers get their due times anew: one run, each once, with both dates."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from app.cli.main import run as command
from app.db.facts import refresh_clock
from app.db.models import CalendarRun, Dossier, DossierClock, DossierFact, Event, Hop, OutboxMessage
from app.scheduler.sweeping import in_batches
from app.scheduler.ticks import run_once
from app.services.sweeps import calendars
from app.services.working_days import NewDay, add_day, confirm_year, remove_day
from tests.support.seeded import SINGLE, Desk
from workflows.calendar import VIETNAM, DayKind
from workflows.steps import step_due_at

# Received Monday 23 November, committed two working days; the 24th is a holiday: due Thursday the 26th.
CLOSED = NewDay(date(2026, 11, 25), DayKind.CLOSURE, "Mất điện cả xã", "TB 12/TB-UBND")


def reproject(desk: Desk) -> int:
    return in_batches(calendars.due, calendars.act)(desk.house, desk.clock.now())


def one_batch(desk: Desk) -> bool:
    with desk.house.reading() as db:
        (calendar_id,) = calendars.due(db, desk.house.calendars, desk.clock.now())
    with desk.house.unit_of_work() as uow:
        return calendars.act(uow, calendar_id, desk.clock.now())


def close(desk: Desk, new: NewDay = CLOSED) -> None:
    with desk.house.unit_of_work() as uow:
        add_day(uow, desk.staff("admin"), new, desk.clock.now())


def due_day(desk: Desk, dossier_id: int) -> int:
    with desk.house.reading() as db:
        return db.get_one(DossierClock, dossier_id).due_day


def runs(desk: Desk) -> list[CalendarRun]:
    with desk.house.reading() as db:
        return list(db.scalars(select(CalendarRun).order_by(CalendarRun.id)))


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
    reproject(desk)
    assert due_day(desk, dossier) == 20261127
    (move,) = moves(desk, dossier)
    assert (move["old_due"], move["new_due"]) == ("2026-11-27T00:00+07:00", "2026-11-28T00:00+07:00")
    assert move["cause"] == "thêm ngày 25/11/2026 (TB 12/TB-UBND)"
    (run,) = runs(desk)
    assert (run.state, run.dossiers, run.moved, run.unreckoned) == ("done", 1, 1, 0)


def test_the_facts_and_the_chain_agree_with_the_derivation(desk: Desk) -> None:
    dossier = desk.receive().dossier_id
    close(desk)
    reproject(desk)
    with desk.house.reading() as db:
        clock, row = db.get_one(DossierClock, dossier), db.get_one(Dossier, dossier)
        all_facts = select(DossierFact).where(DossierFact.dossier_id == dossier)
        facts = db.scalars(all_facts.order_by(DossierFact.valid_from, DossierFact.id)).all()
        assert [fact.due_day for fact in facts][-2:] == [20261126, 20261127]
        assert [fact.valid_to is None for fact in facts] == [False] * (len(facts) - 1) + [True]
        assert (facts[-1].due_at, facts[-1].event_seq) == (clock.due_at, row.event_seq)
    with desk.house.unit_of_work() as uow:  # the next act finds nothing to mend
        again = uow.session.get_one(Dossier, dossier)
        before = clock.due_at, clock.statutory_due_at, clock.promised_at
        fresh = refresh_clock(uow.session, again, desk.house.calendars, at=desk.clock.now())
        assert (fresh.due_at, fresh.statutory_due_at, fresh.promised_at) == before


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


def test_a_change_that_moves_no_date_leaves_no_event_of_a_dossier(desk: Desk) -> None:
    dossier = desk.receive().dossier_id
    with desk.house.unit_of_work() as uow:
        confirm_year(uow, desk.staff("admin"), desk.clock.now().astimezone(VIETNAM).year, desk.clock.now())
    reproject(desk)
    assert moves(desk, dossier) == []
    assert reproject(desk) == 0


def test_old_dates_show_until_the_run_publishes_and_a_run_cut_off_goes_on(desk: Desk, monkeypatch) -> None:
    monkeypatch.setattr(calendars, "RECKONED_AT_ONCE", 2)
    monkeypatch.setattr(calendars, "PUBLISHED_AT_ONCE", 2)
    monkeypatch.setattr(calendars, "HELD_SECONDS", 0)
    received = [desk.receive().dossier_id for _ in range(5)]
    close(desk)
    for _ in range(2):
        assert one_batch(desk)
        assert [due_day(desk, dossier) for dossier in received] == [20261126] * 5
    assert runs(desk)[0].state == "reckoning"
    assert one_batch(desk)
    assert runs(desk)[0].state == "publishing"
    assert one_batch(desk)
    assert [due_day(desk, dossier) for dossier in received] == [20261127] * 2 + [20261126] * 3
    reproject(desk)
    assert [due_day(desk, dossier) for dossier in received] == [20261127] * 5
    assert [len(moves(desk, dossier)) for dossier in received] == [1] * 5


def test_a_batch_ends_before_the_next_portion_would_hold_the_writer_too_long(monkeypatch) -> None:
    moments = iter([0.0, 0.03, 0.06, 0.10])  # two portions of 30 ms leave room for a third, which takes 40
    monkeypatch.setattr(calendars, "monotonic", lambda: next(moments))
    done: list[int] = []
    calendars._in_portions(lambda: done.append(1) or True)
    assert len(done) == 3
    monkeypatch.setattr(calendars, "monotonic", lambda: 0.0)
    calendars._in_portions(lambda: bool(done.append(1)))  # there is no more
    assert len(done) == 4


def test_a_later_change_overtakes_a_run_that_has_not_published(desk: Desk) -> None:
    dossier = desk.receive().dossier_id
    close(desk)
    with desk.house.unit_of_work() as uow:
        (calendar_id,) = calendars.due(uow.session, desk.house.calendars, desk.clock.now())
        units = calendars._units_by_calendar(uow.session, uow.calendars)[calendar_id]
        run = calendars._run(uow, uow.session.get_one(calendars.Calendar, calendar_id), units, desk.clock.now())
        assert run.state == "reckoning"
    close(desk, NewDay(date(2026, 11, 26), DayKind.CLOSURE, "Lũ", "TB 13/TB-UBND"))
    reproject(desk)
    assert [run.state for run in runs(desk)] == ["overtaken", "done"]
    assert due_day(desk, dossier) == 20261130
    assert len(moves(desk, dossier)) == 1


def test_a_dossier_worked_on_meanwhile_is_reckoned_again(desk: Desk) -> None:
    received = desk.receive()
    close(desk)
    assert one_batch(desk)  # reckoned, about to publish
    desk.digitize(received.code)
    reproject(desk)
    assert due_day(desk, received.dossier_id) == 20261127
    assert len(moves(desk, received.dossier_id)) == 1


def test_holders_and_applicants_are_told_once(desk: Desk) -> None:
    dossier = desk.receive().dossier_id
    close(desk)
    reproject(desk)
    run_once(desk.house, desk.clock.now())
    with desk.house.reading() as db:
        told = db.scalars(
            select(OutboxMessage.channel).where(
                OutboxMessage.dossier_id == dossier, OutboxMessage.template == "date_moved"
            )
        ).all()
    assert "notice" in told
    assert "sms" in told or "mail" in told
    assert told.count("sms") <= 1


def test_the_chain_of_a_house_with_a_run_is_whole(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(3):
        desk.receive()
    close(desk)
    reproject(desk)
    assert command(["audit", "verify", "--json"]) == 0, capsys.readouterr().out
    assert json.loads(capsys.readouterr().out)


def test_runs_killed_inside_a_batch_leave_each_move_once(desk: Desk) -> None:
    received = [desk.receive().dossier_id for _ in range(6)]
    close(desk)
    command_line = [sys.executable, "-m", "tests.scheduler.killed_run", desk.clock.now().isoformat()]
    done = subprocess.run(
        command_line, cwd=Path(__file__).parents[2], env=dict(os.environ), check=True, capture_output=True, text=True
    )
    assert int(done.stdout.splitlines()[-1]) >= 3, "hardly anybody was killed at work"
    assert [due_day(desk, dossier) for dossier in received] == [20261127] * 6
    assert [len(moves(desk, dossier)) for dossier in received] == [1] * 6
    with desk.house.reading() as db:
        notices = db.scalars(
            select(OutboxMessage.dossier_id).where(
                OutboxMessage.template == "date_moved", OutboxMessage.channel == "notice"
            )
        ).all()
        holders = len(notices) // 6
        assert sorted(notices) == sorted(received * holders)
    assert [run.state for run in runs(desk)] == ["done"]


def test_the_present_step_gets_its_due_time_anew_on_stay_and_clock(desk: Desk) -> None:
    dossier_id = desk.receive(SINGLE).dossier_id
    before = stay(desk, dossier_id)
    close(desk, NewDay(before.due_at.astimezone(VIETNAM).date(), DayKind.CLOSURE, "Mất điện", "TB 13/TB-UBND"))
    reproject(desk)
    after = stay(desk, dossier_id)
    with desk.house.reading() as db:
        calendar, _ = desk.house.calendars.of_unit(db, db.get_one(Dossier, dossier_id).settling_unit_id)
        assert db.get_one(DossierClock, dossier_id).step_due_at == after.due_at
    assert after.due_at == step_due_at(after.allotted_minutes, after.handed_at, calendar) > before.due_at
    assert moves(desk, dossier_id)[0]["step_due"] == after.due_at.astimezone(VIETNAM).isoformat(timespec="minutes")


def stay(desk: Desk, dossier_id: int) -> Hop:
    with desk.house.reading() as db:
        return db.scalars(select(Hop).where(Hop.dossier_id == dossier_id, Hop.left_at.is_(None))).one()
