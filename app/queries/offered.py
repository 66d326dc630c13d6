"""The procedures that desks of this house receive (danh mục thủ tục đang tiếp nhận), for everybody to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, func, or_, select
from sqlalchemy.orm import Session

from app.db.models import (
    Dossier,
    Offering,
    Procedure,
    ProcedureLimit,
    ProcedureVersion,
    Unit,
)
from app.db.version_memo import parts_of
from app.domain.version_parts import FeeLine, LimitLine, PaperLine, StepLine
from app.domain.vietnamese import fold, sort_key
from workflows.calendar import VIETNAM

RECENT = timedelta(days=90)
# What a new house offers first, until its own filings say what is asked most: certified copies, birth, marital
# status, residence, household business.
USUALLY_ASKED = ("2.000815", "1.001193", "1.004873", "1.004222", "1.001612")


@dataclass(frozen=True, slots=True)
class OfferedRow:
    """One line of the catalogue. Limits as `TimeLimit.parse` reads them, of the desk's channel where it has one."""

    code: str
    version_id: int
    name: str
    short_name: str
    field: str
    searched: str
    committed: str
    cutoff: str | None


@dataclass(frozen=True, slots=True)
class Desk:
    """Where the procedure may be filed: the authority, its electronic identifier, and who settles it."""

    unit_id: int
    unit_code: str
    authority: str
    settling: str


@dataclass(frozen=True, slots=True)
class OfferedProcedure:
    """All that the page of one procedure says."""

    code: str
    name: str
    field: str
    subject: str
    decision: str
    fee_text: str
    effective_from: date
    result_name: str
    result_form: str
    own_fields: tuple[dict[str, Any], ...]
    cases: tuple[str, ...]
    limits: tuple[LimitLine, ...]
    fees: tuple[FeeLine, ...]
    papers: tuple[PaperLine, ...]
    steps: tuple[StepLine, ...]
    counters: tuple[Desk, ...]


def rows(session: Session) -> tuple[OfferedRow, ...]:
    """Return every procedure that some desk receives, in Vietnamese order of field and name."""
    found = session.execute(
        select(
            Procedure.code,
            ProcedureVersion.id,
            ProcedureVersion.name,
            ProcedureVersion.short_name,
            ProcedureVersion.field,
            ProcedureVersion.aliases,
        )
        .join(ProcedureVersion, ProcedureVersion.id == Procedure.current_version_id)
        .where(
            ProcedureVersion.status == "ready",
            Procedure.id.in_(select(Offering.procedure_id).where(Offering.is_open)),
        )
    ).all()
    limits = _limits(session, [version.id for version in found])
    listed = [_row(version, limits.get(version.id)) for version in found]
    return tuple(sorted(listed, key=lambda row: (_order(row.field), _order(row.name))))


def matching(listed: Iterable[OfferedRow], text: str) -> tuple[OfferedRow, ...]:
    """Return the rows that hold every word of `text`, typed with or without diacritics."""
    words = fold(text).split()
    return tuple(row for row in listed if all(word in row.searched for word in words))


def most_asked(session: Session, listed: Sequence[OfferedRow], *, at: datetime, count: int) -> tuple[OfferedRow, ...]:
    """Return the procedures most filed in the last 90 days; the usual ones where nothing was filed."""
    asked = session.execute(
        select(Procedure.code, func.count())
        .join(ProcedureVersion, ProcedureVersion.procedure_id == Procedure.id)
        .join(Dossier, Dossier.procedure_version_id == ProcedureVersion.id)
        .where(Dossier.filed_at >= at - RECENT, Dossier.is_published)
        .group_by(Procedure.code)
    ).all()
    counts = Counter(dict(map(tuple, asked)))
    usual = {code: place for place, code in enumerate(USUALLY_ASKED)}
    return tuple(sorted(listed, key=lambda row: (-counts[row.code], usual.get(row.code, count)))[:count])


def procedure(session: Session, code: str, *, at: datetime) -> OfferedProcedure | None:
    """Return the procedure with this national code as in force today, or None when no desk receives it."""
    today = at.astimezone(VIETNAM).date()
    version = session.scalars(
        select(ProcedureVersion)
        .join(Procedure, Procedure.id == ProcedureVersion.procedure_id)
        .where(
            Procedure.code == code,
            ProcedureVersion.status == "ready",
            ProcedureVersion.effective_from <= today,
            or_(ProcedureVersion.effective_to.is_(None), ProcedureVersion.effective_to > today),
        )
        .order_by(ProcedureVersion.version.desc())
        .limit(1)
    ).first()
    counters = _counters(session, version.procedure_id) if version else ()
    return _whole(session, code, version, counters) if version and counters else None


def _row(version: Row[Any], limit: ProcedureLimit | None) -> OfferedRow:
    searched = (version.name, version.short_name, version.code, *version.aliases)
    return OfferedRow(
        version.code,
        version.id,
        version.name,
        version.short_name or version.name,
        version.field,
        " ".join(_folded(text) for text in searched),
        (limit and (limit.committed or limit.statutory)) or "",
        limit.cutoff if limit else None,
    )


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    return fold(text)


@lru_cache(maxsize=4096)
def _order(text: str) -> str:
    return sort_key(text)


def _limits(session: Session, versions: Sequence[int]) -> dict[int, ProcedureLimit]:
    """Return the limit of the first channel of each version."""
    found = session.scalars(
        select(ProcedureLimit).where(ProcedureLimit.version_id.in_(versions)).order_by(ProcedureLimit.channel.desc())
    )
    return {limit.version_id: limit for limit in found}


def _counters(session: Session, procedure_id: int) -> tuple[Desk, ...]:
    offerings = session.scalars(
        select(Offering).where(Offering.procedure_id == procedure_id, Offering.is_open).order_by(Offering.id)
    ).all()
    return tuple(_counter(session, offering) for offering in offerings)


def _counter(session: Session, offering: Offering) -> Desk:
    unit = session.get_one(Unit, offering.unit_id)
    return Desk(unit.id, unit.code, unit.name, session.get_one(Unit, offering.settling_unit_id).name)


def _whole(session: Session, code: str, version: ProcedureVersion, counters: tuple[Desk, ...]) -> OfferedProcedure:
    parts = parts_of(session, version.id, version.revision)
    return OfferedProcedure(
        code,
        version.name,
        version.field,
        version.subject,
        version.decision,
        version.fee_text,
        version.effective_from,
        version.result_name,
        version.result_form,
        tuple(version.own_fields),
        tuple(str(case.get("name", "")) for case in version.cases),
        tuple(limit for limit in parts.limits.values() if limit.statutory),
        parts.fees,
        parts.components,
        parts.steps,
        counters,
    )
