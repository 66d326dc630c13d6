"""What a shorter limit would have meant (thử thời hạn), asked of the dossiers that a period resolved.

Dossiers whose clock never stood still are grouped, the others pass by one at a time; nothing is kept but counts.
The dossiers and their standing now are those of form II.06a for the same unit and period.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from app.db.calendars import CalendarBook
from app.db.models import Dossier, DossierFact, Procedure, ProcedureVersion, SuspensionGround, Unit
from app.db.predicates import condition
from app.domain.figures import RESOLVED
from app.domain.periods import Period
from app.domain.reports import ReportUnit
from app.domain.simulation import SECOND_SUPPLEMENT, SHARES, Cause, CauseOf, Simulation, Tally
from app.queries.simulation_base import base_limit
from app.queries.simulation_judge import Judge
from app.queries.simulation_passes import Passage
from workflows.errors import N_, RuleBroken
from workflows.limits import LimitUnit, TimeLimit


class ProcedureUnknown(RuleBroken):
    """No procedure of this code in the catalogue."""

    code = "procedure_unknown"
    status = 404
    sentence = N_("Không có thủ tục mang mã “{procedure}”. Vui lòng kiểm tra lại mã, ví dụ 2.000635.")


@dataclass(frozen=True, slots=True)
class ResolvedProcedure:
    """A procedure to choose, with how many of its dossiers a period resolved."""

    code: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Question:
    """Which dossiers are replayed against which limits: those of a procedure that a period resolved in a unit."""

    procedure_id: int
    period: Period
    unit: ReportUnit | None
    limit: TimeLimit
    base: TimeLimit


@dataclass(frozen=True, slots=True)
class Share:
    """One of `of` equal shares of the dossiers."""

    nth: int = 0
    of: int = 1


Counted = Callable[[Session, CalendarBook, Question], Iterable[Tally]]


def counted(session: Session, calendars: CalendarBook, question: Question, share: Share = Share()) -> Iterator[Tally]:
    """Yield what one passage over a share of the dossiers counts."""
    tally = Tally(question.limit, question.base)
    resolved = and_(
        DossierFact.procedure_id == question.procedure_id,
        _resolved(question.period, question.unit),
        *([DossierFact.dossier_id % share.of == share.nth] if share.of > 1 else []),
    )
    Passage(Judge(session, calendars, tally), resolved, _stands(question.period)).run()
    yield tally


def is_more_than(session: Session, question: Question, count: int) -> bool:
    """Tell whether a question is about more dossiers than `count`, without counting all of them."""
    resolved = and_(DossierFact.procedure_id == question.procedure_id, _resolved(question.period, question.unit))
    asked = select(DossierFact.dossier_id).where(resolved)
    return session.scalar(asked.offset(count).limit(1)) is not None


def simulate(
    session: Session,
    calendars: CalendarBook,
    period: Period,
    *,
    procedure_code: str,
    limit: TimeLimit | None = None,
    unit: ReportUnit | None = None,
    counted: Counted = counted,
) -> Simulation:
    """Return what `limit` would have meant for the dossiers of a procedure that `period` resolved.

    Without a unit, of every unit; without a limit, the one that most of them had. `counted` may share the work
    among processes. Raises ProcedureUnknown.
    """
    procedure = session.scalars(select(Procedure).where(Procedure.code == procedure_code)).first()
    if procedure is None:
        raise ProcedureUnknown(where="procedure", procedure=procedure_code)
    base = base_limit(session, procedure, _resolved(period, unit)) or limit or TimeLimit(1, LimitUnit.WORKING_DAYS)
    limit = limit or base
    tally = Tally(limit, base)
    for share in counted(session, calendars, Question(procedure.id, period, unit, limit, base)):
        tally.join(share)
    return Simulation(
        procedure=procedure.code,
        procedure_name=_name(session, procedure),
        unit=unit.code if unit else "",
        period=period,
        limit=limit,
        base=base,
        dossiers=tally.dossiers,
        judged=tally.judged,
        late_now=tally.late_now,
        unknown_now=tally.unknown_now,
        late_then=sum(tally.late_by.values()),
        late_by=tuple(sorted(tally.late_by.items())),
        on_time_with=tally.on_time_with(),
        causes=_causes(session, tally),
        shortest={percent: tally.shortest(percent) for percent in SHARES},
        comparison=tally.comparison(),
        missing_years=tuple(sorted(tally.missing_years)),
    )


def resolved_procedures(session: Session, period: Period, unit: ReportUnit) -> tuple[ResolvedProcedure, ...]:
    """Return the procedures of which the period resolved dossiers, those with most of them first."""
    count = func.count().label("count")
    asked = (
        select(Procedure.code, func.coalesce(func.min(ProcedureVersion.name), Procedure.code), count)
        .select_from(DossierFact)
        .join(Procedure, Procedure.id == DossierFact.procedure_id)
        .join(ProcedureVersion, ProcedureVersion.id == Procedure.current_version_id, isouter=True)
        .where(_resolved(period, unit))
        .group_by(Procedure.code)
        .order_by(count.desc(), Procedure.code)
    )
    return tuple(ResolvedProcedure(*row) for row in session.execute(asked))


def _resolved(period: Period, unit: ReportUnit | None) -> ColumnElement[bool]:
    """Return the condition on facts that finds what the period resolved."""
    return and_(
        _stands(period),
        condition(RESOLVED, period.bounds()),
        DossierFact.dossier_id.not_in(select(Dossier.id).where(~Dossier.is_published)),
        *([DossierFact.settling_unit_id.in_(unit.unit_ids)] if unit else []),
    )


def _stands(period: Period) -> ColumnElement[bool]:
    """Return the condition on facts that finds the one which is true of a dossier at the end of the period."""
    later = or_(DossierFact.valid_to.is_(None), DossierFact.valid_to >= period.end)
    return and_(DossierFact.valid_from < period.end, later)


def _name(session: Session, procedure: Procedure) -> str:
    asked = select(ProcedureVersion.name).where(ProcedureVersion.id == procedure.current_version_id)
    return session.scalar(asked) or procedure.code


def _causes(session: Session, tally: Tally) -> tuple[Cause, ...]:
    """Return the causes of each kind, the heaviest first, units and grounds by their names."""
    names = _names(session, tally.causes)
    found = [
        Cause(by, _code(names, by, key), names.get((by, key), ("", key))[1], counted.dossiers, counted.late_days)
        for (by, key), counted in tally.causes.items()
        if counted.dossiers
    ]
    order = list(CauseOf)
    return tuple(sorted(found, key=lambda cause: (order.index(cause.by), -cause.dossiers, cause.key)))


def _code(names: Mapping[tuple[CauseOf, str], tuple[str, str]], by: CauseOf, key: str) -> str:
    return names[by, key][0] if by is CauseOf.UNIT and (by, key) in names else key


def _names(session: Session, causes: Iterable[tuple[CauseOf, str]]) -> dict[tuple[CauseOf, str], tuple[str, str]]:
    """Return code and name of the units and grounds among the causes."""
    ids = [int(key) for by, key in causes if by is CauseOf.UNIT]
    units = session.execute(select(Unit.id, Unit.code, Unit.name).where(Unit.id.in_(ids)))
    grounds = session.execute(select(SuspensionGround.code, SuspensionGround.name))
    return {
        **{(CauseOf.UNIT, str(unit_id)): (code, name) for unit_id, code, name in units},
        **{(CauseOf.GROUND, code): (code, name) for code, name in grounds},
        (CauseOf.GROUND, SECOND_SUPPLEMENT): (SECOND_SUPPLEMENT, N_("Yêu cầu bổ sung lần thứ hai")),
    }
