"""What the certification desk shows (bàn chứng thực): the tray of the day, books, signers, titles used before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Row, Select, func, or_, select
from sqlalchemy.orm import Session

from app.db.models import (
    Certification,
    CertificationBook,
    CertifiedPaper,
    Counter,
    Dossier,
    SigningAuthority,
    StoredFile,
    UserAccount,
)
from app.db.scope import scope_filter
from app.domain.certification import SERIES
from app.domain.identifiers import normal_number
from app.domain.people import Staff
from app.queries.signing_authorities import away_at, holds_at
from workflows.states import OPEN_STATES, State

TITLES_OF = timedelta(days=90)
MOST_TITLES = 40
MOST_IN_TRAY = 40


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One numbered original, as the book has it."""

    ordinal: int
    series: str
    year: int
    volume: int
    number: int
    title: str
    pages: int
    copies: int
    medium: str
    fee_vnd: int
    state: str
    void_reason: str
    voided_by: str
    voided_at: datetime | None
    check_state: str
    compared_by: str
    file_id: int | None

    @property
    def book(self) -> str:
        """The volume as printed, without its series: "02/2026"."""
        return f"{self.volume:02}/{self.year}"


@dataclass(frozen=True, slots=True)
class SignerRow:
    """A signing block: lines as printed, the decision behind it, from when to when (the end exclusive)."""

    signer_id: int
    name: str
    titles: tuple[str, ...]
    decision: str
    since: datetime
    until: datetime | None
    is_away: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One request with its papers. `version` is the dossier's event number."""

    dossier_id: int
    unit_id: int
    code: str
    version: int
    state: State
    kind: str
    person: str
    clerk: str
    received_at: datetime
    returned_at: datetime | None
    fee_due_vnd: int
    fee_paid_vnd: int
    form_id: int | None
    signer: SignerRow
    papers: tuple[PaperRow, ...]

    @property
    def living(self) -> tuple[PaperRow, ...]:
        """The papers whose numbers are not void."""
        return tuple(paper for paper in self.papers if paper.state == "issued")


@dataclass(frozen=True, slots=True)
class BookRow:
    """A book of the year: its open volume and the number that comes next."""

    series: str
    year: int
    volume: int
    next_number: int


@dataclass(frozen=True, slots=True)
class DaySum:
    """What one clerk certified on a day; voided numbers left out."""

    visits: int
    papers: int
    copies: int
    fee_vnd: int


def tray(session: Session, staff: Staff, day: date) -> tuple[Entry, ...]:
    """Return the requests of a day and those of earlier days that still wait, the newest first."""
    waiting = (*OPEN_STATES, State.FINISHED)
    wanted = (
        _entries(staff)
        .where(or_(Certification.day == day, Dossier.state.in_(waiting)))
        .order_by(Certification.id.desc())
        .limit(MOST_IN_TRAY)
    )
    return _read(session, session.execute(wanted).all())


def entry(session: Session, staff: Staff, code: str) -> Entry | None:
    """Return one request by its dossier code, or None: unknown and out of scope alike."""
    found = session.execute(_entries(staff).where(Dossier.code == normal_number(code))).all()
    return next(iter(_read(session, found)), None)


def is_certified_here(session: Session, dossier_id: int) -> bool:
    """Tell whether a dossier was numbered at the certification desk."""
    return session.scalar(select(Certification.id).where(Certification.dossier_id == dossier_id)) is not None


def books(session: Session, unit_id: int, year: int) -> tuple[BookRow, ...]:
    """Return the year's books in the order of the rules; one that was not begun stands at volume and number 1."""
    last = {
        row.kind: row.value
        for row in session.scalars(select(Counter).where(Counter.unit_id == unit_id, Counter.period == str(year)))
    }
    volumes: dict[str, int] = {}
    for row in session.scalars(
        select(CertificationBook)
        .where(CertificationBook.unit_id == unit_id, CertificationBook.year == year)
        .order_by(CertificationBook.volume)
    ):
        volumes[row.series] = row.volume + (row.closed_on is not None)
    return tuple(
        BookRow(name, year, volumes.get(name, 1), last.get(f"certify:{name}", 0) + 1) for name in SERIES
    )


def signers(session: Session, unit_id: int, at: datetime) -> tuple[SignerRow, ...]:
    """Return who may certify for an agency at an instant; who is away then stands last."""
    found = session.execute(
        select(SigningAuthority, away_at(at))
        .where(SigningAuthority.unit_id == unit_id, SigningAuthority.certifies, *holds_at(at))
        .order_by(SigningAuthority.id)
    )
    rows = [replace(_signer(row), is_away=bool(is_away)) for row, is_away in found]
    return tuple(sorted(rows, key=lambda row: row.is_away))


def last_signer(session: Session, staff: Staff) -> int | None:
    """Return the block that this clerk used last: the desk keeps its signer from visit to visit."""
    return session.scalars(
        select(Certification.signer_id)
        .where(Certification.unit_id == staff.root_unit_id, Certification.clerk_id == staff.user_id)
        .order_by(Certification.id.desc())
        .limit(1)
    ).first()


def titles_used(session: Session, unit_id: int, day: date) -> tuple[str, ...]:
    """Return the titles typed at this authority lately, the most frequent first."""
    often = func.count(CertifiedPaper.id)
    wanted = (
        select(CertifiedPaper.title)
        .join(Certification, Certification.id == CertifiedPaper.certification_id)
        .where(Certification.unit_id == unit_id, Certification.day >= day - TITLES_OF)
        .group_by(CertifiedPaper.title)
        .order_by(often.desc(), func.max(CertifiedPaper.id).desc())
        .limit(MOST_TITLES)
    )
    return tuple(session.scalars(wanted))


def day_sum(session: Session, staff: Staff, day: date) -> DaySum:
    """Return what this clerk certified on a day."""
    counts = session.execute(
        select(
            func.count(func.distinct(Certification.id)),
            func.count(CertifiedPaper.id),
            func.sum(CertifiedPaper.copies),
            func.sum(CertifiedPaper.fee_vnd),
        )
        .join(CertifiedPaper, CertifiedPaper.certification_id == Certification.id)
        .where(Certification.unit_id == staff.root_unit_id, Certification.day == day)
        .where(Certification.clerk_id == staff.user_id, CertifiedPaper.state == "issued")
    ).one()
    return DaySum(*(int(count or 0) for count in counts))


def _entries(staff: Staff) -> Select[Certification, Dossier, SigningAuthority, str]:
    return (
        select(Certification, Dossier, SigningAuthority, UserAccount.name)
        .join(Dossier, Dossier.id == Certification.dossier_id)
        .join(SigningAuthority, SigningAuthority.id == Certification.signer_id)
        .join(UserAccount, UserAccount.id == Certification.clerk_id)
        .where(scope_filter(staff))
    )


def _read(
    session: Session, found: Sequence[Row[Certification, Dossier, SigningAuthority, str]]
) -> tuple[Entry, ...]:
    rows = found
    papers: dict[int, list[PaperRow]] = {row[0].id: [] for row in rows}
    wanted = select(CertifiedPaper).where(CertifiedPaper.certification_id.in_(papers))
    for paper in session.scalars(wanted.order_by(CertifiedPaper.ordinal)):
        papers[paper.certification_id].append(_paper(paper))
    return tuple(
        Entry(
            dossier_id=dossier.id,
            unit_id=request.unit_id,
            code=dossier.code or dossier.filing_number,
            version=dossier.event_seq,
            state=State(dossier.state),
            kind=request.kind,
            person=dossier.summary,
            clerk=clerk,
            received_at=dossier.received_at or dossier.filed_at,
            returned_at=dossier.returned_at,
            fee_due_vnd=dossier.fee_due_vnd,
            fee_paid_vnd=dossier.fee_paid_vnd,
            form_id=request.form_id,
            signer=_signer(signer),
            papers=tuple(papers[request.id]),
        )
        for request, dossier, signer, clerk in rows
    )


def _paper(row: CertifiedPaper) -> PaperRow:
    return PaperRow(**{name: getattr(row, name) for name in PaperRow.__slots__})


def _signer(row: SigningAuthority) -> SignerRow:
    titles = tuple(line.strip() for line in row.titles.splitlines() if line.strip())
    return SignerRow(row.id, row.name, titles, row.decision, row.effective_from, row.effective_to)


@dataclass(frozen=True, slots=True)
class CopyFile:
    """Where the scan or the signed copy lies in the store."""

    storage_id: str
    key_sealed: bytes


def copy_file(session: Session, file_id: int) -> CopyFile | None:
    """Return the file of an electronic copy; whoever asks has seen its request in scope."""
    stored = session.get(StoredFile, file_id)
    return CopyFile(stored.storage_id, stored.key_sealed) if stored else None
