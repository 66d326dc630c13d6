"""Messages to send (hàng đợi tin gửi): written with the change that causes them, sent later, at least once.

Every row ends in sent or in failed with its reason: nothing is lost silently. What cannot be sent because no
gateway is set up waits, and says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from app.db.base import new_uid
from app.db.models import Dossier, DossierPerson, OutboxMessage
from app.db.unit_of_work import UnitOfWork
from app.domain.messages import CUT_OFF, OVERTAKEN
from app.domain.people import PersonRole, Staff
from app.services.accounts import administering
from app.services.errors import NotFound
from workflows.states import OPEN_STATES, State

NOW = timedelta(0)
LEASE = timedelta(minutes=5)  # a sender that died: somebody else sends again, under the same key
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))
UNCONFIGURED_PAUSE = timedelta(hours=1)
DROPPED_AT_ONCE = 500
# A message that waited through a long failure must not speak of what is no longer so.
ONLY_WHILE = {
    "pickup": (State.FINISHED,),
    "result_ready": (State.FINISHED,),
    "supplement_asked": (State.AWAITING_INTAKE_SUPPLEMENT, State.AWAITING_SUPPLEMENT),
    "extended": tuple(OPEN_STATES),
}


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message that this process has claimed; `key` is the same at each try, for gateways that know keys."""

    message_id: int
    key: str
    channel: str
    template: str
    to: str
    facts: Mapping[str, Any]


def to_applicant(
    uow: UnitOfWork, dossier: Dossier, template: str, facts: Mapping[str, Any], *, at: datetime, after: timedelta = NOW
) -> list[str]:
    """Write what the applicant is told, by mail and SMS as far as they left an address; return the channels.

    It leaves when the desk is open, so that nobody is woken by it, and not before `after` has passed.
    """
    person = uow.session.scalars(
        select(DossierPerson).where(
            DossierPerson.dossier_id == dossier.id, DossierPerson.role == PersonRole.APPLICANT
        )
    ).first()
    if person is None:
        return []
    given = {
        "sms": uow.vault.open_text(person.phone_sealed, f"dossier_people.phone:{person.uid}"),
        "mail": uow.vault.open_text(person.email_sealed, f"dossier_people.email:{person.uid}"),
    }
    calendar, _ = uow.calendars.of_unit(uow.session, dossier.receiving_unit_id)
    for channel, address in given.items():
        if address:
            row = _row(uow, dossier, channel, address, template=template, facts=facts)
            row.created_at, row.send_after = at, calendar.next_opening(at + after)
            uow.session.add(row)
    return [channel for channel, address in given.items() if address]


def _row(
    uow: UnitOfWork, dossier: Dossier, channel: str, address: str, *, template: str, facts: Mapping[str, Any]
) -> OutboxMessage:
    uid = new_uid()
    return OutboxMessage(
        uid=uid,
        channel=channel,
        template=template,
        to_sealed=uow.vault.seal_text(address, f"outbox_messages.to:{uid}"),
        dossier_id=dossier.id,
        body_sealed=uow.vault.seal_json(dict(facts), f"outbox_messages.body:{uid}"),
    )


def is_any_due(session: Session, at: datetime) -> bool:
    """Tell whether there is anything to claim, without taking the writer's place."""
    return session.scalars(select(OutboxMessage.id).where(*_due(at)).limit(1)).first() is not None


def drop_overtaken(uow: UnitOfWork, at: datetime) -> int:
    """End the messages that have lost their sense, with the reason on them; return how many."""
    overtaken = or_(
        *(
            (OutboxMessage.template == template) & Dossier.state.not_in(states)
            for template, states in ONLY_WHILE.items()
        )
    )
    rows = uow.session.scalars(
        select(OutboxMessage)
        .join(Dossier, Dossier.id == OutboxMessage.dossier_id)
        .where(*_due(at), overtaken)
        .limit(DROPPED_AT_ONCE)
        .with_for_update(of=OutboxMessage, skip_locked=True)
    ).all()
    for row in rows:
        row.state, row.error = "failed", OVERTAKEN
    uow.session.flush()
    return len(rows)


def claim(uow: UnitOfWork, at: datetime, *, most: int) -> list[Outgoing]:
    """Take up to `most` messages that are due, for the time of a lease; others leave them alone meanwhile."""
    rows = uow.session.scalars(
        select(OutboxMessage)
        .where(*_due(at))
        .order_by(OutboxMessage.send_after, OutboxMessage.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    ).all()
    for row in rows:
        if row.attempts > len(PAUSES):
            row.state, row.error = "failed", CUT_OFF
        else:
            row.attempts, row.send_after = row.attempts + 1, at + LEASE
    uow.session.flush()
    return [_outgoing(uow, row) for row in rows if row.state == "waiting"]


def note_sent(uow: UnitOfWork, message_id: int, at: datetime) -> None:
    """The gateway has taken the message."""
    row = uow.session.get_one(OutboxMessage, message_id)
    row.state, row.sent_at, row.error = "sent", at, ""


def note_failure(uow: UnitOfWork, message_id: int, reason: str, at: datetime, *, again: bool) -> bool:
    """Keep why a try failed; the next comes after a longer pause, until none is left. Return whether one comes."""
    row = uow.session.get_one(OutboxMessage, message_id)
    row.error = reason
    if again and row.attempts <= len(PAUSES):
        row.send_after = at + PAUSES[row.attempts - 1]
        return True
    row.state = "failed"
    return False


def note_unconfigured(uow: UnitOfWork, message_id: int, reason: str, at: datetime) -> None:
    """There is no gateway: the message waits and says so; that was no try."""
    row = uow.session.get_one(OutboxMessage, message_id)
    row.attempts, row.error, row.send_after = row.attempts - 1, reason, at + UNCONFIGURED_PAUSE


def try_again(uow: UnitOfWork, staff: Staff, message_id: int, at: datetime) -> None:
    """Send a failed message anew, at an administrator's word. Raises NotFound."""
    row = uow.session.get(OutboxMessage, message_id)
    if row is None or row.state != "failed" or row.channel == "notice":
        raise NotFound(number=str(message_id))
    row.state, row.attempts, row.send_after = "waiting", 0, at
    uow.note("message:tried_again", ("message", str(message_id)), administering(staff), at, channel=row.channel)


def _due(at: datetime) -> tuple[ColumnElement[bool], ...]:
    return OutboxMessage.state == "waiting", OutboxMessage.send_after <= at


def _outgoing(uow: UnitOfWork, row: OutboxMessage) -> Outgoing:
    return Outgoing(
        row.id,
        row.uid,
        row.channel,
        row.template,
        uow.vault.open_text(row.to_sealed, f"outbox_messages.to:{row.uid}"),
        uow.vault.open_json(row.body_sealed, f"outbox_messages.body:{row.uid}"),
    )
