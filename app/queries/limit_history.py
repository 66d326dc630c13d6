"""How the limits of a procedure changed (lịch sử thời hạn): the versions that said something new, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.models import Procedure, ProcedureLimit, ProcedureVersion


@dataclass(frozen=True, slots=True)
class LimitLine:
    """The limits of one channel as they are stored; `percent` is None where nothing is shortened."""

    channel: int
    statutory: str | None
    committed: str | None
    cutoff: str | None
    decision_number: str
    decision_date: date | None
    shortened_from: date | None
    percent: int | None


@dataclass(frozen=True, slots=True)
class LimitVersion:
    """The limits from a day on, until the next version that changed them (None: still so)."""

    number: int
    since: date
    until: date | None
    lines: tuple[LimitLine, ...]


def limit_history(db: Session, code: str) -> tuple[LimitVersion, ...]:
    """Return the limits of a procedure as they changed; drafts that were never in force are left out."""
    versions = db.execute(
        select(ProcedureVersion.id, ProcedureVersion.version, ProcedureVersion.effective_from)
        .join(Procedure, Procedure.id == ProcedureVersion.procedure_id)
        .where(
            Procedure.code == code,
            ProcedureVersion.effective_to.is_(None) | (ProcedureVersion.effective_to > ProcedureVersion.effective_from),
        )
        .order_by(ProcedureVersion.version)
    ).all()
    lines = _lines(db, [row.id for row in versions])
    changed: list[LimitVersion] = []
    for row in versions:
        stated = lines.get(row.id, ())
        if not changed or changed[-1].lines != stated:
            changed.append(LimitVersion(row.version, row.effective_from, None, stated))
    return tuple(_closed(changed))


def current_limits(db: Session, code: str) -> tuple[LimitLine, ...]:
    """Return the limits of the newest version, channels in order."""
    newest = db.scalar(select(Procedure.current_version_id).where(Procedure.code == code))
    return _lines(db, [newest]).get(newest, ()) if newest else ()


def _lines(db: Session, versions: Sequence[int]) -> dict[int, tuple[LimitLine, ...]]:
    found = db.scalars(
        select(ProcedureLimit)
        .where(ProcedureLimit.version_id.in_(versions), ProcedureLimit.statutory.is_not(None))
        .order_by(ProcedureLimit.channel)
    )
    lines: dict[int, tuple[LimitLine, ...]] = {}
    for row in found:
        line = LimitLine(
            row.channel,
            row.statutory,
            row.committed,
            row.cutoff,
            row.decision_number,
            row.decision_date,
            row.shortened_from,
            row.percent,
        )
        lines[row.version_id] = (*lines.get(row.version_id, ()), line)
    return lines


def _closed(changed: Sequence[LimitVersion]) -> Iterable[LimitVersion]:
    """Return the changes, newest first, each with the day on which the next one began."""
    for row, following in zip(reversed(changed), [None, *reversed(changed[1:])], strict=True):
        yield LimitVersion(row.number, row.since, following.since if following else None, row.lines)
