"""Planting the seed (nạp dữ liệu ban đầu): idempotent, each start of the house may do it again.

What people have changed since stands: only versions that the seed itself wrote are renewed by a newer seed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from app.db.models import CalendarDay, CertificationTariff, SuspensionGround
from app.db.unit_of_work import UnitOfWork
from app.domain.catalogue_complete import ChannelLimits, CompleteProcedure, LongerCase
from app.domain.catalogue_rows import Findings
from app.domain.longer_cases import kept
from app.domain.people import Actor
from app.domain.vietnamese import fold
from app.services.importing import SOURCE as CATALOGUE
from app.services.importing_calendar import default_calendar, import_calendar
from app.services.importing_store import Columns, Current, Definition, current_versions, publish
from workflows.calendar import VIETNAM, DayEntry
from workflows.limits import LimitUnit, TimeLimit, shortened_percent
from workflows.states import ActorKind

SOURCE = "seed"
SEEDER = Actor(ActorKind.STAFF, "Dữ liệu ban đầu")
IN_FORCE_FROM = date(2025, 7, 1)  # the two-tier communes and NĐ 118/2025 begin
DECISION, DECISION_DATE = "125/QĐ-UBND (demo)", date(2025, 6, 25)
_LEVELS = {"commune": ["commune"], "department": ["province"]}


@dataclass(frozen=True, slots=True)
class BaseSeed:
    """Everything a house of any kind starts with."""

    days: Sequence[DayEntry]
    grounds: Sequence[Mapping[str, Any]]
    procedures: Sequence[CompleteProcedure]
    tariffs: Sequence[Mapping[str, Any]] = ()


def plant(uow: UnitOfWork, seed: BaseSeed, *, at: datetime) -> int:
    """Plant calendar, grounds and procedures; return how many procedures were new or renewed."""
    _days(uow, seed.days, at=at)
    _grounds(uow, seed.grounds)
    _tariffs(uow, seed.tariffs)
    known = current_versions(uow)
    due = [made for procedure in seed.procedures if _is_due(made := definition(procedure), known)]
    publish(uow, [made for made in due if made.code not in known], known, on=IN_FORCE_FROM)
    publish(uow, [made for made in due if made.code in known], known, on=at.astimezone(VIETNAM).date())
    return len(due)


def definition(procedure: CompleteProcedure) -> Definition:
    """Return the ready version of a seeded procedure."""
    version = {
        "name": procedure.name,
        "short_name": procedure.short_name,
        "name_fold": fold(f"{procedure.name} {procedure.short_name}"),
        "aliases": list(procedure.aliases),
        "field": procedure.field,
        "levels": _LEVELS[procedure.level],
        "subject": procedure.subjects,
        "status": "ready",
        "missing": [],
        "result_name": procedure.result_name,
        "result_code": procedure.result_code,
        "result_form": procedure.result_form,
        "own_fields": [dict(field) for field in procedure.own_fields],
        "cases": kept({"name": case.name, **_terms(case)} for case in procedure.cases),
        "neutral_name": procedure.neutral_name,
        "needs_digitizing": procedure.needs_digitizing,
        "source": SOURCE,
    }
    return Definition(
        procedure.code, version, _limits(procedure), _fees(procedure), _components(procedure), _steps(procedure)
    )


def _is_due(made: Definition, known: Mapping[str, Current]) -> bool:
    current = known.get(made.code)
    if current is None:
        return True
    from_here = current.source in {SOURCE, CATALOGUE} or current.status != "ready"
    return from_here and made.digest not in current.digests


def _limits(procedure: CompleteProcedure) -> tuple[Columns, ...]:
    return tuple(
        {"channel": int(limit.channel), **_terms(limit)} for limit in procedure.limits
    )


def _terms(limit: ChannelLimits | LongerCase) -> dict[str, Any]:
    is_shortened = limit.committed != limit.statutory
    return {
        "statutory": str(limit.statutory),
        "committed": str(limit.committed),
        "cutoff": _cutoff(limit.statutory),
        "decision_number": DECISION if is_shortened else "",
        "decision_date": DECISION_DATE if is_shortened else None,
        "shortened_from": IN_FORCE_FROM if is_shortened else None,
        "percent": shortened_percent(limit.committed, limit.statutory) or None,
    }


def _cutoff(limit: TimeLimit) -> str | None:
    return f"{limit.cutoff:%H:%M}" if limit.unit is LimitUnit.SAME_DAY else None


def _fees(procedure: CompleteProcedure) -> tuple[Columns, ...]:
    return tuple(
        {
            "channel": int(fee.channel) if fee.channel else None,
            "name": fee.name,
            "amount_vnd": fee.amount_vnd,
            "per": fee.per,
            "condition": fee.condition,
            "exemptions": list(fee.exemptions),
            "legal_basis": fee.basis,
        }
        for fee in procedure.fees
    )


def _components(procedure: CompleteProcedure) -> tuple[Columns, ...]:
    return tuple(
        {
            "ordinal": ordinal,
            "name": asked.paper.name,
            "paper_code": asked.paper.code,
            "originals": asked.paper.originals,
            "copies": asked.paper.copies,
            "required": asked.required,
            "exemption": asked.paper.exemption,
            "note": asked.paper.note,
        }
        for ordinal, asked in enumerate(procedure.components, start=1)
    )


def _steps(procedure: CompleteProcedure) -> tuple[Columns, ...]:
    return tuple(
        {"ordinal": ordinal, "name": step.name, "role": step.role, "unit_key": step.unit, "minutes": step.minutes}
        for ordinal, step in enumerate(procedure.steps, start=1)
    )


def _days(uow: UnitOfWork, days: Sequence[DayEntry], *, at: datetime) -> None:
    """Plant the years that the calendar holds no day of; in the others an administrator may have changed days."""
    calendar = default_calendar(uow)
    known = select(CalendarDay.day).where(CalendarDay.calendar_id == calendar.id)
    years = {day.year for day in uow.session.scalars(known)}
    if fresh := [entry for entry in days if entry.day.year not in years]:
        import_calendar(uow, fresh, Findings(), SEEDER, at=at)


def _grounds(uow: UnitOfWork, grounds: Iterable[Mapping[str, Any]]) -> None:
    known = set(uow.session.scalars(select(SuspensionGround.code)))
    uow.session.add_all(SuspensionGround(**ground) for ground in grounds if ground["code"] not in known)


def _tariffs(uow: UnitOfWork, tariffs: Iterable[Mapping[str, Any]]) -> None:
    """Plant what certification costs by date; rows that stand, also changed ones, stay."""
    rows = uow.session.execute(select(CertificationTariff.kind, CertificationTariff.effective_from))
    known = {(kind, since) for kind, since in rows}
    uow.session.add_all(
        CertificationTariff(**row) for row in tariffs if (row["kind"], row["effective_from"]) not in known
    )
