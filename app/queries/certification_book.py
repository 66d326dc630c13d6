"""The certification book as it is searched and printed (sổ chứng thực), and the attestations of one request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Row, Select, func, or_, select
from sqlalchemy.orm import Session

from app.db.models import Certification, CertifiedPaper, Dossier, DossierPerson, SigningAuthority, Unit
from app.db.scope import scope_filter
from app.domain.attestation_words import filled
from app.domain.certification import Kind
from app.domain.documents import (
    Attestations,
    BookLine,
    CopyCertification,
    PrintedBook,
    SignatureCertification,
    Signer,
)
from app.domain.documents_parts import Letterhead
from app.domain.people import PersonRole, Staff
from app.domain.vietnamese import fold
from app.domain.vietnamese_format import date_words
from app.queries.attestation_words import all_words, words_on
from app.queries.certification import Entry
from app.queries.printing_parts import CENTRE, place_of
from app.vault import Vault
from workflows.calendar import VIETNAM

TITLES = {
    "SCT/BS": "Sổ chứng thực bản sao từ bản chính",
    "SCTĐT/BS": "Sổ chứng thực bản sao điện tử từ bản chính",
    "SCT/CK,ĐC": "Sổ chứng thực chữ ký, điểm chỉ",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of the book: a series, days (both included), and words that title, person or number contain."""

    series: str
    first: date
    last: date
    words: str = ""


@dataclass(frozen=True, slots=True)
class FoundLine:
    """A line of the book with the way to its request."""

    ref: str
    ordinal: int
    line: BookLine
    check_state: str


def lines(session: Session, staff: Staff, asked: Asked, *, limit: int, offset: int = 0) -> tuple[FoundLine, ...]:
    """Return the lines asked for, in the order of their numbers."""
    wanted = _lines(staff, asked).order_by(CertifiedPaper.year, CertifiedPaper.number).limit(limit).offset(offset)
    return tuple(_found(row) for row in session.execute(wanted))


def count(session: Session, staff: Staff, asked: Asked) -> int:
    """Return how many lines `lines` has in all."""
    return session.scalar(select(func.count()).select_from(_lines(staff, asked).subquery())) or 0


def printed(session: Session, staff: Staff, asked: Asked, *, most: int, at: datetime) -> PrintedBook:
    """Return the part asked for as it is printed."""
    unit = session.get_one(Unit, staff.root_unit_id)
    return PrintedBook(
        head=Letterhead(unit.name, CENTRE, "", place_of(unit), at.astimezone(VIETNAM).date()),
        title=TITLES[asked.series],
        series=asked.series,
        first_day=asked.first,
        last_day=asked.last,
        lines=tuple(found.line for found in lines(session, staff, asked, limit=most)),
        printed_at=at,
    )


def attestations(session: Session, vault: Vault, entry: Entry) -> Attestations | None:
    """Return the words to print on the copies of a request; None where it has no living number on paper."""
    papers = [paper for paper in entry.living if paper.medium == "paper"]
    if not papers:
        return None
    signer = Signer(entry.signer.titles, entry.signer.name)
    day = entry.received_at.astimezone(VIETNAM).date()
    words = words_on(all_words(session, entry.unit_id), entry.kind, day)
    blanks = _blanks(session, vault, entry, signer, day)
    shape = SignatureCertification if entry.kind == Kind.SIGNATURE else CopyCertification
    items = tuple(
        shape(str(row.number), row.book, day, signer, filled(words, {**blanks, "tên giấy tờ": row.title}), row.series)
        for row in papers
    )
    return Attestations(items, tuple(row.copies for row in papers))


def _blanks(session: Session, vault: Vault, entry: Entry, signer: Signer, day: date) -> dict[str, str]:
    """Return what fills the blanks of the words (`app.domain.attestation_words.BLANKS`)."""
    dossier = session.get_one(Dossier, entry.dossier_id)
    unit = session.get_one(Unit, dossier.receiving_unit_id)
    person = session.scalars(
        select(DossierPerson).where(
            DossierPerson.dossier_id == entry.dossier_id, DossierPerson.role == PersonRole.APPLICANT
        )
    ).one()
    number = vault.open_text(person.id_number_sealed, f"dossier_people.id_number:{person.uid}")
    return {
        "ngày": date_words(day).capitalize(),
        "nơi": f"{CENTRE} {unit.name}".replace("(demo)", "").strip(),
        "người ký": signer.name,
        "chức danh": signer.titles[-1].capitalize() if signer.titles else "",
        "người yêu cầu": entry.person,
        "giấy tờ tùy thân": f", giấy tờ tùy thân số {number}" if number else "",
    }


def _lines(staff: Staff, asked: Asked) -> Select[CertifiedPaper, Certification, Dossier, SigningAuthority]:
    wanted = (
        select(CertifiedPaper, Certification, Dossier, SigningAuthority)
        .join(Certification, Certification.id == CertifiedPaper.certification_id)
        .join(Dossier, Dossier.id == CertifiedPaper.dossier_id)
        .join(SigningAuthority, SigningAuthority.id == Certification.signer_id)
        .where(scope_filter(staff), CertifiedPaper.unit_id == staff.root_unit_id)
        .where(CertifiedPaper.series == asked.series)
        .where(Certification.day >= asked.first, Certification.day <= asked.last)
    )
    return wanted.where(_says(asked.words)) if asked.words.strip() else wanted


def _says(words: str) -> ColumnElement[bool]:
    """Return the condition that a line holds these words: a number, part of a title, part of a name."""
    if words.strip().isdigit():
        return CertifiedPaper.number == min(int(words.strip()), 2**31 - 1)
    part = f"%{fold(words).replace('%', '').replace('_', '')}%"
    named = select(DossierPerson.dossier_id).where(DossierPerson.name_fold.like(part))
    return or_(CertifiedPaper.title_fold.like(part), CertifiedPaper.dossier_id.in_(named))


def _found(row: Row[CertifiedPaper, Certification, Dossier, SigningAuthority]) -> FoundLine:
    paper, request, dossier, signer = row
    is_void = paper.state == "void"
    line = BookLine(
        number=paper.number,
        day=request.day,
        person=dossier.summary,
        title=paper.title,
        signer=signer.name,
        signer_title=signer.titles.replace("\n", " – "),
        copies=paper.copies,
        pages=paper.pages,
        fee_vnd=paper.fee_vnd,
        note=f"Hủy: {paper.void_reason}" if is_void else "",
        is_void=is_void,
    )
    return FoundLine(dossier.code or dossier.filing_number, paper.ordinal, line, paper.check_state)
