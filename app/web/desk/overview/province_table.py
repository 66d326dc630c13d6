"""The table of units and the ranking (bảng đơn vị, xếp hạng): rates with both counts, small numbers told as such."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import url_for

from app.domain.dashboards import APART, HEAT, OVERDUE, RESOLVED
from app.domain.rates import Rate
from app.domain.statistics import FEWEST_FOR_A_RATE, Place, wilson
from app.domain.targets import Target
from app.i18n import gettext as _
from app.queries.unit_figures import UnitCounts
from app.web.desk.report_asked import ReportAsked
from app.web.filters import number

FAR = {"on_time_committed": 3, APART: 3}  # points away from the target that are far; ten for the others
Opens = Callable[[str, str], str]  # a figure and a unit's code: the address of the list behind


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One rate of one unit: the percent or, for few dossiers, the two counts alone."""

    text: str
    counts: str
    css: str
    address: str


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One unit of the table."""

    name: str
    address: str
    resolved: str
    resolved_address: str
    cells: tuple[HeatCell, ...]
    overdue: int
    overdue_address: str


@dataclass(frozen=True, slots=True)
class RankRow:
    """One place of the ranking, with the interval as a line 0–160."""

    rank: int
    name: str
    address: str
    percent: str
    counts: str
    low: float
    high: float
    at: float
    span: str
    places: str


def heat_row(unit: UnitCounts, targets: Mapping[str, Target], opens: Opens, asked: ReportAsked) -> HeatRow:
    """Return one unit with its rates, shaded by how far they are from the target."""
    address = url_for("desk.reports", **{**asked.address(), "don_vi": unit.code})
    return HeatRow(
        unit.name,
        address,
        number(unit.counts[RESOLVED.id]),
        opens(RESOLVED.id, unit.code),
        tuple(_heat_cell(name, rate_in(unit.counts, name), targets.get(name), opens, unit.code) for name in HEAT),
        unit.counts[OVERDUE.id],
        opens(OVERDUE.id, unit.code),
    )


def _heat_cell(name: str, rate: Rate, target: Target | None, opens: Opens, code: str) -> HeatCell:
    address = opens(f"{name}.denominator", code)
    counts = f"{number(rate.numerator)}/{number(rate.denominator)}"
    if not rate.denominator:
        return HeatCell(_("không phát sinh"), "", "pr-few", address)
    if rate.denominator < FEWEST_FOR_A_RATE:
        return HeatCell(counts, _("ít hồ sơ"), "pr-few", address)
    points = 100 * rate.numerator / rate.denominator
    css, sign = _shade(points - float(target.share) * 100, FAR.get(name, 10)) if target else ("", "")
    return HeatCell(number(points, 1) + sign, counts, css, address)


def _shade(away: float, far: int) -> tuple[str, str]:
    if away >= far:
        return "pr-q1", ""
    if away >= 0:
        return "pr-q2", ""
    return ("pr-q3", "") if away > -far else ("pr-q4", "\N{NO-BREAK SPACE}▼")


def rank_row(place: Place, units: tuple[UnitCounts, ...], opens: Opens) -> RankRow:
    """Return one place with its interval."""
    span = wilson(place.rate)
    named = {unit.code: unit.name for unit in units}
    low, high = number(100 * span.low, 1), number(100 * span.high, 1)
    return RankRow(
        place.rank,
        named[place.key],
        opens("on_time_committed.denominator", place.key),
        number(100 * (place.rate.rate or 0), 1),
        f"{number(place.rate.numerator)}/{number(place.rate.denominator)}",
        round(4 + 152 * span.low, 1),
        round(4 + 152 * span.high, 1),
        round(4 + 152 * (place.rate.rate or 0), 1),
        _("%(low)s đến %(high)s phần trăm", low=low, high=high),
        str(place.best) if place.best == place.worst else f"{place.best}–{place.worst}",
    )


def rate_in(counts: Mapping[str, int], name: str) -> Rate:
    """Return a rate from the counts of its two figures."""
    return Rate(counts[f"{name}.numerator"], counts[f"{name}.denominator"])
