"""`motcua simulate`: what a shorter limit would have meant for the dossiers that a period resolved."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from app.cli.common import Day, answer, json_option
from app.cli.home import opened_house
from app.cli.simulation_crew import shared
from app.domain.periods import between
from app.domain.rates import Rate
from app.domain.simulation import Simulation
from app.domain.vietnamese_format import number
from app.queries import simulation
from app.queries.report_scope import report_unit
from workflows.limits import TimeLimit, label_vi


@click.command()
@click.option("--procedure", "procedure_code", required=True, metavar="CODE", help="National code of the procedure.")
@click.option("--limit", "limit_text", required=True, help='The limit to try, e.g. "3 working days".')
@click.option("--cutoff", help="Cut-off hour of same-day results, HH:MM (default 15:00).")
@click.option("--unit", "unit_code", metavar="CODE", help="Identifier of the settling unit; without it, all units.")
@click.option("--descendants", is_flag=True, help="With every unit below it.")
@click.option("--from", "first_day", type=Day(), required=True, help="The first day of the period.")
@click.option("--to", "end_day", type=Day(), required=True, help="The day after the last one.")
@json_option
def simulate(
    *,
    procedure_code: str,
    limit_text: str,
    cutoff: str | None,
    unit_code: str | None,
    descendants: bool,
    first_day: date,
    end_day: date,
) -> None:
    """Replay the dossiers resolved in a period against another limit."""
    limit, period = TimeLimit.parse(limit_text, cutoff=cutoff), between(first_day, end_day)
    with opened_house() as house, house.reading() as session:
        unit = report_unit(session, unit_code, descendants=descendants) if unit_code else None
        found = simulation.simulate(
            session, house.calendars, period, procedure_code=procedure_code, limit=limit, unit=unit,
            counted=shared(house.settings),
        )  # fmt: skip
    answer(document(found), lines(found))


def document(found: Simulation) -> dict[str, Any]:
    """Return the answer in the shape of docs/schemas/simulate.schema.json."""
    return {
        "procedure": found.procedure,
        "unit": found.unit or None,
        "limit": str(found.limit),
        "from": found.period.first_day,
        "to": found.period.end_day,
        "dossiers": found.dossiers,
        "late_now": found.late_now,
        "late_then": found.late_then,
        "unknown_now": found.unknown_now,
        "unknown_then": found.unknown,
        "missing_years": list(found.missing_years),
        "late_by": [{"working_days": days, "dossiers": count} for days, count in found.late_by],
        "causes": [
            {
                "by": cause.by,
                "code": cause.key or None,
                "name": cause.name or None,
                "dossiers": cause.dossiers,
                "working_days_late": cause.late_days,
            }
            for cause in found.causes
        ],
        "shortest": {
            f"{share / 100:.2f}": str(limit) if limit else None for share, limit in found.shortest.items()
        },
        "base_limit": str(found.base),
        "comparison": [
            {"reduction": row.reduction / 100, "limit": str(row.limit), "late_then": row.late}
            for row in found.comparison
        ],
    }


def lines(found: Simulation) -> list[str]:
    """Return the answer for a person at the terminal."""
    told = [
        f"{found.procedure} {found.procedure_name}: {number(found.dossiers)} hồ sơ đã giải quyết",
        f"Quá hạn hiện nay: {_share(found.late_now, found.dossiers - found.unknown_now)}",
        f"Quá hạn nếu thời hạn là {label_vi(found.limit)}: {_share(found.late_then, found.judged)}",
    ]
    if found.unknown:
        years = ", ".join(map(str, found.missing_years))
        told.append(f"Không tính được: {number(found.unknown)} hồ sơ" + (f" (lịch thiếu năm {years})" if years else ""))
    told += [
        f"Thời hạn ngắn nhất giữ {share} % đúng hạn: {label_vi(limit) if limit else 'không có'}"
        for share, limit in found.shortest.items()
    ]
    told += [
        f"Giảm {row.reduction} % còn {label_vi(row.limit)}: quá hạn {_share(row.late, found.judged)}"
        for row in found.comparison
    ]
    return told


def _share(part: int, whole: int) -> str:
    rate = Rate(part, whole)
    return f"{number(part)}/{number(whole)}" + (f" ({rate.percent} %)" if whole else "")
