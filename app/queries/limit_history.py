"""How the limits of a procedure changed (lịch sử thời hạn): the versions that said something new, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.models import Procedure, ProcedureVersion
from app.db.version_memo import parts_of
from app.domain.longer_cases import stated
from app.domain.version_parts import LimitLine


@dataclass(frozen=True, slots=True)
class LimitVersion:
    """The limits from a day on, until the next version that changed them (None: still so)."""

    number: int
    since: date
    until: date | None
    lines: tuple[LimitLine, ...]
    cases: tuple[Mapping[str, Any], ...]


def limit_history(db: Session, code: str) -> tuple[LimitVersion, ...]:
    """Return the limits of a procedure as they changed; drafts that were never in force are left out."""
    versions = db.execute(
        select(
            ProcedureVersion.id, ProcedureVersion.revision, ProcedureVersion.version, ProcedureVersion.effective_from
        )
        .join(Procedure, Procedure.id == ProcedureVersion.procedure_id)
        .where(
            Procedure.code == code,
            ProcedureVersion.effective_to.is_(None) | (ProcedureVersion.effective_to > ProcedureVersion.effective_from),
        )
        .order_by(ProcedureVersion.version)
    ).all()
    changed: list[LimitVersion] = []
    for row in versions:
        said = parts_of(db, row.id, row.revision)
        lines, cases = tuple(line for line in said.limits.values() if line.statutory), stated(said.cases)
        if not changed or (changed[-1].lines, changed[-1].cases) != (lines, cases):
            changed.append(LimitVersion(row.version, row.effective_from, None, lines, cases))
    return tuple(_closed(changed))


def _closed(changed: Sequence[LimitVersion]) -> Iterable[LimitVersion]:
    """Return the changes, newest first, each with the day on which the next one began."""
    for row, following in zip(reversed(changed), [None, *reversed(changed[1:])], strict=True):
        yield replace(row, until=following.since if following else None)
