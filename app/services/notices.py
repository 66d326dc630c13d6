"""Notices in the house (nhắc việc): who is told about a dossier, and the rows they read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, update

from app.db.base import new_uid
from app.db.models import Dossier, Hop, Membership, OutboxMessage, Unit, UserAccount
from app.db.unit_of_work import UnitOfWork
from app.domain.ladder import Audience
from app.domain.people import Role, Staff
from app.services.dossiers import version_of
from app.services.filing import local_day


def tell(
    uow: UnitOfWork, user_ids: Iterable[int], template: str, facts: Mapping[str, Any], *, about: Dossier, at: datetime
) -> list[int]:
    """Put a notice about a dossier before each of these people and return them. It is delivered by being there."""
    return _put(uow, user_ids, template, facts, dossier_id=about.id, at=at)


def remind(
    uow: UnitOfWork, user_ids: Iterable[int], template: str, facts: Mapping[str, Any], *, at: datetime
) -> list[int]:
    """Put a notice about no single dossier (a report) before each of these people and return them."""
    return _put(uow, user_ids, template, facts, dossier_id=None, at=at)


def _put(
    uow: UnitOfWork,
    user_ids: Iterable[int],
    template: str,
    facts: Mapping[str, Any],
    *,
    dossier_id: int | None,
    at: datetime,
) -> list[int]:
    told = sorted(set(user_ids))
    for user_id in told:
        uid = new_uid()
        uow.session.add(
            OutboxMessage(
                uid=uid,
                channel="notice",
                template=template,
                to_user_id=user_id,
                dossier_id=dossier_id,
                body_sealed=uow.vault.seal_json(dict(facts), f"outbox_messages.body:{uid}"),
                state="sent",
                send_after=at,
                sent_at=at,
                created_at=at,
            )
        )
    return told


def facts_of(uow: UnitOfWork, dossier: Dossier) -> dict[str, Any]:
    """Return what any message says of a dossier: its number and the neutral name of its procedure.

    Adoption, disability, parentage, marital status: a message is read by others too.
    """
    version = version_of(uow, dossier)
    name = version.neutral_name or version.short_name or version.name
    return {"code": dossier.code or dossier.filing_number, "procedure": name}


def mark_all_read(uow: UnitOfWork, staff: Staff, at: datetime) -> None:
    """Note that `staff` has read every notice that stands before them."""
    unread = and_(
        OutboxMessage.channel == "notice", OutboxMessage.to_user_id == staff.user_id, OutboxMessage.read_at.is_(None)
    )
    uow.session.execute(update(OutboxMessage).where(unread).values(read_at=at))


def audience(uow: UnitOfWork, dossier: Dossier, to: Audience, at: datetime) -> set[int]:
    """Return the accounts to tell: the holder, also the officers on it, or these and the leaders."""
    people = holders(uow, dossier, at)
    if to in (Audience.OFFICER, Audience.LEADER):
        people |= _officers(uow, dossier)
    if to is Audience.LEADER:
        people |= leaders(uow, dossier, at)
    return people


def holders(uow: UnitOfWork, dossier: Dossier, at: datetime) -> set[int]:
    """Return who holds the dossier: the person, else everyone at the unit who may do its step."""
    if dossier.holder_user_id:
        return _active({dossier.holder_user_id}, uow)
    hop = uow.session.scalars(
        select(Hop).where(Hop.dossier_id == dossier.id, Hop.left_at.is_(None)).order_by(Hop.ordinal.desc()).limit(1)
    ).first()
    if hop is None:
        return clerks(uow, dossier, at)
    return with_role(uow, Role(hop.role), Unit.id == hop.unit_id, at) or leaders(uow, dossier, at)


def leaders(uow: UnitOfWork, dossier: Dossier, at: datetime) -> set[int]:
    """Return the leaders of the settling authority."""
    return leaders_of(uow, dossier.settling_unit_id, at)


def leaders_of(uow: UnitOfWork, unit_id: int, at: datetime) -> set[int]:
    """Return the leaders of an authority."""
    return with_role(uow, Role.LEADER, _within(unit_id), at)


def clerks(uow: UnitOfWork, dossier: Dossier, at: datetime) -> set[int]:
    """Return the clerks of the receiving authority."""
    return with_role(uow, Role.CLERK, _within(dossier.receiving_unit_id), at)


def with_role(uow: UnitOfWork, role: Role, where: ColumnElement[bool], at: datetime) -> set[int]:
    """Return the active accounts that hold `role` today in units that meet `where`."""
    today = local_day(at)
    found = uow.session.scalars(
        select(UserAccount.id)
        .join(Membership, Membership.user_id == UserAccount.id)
        .join(Unit, Unit.id == UserAccount.unit_id)
        .where(Membership.role == role, UserAccount.is_active, where)
        .where(or_(Membership.valid_from.is_(None), Membership.valid_from <= today))
        .where(or_(Membership.valid_to.is_(None), Membership.valid_to >= today))
    )
    return set(found)


def _officers(uow: UnitOfWork, dossier: Dossier) -> set[int]:
    """Return the officers who have had the dossier."""
    found = uow.session.scalars(
        select(Hop.user_id).where(Hop.dossier_id == dossier.id, Hop.role == Role.OFFICER, Hop.user_id.is_not(None))
    )
    return _active({user_id for user_id in found if user_id}, uow)


def _active(user_ids: set[int], uow: UnitOfWork) -> set[int]:
    return set(uow.session.scalars(select(UserAccount.id).where(UserAccount.id.in_(user_ids), UserAccount.is_active)))


def _within(unit_id: int) -> ColumnElement[bool]:
    return or_(Unit.id == unit_id, Unit.root_id == unit_id)
