"""Procedure versions written in bulk (ghi phiên bản thủ tục hàng loạt): the seed and the imports share this.

A definition is everything a version says, already in the shape of the tables. Equal definitions have equal
digests: writing one twice changes nothing; a changed one becomes a new version and closes the one before.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Insert, bindparam, insert, select, update

from app.db.models import (
    Procedure,
    ProcedureComponent,
    ProcedureFee,
    ProcedureLimit,
    ProcedureStep,
    ProcedureVersion,
)
from app.db.unit_of_work import UnitOfWork
from app.domain.process_fit import check_process
from workflows.errors import RuleBroken

Columns = Mapping[str, Any]
_PARTS = {"limits": ProcedureLimit, "fees": ProcedureFee, "components": ProcedureComponent, "steps": ProcedureStep}


@dataclass(frozen=True, slots=True)
class Definition:
    """What one version of a procedure says: its own columns, and the rows of its parts in order."""

    code: str
    version: Columns
    limits: tuple[Columns, ...] = ()
    fees: tuple[Columns, ...] = ()
    components: tuple[Columns, ...] = ()
    steps: tuple[Columns, ...] = ()

    @property
    def digest(self) -> str:
        """A SHA-256 over the whole content; the same definition always gives the same one."""
        parts = {name: [dict(row) for row in getattr(self, name)] for name in _PARTS}
        content = json.dumps({**self.version, **parts}, sort_keys=True, default=str, ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Current:
    """The version of a procedure that the catalogue points to, and the digests of all its versions."""

    procedure_id: int
    version_id: int | None
    newest: int
    status: str
    source: str
    digest: str
    digests: frozenset[str]


def bulk(model: type[Any]) -> Insert:
    """Return an insert for many rows of one shape: NULL is written as such, so that they go as one statement."""
    return insert(model).execution_options(render_nulls=True)


def current_versions(uow: UnitOfWork) -> dict[str, Current]:
    """Return every known procedure by code with where it stands today."""
    digests: dict[int, list[tuple[int, str]]] = {}
    for procedure_id, version, digest in uow.session.execute(
        select(ProcedureVersion.procedure_id, ProcedureVersion.version, ProcedureVersion.content_hash)
    ):
        digests.setdefault(procedure_id, []).append((version, digest))
    pointed = select(
        Procedure.code, Procedure.id, ProcedureVersion.id, ProcedureVersion.status,
        ProcedureVersion.source, ProcedureVersion.content_hash,
    ).outerjoin(ProcedureVersion, ProcedureVersion.id == Procedure.current_version_id)  # fmt: skip
    return {
        code: Current(
            procedure_id, version_id, max((number for number, _ in digests.get(procedure_id, [])), default=0),
            status or "draft", source or "", digest or "",
            frozenset(digest for _, digest in digests.get(procedure_id, [])),
        )
        for code, procedure_id, version_id, status, source, digest in uow.session.execute(pointed)
    }  # fmt: skip


def publish(uow: UnitOfWork, definitions: Sequence[Definition], known: Mapping[str, Current], *, on: date) -> None:
    """Write `definitions` as the current versions from the day `on`; the versions before end that day.

    Raises StepsTooLong or StepsBroken, naming procedure and step: nothing comes in that cannot keep its promise.
    """
    for made in definitions:
        _check_process(made)
    ids = _procedure_ids(uow, definitions, known)
    replaced = [current.version_id for made in definitions if (current := known.get(made.code)) and current.version_id]
    _in_slices(uow, replaced, lambda part: update(ProcedureVersion)
               .where(ProcedureVersion.id.in_(part)).values(effective_to=on))  # fmt: skip
    versions = _add_versions(uow, definitions, known, ids=ids, lasting=(on, None))
    rows = [{"target": procedure_id, "current": version_id} for procedure_id, version_id in versions.items()]
    if rows:
        table = Procedure.__table__
        pointing = update(Procedure).where(table.c.id == bindparam("target"))
        uow.session.connection().execute(pointing.values(current_version_id=bindparam("current")), rows)
        uow.session.flush()  # what the transaction changed before (a calendar's years) must not be expired away
        uow.session.expire_all()


def propose(uow: UnitOfWork, definitions: Sequence[Definition], known: Mapping[str, Current], *, on: date) -> None:
    """Keep `definitions` beside versions that desks work by: drafts in force for no day at all."""
    ids = {made.code: known[made.code].procedure_id for made in definitions}
    _add_versions(uow, definitions, known, ids=ids, lasting=(on, on))


def _check_process(made: Definition) -> None:
    if not made.steps:  # a draft: nobody can open it before somebody gives it a process
        return
    try:
        check_process(made.steps, made.limits)
    except RuleBroken as error:
        raise type(error)(where=f"{made.code}: {error.where}", **error.facts) from error


def _procedure_ids(uow: UnitOfWork, definitions: Iterable[Definition], known: Mapping[str, Current]) -> dict[str, int]:
    ids = {code: current.procedure_id for code, current in known.items()}
    if new := [{"code": made.code} for made in definitions if made.code not in ids]:
        added = uow.session.execute(insert(Procedure).returning(Procedure.code, Procedure.id), new)
        ids.update((code, number) for code, number in added)
    return ids


def _add_versions(
    uow: UnitOfWork, definitions: Sequence[Definition], known: Mapping[str, Current], *, ids: Mapping[str, int],
    lasting: tuple[date, date | None],
) -> dict[int, int]:  # fmt: skip
    """Insert the versions and their parts; return version ids by procedure id."""
    rows = [
        {
            **made.version, "procedure_id": ids[made.code], "content_hash": made.digest,
            "version": known[made.code].newest + 1 if made.code in known else 1,
            "effective_from": lasting[0], "effective_to": lasting[1],
        }
        for made in definitions
    ]  # fmt: skip
    if not rows:
        return {}
    written = bulk(ProcedureVersion).returning(ProcedureVersion.procedure_id, ProcedureVersion.id)
    versions = {row.procedure_id: row.id for row in uow.session.execute(written, rows)}
    for name, model in _PARTS.items():
        parts = [{**row, "version_id": versions[ids[made.code]]} for made in definitions for row in getattr(made, name)]
        if parts:
            uow.session.execute(bulk(model), parts)
    return versions


def _in_slices(uow: UnitOfWork, numbers: Sequence[int], statement: Any) -> None:
    """Run a statement over a long list of ids: databases bound the number of parameters."""
    for start in range(0, len(numbers), 500):
        uow.session.execute(statement(numbers[start : start + 500]), execution_options={"synchronize_session": False})
