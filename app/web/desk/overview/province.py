"""The province on one page (toàn tỉnh): four numbers with their year, the table of units, the ranking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from app.domain.dashboards import HEAT, MONTHS, OVERDUE, PENDING, RATE, RESOLVED, TOLD, offered_periods, report_year
from app.domain.periods import Period, report_month_of
from app.domain.rates import Rate
from app.domain.statistics import FEWEST_FOR_A_RATE, ranking
from app.domain.targets import Target, targets_on
from app.i18n import gettext as _
from app.queries.month_counts import by_unit_and_period, whole
from app.queries.unit_figures import UnitCounts, authorities
from app.web.desk.overview.province_table import Opens, heat_row, rank_row, rate_in
from app.web.desk.presenters.report import choices_of, period_words
from app.web.desk.report_asked import ReportAsked
from app.web.filters import number, vn_date
from workflows.calendar import VIETNAM

FEW_IN_RANKING = 5


@dataclass(frozen=True, slots=True)
class Told:
    """One of the four numbers: its counts with their lists, its year as a line, its change and target."""

    title: str
    value: str
    numerator: str
    denominator: str
    address: str
    whole_address: str
    of_what: str
    points: tuple[tuple[float, float], ...]
    target_y: float | None
    change: str
    change_icon: str
    target: str
    is_bad: bool


def province_data(db: Session, asked: ReportAsked, at: datetime) -> dict[str, Any]:
    """Return what the page shows, by the names the template uses; a running period is told up to this evening."""
    chosen, today = asked.period, at.astimezone(VIETNAM).date()
    asked = replace(asked, period=chosen.up_to(today))
    targets = targets_on(asked.period.last_day)
    months = report_year(asked.period.last_day, today)
    counted = by_unit_and_period(db, asked.unit, (*months, asked.period))
    here = counted[asked.period.first_day, asked.period.end_day]
    units, now = authorities(db, here), whole(here)
    year = [(one, whole(counted[one.first_day, one.end_day])) for one in months]
    opens = _opens(asked)
    ranks = ranking({unit.code: rate_in(unit.counts, "on_time_committed") for unit in units})
    return {
        "period": period_words(asked.period),
        "choices": choices_of(offered_periods(today), chosen, _page_of),
        "told": [
            *(_told(name, now, year, targets, opens, asked) for name in TOLD),
            _told_overdue(now, year, opens, asked),
        ],
        "months": _table(year, asked),
        "heads": [(_(RATE[name].title), targets.get(name)) for name in HEAT],
        "rows": [heat_row(unit, targets, opens, asked) for unit in _by_size(units)],
        "best": [rank_row(place, units, opens) for place in ranks[:FEW_IN_RANKING]],
        "worst": [rank_row(place, units, opens) for place in ranks[FEW_IN_RANKING:][-FEW_IN_RANKING:]],
        "between": max(0, len(ranks) - 2 * FEW_IN_RANKING),
        "ranked": len(ranks),
        "fewest": FEWEST_FOR_A_RATE,
    }


def _told(
    name: str,
    now: Mapping[str, int],
    year: list[tuple[Period, Mapping[str, int]]],
    targets: Mapping[str, Target],
    opens: Opens,
    asked: ReportAsked,
) -> Told:
    rate, target = rate_in(now, name), targets.get(name)
    line = [rate_in(counts, name).rate for _period, counts in year]
    goal = float(target.share) if target else None
    change, icon = _change(line, asked, year)
    return Told(
        _(RATE[name].title),
        _percent(rate),
        number(rate.numerator),
        number(rate.denominator),
        opens(f"{name}.numerator", asked.unit.code),
        opens(f"{name}.denominator", asked.unit.code),
        _("hồ sơ đã giải quyết") if name == "on_time_committed" else _("hồ sơ tiếp nhận"),
        _points(line, goal),
        _height(goal, *_range(line, goal)) if goal is not None else None,
        change,
        icon,
        _target_words(rate, target),
        False,
    )


def _told_overdue(
    now: Mapping[str, int], year: list[tuple[Period, Mapping[str, int]]], opens: Opens, asked: ReportAsked
) -> Told:
    line: list[float | None] = [float(counts[OVERDUE.id]) for _period, counts in year]
    overdue, pending = now[OVERDUE.id], now[PENDING.id]
    before = line[-2] or 0
    difference = int((line[-1] or 0) - before)
    return Told(
        _("Quá hạn cuối kỳ"),
        number(overdue),
        number(overdue),
        number(pending),
        opens(OVERDUE.id, asked.unit.code),
        opens(PENDING.id, asked.unit.code),
        _("hồ sơ đang giải quyết"),
        _points(line, None),
        None,
        _moved(difference) if _is_last(asked, year) else "",
        "arrow-up-right" if difference > 0 else "arrow-down-right" if difference else "arrow-right",
        "",
        overdue > 0,
    )


def _moved(difference: int) -> str:
    if difference == 0:
        return _("không đổi")
    if difference > 0:
        return _("thêm %(n)s hồ sơ", n=number(difference))
    return _("bớt %(n)s hồ sơ", n=number(-difference))


def _table(year: list[tuple[Period, Mapping[str, int]]], asked: ReportAsked) -> dict[str, Any]:
    """Return the year as a table: each number with the list of its month."""
    lists = [_opens(replace(asked, period=one)) for one, _counts in year]

    def row(title: str, figure: str, values: list[str]) -> tuple[str, list[tuple[str, str]]]:
        cells = zip(values, lists, strict=True)
        return title, [(value, opens(figure, asked.unit.code)) for value, opens in cells]

    rates = [
        row(_(RATE[name].title), f"{name}.numerator", [_percent(rate_in(counts, name)) for _p, counts in year])
        for name in TOLD
    ]
    overdue = row(_("Quá hạn cuối kỳ"), OVERDUE.id, [number(counts[OVERDUE.id]) for _p, counts in year])
    ends = [report_month_of(period.last_day).last_day for period, _counts in year]
    return {"heads": [f"{day:%m/%y}" for day in ends], "rows": [*rates, overdue]}


def _opens(asked: ReportAsked) -> Opens:
    def opens(figure: str, code: str) -> str:
        return url_for("desk.figure_list", figure=figure, **{**asked.address(), "don_vi": code})

    return opens


def _page_of(period: Period) -> str:
    return url_for("desk.overview_province", tu=vn_date(period.first_day), den=vn_date(period.last_day))


def _by_size(units: tuple[UnitCounts, ...]) -> list[UnitCounts]:
    return sorted(units, key=lambda unit: (-unit.counts[RESOLVED.id], unit.name))


def _percent(rate: Rate) -> str:
    return f"{number(100 * (rate.rate or 0), 1)}\N{NO-BREAK SPACE}%" if rate.denominator else _("không phát sinh")


def _is_last(asked: ReportAsked, year: list[tuple[Period, Mapping[str, int]]]) -> bool:
    return (asked.period.first_day, asked.period.end_day) == (year[-1][0].first_day, year[-1][0].end_day)


def _change(
    line: list[float | None], asked: ReportAsked, year: list[tuple[Period, Mapping[str, int]]]
) -> tuple[str, str]:
    """Return the change against the month before in words; only where the page shows the line's last month."""
    before, last = line[-2], line[-1]
    if before is None or last is None or not _is_last(asked, year):
        return "", ""
    points = round(100 * (last - before), 1)
    if points == 0:
        return _("không đổi"), "arrow-right"
    if points > 0:
        return _("tăng %(points)s điểm", points=number(points, 1)), "arrow-up-right"
    return _("giảm %(points)s điểm", points=number(-points, 1)), "arrow-down-right"


def _target_words(rate: Rate, target: Target | None) -> str:
    if target is None or not rate.denominator:
        return ""
    goal = number(float(target.share) * 100)
    missing = float(target.share) * 100 - 100 * (rate.rate or 0)
    if missing <= 0:
        return _("Mục tiêu %(goal)s %%: đạt", goal=goal)
    return _("Mục tiêu %(goal)s %%: còn thiếu %(points)s điểm", goal=goal, points=number(missing, 1))


def _range(line: list[float | None], goal: float | None) -> tuple[float, float]:
    known = [value for value in line if value is not None] + ([] if goal is None else [goal])
    return min(known, default=0.0), max(known, default=1.0)


def _height(value: float, low: float, high: float) -> float:
    """Return where a value is drawn, 6 (highest) to 44 (lowest)."""
    return round(25.0 if high <= low else 44 - 38 * (value - low) / (high - low), 1)


def _points(line: list[float | None], goal: float | None) -> tuple[tuple[float, float], ...]:
    low, high = _range(line, goal)
    return tuple(
        (round(6 + place * 228 / (MONTHS - 1), 1), _height(value, low, high))
        for place, value in enumerate(line)
        if value is not None
    )
