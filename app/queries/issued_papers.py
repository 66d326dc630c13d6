"""Papers that this house has handed down, as anybody may check them (giấy tờ đã cấp)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from ssl import PEM_cert_to_DER_cert

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, aliased

from app.db.models import DossierPerson, FileLink, Result, SigningKey, StoredFile, Unit

_HIDDEN = "•"


@dataclass(frozen=True, slots=True)
class Replacement:
    """The newer paper that took its place."""

    symbol: str
    issued_on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class IssuedPaper:
    """One released result: what it is, its number, for whom (masked), and whether it still counts.

    `withdrawn`: taken back, with or without a paper in its place.
    """

    title: str
    symbol: str
    issued_on: date | None
    agency: str
    holder: str
    replaced_by: Replacement | None
    withdrawn: bool = False
    in_place_of: str = ""  # the number of the wrong paper before it; whoever holds that one must learn so
    is_report: bool = False
    moved_cells: int = 0  # of a report: cells that count otherwise now than they were signed


def by_digest(session: Session, digest_mac: str) -> IssuedPaper | None:
    """Return the paper whose file has exactly these bytes, by keyed digest; None when it is not ours.

    The file as it was released and every later version of it (with a further timestamp) count; what was signed on
    the way to the release does not: it never was issued.
    """
    earlier = aliased(FileLink)
    links = (earlier.kind == "result", earlier.owner_id == Result.id)
    with_release = select(func.min(earlier.id)).where(*links, earlier.added_at == Result.released_at)
    before_release = select(func.max(earlier.id)).where(*links, earlier.added_at < Result.released_at)
    released = func.coalesce(with_release.scalar_subquery(), before_release.scalar_subquery())
    row = session.scalars(
        select(Result)
        .join(FileLink, and_(FileLink.kind == "result", FileLink.owner_id == Result.id))
        .join(StoredFile, StoredFile.id == FileLink.file_id)
        .where(
            StoredFile.digest_mac == digest_mac,
            Result.released_at.is_not(None),
            FileLink.id >= released,
        )
        .order_by(Result.version.desc())
        .limit(1)
    ).first()
    return _paper(session, row) if row else None


def own_certificates(session: Session) -> frozenset[str]:
    """Return the SHA-256 (hex) of every certificate that signs for this house."""
    return frozenset(
        hashlib.sha256(PEM_cert_to_DER_cert(pem)).hexdigest()
        for pem in session.scalars(select(SigningKey.certificate_pem))
    )


def of_dossier(session: Session, dossier_id: int) -> IssuedPaper | None:
    """Return the paper that a dossier ended with, the newest one; None before it is released."""
    row = session.scalars(
        select(Result)
        .where(Result.dossier_id == dossier_id, Result.released_at.is_not(None))
        .order_by((Result.state == "released").desc(), Result.version.desc())
        .limit(1)
    ).first()
    return _paper(session, row) if row else None


def _paper(session: Session, row: Result) -> IssuedPaper:
    subject = session.scalars(
        select(DossierPerson).where(DossierPerson.dossier_id == row.dossier_id, DossierPerson.role == "subject")
    ).first()
    return IssuedPaper(
        row.title,
        row.symbol,
        row.issued_on,
        session.get_one(Unit, row.unit_id).name,
        masked_name(subject.name) if subject else "",
        _replacement(session, row),
        row.state == "withdrawn",
        _in_place_of(session, row),
    )


def _in_place_of(session: Session, row: Result) -> str:
    old = session.get(Result, row.replaces_id) if row.replaces_id else None
    return old.symbol if old else ""


def _replacement(session: Session, row: Result) -> Replacement | None:
    newer = session.scalars(
        select(Result)
        .where(Result.dossier_id == row.dossier_id, Result.version > row.version, Result.state == "released")
        .order_by(Result.version.desc())
        .limit(1)
    ).first()
    return Replacement(newer.symbol, newer.issued_on, newer.replaced_reason) if newer else None


def masked_name(name: str) -> str:
    """Return each word's first letter and dots: enough to compare with the paper in hand, too little to learn."""
    return " ".join(word[0] + _HIDDEN * (len(word) - 1) for word in name.split())
