"""Procedures as a desk opens them (thủ tục đang mở tiếp nhận): options to type, and one with all that it asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from app.db.models import (
    Dossier,
    Event,
    Offering,
    Procedure,
    ProcedureVersion,
    Unit,
)
from app.db.version_memo import parts_of
from app.domain.people import Staff
from app.domain.version_parts import FeeLine, LimitLine, PaperLine, limit_of_case

MOST_USED = 10


@dataclass(frozen=True, slots=True)
class ProcedureOption:
    """One procedure that can be received here, with the short words a clerk types for it."""

    code: str
    name: str
    short_name: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfferedProcedure:
    """A procedure as it is received at one desk on one day."""

    code: str
    name: str
    short_name: str
    version: int
    settling_unit_id: int
    settling_unit: str
    result_form: str
    result_name: str
    needs_digitizing: bool
    own_fields: tuple[Mapping[str, Any], ...]
    cases: tuple[Mapping[str, Any], ...]
    papers: tuple[PaperLine, ...]
    fees: tuple[FeeLine, ...]
    limits: tuple[LimitLine, ...]

    def limit(self, channel: int, case: str = "") -> LimitLine | None:
        """Return the terms of a channel, or None when the procedure is not offered there.

        A longer case (e.g. "cần xác minh") has limits of its own in every channel.
        """
        usual = next((terms for terms in self.limits if terms.channel == channel and terms.statutory), None)
        return limit_of_case(usual, self.cases, case) if usual else None

    def papers_of(self, case: str) -> tuple[PaperLine, ...]:
        """Return the papers of one case: those of every case and its own."""
        return tuple(paper for paper in self.papers if paper.case in ("", case))


def procedure_options(session: Session, staff: Staff, on: date) -> tuple[ProcedureOption, ...]:
    """Return what the desk of `staff` receives on a day, by name."""
    found = session.execute(
        _offered(staff.root_unit_id, on).order_by(ProcedureVersion.name_fold, ProcedureVersion.version)
    )
    newest = {code: ProcedureOption(code, v.name, v.short_name, tuple(v.aliases)) for code, v, _ in found}
    return tuple(newest.values())


def foreign_options(session: Session, staff: Staff, on: date) -> tuple[ProcedureOption, ...]:
    """Return what other authorities of this house settle and this desk does not, by name (phi địa giới)."""
    own = {option.code for option in procedure_options(session, staff, on)}
    others = select(Unit.id).where(Unit.is_own, Unit.id != staff.root_unit_id)
    found = session.execute(_offered_by(others, on).order_by(ProcedureVersion.name_fold, ProcedureVersion.version))
    newest = {code: ProcedureOption(code, v.name, v.short_name, tuple(v.aliases)) for code, v, _ in found}
    return tuple(option for code, option in newest.items() if code not in own)


def settlers(session: Session, staff: Staff, code: str, on: date) -> tuple[tuple[int, str, str], ...]:
    """Return (id, code, name) of the authorities of this house that settle a procedure, the desk's own first."""
    own_units = select(Unit.id).where(Unit.is_own)
    found = session.execute(_offered_by(own_units, on).where(Procedure.code == code))
    ids = {row.settling_unit_id for _code, _version, row in found if row.unit_id == row.settling_unit_id}
    units = [session.get_one(Unit, unit_id) for unit_id in ids]
    in_order = sorted(units, key=lambda unit: (unit.id != staff.root_unit_id, unit.name_sort, unit.name))
    return tuple((unit.id, unit.code, unit.name) for unit in in_order)


def authorities(session: Session, staff: Staff) -> tuple[tuple[str, str], ...]:
    """Return (code, name) of the other authorities of this house, by name: who may help to file, or return."""
    found = session.execute(
        select(Unit.code, Unit.name)
        .where(Unit.is_own, Unit.id == Unit.root_id, Unit.id != staff.root_unit_id)
        .order_by(Unit.name_sort, Unit.name)
    )
    return tuple((code, name) for code, name in found)


def most_used(session: Session, staff: Staff, since: datetime) -> tuple[str, ...]:
    """Return the codes of the procedures that `staff` received most since an instant."""
    found = session.execute(
        select(Procedure.code)
        .select_from(Event)
        .join(Dossier, Dossier.id == Event.dossier_id)
        .join(ProcedureVersion, ProcedureVersion.id == Dossier.procedure_version_id)
        .join(Procedure, Procedure.id == ProcedureVersion.procedure_id)
        .where(Event.user_id == staff.user_id, Event.at >= since, Event.kind == "dossier:received")
        .group_by(Procedure.code)
        .order_by(func.count().desc(), Procedure.code)
        .limit(MOST_USED)
    )
    return tuple(found.scalars())


def offered_procedure(session: Session, unit_id: int, code: str, on: date) -> OfferedProcedure | None:
    """Return the procedure `code` as the authority `unit_id` receives it on a day, or None."""
    found = session.execute(
        _offered(unit_id, on).where(Procedure.code == code).order_by(ProcedureVersion.version.desc()).limit(1)
    ).first()
    if found is None:
        return None
    _code, version, offering = found
    settling = session.get_one(Unit, offering.settling_unit_id)
    parts = parts_of(session, version.id, version.revision)
    return OfferedProcedure(
        code=code,
        name=version.name,
        short_name=version.short_name or version.name,
        version=version.version,
        settling_unit_id=settling.id,
        settling_unit=settling.name,
        result_form=version.result_form,
        result_name=version.result_name,
        needs_digitizing=version.needs_digitizing,
        own_fields=tuple(version.own_fields),
        cases=tuple(version.cases),
        papers=parts.components,
        fees=parts.fees,
        limits=tuple(parts.limits.values()),
    )


def _offered(unit_id: int, on: date) -> Select[str, ProcedureVersion, Offering]:
    return _offered_by(select(Unit.id).where(Unit.id == unit_id), on)


def _offered_by(unit_ids: Select[int], on: date) -> Select[str, ProcedureVersion, Offering]:
    return (
        select(Procedure.code, ProcedureVersion, Offering)
        .join(ProcedureVersion, ProcedureVersion.procedure_id == Procedure.id)
        .join(Offering, Offering.procedure_id == Procedure.id)
        .where(
            Offering.unit_id.in_(unit_ids),
            Offering.is_open,
            ProcedureVersion.status == "ready",
            ProcedureVersion.effective_from <= on,
            or_(ProcedureVersion.effective_to.is_(None), ProcedureVersion.effective_to > on),
        )
    )


def fields_offered(session: Session, unit_id: int) -> tuple[str, ...]:
    """Return the fields (lĩnh vực) of the procedures that an authority receives, in their order."""
    found = session.scalars(
        select(ProcedureVersion.field)
        .join(Offering, Offering.procedure_id == ProcedureVersion.procedure_id)
        .where(Offering.unit_id == unit_id)
        .distinct()
        .order_by(ProcedureVersion.field)
    )
    return tuple(found)
