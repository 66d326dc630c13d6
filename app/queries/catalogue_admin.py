"""The catalogue as administrators see it (danh mục thủ tục): open here, ready, or with something undetermined."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from app.db.models import Offering, Procedure, ProcedureLimit, ProcedureVersion
from app.domain.channels import Channel
from app.domain.people import Staff
from app.domain.vietnamese import fold
from workflows.limits import TimeLimit, label_vi

PAGE_SIZE = 50


class Shown(StrEnum):
    """Which procedures the list shows."""

    ALL = "all"
    OPEN = "open"
    READY = "ready"  # complete, not opened here
    DRAFT = "draft"  # chưa xác định


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the administrator looks for."""

    text: str = ""
    shown: Shown = Shown.ALL
    field: str = ""
    level: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class ProcedureRow:
    """One procedure of the list."""

    code: str
    name: str
    field: str
    levels: tuple[str, ...]
    status: str
    missing: tuple[str, ...]
    is_open: bool
    limits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProcedurePage:
    """One page of the list, and how many there are in all."""

    rows: tuple[ProcedureRow, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class LimitRow:
    """The limits of one channel as stored, in the words people read."""

    channel: Channel
    statutory: str
    committed: str
    decision_number: str
    decision_date: date | None
    percent: int | None


@dataclass(frozen=True, slots=True)
class ProcedureDetail:
    """One procedure with its limits, to be completed or looked at."""

    row: ProcedureRow
    agency: str
    subject: str
    decision: str
    fee_text: str
    result_name: str
    source: str
    limits: tuple[LimitRow, ...]


def procedures(db: Session, staff: Staff, wanted: Wanted) -> ProcedurePage:
    """Return one page of the catalogue for the administrator's authority, by field and name."""
    question = _filtered(staff, wanted)
    total = db.scalar(select(func.count()).select_from(question.subquery())) or 0
    pages = max(-(-total // PAGE_SIZE), 1)
    page = min(max(wanted.page, 1), pages)
    found = db.execute(
        question.order_by(ProcedureVersion.field, ProcedureVersion.name, Procedure.code)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    ).all()
    limits = _limit_words(db, [version.id for _code, version, _open in found])
    rows = tuple(_row(code, version, is_open, limits.get(version.id, ())) for code, version, is_open in found)
    return ProcedurePage(rows, total, page, pages)


def fields(db: Session) -> tuple[str, ...]:
    """Return the fields of the catalogue (lĩnh vực), for the filter."""
    return tuple(db.scalars(select(ProcedureVersion.field).distinct().order_by(ProcedureVersion.field)))


def procedure(db: Session, staff: Staff, code: str) -> ProcedureDetail | None:
    """Return one procedure of the catalogue, or None."""
    found = db.execute(_all(staff).where(Procedure.code == code)).first()
    if found is None:
        return None
    _code, version, is_open = found
    stored = db.scalars(
        select(ProcedureLimit)
        .where(ProcedureLimit.version_id == version.id)
        .order_by(ProcedureLimit.channel)
    ).all()
    return ProcedureDetail(
        row=_row(code, version, is_open, ()),
        agency=version.competent_agency,
        subject=version.subject,
        decision=version.decision,
        fee_text=version.fee_text,
        result_name=version.result_name,
        source=version.source,
        limits=tuple(_limit(row) for row in stored),
    )


def words_of(limit: str | None, cutoff: str | None = None) -> str:
    """Return a stored limit in Vietnamese words; empty for none."""
    return label_vi(TimeLimit.parse(limit, cutoff)).lstrip("0") if limit else ""


def _all(staff: Staff) -> Select[str, ProcedureVersion, bool]:
    return (
        select(Procedure.code, ProcedureVersion, Offering.is_open)
        .join(ProcedureVersion, ProcedureVersion.id == Procedure.current_version_id)
        .outerjoin(
            Offering, (Offering.procedure_id == Procedure.id) & (Offering.unit_id == staff.root_unit_id)
        )
    )


def _filtered(staff: Staff, wanted: Wanted) -> Select[str, ProcedureVersion, bool]:
    question = _SHOWN[wanted.shown](_all(staff))
    if wanted.field:
        question = question.where(ProcedureVersion.field == wanted.field)
    for word in fold(wanted.text).split():
        question = question.where(
            or_(
                ProcedureVersion.name_fold.contains(word, autoescape=True),
                func.lower(Procedure.code).contains(word, autoescape=True),
            )
        )
    return question


_Question = Select[str, ProcedureVersion, bool]
_SHOWN: dict[Shown, Callable[[_Question], _Question]] = {
    Shown.ALL: lambda question: question,
    Shown.OPEN: lambda question: question.where(Offering.is_open),
    Shown.READY: lambda question: question.where(
        ProcedureVersion.status == "ready", or_(Offering.is_open.is_(None), ~Offering.is_open)
    ),
    Shown.DRAFT: lambda question: question.where(ProcedureVersion.status == "draft"),
}


def _limit_words(db: Session, versions: list[int]) -> dict[int, tuple[str, ...]]:
    words: dict[int, tuple[str, ...]] = {}
    stored = select(ProcedureLimit).where(ProcedureLimit.version_id.in_(versions))
    for row in db.scalars(stored.order_by(ProcedureLimit.channel)):
        text = words_of(row.committed or row.statutory, row.cutoff)
        if text and text not in words.get(row.version_id, ()):
            words[row.version_id] = (*words.get(row.version_id, ()), text)
    return words


def _row(code: str, version: ProcedureVersion, is_open: bool | None, limits: tuple[str, ...]) -> ProcedureRow:
    return ProcedureRow(
        code=code,
        name=version.name,
        field=version.field,
        levels=tuple(version.levels),
        status=version.status,
        missing=tuple(version.missing),
        is_open=bool(is_open),
        limits=limits,
    )


def _limit(row: ProcedureLimit) -> LimitRow:
    return LimitRow(
        Channel(row.channel),
        words_of(row.statutory, row.cutoff),
        words_of(row.committed, row.cutoff),
        row.decision_number,
        row.decision_date,
        row.percent,
    )
