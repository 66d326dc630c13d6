"""`motcua index 766`: the service-quality index of a unit and a period, estimates beside official points."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import click

from app.cli.common import answer, json_option
from app.cli.home import opened_house
from app.cli.report_options import unit_and_period
from app.domain.index_766 import GROUPS
from app.domain.index_lines import Index766, IndexLine, Status, Sum
from app.domain.periods import between
from app.domain.vietnamese_format import number, told_number
from app.queries.index_766 import index_766
from app.queries.report_scope import report_unit

_SAID = {
    Status.MISSING: "chưa có số liệu",
    Status.NOT_ARISEN: "không phát sinh",
    Status.INFO: "chỉ để biết",
}


@click.group()
def index() -> None:
    """Service-quality index: Decision 766."""


@index.command("766")
@unit_and_period
@json_option
def of_766(*, unit_code: str, descendants: bool, first_day: date, end_day: date) -> None:
    """All components of groups 1 to 5: counts, our estimate, official points where entered."""
    with opened_house() as house, house.reading() as session:
        unit = report_unit(session, unit_code, descendants=descendants)
        found = index_766(session, unit, between(first_day, end_day))
    answer(document(found), _lines(found))


def document(found: Index766) -> dict[str, Any]:
    """Return the index in the shape of docs/schemas/index-766.schema.json."""
    return {
        "index": "766",
        "unit": found.unit.code,
        "unit_name": found.unit.name,
        "descendants": found.unit.descendants,
        "from": found.period.first_day,
        "to": found.period.end_day,
        "components": [_component(line) for line in found.lines],
        "groups": [{"group": group, **_sum_document(found.group(group))} for group in GROUPS],
        "total": _sum_document(found.total),
        "missing": list(found.missing),
    }


def _component(line: IndexLine) -> dict[str, Any]:
    component = line.component
    return {
        "code": component.code,
        "group": component.group,
        "title": component.title,
        "status": line.status,
        "numerator": line.rate.numerator if line.rate else None,
        "denominator": line.rate.denominator if line.rate else None,
        "rate": line.rate.rate if line.rate else None,
        "days": _number(line.days),
        "score": _number(line.score),
        "max": _number(component.maximum),
        "full_at": _number(component.scoring.full_at) if component.scoring else None,
        "zero": component.zero,
        "other_score": _number(line.other_score),
        "official_score": _number(line.official),
        "reading": component.reading,
        "entered_by": line.entered.by if line.entered else None,
        "formula_version": component.version,
    }


def _sum_document(total: Sum) -> dict[str, Any]:
    return {
        "title": total.title or "Tổng cộng",
        "score": _number(total.score),
        "reachable": _number(total.reachable),
        "max": _number(total.maximum),
        "official_score": _number(total.official),
    }


def _number(points: Decimal | None) -> float | None:
    return None if points is None else float(points)


def _lines(found: Index766) -> list[str]:
    return [*(_line(line) for line in found.lines), _total(found)]


def _line(line: IndexLine) -> str:
    name = f"{line.component.code:<5}{line.component.title}"
    if line.days is not None:
        return f"{name}: {told_number(line.days)} ngày"
    if line.rate is None or line.status in _SAID:
        return f"{name}: {_SAID.get(line.status, '')}"
    counts = f"{number(line.rate.numerator)}/{number(line.rate.denominator)}"
    official = f"; chính thức {line.official}" if line.official is not None else ""
    return f"{name}: {counts}, ước tính {line.score}/{line.component.maximum} điểm{official}"


def _total(found: Index766) -> str:
    total = found.total
    missing = f"; chưa có số liệu: {', '.join(found.missing)}" if found.missing else ""
    if total.score is None:
        return f"Chưa ước tính được điểm nào{missing}"
    return f"Ước tính {total.score} trên {total.reachable} điểm tính được, thang {total.maximum}{missing}"
