"""Months counted ahead (số liệu tháng đếm sẵn): what overviews tell, read where it was kept, counted where it was not.

Every answer equals a fresh count: a kept count that a fact has touched since (`app.db.touching`) is not read, and what
is not kept is counted from the facts, unit by unit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from typing import Any, TypeAlias

from sqlalchemy import CompoundSelect, Select, bindparam, exists, select
from sqlalchemy.orm import Session

from app.db.models import CountedPeriod, DossierFact, FactTouch, Unit
from app.db.touching import is_importing
from app.domain.dashboards import FIGURES, FORMULAS
from app.domain.periods import Period
from app.domain.reports import ReportUnit
from app.queries.adding_up import counting, sums
from app.queries.figures import counted
from app.queries.report_scope import counted_parts

Days: TypeAlias = tuple[date, date]
Counts: TypeAlias = Mapping[str, int]
_SETTLING = DossierFact.settling_unit_id
_MOMENT = DossierFact.valid_from.type
IDS = tuple(figure.id for figure in FIGURES)
NOTHING: Counts = dict.fromkeys(IDS, 0)


@dataclass(frozen=True, slots=True)
class Difference:
    """A kept count that is not what the facts say."""

    unit: str
    first_day: date
    end_day: date
    figure: str
    kept: int
    counted: int


def by_unit_and_period(
    session: Session, unit: ReportUnit, periods: Sequence[Period]
) -> Mapping[Days, Mapping[int, Counts]]:
    """Return the counts of `FIGURES` by the days of each period and by settling unit, for units that have any facts."""
    kept: dict[Days, dict[int, Counts]] = {_days(period): {} for period in periods}
    known = _with_facts(session, unit.unit_ids)
    for row in session.execute(_standing(periods).where(CountedPeriod.unit_id.in_(known))):
        if (row.first_day, row.end_day) in kept:
            kept[row.first_day, row.end_day][row.unit_id] = dict(zip(IDS, row.counts, strict=True))
    for period in periods:
        found = kept[_days(period)]
        if missing := tuple(one for one in known if one not in found):
            found |= fresh(session, missing, period)
    return kept


def whole(counts: Mapping[int, Counts]) -> Counts:
    """Return what the counts of units add up to."""
    return {name: sum(one[name] for one in counts.values()) for name in IDS}


def fresh(session: Session, unit_ids: Sequence[int], period: Period) -> Mapping[int, Counts]:
    """Return the counts of a period for each of these units, from the facts."""
    rows = session.execute(_counting(), {"units": unit_ids, **period.bounds()})
    told = {unit_id: dict(zip(IDS, counts, strict=True)) for (unit_id,), counts in sums(rows, 1).items()}
    return {unit_id: told.get(unit_id, NOTHING) for unit_id in unit_ids}


def to_count(session: Session, periods: Sequence[Period]) -> tuple[tuple[int, Period], ...]:
    """Return the units and periods whose counts are not kept, or no longer what the facts say."""
    if is_importing(session):
        return ()
    kept = {(row.unit_id, row.first_day, row.end_day) for row in session.execute(_standing(periods))}
    known = _with_facts(session)
    return tuple((one, period) for period in periods for one in known if (one, *_days(period)) not in kept)


def differences(session: Session) -> Iterator[Difference]:
    """Count all that is kept and not touched once more; yield what differs."""
    kept: dict[Period, dict[int, Sequence[int]]] = {}
    for row in session.execute(_columns().where(~_is_touched(), CountedPeriod.formulas == FORMULAS)):
        kept.setdefault(Period(row.first_day, row.end_day), {})[row.unit_id] = row.counts
    codes = {row.id: row.code for row in session.execute(select(Unit.id, Unit.code))}
    for period, units in kept.items():
        for unit_id, now in fresh(session, tuple(units), period).items():
            for name, count in zip(IDS, units[unit_id], strict=True):
                if count != now[name]:
                    yield Difference(codes[unit_id], *_days(period), name, count, now[name])


@lru_cache(maxsize=1)
def _counting() -> CompoundSelect[Any]:
    """Return the statement of a fresh count, built once: that takes longer than to count a small house."""
    asked: Any = _AnyPeriod()
    parts = counted_parts(asked, asked)
    return counting(parts, (lambda _: _SETTLING.expression,), [partial(counted, figure, asked) for figure in FIGURES])


class _AnyPeriod:
    """The units and the period of a question that is asked again and again: they come with each execution."""

    unit_ids: Any = bindparam("units", expanding=True)
    start: Any = bindparam("start", type_=_MOMENT)
    end: Any = bindparam("end", type_=_MOMENT)

    def bounds(self) -> dict[str, Any]:
        """Return what formulas call `start` and `end`."""
        return {"start": self.start, "end": self.end}


def _standing(periods: Sequence[Period]) -> Select[Any]:
    """Return what is kept of these periods, and perhaps of others that end with them, and says what the facts say."""
    ends = {period.end for period in periods}
    return _columns().where(CountedPeriod.until.in_(ends), CountedPeriod.formulas == FORMULAS, ~_is_touched())


def _columns() -> Select[Any]:
    kept = CountedPeriod
    return select(kept.unit_id, kept.first_day, kept.end_day, kept.counts)


def _is_touched() -> Any:
    return exists(select(FactTouch.id)).where(
        FactTouch.unit_id == CountedPeriod.unit_id, FactTouch.since < CountedPeriod.until
    )


def _with_facts(session: Session, unit_ids: Sequence[int] | None = None) -> tuple[int, ...]:
    """Return the units that have facts: each of them was counted once, or is touched."""
    asked = select(CountedPeriod.unit_id).union(select(FactTouch.unit_id))
    found = session.scalars(asked.order_by("unit_id")).all()
    wanted = set(found if unit_ids is None else unit_ids)
    return tuple(one for one in found if one in wanted)


def _days(period: Period) -> Days:
    return period.first_day, period.end_day
