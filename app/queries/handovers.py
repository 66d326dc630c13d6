"""Hand-over lists as people see them (phiếu bàn giao): to take, given, one list, and its two printed copies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from app.db.models import (
    Component,
    Dossier,
    DossierClock,
    Handover,
    HandoverItem,
    ProcedureVersion,
    Unit,
    UserAccount,
)
from app.domain.documents import HandedDossier, HandoverList, Letterhead
from app.domain.people import Staff
from app.queries.printing_parts import CENTRE, place_of
from workflows.calendar import VIETNAM

MOST = 50


@dataclass(frozen=True, slots=True)
class ListLine:
    """One list among others."""

    id: int
    code: str
    giver: str
    from_unit: str
    to_unit: str
    given_at: datetime
    files: int
    missing: int
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file of a list. `state`: given, taken, missing."""

    number: str
    procedure: str
    subject: str
    originals: int
    copies: int
    promised_at: datetime | None
    state: str
    seen_at: datetime | None
    seen_by: str


@dataclass(frozen=True, slots=True)
class ListShown:
    """One list with its files; `may_take` for those who sit in the receiving unit."""

    line: ListLine
    note: str
    taken_by: str
    files: tuple[FileLine, ...]
    may_take: bool


def to_take(session: Session, staff: Staff) -> tuple[ListLine, ...]:
    """Return the lists that wait for the person's unit, the oldest first; those with a missing file stay."""
    waits = or_(Handover.closed_at.is_(None), _missing() > 0)
    return _lines(session, (_to(staff), waits), (Handover.given_at,))


def given(session: Session, staff: Staff) -> tuple[ListLine, ...]:
    """Return the lists that the person's unit gave, the newest first."""
    here = Handover.from_unit_id.in_((staff.unit_id, staff.root_unit_id))
    return _lines(session, (here,), (Handover.given_at.desc(), Handover.id.desc()))


def one_list(session: Session, staff: Staff, handover_id: int) -> ListShown | None:
    """Return a list that the person's unit or authority gave or takes, or None."""
    ours = or_(Handover.root_unit_id == staff.root_unit_id, _to(staff))
    lines = _lines(session, (Handover.id == handover_id, ours), (Handover.id,))
    if not lines:
        return None
    row = session.get_one(Handover, handover_id)
    may_take = row.to_unit_id in (staff.unit_id, staff.root_unit_id)
    return ListShown(lines[0], row.note, row.taken_by, _files(session, handover_id), may_take)


def list_id(session: Session, staff: Staff, code: str) -> int | None:
    """Return the id of the list whose code was scanned, if the person may see it."""
    ours = or_(Handover.root_unit_id == staff.root_unit_id, _to(staff))
    return session.scalar(select(Handover.id).where(Handover.code == code.strip().upper(), ours))


def printed_list(session: Session, staff: Staff, handover_id: int) -> HandoverList | None:
    """Return the two-copy form of a list, or None."""
    shown = one_list(session, staff, handover_id)
    if shown is None:
        return None
    row = session.get_one(Handover, handover_id)
    unit = session.get_one(Unit, row.root_unit_id)
    day = row.given_at.astimezone(VIETNAM).date()
    number = f"{row.code.rpartition('-')[2]}/BG-TTPVHCC"
    return HandoverList(
        head=Letterhead(unit.name, CENTRE, number, place_of(unit), day),
        list_code=row.code,
        giving_unit=shown.line.from_unit,
        giver=shown.line.giver,
        taking_unit=shown.line.to_unit,
        taker=shown.taken_by,
        handed_at=row.given_at,
        dossiers=tuple(_handed(file) for file in shown.files),
    )


def _handed(file: FileLine) -> HandedDossier:
    counted = ((file.originals, "bản chính"), (file.copies, "bản sao"))
    parts = [f"{count:02d} {what}" for count, what in counted if count]
    sheets = file.originals + file.copies
    return HandedDossier(
        file.number, file.procedure, file.subject, sheets or None, ", ".join(parts), file.promised_at
    )


def _to(staff: Staff) -> ColumnElement[bool]:
    return Handover.to_unit_id.in_((staff.unit_id, staff.root_unit_id))


def _missing() -> ColumnElement[int]:
    return (
        select(func.count(HandoverItem.id))
        .where(HandoverItem.handover_id == Handover.id, HandoverItem.state == "missing")
        .scalar_subquery()
    )


def _lines(
    session: Session, wanted: Sequence[ColumnElement[bool]], order: Sequence[object]
) -> tuple[ListLine, ...]:
    files = select(func.count(HandoverItem.id)).where(HandoverItem.handover_id == Handover.id).scalar_subquery()
    units = {row.id: row.name for row in session.execute(select(Unit.id, Unit.name))}
    found = session.execute(
        select(Handover, UserAccount.name, files, _missing())
        .join(UserAccount, UserAccount.id == Handover.from_user_id)
        .where(*wanted)
        .order_by(*order)  # type: ignore[arg-type]  # columns and their descending order are both accepted
        .limit(MOST)
    )
    return tuple(
        ListLine(
            id=row.id,
            code=row.code,
            giver=giver,
            from_unit=units[row.from_unit_id],
            to_unit=units[row.to_unit_id],
            given_at=row.given_at,
            files=count,
            missing=missing,
            closed_at=row.closed_at,
        )
        for row, giver, count, missing in found
    )


def _files(session: Session, handover_id: int) -> tuple[FileLine, ...]:
    sums = (func.sum(Component.originals).label("originals"), func.sum(Component.copies).label("copies"))
    papers = select(Component.dossier_id, *sums).group_by(Component.dossier_id).subquery()
    found = session.execute(
        select(HandoverItem, Dossier, ProcedureVersion, DossierClock, papers.c.originals, papers.c.copies)
        .join(Dossier, Dossier.id == HandoverItem.dossier_id)
        .join(ProcedureVersion, ProcedureVersion.id == Dossier.procedure_version_id)
        .outerjoin(DossierClock, DossierClock.dossier_id == Dossier.id)
        .outerjoin(papers, papers.c.dossier_id == Dossier.id)
        .where(HandoverItem.handover_id == handover_id)
        .order_by(HandoverItem.ordinal)
    )
    return tuple(
        FileLine(
            number=dossier.code or dossier.filing_number,
            procedure=version.short_name or version.name,
            subject=dossier.summary,
            originals=int(originals or 0),
            copies=int(copies or 0),
            promised_at=clock.promised_at if clock else None,
            state=item.state,
            seen_at=item.seen_at,
            seen_by=item.seen_by,
        )
        for item, dossier, version, clock, originals, copies in found
    )
