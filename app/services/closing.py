"""Closing a report (chốt số liệu báo cáo): the dossiers behind every cell are kept, with their digest in the chain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, insert, literal, select

from app.db.models import ClosedDossier, ClosedReport, DossierFact, Unit
from app.db.unit_of_work import UnitOfWork
from app.domain.closed_entries import Entry
from app.domain.closed_forms import FormTold
from app.domain.closing import (
    FORM,
    FORMULA_VERSION,
    AlreadyClosed,
    Closed,
    PeriodStillRuns,
    SumsBroken,
    UnknownLeft,
    digest_of,
)
from app.domain.people import Actor, Role, Staff
from app.domain.reports import Form06a, ReportUnit
from app.domain.vietnamese_format import short_date, short_moment
from app.services import importing_runs
from app.services.errors import NoRight
from workflows.states import ActorKind


@dataclass(frozen=True, slots=True)
class Counted:
    """What is closed, as it was counted in the closing transaction.

    `placed` gives dossier, fact, event and both cells of every dossier on form 06a; `forms` is what each form tells,
    `entered` what people entered for it.
    """

    form: Form06a
    placed: Select[Any]
    forms: Mapping[str, FormTold]
    entered: tuple[Entry, ...]


def close_report(uow: UnitOfWork, staff: Staff, counted: Counted, at: datetime) -> Closed:
    """Close a period of a unit, by its leader or the province.

    Raises NoRight, PeriodStillRuns, AlreadyClosed, UnknownLeft, SumsBroken.
    """
    if not staff.has(Role.LEADER, Role.PROVINCE):
        raise NoRight(who="lãnh đạo đơn vị hoặc Văn phòng UBND tỉnh")
    return close(uow, counted, Actor(ActorKind.STAFF, staff.name, staff.user_id, staff.unit_id), at)


def close(uow: UnitOfWork, counted: Counted, by: Actor, at: datetime) -> Closed:
    """Close a period as it was counted in this very transaction, all its forms at once. Raises as `close_report`."""
    form, unit, period = counted.form, counted.form.unit, counted.form.period
    unit_id = uow.session.scalars(select(Unit.id).where(Unit.code == unit.code)).one()
    _check(uow, form, unit_id, at)
    total = dict(form.total.cells)
    forms = {name: {"formulas": told.formulas, "total": dict(told.total)} for name, told in counted.forms.items()}
    entered = [one.document() for one in counted.entered]
    row = ClosedReport(
        form=FORM,
        unit_id=unit_id,
        descendants=unit.descendants,
        first_day=period.first_day,
        end_day=period.end_day,
        formula_version=FORMULA_VERSION,
        total=total,
        forms=forms,
        entered=entered,
        dossiers=total["received_total"],
        digest="",
        closed_by=by.name,
        closed_at=at,
    )
    uow.session.add(row)
    uow.session.flush()
    now = counted.placed.subquery()
    kept = select(literal(row.id), now.c.dossier_id, now.c.fact_id, now.c.came, now.c.stood)
    columns = ["report_id", "dossier_id", "fact_id", "came", "stood"]
    uow.session.execute(insert(ClosedDossier).from_select(columns, kept))
    row.digest = digest(uow, row, unit)
    uow.note(
        "figures:closed",
        ("report", str(row.id)),
        by,
        at,
        form=FORM,
        unit=unit.code,
        descendants=unit.descendants,
        first_day=str(period.first_day),
        end_day=str(period.end_day),
        formula_version=FORMULA_VERSION,
        dossiers=row.dossiers,
        total=total,
        forms=forms,
        entered=entered,
        digest=row.digest,
    )
    uow.session.flush()
    return Closed(row.id, at, by.name, FORMULA_VERSION, row.dossiers, row.digest)


def digest(uow: UnitOfWork, row: ClosedReport, unit: ReportUnit) -> str:
    """Return the digest over what is kept of a closed report, read back from the database."""
    header: dict[str, Any] = {
        "form": row.form,
        "unit": unit.code,
        "descendants": unit.descendants,
        "first_day": str(row.first_day),
        "end_day": str(row.end_day),
        "formula_version": row.formula_version,
        "total": row.total,
        # Not kept of periods closed before it was.
        **({"forms": row.forms} if row.forms else {}),
        **({} if row.entered is None else {"entered": row.entered}),
    }
    rows = uow.session.execute(
        select(
            ClosedDossier.dossier_id,
            ClosedDossier.fact_id,
            DossierFact.event_seq,
            ClosedDossier.came,
            ClosedDossier.stood,
        )
        .join(DossierFact, DossierFact.id == ClosedDossier.fact_id)
        .where(ClosedDossier.report_id == row.id)
        .order_by(ClosedDossier.dossier_id)
        .execution_options(yield_per=5_000)
    )
    return digest_of(header, ((one[0], one[1], one[2], one[3], one[4]) for one in rows))


def _check(uow: UnitOfWork, form: Form06a, unit_id: int, at: datetime) -> None:
    if at < form.period.end:
        raise PeriodStillRuns(where="to", last=short_date(form.period.last_day))
    same = select(ClosedReport).where(
        ClosedReport.form == FORM,
        ClosedReport.unit_id == unit_id,
        ClosedReport.descendants == form.unit.descendants,
        ClosedReport.first_day == form.period.first_day,
        ClosedReport.end_day == form.period.end_day,
    )
    if earlier := uow.session.scalars(same).first():
        raise AlreadyClosed(when=short_moment(earlier.closed_at), who=earlier.closed_by)
    if half_done := importing_runs.half_done(uow.session):
        raise importing_runs.refusal(half_done)
    if form.unknown:
        raise UnknownLeft(count=form.unknown)
    if not form.balances:
        raise SumsBroken
