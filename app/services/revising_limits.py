"""Revising limits (sửa thời hạn): statutory and shortened, published as `revising` publishes a process.

A draft that the catalogue left undetermined (chưa xác định) is completed the same way: its limits make a new version
that is ready to be opened, with the usual process where it has none.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.db.models import ProcedureVersion
from app.db.unit_of_work import UnitOfWork
from app.domain.limit_terms import Days, TypedLimits, check_room, limit_rows, words_of
from app.domain.people import Actor
from app.domain.process_fit import tightest
from app.services.importing import usual_steps
from app.services.importing_store import Columns
from app.services.revising import Revision, newest_version, parts_of, publish_parts, refuse_stale
from workflows.calendar import VIETNAM
from workflows.limits import written_minutes


def revise_limits(
    uow: UnitOfWork, by: Actor, revision: Revision, *, limits: Sequence[TypedLimits], at: datetime
) -> int:
    """Publish the procedure with these limits; return the number of the new version.

    Raises what `limit_terms.limit_rows` and `publish_limits` raise, VersionStale or NoSuchProcedure.
    """
    version = newest_version(uow, revision.code)
    refuse_stale(version, revision)
    rows = limit_rows(limits, Days(at.astimezone(VIETNAM).date(), revision.since))
    return publish_limits(uow, by, revision, version, rows=rows, limits=limits, at=at)


def publish_limits(
    uow: UnitOfWork,
    by: Actor,
    revision: Revision,
    version: ProcedureVersion,
    *,
    rows: tuple[Columns, ...],
    limits: Sequence[TypedLimits],
    at: datetime,
) -> int:
    """Publish `version` with the limits `rows`, read from `limits`; old and new are in the event.

    Raises StepsTooLong naming the row of `limits` that is too tight, SinceTooEarly or NothingRevised.
    """
    before = parts_of(uow, version.id)
    steps = before["steps"] or _usual(rows)
    check_room(steps, rows, limits)
    told = {"before": words_of(before["limits"]), "after": words_of(rows)}
    return publish_parts(uow, by, revision, version, parts={"limits": rows, "steps": steps}, at=at, told=told)


def _usual(rows: Sequence[Columns]) -> tuple[Columns, ...]:
    tight = tightest(rows)
    return usual_steps(written_minutes(tight)) if tight else ()
