"""Notices before one person (nhắc việc của tôi): what the house called to mind and still matters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from app.db.models import Dossier, OutboxMessage, Result
from app.vault import Vault
from workflows.states import OPEN_STATES, State

MOST = 200
AFTER_THE_END = "pickup_unreachable"  # the one notice about a dossier that is finished


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice: which words (`template`), about which dossier (none: a report), with what facts."""

    notice_id: int
    template: str
    code: str
    facts: Mapping[str, Any]
    created_at: datetime
    is_read: bool


def notices_of(session: Session, vault: Vault, user_id: int) -> tuple[Notice, ...]:
    """Return a person's notices about dossiers that are still open, unread ones first, then the newest."""
    rows = session.execute(
        _standing(select(OutboxMessage, Dossier.code, Dossier.filing_number), user_id)
        .order_by(OutboxMessage.read_at.is_not(None), OutboxMessage.id.desc())
        .limit(MOST)
    )
    return tuple(
        Notice(
            notice_id=row.id,
            template=row.template,
            code=code or filing_number or "",
            facts=vault.open_json(row.body_sealed, f"outbox_messages.body:{row.uid}"),
            created_at=row.created_at,
            is_read=row.read_at is not None,
        )
        for row, code, filing_number in rows
    )


def unread(session: Session, user_id: int) -> int:
    """Return how many of a person's notices are unread and still matter."""
    counted = _standing(select(func.count(OutboxMessage.id)), user_id).where(OutboxMessage.read_at.is_(None))
    return session.scalar(counted) or 0


def _standing(asked: Select[Any], user_id: int) -> Select[Any]:
    """Keep to a person's notices whose cause may still stand: a finished dossier needs no reminding of its due."""
    open_still = Dossier.state.in_((*OPEN_STATES, State.FILED))
    to_fetch = and_(OutboxMessage.template == AFTER_THE_END, Dossier.state == State.FINISHED)
    corrected = exists().where(
        Result.dossier_id == Dossier.id, Result.replaces_id.is_not(None), Result.state == "proposed"
    )
    to_sign = and_(OutboxMessage.template == "reissue", corrected)
    declined = and_(OutboxMessage.template == "reissue_declined", OutboxMessage.read_at.is_(None))
    return (
        asked.outerjoin(Dossier, Dossier.id == OutboxMessage.dossier_id)
        .where(OutboxMessage.channel == "notice", OutboxMessage.to_user_id == user_id)
        .where(or_(open_still, to_fetch, to_sign, declined, OutboxMessage.dossier_id.is_(None)))
    )
