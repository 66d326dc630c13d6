"""The words of attestations as they are read (lời chứng): of an authority on a day, and all that were ever set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.db.models import AttestationWords


@dataclass(frozen=True, slots=True)
class WordsRow:
    """Words of one kind from a day on. `is_own`: set by this authority, else the house's."""

    kind: str
    text: str
    legal_basis: str
    since: date
    is_own: bool


def all_words(session: Session, unit_id: int) -> tuple[WordsRow, ...]:
    """Return every text that holds or held for an authority: its own before the house's, the newest first."""
    found = session.scalars(
        select(AttestationWords)
        .where(or_(AttestationWords.unit_id == unit_id, AttestationWords.unit_id.is_(None)))
        .order_by(AttestationWords.unit_id.is_(None), AttestationWords.effective_from.desc())
    )
    return tuple(
        WordsRow(row.kind, row.text, row.legal_basis, row.effective_from, row.unit_id is not None) for row in found
    )


def words_on(rows: Sequence[WordsRow], kind: str, day: date) -> str:
    """Return what an attestation of a kind says on a day, from the rows of `all_words`; empty where none is set."""
    return next((row.text for row in rows if row.kind == kind and row.since <= day), "")
