"""Whose figures (phạm vi báo cáo): a unit with its own divisions, or with everything below it."""

from __future__ import annotations

from sqlalchemy import ScalarSelect, Select, and_, or_, select
from sqlalchemy.orm import Session, aliased

from app.db.models import Dossier, DossierFact, Unit
from app.db.predicates import condition
from app.domain.figures import COUNTED
from app.domain.people import Role, Staff
from app.domain.periods import Period
from app.domain.reports import ReportUnit
from workflows.errors import N_, RuleBroken

_PARTS = ("division", "desk")  # parts of an authority, not authorities themselves


class ReportUnitUnknown(RuleBroken):
    """There is no such unit, or its figures are not this person's to see."""

    code = "unit_unknown"
    sentence = N_("Không có đơn vị mang mã “{unit}”. Vui lòng kiểm tra lại mã định danh, ví dụ H44.105.")


def report_unit(session: Session, code: str, *, descendants: bool = False) -> ReportUnit:
    """Return the unit with this identifier. Raises ReportUnitUnknown."""
    unit = session.scalars(select(Unit).where(Unit.code == code)).first()
    if unit is None:
        raise ReportUnitUnknown(where="unit", unit=code)
    return _named(session, unit, descendants=descendants)


def unit_for(session: Session, staff: Staff, code: str) -> ReportUnit:
    """Return the unit whose figures `staff` asks for: their authority, or for the province anything below it.

    An empty code is their own authority. Raises ReportUnitUnknown for any other, existing or not.
    """
    own = report_unit(session, staff.root_unit_code, descendants=staff.has(Role.PROVINCE))
    if code in {"", own.code}:
        return own
    below = session.scalars(select(Unit).where(Unit.code == code, Unit.id.in_(_units_of(own)))).first()
    if below is None:
        raise ReportUnitUnknown(where="unit", unit=code)
    return _named(session, below, descendants=False)


def units_for(session: Session, staff: Staff) -> tuple[ReportUnit, ...]:
    """Return the units whose figures `staff` may ask for: their authority, for the province those below it too."""
    own = unit_for(session, staff, "")
    if not own.descendants:
        return (own,)
    below = session.scalars(
        select(Unit)
        .where(Unit.id.in_(_units_of(own)), Unit.id != own.id, Unit.kind.not_in(_PARTS))
        .order_by(Unit.kind.desc(), Unit.name_sort, Unit.code)
    )
    return (own, *(ReportUnit(unit.id, unit.code, unit.name) for unit in below))


def counted_facts(unit: ReportUnit, period: Period) -> Select[DossierFact]:
    """Return the facts, just before the end of the period, of the dossiers that its reports count."""
    return (
        select(DossierFact)
        .where(DossierFact.valid_from < period.end)
        .where(or_(DossierFact.valid_to.is_(None), DossierFact.valid_to >= period.end))
        .where(DossierFact.settling_unit_id.in_(_units_of(unit)))
        .where(DossierFact.dossier_id.not_in(select(Dossier.id).where(~Dossier.is_published)))
        .where(condition(COUNTED, period.bounds()))
    )


def _named(session: Session, unit: Unit, *, descendants: bool) -> ReportUnit:
    above = session.get(Unit, unit.parent_id) if unit.parent_id else None
    return ReportUnit(unit.id, unit.code, unit.name, above.name if above else "", descendants)


def _units_of(unit: ReportUnit) -> ScalarSelect[int]:
    """Return the ids of the unit and its divisions, or of the whole tree below it."""
    tree = select(Unit.id).where(Unit.id == unit.id).cte("report_units", recursive=True)
    child = aliased(Unit)
    below = or_(child.parent_id == tree.c.id, and_(child.root_id == tree.c.id, child.id != tree.c.id))
    if not unit.descendants:
        below = and_(below, child.kind.in_(_PARTS))
    tree = tree.union(select(child.id).where(below))
    return select(tree.c.id).scalar_subquery()
