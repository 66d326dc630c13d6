"""Flags of a period with what was asked and answered about them (cờ và giải trình), from the event chain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db.models import Event, FlagCount, Unit
from app.domain.flags import Finding, findings
from app.domain.periods import Period
from app.domain.reports import ReportUnit
from app.queries.flag_evidence import evidence_of

SUBJECT, ASKED, ANSWERED = "flag", "flag:asked", "flag:answered"


@dataclass(frozen=True, slots=True)
class Word:
    """One question or answer: who, when, what."""

    kind: str
    at: datetime
    who: str
    text: str


@dataclass(frozen=True, slots=True)
class Flag:
    """A finding, the unit it concerns, and what was said about it, the oldest first."""

    finding: Finding
    unit: str
    unit_code: str
    words: tuple[Word, ...]

    @property
    def state(self) -> str:
        """How far it is: new, asked, answered — by the last word."""
        if not self.words:
            return "new"
        return "answered" if self.words[-1].kind == ANSWERED else "asked"


def flags_of(session: Session, unit: ReportUnit, period: Period) -> tuple[Flag, ...]:
    """Return the flags of a unit and a period, rule by rule."""
    found = findings(evidence_of(session, unit.unit_ids, period))
    units = _units(session, {finding.unit_id for finding in found})
    said = _said(session, {finding.id for finding in found})
    return tuple(Flag(finding, *units[finding.unit_id], said.get(finding.id, ())) for finding in found)


def _units(session: Session, ids: set[int]) -> Mapping[int, tuple[str, str]]:
    rows = session.execute(select(Unit.id, Unit.name, Unit.code).where(Unit.id.in_(ids)))
    return {row[0]: (row[1], row[2]) for row in rows}


def _said(session: Session, ids: set[str]) -> Mapping[str, tuple[Word, ...]]:
    rows = session.scalars(
        select(Event).where(Event.subject_kind == SUBJECT, Event.subject_id.in_(ids)).order_by(Event.id)
    )
    said: dict[str, list[Word]] = {}
    for event in rows:
        text = str((event.payload or {}).get("text", ""))
        said.setdefault(event.subject_id, []).append(Word(event.kind, event.at, event.actor_name, text))
    return {key: tuple(words) for key, words in said.items()}


@dataclass(frozen=True, slots=True)
class FlagsWaiting:
    """How many flags of a unit and a period wait for an answer, and when that was counted."""

    count: int
    counted_at: datetime


def flags_waiting(session: Session, unit: ReportUnit, period: Period) -> FlagsWaiting | None:
    """Return what was last counted of a report month, also of one that runs; None for other periods."""
    counted = session.execute(
        select(func.sum(FlagCount.waiting), func.max(FlagCount.counted_at)).where(
            FlagCount.unit_id.in_(unit.unit_ids),
            FlagCount.first_day == period.first_day,
            FlagCount.end_day >= period.end_day,
        )
    ).one()
    return None if counted[1] is None else FlagsWaiting(int(counted[0]), counted[1])
