"""Whose figures (phạm vi báo cáo): a unit with its own divisions, or with everything below it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Select, and_, or_, select, true
from sqlalchemy.orm import Session, aliased

from app.db.models import Dossier, DossierFact, Unit
from app.db.predicates import condition
from app.domain.figures import BACKWARDS, COUNTED, ENDED, ENDED_AT, ENDED_BEFORE
from app.domain.people import Role, Staff
from app.domain.periods import Period
from app.domain.predicates import Settled, known
from app.domain.reports import ReportUnit
from app.queries.printing_parts import place_of
from workflows.errors import N_, RuleBroken

_PARTS = ("division", "desk")  # parts of an authority, not authorities themselves
_ALL = true()


class ReportUnitUnknown(RuleBroken):
    """There is no such unit, or its figures are not this person's to see."""

    code = "unit_unknown"
    sentence = N_("Không có đơn vị mang mã “{unit}”. Vui lòng kiểm tra lại mã định danh, ví dụ H44.105.")


def report_unit(session: Session, code: str, *, descendants: bool = False) -> ReportUnit:
    """Return the unit with this identifier. Raises ReportUnitUnknown."""
    unit = session.scalars(select(Unit).where(Unit.code == code)).first()
    if unit is None:
        raise ReportUnitUnknown(where="unit", unit=code)
    above = session.get(Unit, unit.parent_id) if unit.parent_id else None
    ids = tuple(session.scalars(_tree(unit.id, _ALL if descendants else Unit.kind.in_(_PARTS))))
    return ReportUnit(unit.code, unit.name, above.name if above else "", descendants, ids, place_of(unit))


def whole_house(session: Session) -> ReportUnit:
    """Return all units of this house as one: nobody's report, for what is counted once for everybody."""
    return ReportUnit("", "", "", descendants=True, unit_ids=tuple(session.scalars(select(Unit.id).order_by(Unit.id))))


def unit_for(session: Session, staff: Staff, code: str) -> ReportUnit:
    """Return the unit whose figures `staff` asks for: their authority, or for the province anything below it.

    An empty code is their own authority. Raises ReportUnitUnknown for any other, existing or not.
    """
    own = report_unit(session, staff.root_unit_code, descendants=staff.has(Role.PROVINCE))
    if code in {"", own.code}:
        return own
    if session.scalar(select(Unit.id).where(Unit.code == code, Unit.id.in_(own.unit_ids))) is None:
        raise ReportUnitUnknown(where="unit", unit=code)
    return report_unit(session, code)


def units_for(session: Session, staff: Staff) -> tuple[tuple[str, str], ...]:
    """Return code and name of the units whose figures `staff` may ask for, their own authority first."""
    own = unit_for(session, staff, "")
    if not own.descendants:
        return ((own.code, own.name),)
    below = session.execute(
        select(Unit.code, Unit.name)
        .where(Unit.id.in_(own.unit_ids), Unit.code != own.code, Unit.kind.not_in(_PARTS))
        .order_by(Unit.kind.desc(), Unit.name_sort, Unit.code)
    )
    return ((own.code, own.name), *((row.code, row.name) for row in below))


def counted_facts(unit: ReportUnit, period: Period) -> Select[DossierFact]:
    """Return the facts, just before the end of the period, of the dossiers that its reports count."""
    return _standing_facts(unit, period).where(condition(COUNTED, period.bounds()))


@dataclass(frozen=True, slots=True)
class CountedPart:
    """Some of the counted facts, and what is the same for all of them: what is counted need not ask it again."""

    facts: Select[DossierFact]
    settled: Settled


def counted_parts(unit: ReportUnit, period: Period) -> tuple[CountedPart, ...]:
    """Return the facts of `counted_facts` in parts that share none, each a stretch of `ix_dossier_facts_counted`.

    Said as one condition, years that ended before the period are read through to be left out again. Those said to
    end after the period ends, and those that ended before they came, are few and have indexes of their own; "is true"
    keeps SQLite from taking the bound for a reason to read all that ended later or before.
    """
    ended, valid_to, received = DossierFact.ended_at, DossierFact.valid_to, DossierFact.received_at
    since = DossierFact.valid_from
    not_ended = Settled(denied=(ENDED, ENDED_BEFORE, known(ENDED_AT), BACKWARDS))
    return (
        _part(unit, period, Settled(held=(ENDED,), denied=(ENDED_BEFORE,)), ended >= period.start, ended < period.end),
        _part(unit, period, Settled(denied=(ENDED, ENDED_BEFORE)), (ended >= period.end).is_(true()), ended > since),
        _part(unit, period, not_ended, ended.is_(None), valid_to.is_(None)),
        _part(unit, period, not_ended, ended.is_(None), valid_to >= period.end),
        # Ended before the period and yet counted: only where the end precedes the reception.
        _part(
            unit,
            period,
            Settled(held=(ENDED, ENDED_BEFORE, BACKWARDS)),
            *((ended < period.start).is_(true()), ended < received, received >= period.start),
        ),
    )


def _part(unit: ReportUnit, period: Period, settled: Settled, *stretch: ColumnElement[bool]) -> CountedPart:
    facts = _standing_facts(unit, period).where(*stretch)
    left = condition(settled.left_of(COUNTED), period.bounds())
    return CountedPart(facts.where(left), replace(settled, held=(*settled.held, COUNTED)))


def _standing_facts(unit: ReportUnit, period: Period) -> Select[DossierFact]:
    """Return the facts of published dossiers of the unit as they stood just before the end of the period."""
    return (
        select(DossierFact)
        .where(DossierFact.settling_unit_id.in_(unit.unit_ids))
        .where(DossierFact.valid_from < period.end)
        .where(or_(DossierFact.valid_to.is_(None), DossierFact.valid_to >= period.end))
        .where(DossierFact.dossier_id.not_in(select(Dossier.id).where(~Dossier.is_published)))
    )


def _tree(unit_id: int, taken: ColumnElement[bool]) -> Select[int]:
    """Return the ids of a unit and of what is below it, level by level, as far as units are `taken`."""
    tree = select(Unit.id).where(Unit.id == unit_id).cte("report_units", recursive=True)
    child = aliased(Unit)
    is_below = or_(child.parent_id == tree.c.id, and_(child.root_id == tree.c.id, child.id != tree.c.id))
    kept = select(Unit.id).where(taken).scalar_subquery()
    tree = tree.union(select(child.id).where(is_below, child.id.in_(kept)))
    return select(tree.c.id)
