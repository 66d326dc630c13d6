"""`motcua evaluation`: the nine indices of a unit and the figures of its people (TT 01/2018/TT-VPCP)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import click

from app.cli.common import answer, json_option
from app.cli.home import opened_house
from app.cli.report_options import unit_and_period
from app.domain.entered_figures import Entered
from app.domain.evaluation import OFFICER_BANDS, OFFICER_INDICES, UNIT_INDICES, Grade, grade
from app.domain.evaluation_forms import EVALUATION
from app.domain.officer_evaluation import Officer
from app.domain.periods import Period, between
from app.domain.reports import ReportUnit
from app.domain.table_form import Told
from app.domain.vietnamese_format import told_number
from app.queries.evaluation import UnitEvaluation, unit_evaluation
from app.queries.officer_evaluation import officers
from app.queries.report_scope import report_unit


@click.group()
def evaluation() -> None:
    """Evaluation of units and of the people in them."""


@evaluation.command("unit")
@unit_and_period
@json_option
def of_unit(*, unit_code: str, descendants: bool, first_day: date, end_day: date) -> None:
    """Nine indices: from dossiers, the catalogue and what was entered; a grade when all are known."""
    with opened_house() as house, house.reading() as session:
        unit = report_unit(session, unit_code, descendants=descendants)
        found = unit_evaluation(session, unit, between(first_day, end_day))
    titles = {column.id: column.title for column in EVALUATION.told}
    lines = [f"{titles[name]}: {_said(found.told[name])}" for name in UNIT_INDICES]
    answer(_unit_document(found), [*lines, _grade_line(found.grade)])


@evaluation.command("officers")
@unit_and_period
@json_option
def of_officers(*, unit_code: str, descendants: bool, first_day: date, end_day: date) -> None:
    """Stays and dossiers of each person of a unit, five indices."""
    period = between(first_day, end_day)
    with opened_house() as house, house.reading() as session:
        unit = report_unit(session, unit_code, descendants=descendants)
        found = officers(session, unit, period)
    told = [_officer(one, period) for one in found]
    lines = [f"{one.name}: {one.cells['steps']} lượt, {one.cells['dossiers']} hồ sơ" for one in found]
    answer({**_head(unit, period), "officers": told}, lines or ["Không có lượt xử lý nào trong kỳ."])


def _head(unit: ReportUnit, period: Period) -> dict[str, Any]:
    return {
        "evaluation": "TT 01/2018/TT-VPCP",
        "unit": unit.code,
        "unit_name": unit.name,
        "descendants": unit.descendants,
        "from": period.first_day,
        "to": period.end_day,
    }


def _unit_document(found: UnitEvaluation) -> dict[str, Any]:
    return {
        **_head(found.unit, found.period),
        "indices": _indices(found.told, UNIT_INDICES),
        "cells": dict(found.cells),
        "entered": [_entered(one) for one in found.entered.values()],
        **_grade(found.grade),
    }


def _officer(one: Officer, period: Period) -> dict[str, Any]:
    return {
        "login": one.login,
        "name": one.name,
        "indices": _indices(one.told, OFFICER_INDICES),
        "cells": dict(one.cells),
        **_grade(grade(one.told, OFFICER_INDICES, OFFICER_BANDS, period.first_day)),
    }


def _indices(told: Told, names: tuple[str, ...]) -> dict[str, float | None]:
    return {name.rpartition(".")[2]: _number(told[name]) for name in names}


def _entered(one: Entered) -> dict[str, Any]:
    return {"item": one.item, "value": one.value, "source": one.source, "told_on": one.told_on, "entered_by": one.by}


def _grade(told: Grade) -> dict[str, Any]:
    return {
        "points": _number(told.points),
        "reachable": float(told.reachable),
        "grade": told.words or None,
        "missing": list(told.missing),
    }


def _grade_line(told: Grade) -> str:
    missing = f"chưa xếp loại, thiếu chỉ số {', '.join(told.missing)}"
    return f"{_said(told.points)} trên {told_number(told.reachable)} điểm: {told.words or missing}"


def _said(value: Decimal | None) -> str:
    return "chưa có số liệu" if value is None else told_number(value)


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
