"""Importing shortened limits (nhập thời hạn rút ngắn): what a decision lists becomes new versions, all or none.

A line without a statutory limit keeps the one in force; channels that the file does not name stay as they are. Each
procedure changes from today, or from the day on which its decision takes effect where that is later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby

from app.db.models import ProcedureVersion
from app.db.unit_of_work import UnitOfWork
from app.domain.catalogue_rows import Fault, ImportRefused
from app.domain.limit_table import LimitLine
from app.domain.limit_terms import Days, TypedLimits, limit_rows, placed_limits, read_day, typed_limits
from app.domain.longer_cases import stated
from app.domain.people import Actor
from app.services.importing import Imported, Progress, note_import
from app.services.importing_store import Columns
from app.services.opening import NoSuchProcedure, ProcedureIncomplete
from app.services.revising import NothingRevised, Revision, newest_version, parts_of
from app.services.revising_limits import publish_limits
from workflows.calendar import VIETNAM
from workflows.errors import RuleBroken, StepsTooLong


def import_limits(
    uow: UnitOfWork, lines: Sequence[LimitLine], by: Actor, *, at: datetime, progress: Progress = lambda _done: None
) -> Imported:
    """Publish each procedure of the file with its limits. Raises ImportRefused with every line that is refused."""
    faults, changed, done = list[Fault](), 0, 0
    for code, group in groupby(sorted(lines, key=lambda one: one.code), key=lambda one: one.code):
        listed = tuple(group)
        try:
            changed += _revise(uow, code, listed, by, at=at)
        except ImportRefused as refused:
            faults += refused.faults
        progress(done := done + len(listed))
    if faults:
        raise ImportRefused(sorted(faults, key=lambda fault: fault.line))
    note_import(uow, "limits", by, at=at, rows=len(lines), changed=changed)
    return Imported(0, changed, ())


def _revise(uow: UnitOfWork, code: str, lines: Sequence[LimitLine], by: Actor, *, at: datetime) -> bool:
    """Publish one procedure; False where it says so already. Raises ImportRefused, then nothing is changed."""
    try:
        version = newest_version(uow, code)
    except NoSuchProcedure as error:
        raise ImportRefused([Fault(lines[0].line, "code", str(error))]) from error
    if version.status != "ready":
        incomplete = ProcedureIncomplete(count=1, names=version.name[:80])
        raise ImportRefused([Fault(lines[0].line, "code", str(incomplete))])
    before = {row["channel"]: row for row in parts_of(uow, version.id)["limits"]}
    filled = [_filled(line.typed, before) for line in lines]
    days = Days(at.astimezone(VIETNAM).date(), _since(version, filled, at))
    rows = {row["channel"]: row for row in _read(lines, filled, days)}
    ordered = tuple(row for _channel, row in sorted({**before, **rows}.items()))
    revision, placed = Revision(code, version.id, days.since), placed_limits(ordered, filled)
    try:
        publish_limits(uow, by, revision, version, placed=placed, cases=stated(version.cases), at=at)
    except NothingRevised:
        return False
    except StepsTooLong as error:
        _place, number, _field = (error.where or "").split(".")
        raise ImportRefused([_fault(error, lines[max(int(number), 1) - 1])]) from error
    return True


def _read(lines: Sequence[LimitLine], filled: Sequence[TypedLimits], days: Days) -> list[Columns]:
    """Return the rows of the lines. Raises ImportRefused naming every line that cannot be."""
    rows, faults = list[Columns](), list[Fault]()
    for line, typed in zip(lines, filled, strict=True):
        try:
            rows += limit_rows([typed], days)
        except RuleBroken as error:
            faults.append(_fault(error, line))
    if faults:
        raise ImportRefused(faults)
    return rows


def _fault(error: RuleBroken, line: LimitLine) -> Fault:
    return Fault(line.line, (error.where or "code").rpartition(".")[2], str(error))


def _filled(typed: TypedLimits, before: Mapping[int, Columns]) -> TypedLimits:
    """Return the line with the statutory limit in force where it states none."""
    row = before.get(int(typed.channel))
    if typed.statutory_amount or typed.statutory_unit or row is None or row["statutory"] is None:
        return typed
    stands = typed_limits({**row, "committed": None})
    return replace(
        typed,
        statutory_amount=stands.statutory_amount,
        statutory_unit=stands.statutory_unit,
        cutoff=typed.cutoff or stands.cutoff,
    )


def _since(version: ProcedureVersion, typed: Iterable[TypedLimits], at: datetime) -> date:
    """Return the first day on which every line of the procedure may hold."""
    days = [at.astimezone(VIETNAM).date(), version.effective_from]
    for one in typed:
        try:
            days.append(read_day(one.shortened_from, "shortened_from"))
        except RuleBroken:  # the line is refused for it when it is read
            continue
    return max(days)
