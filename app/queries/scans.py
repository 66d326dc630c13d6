"""Scans of a dossier as its page shows them (bản quét), and papers found by their words (tìm trong giấy tờ)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db.models import Component, Dossier, FileLink, Job, Scan, ScanCopy, ScanWord
from app.db.scope import scope_filter
from app.domain.paper_fields import WORD_DIGEST, Proposals, proposals_in, words_of
from app.domain.people import Staff
from app.domain.scans import BIND
from app.vault import Vault

MOST_FOUND = 50


@dataclass(frozen=True, slots=True)
class ScanUnderWay:
    """A scan that is not bound yet. `state`: waiting, running, failed; `progress` in per cent."""

    scan_id: int
    ordinal: int
    state: str
    progress: int
    error: str


@dataclass(frozen=True, slots=True)
class CopyShown:
    """A bound copy and how far it can be relied on. `doubts` are sentences."""

    link_id: int
    state: str
    pages: int
    blank: int
    dpi: int
    doubts: tuple[str, ...]
    proposals: Proposals
    number: str
    issued_on: date | None
    compared_by: str
    compared_at: datetime | None
    certified_by: str
    certified_at: datetime | None


@dataclass(frozen=True, slots=True)
class PaperFound:
    """A paper whose text holds the words asked for."""

    number: str
    paper: str
    link_id: int
    pages: int
    state: str
    made_at: datetime


def scans_under_way(session: Session, dossier_id: int) -> tuple[ScanUnderWay, ...]:
    """Return what waits, runs or failed for a dossier, the oldest first."""
    rows = session.execute(
        select(Scan.id, Component.ordinal, Job.state, Job.progress, Job.error)
        .join(Component, Component.id == Scan.component_id)
        .join(Job, Job.key == func.concat(f"{BIND}:", Scan.id))
        .where(Scan.dossier_id == dossier_id, Job.state != "done", Scan.dismissed_at.is_(None))
        .order_by(Scan.id)
    )
    return tuple(ScanUnderWay(*row) for row in rows)


def copies_shown(session: Session, vault: Vault, dossier_id: int) -> dict[int, CopyShown]:
    """Return the bound copies of a dossier by the link of their file."""
    rows = session.scalars(select(ScanCopy).where(ScanCopy.dossier_id == dossier_id))
    return {row.link_id: _copy(vault, row) for row in rows}


def papers_with(session: Session, vault: Vault, staff: Staff, asked: str) -> tuple[PaperFound, ...]:
    """Return the newest papers in the person's part that hold every word of `asked`; none for no word."""
    macs = {vault.mac(word, "paper_word")[:WORD_DIGEST] for word in words_of(asked)}
    if not macs:
        return ()
    holding = (
        select(ScanWord.copy_id)
        .where(ScanWord.word_mac.in_(macs))
        .group_by(ScanWord.copy_id)
        .having(func.count() == len(macs))
    )
    rows = session.execute(
        select(Dossier.code, Dossier.filing_number, Component.name, ScanCopy)
        .join(Dossier, Dossier.id == ScanCopy.dossier_id)
        .join(Component, Component.id == ScanCopy.component_id)
        .join(FileLink, FileLink.id == ScanCopy.link_id)
        .where(ScanCopy.id.in_(holding), FileLink.removed_at.is_(None), scope_filter(staff))
        .order_by(ScanCopy.id.desc())
        .limit(MOST_FOUND)
    )
    return tuple(
        PaperFound(code or filing, name, copy.link_id, copy.pages, copy.state, copy.made_at)
        for code, filing, name, copy in rows
    )


def _copy(vault: Vault, row: ScanCopy) -> CopyShown:
    text = vault.open(row.text_sealed, f"scan_copies.text:{row.uid}").decode()
    doubts = vault.open_json(row.doubts_sealed, f"scan_copies.doubts:{row.uid}")
    return CopyShown(
        link_id=row.link_id,
        state=row.state,
        pages=row.pages,
        blank=row.blank,
        dpi=row.dpi,
        doubts=tuple(f"{doubt['file']}: {doubt['reason']}" for doubt in doubts),
        proposals=proposals_in(text),
        number=row.number,
        issued_on=row.issued_on,
        compared_by=row.compared_by,
        compared_at=row.compared_at,
        certified_by=row.certified_by,
        certified_at=row.certified_at,
    )
