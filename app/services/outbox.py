"""Messages to send (hàng đợi tin gửi): written with the change that causes them, sent later, at least once.

Every row ends in sent or in failed with its reason: nothing is lost silently. What cannot be sent because no
gateway is set up waits, and says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.db.base import new_uid
from app.db.models import Dossier, DossierPerson, OutboxMessage
from app.db.unit_of_work import UnitOfWork
from app.domain.people import PersonRole


def to_applicant(
    uow: UnitOfWork, dossier: Dossier, template: str, facts: Mapping[str, Any], *, at: datetime
) -> list[str]:
    """Write what the applicant is told, by mail and SMS as far as they left an address; return the channels."""
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
    for channel, address in given.items():
        if address:
            _write(uow, dossier, channel, address, template=template, facts=facts, at=at)
    return [channel for channel, address in given.items() if address]


def _write(
    uow: UnitOfWork, dossier: Dossier, channel: str, address: str, *, template: str, facts: Mapping[str, Any],
    at: datetime,
) -> None:  # fmt: skip
    """Add one message; it leaves when the desk is open, so that nobody is woken by it."""
    calendar, _ = uow.calendars.of_unit(uow.session, dossier.receiving_unit_id)
    uid = new_uid()
    uow.session.add(
        OutboxMessage(
            uid=uid,
            channel=channel,
            template=template,
            to_sealed=uow.vault.seal_text(address, f"outbox_messages.to:{uid}"),
            dossier_id=dossier.id,
            body_sealed=uow.vault.seal_json(dict(facts), f"outbox_messages.body:{uid}"),
            send_after=calendar.next_opening(at),
            created_at=at,
        )
    )
