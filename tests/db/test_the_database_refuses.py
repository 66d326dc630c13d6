"""What the database itself refuses, whoever asks: a silent change, a deleted dossier, a rewritten event."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from app.db import triggers
from app.db.models import Component, Dossier, Event
from app.db.unit_of_work import ChangeWithoutEvent
from app.domain.people import SCHEDULER
from tests.support.seeded import Desk


def raw(desk: Desk, statement: str) -> None:
    with desk.house.engine.begin() as connection:
        connection.execute(text(statement))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE dossiers SET state = 'stopped', ended_at = received_at",
        "UPDATE dossiers SET fee_due_vnd = 0",
        "UPDATE dossiers SET event_seq = event_seq - 1",
        "UPDATE dossiers SET event_seq = event_seq + 1",  # the event it names does not exist
        "DELETE FROM dossiers",
        "DELETE FROM events",
        "UPDATE events SET at = '2026-01-01 00:00:00'",
        "UPDATE events SET actor_name = 'Người khác'",
        "UPDATE events SET payload = '{}'",
    ],
)
def test_raw_sql_is_refused(desk: Desk, statement: str) -> None:
    code = desk.receive().code
    before = (desk.dossier(code).state, desk.version(code))
    with pytest.raises(DBAPIError):
        raw(desk, statement)
    assert (desk.dossier(code).state, desk.version(code)) == before


def test_an_event_may_only_be_erased(desk: Desk) -> None:
    desk.receive()
    raw(desk, "UPDATE events SET payload = NULL, salt = NULL, erased_by = 1 WHERE subject_kind = 'dossier'")
    with desk.house.reading() as session:
        event = session.scalars(select(Event).where(Event.subject_kind == "dossier")).one()
    assert event.payload is None
    assert len(event.payload_hash) == 64


def test_the_house_refuses_a_change_that_nobody_recorded(desk: Desk) -> None:
    code = desk.receive().code
    with pytest.raises(ChangeWithoutEvent), desk.house.unit_of_work() as uow:
        uow.session.get_one(Dossier, desk.dossier(code).id).fee_due_vnd = 0
    assert desk.dossier(code).fee_due_vnd == 15_000


def test_the_house_refuses_a_silent_change_of_a_paper(desk: Desk) -> None:
    desk.receive()
    with pytest.raises(ChangeWithoutEvent), desk.house.unit_of_work() as uow:
        uow.session.scalars(select(Component)).first().note = "sửa lén"


def test_the_house_refuses_bulk_changes(desk: Desk) -> None:
    desk.receive()
    with pytest.raises(ChangeWithoutEvent), desk.house.unit_of_work() as uow:
        uow.session.execute(update(Dossier).values(fee_due_vnd=0))


def test_flushed_first_is_no_way_round(desk: Desk) -> None:
    code = desk.receive().code
    with pytest.raises(ChangeWithoutEvent), desk.house.unit_of_work() as uow:
        uow.session.get_one(Dossier, desk.dossier(code).id).fee_due_vnd = 0
        uow.session.flush()


def test_a_recorded_change_raises_the_sequence_by_one(desk: Desk) -> None:
    code = desk.receive().code
    with desk.house.unit_of_work() as uow:
        dossier = uow.session.get_one(Dossier, desk.dossier(code).id)
        dossier.fee_exemption = "hộ nghèo"
        uow.session.flush()
        dossier.fee_due_vnd = 0
        uow.record("dossier:corrected", dossier, SCHEDULER, desk.clock.now(), reason="hộ nghèo")
    assert desk.version(code) == 2


def test_two_events_of_one_transaction_are_chained(desk: Desk) -> None:
    code = desk.receive().code
    with desk.house.unit_of_work() as uow:
        dossier = uow.session.get_one(Dossier, desk.dossier(code).id)
        dossier.fee_due_vnd = 1
        uow.record("dossier:corrected", dossier, SCHEDULER, desk.clock.now(), step=1)
        dossier.fee_due_vnd = 2
        uow.record("dossier:corrected", dossier, SCHEDULER, desk.clock.now(), step=2)
    with desk.house.reading() as session:
        first, second, third = session.scalars(
            select(Event).where(Event.subject_kind == "dossier").order_by(Event.seq)
        ).all()
    assert (second.previous, third.previous) == (first.hash, second.hash)
    assert desk.version(code) == 3


def test_every_trigger_stands(desk: Desk) -> None:
    with desk.house.engine.connect() as connection:
        assert triggers.missing(connection) == []
