"""Whom and what one may choose on a dossier's page: receivers of a step, units to ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.db.models import Membership, SuspensionGround, Unit, UserAccount
from workflows.ledger import PAYMENT, SUPPLEMENT


@dataclass(frozen=True, slots=True)
class Choice:
    """One value to choose and its words."""

    value: str
    text: str


def holders_of_role(session: Session, root_unit_id: int, role: str, on: date) -> tuple[Choice, ...]:
    """Return the people of an authority who hold `role` on a day, by name."""
    found = session.execute(
        select(UserAccount.id, UserAccount.name, UserAccount.title)
        .join(Membership, Membership.user_id == UserAccount.id)
        .join(Unit, Unit.id == UserAccount.unit_id)
        .where(
            UserAccount.is_active,
            Membership.role == role,
            or_(Unit.root_id == root_unit_id, Unit.id == root_unit_id),
            or_(Membership.valid_from.is_(None), Membership.valid_from <= on),
            or_(Membership.valid_to.is_(None), Membership.valid_to > on),
        )
        .order_by(UserAccount.name)
        .distinct()
    )
    return tuple(Choice(str(user_id), f"{name}, {title}" if title else name) for user_id, name, title in found)


def units_to_ask(session: Session, root_unit_id: int, *, except_id: int) -> tuple[Choice, ...]:
    """Return the divisions of an authority that may be asked for an opinion, by name."""
    found = session.execute(
        select(Unit.id, Unit.name)
        .where(Unit.root_id == root_unit_id, Unit.id != except_id, Unit.kind == "division")
        .order_by(Unit.name_sort, Unit.name)
    )
    return tuple(Choice(str(unit_id), name) for unit_id, name in found)


@dataclass(frozen=True, slots=True)
class GroundChoice:
    """One ground of the list: what it does to the clock, who opens it, which document it needs, for how long."""

    code: str
    name: str
    effect: str
    opened_by: str
    document: str
    longest_working_days: int | None
    legal_basis: str


def grounds_in_force(session: Session, on: date) -> tuple[GroundChoice, ...]:
    """Return the grounds on which a clock may stand still on a day, without those that have acts of their own."""
    rows = session.scalars(
        select(SuspensionGround)
        .where(SuspensionGround.code.not_in((SUPPLEMENT, PAYMENT)), SuspensionGround.effective_from <= on)
        .where(or_(SuspensionGround.effective_to.is_(None), SuspensionGround.effective_to > on))
        .order_by(SuspensionGround.id)
    )
    return tuple(
        GroundChoice(
            row.code, row.name, row.effect, row.opened_by, row.document, row.longest_working_days, row.legal_basis
        )
        for row in rows
    )
