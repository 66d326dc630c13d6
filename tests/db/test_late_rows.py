"""Rows that wait are as good as written: seen by the next statement, refused like others, numbered once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import IntegrityError

from app.db.base import table_of
from app.db.late_rows import APART
from app.db.models import Counter, Dossier, Effect, Event, IssuedForm, Unit
from app.db.unit_of_work import UnitOfWork
from app.domain.people import SCHEDULER
from app.queries.dossier_version import version_of
from app.services import intake
from app.services.values import Reception
from tests.support.seeded import Desk

EFFECTS, FORMS = table_of(Effect), table_of(IssuedForm)


def effect(at: datetime, **other: Any) -> dict[str, Any]:
    return {"kind": "warn", "subject": "1", "occasion": "a", "due_for": at, "done_at": at, **other}


def seen(uow: UnitOfWork) -> int:
    return len(uow.session.scalars(select(Effect.id)).all())


def test_a_row_is_there_for_the_next_statement_and_after_the_commit(desk: Desk) -> None:
    at = desk.clock.now()
    with desk.house.unit_of_work() as uow:
        uow.late.put(EFFECTS, effect(at))
        assert seen(uow) == 1
        uow.late.put(EFFECTS, effect(at, occasion="b"), effect(at, occasion="c", is_late_run=True))
        uow.late.put(EFFECTS, effect(at, occasion="d"))
    with desk.house.reading() as session:
        rows = session.execute(select(Effect.occasion, Effect.is_late_run).order_by(Effect.occasion)).all()
    assert [tuple(row) for row in rows] == [("a", False), ("b", False), ("c", True), ("d", False)]


def test_a_statement_that_stands_apart_leaves_them_waiting(desk: Desk) -> None:
    apart = select(Unit.id).execution_options(**APART)
    with pytest.raises(IntegrityError), desk.house.unit_of_work() as uow:
        uow.late.put(EFFECTS, effect(desk.clock.now()), effect(desk.clock.now()))
        assert uow.connection.execute(apart).first() is not None
        seen(uow)


def test_nothing_is_written_of_a_unit_that_fails(desk: Desk) -> None:
    with pytest.raises(LookupError), desk.house.unit_of_work() as uow:
        uow.late.put(EFFECTS, effect(desk.clock.now()))
        raise LookupError
    with desk.house.unit_of_work() as uow:
        assert seen(uow) == 0


def test_ids_are_drawn_once(desk: Desk) -> None:
    desk.receive()
    with desk.house.unit_of_work() as uow:
        drawn = uow.late.next_id(FORMS)
        last = uow.session.scalars(select(IssuedForm.id).order_by(IssuedForm.id.desc())).first()
    assert last is not None
    assert drawn > last


def test_a_change_after_its_event_needs_one_of_its_own(desk: Desk) -> None:
    """The row is read off when the event is recorded: what is changed later is not slipped in with it."""
    at, clerk = desk.clock.now(), desk.staff("clerk")
    with pytest.raises(IntegrityError), desk.house.unit_of_work() as uow:
        received = intake.receive_new(uow, clerk, Reception(desk.filing()), at)
        uow.session.get_one(Dossier, received.dossier_id).fee_due_vnd += 1


def test_a_second_event_of_a_new_dossier_follows_the_first(desk: Desk) -> None:
    at, clerk = desk.clock.now(), desk.staff("clerk")
    with desk.house.unit_of_work() as uow:
        received = intake.receive_new(uow, clerk, Reception(desk.filing()), at)
        dossier = uow.session.get_one(Dossier, received.dossier_id)
        dossier.fee_due_vnd += 1
        uow.record("dossier:corrected", dossier, SCHEDULER, at, step=2)
    with desk.house.reading() as session:
        first, second = session.scalars(
            select(Event).where(Event.dossier_id == received.dossier_id).order_by(Event.seq)
        ).all()
    assert (first.seq, second.seq, second.previous) == (1, 2, first.hash)
    assert desk.version(received.code) == 2


def test_a_new_dossier_that_was_seen_before_its_event_says_its_version_to_the_next_act(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A statement in between has the new row written early: the fee is taken with it all the same."""
    desk.receive()  # opens the day's series
    clerk, receipt = desk.staff("clerk"), intake.receipt

    def seen_first(uow: UnitOfWork, *told: Any, **named: Any) -> Any:
        uow.session.scalars(select(Dossier.id)).all()
        return receipt(uow, *told, **named)

    monkeypatch.setattr(intake, "receipt", seen_first)
    monkeypatch.setattr(intake, "tell_received", lambda *_told: None)  # nobody to write to: nothing flushes
    with desk.house.unit_of_work() as uow:
        received = intake.receive_new(uow, clerk, Reception(desk.filing()), desk.clock.now())
        assert version_of(uow.session, clerk, received.code) == 1


def test_a_reception_waits_for_few_answers(desk: Desk) -> None:
    """The rows of a reception go in one piece: what else writes are the counters of its code and of its slip."""
    desk.receive()
    asked: list[str] = []
    event.listen(desk.house.engine, "before_cursor_execute", lambda *told: asked.append(told[2].split()[0]))
    desk.receive()
    assert len([word for word in asked if word in {"INSERT", "UPDATE"}]) == 2


def test_numbers_have_no_gap_after_a_refused_reception(desk: Desk) -> None:
    first, clerk = desk.receive().code, desk.staff("clerk")
    with pytest.raises(LookupError), desk.house.unit_of_work() as uow:
        intake.receive_new(uow, clerk, Reception(desk.filing()), desk.clock.now())
        raise LookupError
    second = desk.receive().code
    ends = [int(code.rsplit("-", 1)[-1]) for code in (first, second)]
    assert ends[1] == ends[0] + 1
    with desk.house.reading() as session:
        assert session.scalars(select(Counter.value).where(Counter.kind == "dossier")).all() == [ends[1]]
