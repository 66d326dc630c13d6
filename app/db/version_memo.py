"""Limits, papers, steps and fees of a procedure version, read once a process (nội dung của một phiên bản thủ tục).

A version's `revision` is a random token that is drawn anew whenever its parts change: what was read under a token
stays true, in this process and every other, and a change that was rolled back never comes back under the same one.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from app.db.base import table_of
from app.db.models import ProcedureComponent, ProcedureFee, ProcedureLimit, ProcedureStep, ProcedureVersion
from app.domain.version_parts import FeeLine, LimitLine, PaperLine, StepLine, VersionParts

_KEPT = 2_000  # versions; a province has some 2,600, a desk opens a few hundred


def _asked(model: Any, line: type[Any], *, order: str) -> Select[Any]:
    """Return the question for the rows of a part: the columns are the fields of its line."""
    table = table_of(model)
    wanted = select(*(table.c[field.name] for field in fields(line))).where(table.c.version_id == bindparam("version"))
    return wanted.order_by(table.c[order])


_VERSIONS = table_of(ProcedureVersion)
_OWN = select(
    _VERSIONS.c.procedure_id,
    _VERSIONS.c.field,
    _VERSIONS.c.result_name,
    _VERSIONS.c.needs_digitizing,
    _VERSIONS.c.cases,
).where(_VERSIONS.c.id == bindparam("version"))
_LIMITS = _asked(ProcedureLimit, LimitLine, order="channel")
_PAPERS = _asked(ProcedureComponent, PaperLine, order="ordinal")
_STEPS = _asked(ProcedureStep, StepLine, order="ordinal")
_FEES = _asked(ProcedureFee, FeeLine, order="id")

_known: dict[str, VersionParts] = {}


def parts_of(session: Session, version_id: int, revision: str) -> VersionParts:
    """Return what a version says under the revision that the session's transaction reads in its row."""
    found = _known.get(revision)
    if found is None:
        if len(_known) >= _KEPT:
            _known.clear()
        found = _known[revision] = _read(session, version_id)
    return found


def _read(session: Session, version_id: int) -> VersionParts:
    def rows(statement: Select[Any]) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in session.connection().execute(statement, {"version": version_id})]

    ((procedure_id, field, result_name, needs_digitizing, cases),) = rows(_OWN)
    return VersionParts(
        version_id,
        procedure_id,
        field,
        bool(result_name),
        needs_digitizing,
        tuple(cases),
        {row[0]: LimitLine(*row) for row in rows(_LIMITS)},
        tuple(PaperLine(*row) for row in rows(_PAPERS)),
        tuple(StepLine(*row) for row in rows(_STEPS)),
        tuple(replace(fee, exemptions=tuple(fee.exemptions)) for fee in (FeeLine(*row) for row in rows(_FEES))),
    )
