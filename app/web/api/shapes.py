"""Answers of the API as plain documents (khuôn dạng trả lời)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.domain.periods import Period
from app.domain.rates import Rate
from app.domain.reports import Form06a, ReportUnit
from app.queries.linked import Changed
from app.queries.offered import OfferedProcedure, OfferedRow
from app.queries.tracking import Tracked
from workflows.calendar import VIETNAM


def tracked(found: Tracked) -> dict[str, Any]:
    """Return a dossier as its owner may know it."""
    projection = found.clockwork.projection if found.clockwork else None
    return {
        "number": found.number,
        "filing_number": found.filing_number,
        "state": found.state.value,
        "national_status": found.state.national_code,
        "procedure": {"code": found.procedure_code, "name": found.procedure},
        "filed_at": moment(found.filed_at),
        "received_at": moment(found.received_at),
        "promised_at": moment(projection.promised_at) if projection else None,
        "ended_at": moment(found.ended_at),
        "returned_at": moment(found.returned_at),
        "settling_unit": found.settling.name,
        "step": found.step,
        "fee_due_vnd": found.fee_due_vnd,
        "fee_paid_vnd": found.fee_paid_vnd,
    }


def procedure_row(row: OfferedRow) -> dict[str, Any]:
    """Return one line of the catalogue."""
    return {"code": row.code, "name": row.name, "field": row.field}


def procedure(found: OfferedProcedure) -> dict[str, Any]:
    """Return one procedure."""
    return {
        "code": found.code,
        "name": found.name,
        "field": found.field,
        "decision": found.decision,
        "effective_from": found.effective_from.isoformat(),
        "result": found.result_name,
        "papers": [{"name": paper.name, "required": paper.required} for paper in found.papers],
        "desks": len(found.counters),
    }


def form_06a(form: Form06a) -> dict[str, Any]:
    """Return form II.06a by field."""
    rows = [{"field": row.key, **row.cells} for row in form.rows]
    return {"form": "06a", **of_period(form.unit, form.period), "rows": rows, "total": dict(form.total.cells)}


def of_period(unit: ReportUnit, period: Period) -> dict[str, Any]:
    """Return whose figures of which days an answer tells; the last day is not part of them."""
    return {
        "unit": unit.code,
        "descendants": unit.descendants,
        "from": period.first_day.isoformat(),
        "to": period.end_day.isoformat(),
    }


def rate(one: Rate) -> dict[str, Any]:
    """Return a rate with both counts; null where nothing was to be counted."""
    return {"numerator": one.numerator, "denominator": one.denominator, "rate": one.rate}


def changed(row: Changed) -> dict[str, Any]:
    """Return a dossier's state for a linked system."""
    return {
        "code": row.code,
        "filing_number": row.filing_number,
        "external_code": row.external_code,
        "procedure_code": row.procedure_code,
        "unit_code": row.unit_code,
        "channel": row.channel,
        "state": row.state.value,
        "national_status": row.state.national_code,
        "received_at": moment(row.received_at),
        "promised_at": moment(row.promised_at),
        "ended_at": moment(row.ended_at),
        "changed_at": moment(row.changed_at),
    }


def moment(at: datetime | None) -> str | None:
    """Return an instant in Vietnam time, ISO 8601 with +07:00."""
    return at.astimezone(VIETNAM).isoformat(timespec="seconds") if at else None
