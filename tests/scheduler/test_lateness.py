"""Lateness is an event, once, when a due time passes; the standing itself stays derived."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.db import facts
from app.db.models import DossierClock, Effect, Event, LedgerEntry
from app.domain.people import SCHEDULER
from app.services import waiting
from app.services.values import SupplementAsk
from tests.scheduler.words import effects, events, local, tick_at
from tests.support.seeded import SINGLE, Desk


def test_the_end_of_the_due_day_is_still_in_time(desk: Desk) -> None:
    dossier = desk.receive(SINGLE).dossier_id
    tick_at(desk, "Thursday 2026-11-26 23:59")
    assert "dossier:late" not in events(desk, dossier)
    tick_at(desk, "Friday 2026-11-27 00:00")
    tick_at(desk, "Friday 2026-11-27 00:01")
    assert events(desk, dossier).count("dossier:late") == 1


def test_a_run_after_three_days_of_silence_is_marked_and_dated(desk: Desk) -> None:
    dossier = desk.receive(SINGLE).dossier_id
    tick_at(desk, "Monday 2026-11-30 07:40")
    with desk.house.reading() as session:
        effect = session.scalars(select(Effect).where(Effect.kind == "late")).one()
        event = session.scalars(select(Event).where(Event.kind == "dossier:late")).one()
    assert (effect.subject, effect.is_late_run) == (str(dossier), True)
    assert (effect.due_for, effect.done_at) == (local("Friday 2026-11-27 00:00"), local("Monday 2026-11-30 07:40"))
    assert event.payload is not None
    assert event.payload["late_run"] is True


def test_one_that_ended_late_while_nobody_ran_is_not_missed(desk: Desk) -> None:
    made = desk.receive(SINGLE)
    with desk.house.unit_of_work() as uow:
        waiting.stop(
            uow, desk.staff("leader"), made.code, desk.version(made.code), ground="Khoản 1", reason="Dừng",
            at=local("Friday 2026-11-27 10:00"),
        )  # fmt: skip
    tick_at(desk, "Monday 2026-11-30 07:40")
    assert events(desk, made.dossier_id) == ["dossier:late"]


def test_a_clock_that_stands_still_is_not_late(desk: Desk) -> None:
    made = desk.receive(SINGLE)
    with desk.house.unit_of_work() as uow:
        ask = SupplementAsk(("Tờ khai",), "Thiếu")
        waiting.ask_supplement(
            uow, desk.staff("leader"), made.code, desk.version(made.code), ask, leader_reason="Cần", at=desk.clock.now()
        )
    tick_at(desk, "Friday 2026-12-04 08:00")
    assert effects(desk, made.dossier_id) == []


def test_an_imported_due_time_counts_without_a_limit(desk: Desk) -> None:
    made = desk.receive(SINGLE)
    without_limit_until(desk, made.code, local("Wednesday 2026-11-25 00:00"))
    with desk.house.reading() as session:
        clock = session.get_one(DossierClock, made.dossier_id)
    assert (clock.due_at, clock.due_day) == (local("Wednesday 2026-11-25 00:00"), 20261124)
    tick_at(desk, "Wednesday 2026-11-25 08:00")
    assert "dossier:late" in events(desk, made.dossier_id)


def test_the_standing_is_kept_also_where_the_end_is_entered_ahead(desk: Desk) -> None:
    made = desk.receive(SINGLE)
    without_limit_until(desk, made.code, local("Wednesday 2026-11-25 00:00"))
    with desk.house.unit_of_work() as uow:
        dossier = uow.session.get_one(type(desk.dossier(made.code)), made.dossier_id)
        dossier.ended_at = local("Thursday 2026-11-26 10:00")
        uow.record("dossier:corrected", dossier, SCHEDULER, desk.clock.now())
    with desk.house.reading() as session:
        assert session.get_one(DossierClock, made.dossier_id).standing == "late"


def without_limit_until(desk: Desk, code: str, due_at: datetime) -> None:
    """Turn a dossier into one as an import writes it: no limit known, a declared due time in the ledger."""
    with desk.house.unit_of_work() as uow:
        dossier = uow.session.get_one(type(desk.dossier(code)), desk.dossier(code).id)
        dossier.committed_limit = dossier.statutory_limit = None
        uow.session.add(
            LedgerEntry(dossier_id=dossier.id, kind="declared", started_at=desk.clock.now(), new_due_at=due_at)
        )
        uow.record("dossier:corrected", dossier, SCHEDULER, desk.clock.now())
        facts.refresh_clock(uow.session, dossier, uow.calendars, at=desk.clock.now())
