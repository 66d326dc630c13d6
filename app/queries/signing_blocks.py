"""Whose block a result about to be signed carries (khối ký trên dự thảo), and whose it would carry now."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.models import Event, Result, SigningAuthority
from app.domain.documents import Signer
from app.domain.people import Staff
from app.domain.result_drafts import ResultDraft
from app.queries.signing_authorities import holds_at
from app.vault import Vault

_DRAWN = ("dossier:proposed", "dossier:result_redrawn")


def drawn_for(session: Session, result_id: int) -> str:
    """Return the name on the block of a proposed result's page, empty where nobody wrote it down."""
    result = session.get_one(Result, result_id)
    last = session.scalars(
        select(Event)
        .where(Event.dossier_id == result.dossier_id, Event.kind.in_(_DRAWN))
        .order_by(Event.seq.desc())
        .limit(1)
    ).first()
    told = (last.payload or {}) if last else {}
    return str(told.get("signer", "")) if told.get("result") == result.version else ""


def block_now(session: Session, staff: Staff, at: datetime) -> Signer:
    """Return the block that a person signs under at a minute: by decision, else by the account's title."""
    row = session.scalars(
        select(SigningAuthority)
        .where(SigningAuthority.user_id == staff.user_id, SigningAuthority.signs_results, *holds_at(at))
        .order_by(SigningAuthority.effective_from.desc())
        .limit(1)
    ).first()
    if row is not None:
        return Signer(tuple(row.titles.upper().splitlines()), row.name)
    return Signer((staff.title.upper() or "THỦ TRƯỞNG ĐƠN VỊ",), staff.name)


def draft_of(session: Session, vault: Vault, result_id: int, note: str) -> ResultDraft:
    """Return what was proposed, to be drawn again; `note` is what the proposer said with it."""
    result = session.get_one(Result, result_id)
    lines = vault.open_json(result.content_sealed, f"results.content:{result.uid}")
    return ResultDraft(result.kind, result.title, tuple((label, value) for label, value in lines), note)
