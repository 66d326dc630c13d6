"""Revising limits (sửa thời hạn): statutory and shortened, published as `revising` publishes a process.

A draft that the catalogue left undetermined (chưa xác định) is completed the same way: its limits make a new version
that is ready to be opened, with the usual process where it has none.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.db.models import ProcedureVersion
from app.db.unit_of_work import UnitOfWork
from app.domain.limit_terms import Days, TypedLimits, check_room, limit_rows, placed_limits, words_of
from app.domain.longer_cases import TypedCase, case_rows, changed_cases, kept, refuse_orphans, stated
from app.domain.people import Actor
from app.domain.process_fit import tightest
from app.services.importing import usual_steps
from app.services.importing_store import Columns
from app.services.revising import Revision, newest_version, parts_of, publish_parts, refuse_stale
from workflows.calendar import VIETNAM
from workflows.limits import written_minutes


def revise_limits(
    uow: UnitOfWork,
    by: Actor,
    revision: Revision,
    *,
    limits: Sequence[TypedLimits],
    cases: Sequence[TypedCase] | None = None,
    at: datetime,
) -> int:
    """Publish the procedure with these limits and cases (None: the cases stay); return the new version's number.

    Raises what `limit_terms.limit_rows`, `longer_cases.case_rows` and `publish_limits` raise, VersionStale or
    NoSuchProcedure.
    """
    version = newest_version(uow, revision.code)
    refuse_stale(version, revision)
    days = Days(at.astimezone(VIETNAM).date(), revision.since)
    rows = limit_rows(limits, days)
    typed = stated(version.cases) if cases is None else case_rows(cases, days)
    return publish_limits(uow, by, revision, version, placed=placed_limits(rows, limits), cases=typed, at=at)


def publish_limits(
    uow: UnitOfWork,
    by: Actor,
    revision: Revision,
    version: ProcedureVersion,
    *,
    placed: Sequence[tuple[str, Columns]],
    cases: Sequence[Columns],
    at: datetime,
) -> int:
    """Publish `version` with the limits of `placed` and these cases; old and new are in the event.

    Raises StepsTooLong naming the place that is too tight, CaseHasPapers, SinceTooEarly or NothingRevised.
    """
    before, cases_before = parts_of(uow, version.id), stated(version.cases)
    rows = tuple(row for _place, row in placed)
    steps = before["steps"] or _usual(rows)
    check_room(steps, [*placed, *changed_cases(cases, cases_before)])
    refuse_orphans(cases_before, cases, before["components"])
    told = {"before": words_of([*before["limits"], *cases_before]), "after": words_of([*rows, *cases])}
    parts, columns = {"limits": rows, "steps": steps}, {} if cases == cases_before else {"cases": kept(cases)}
    return publish_parts(uow, by, revision, version, parts=parts, columns=columns, at=at, told=told)


def _usual(rows: Sequence[Columns]) -> tuple[Columns, ...]:
    tight = tightest(rows)
    return usual_steps(written_minutes(tight)) if tight else ()
