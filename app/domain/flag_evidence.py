"""What flags are found in (bằng chứng): times, counts and keyed digests of dossiers, without a name or a number of
any person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Ended:
    """A dossier that ended: for when it was entered, when that was recorded, by which account."""

    number: str
    unit_id: int
    ended_at: datetime
    recorded_at: datetime
    due_at: datetime | None
    promised_at: datetime | None
    is_late: bool
    ended_by: int | None


@dataclass(frozen=True, slots=True)
class Stop:
    """A suspension, with the clock's start and the due time that was promised at reception."""

    number: str
    unit_id: int
    clock_started_at: datetime
    started_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for a supplement after reception, and how many files or papers came until it was answered."""

    number: str
    unit_id: int
    asked_at: datetime
    answered_at: datetime | None
    papers_added: int


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that counts as digitized: the keyed digest of its own file (none where it was reused), or empty."""

    number: str
    unit_id: int
    name: str
    digest: str
    is_empty: bool


@dataclass(frozen=True, slots=True)
class Filed:
    """An online filing under one digest: of a phone, a person, a network address; or the account that filed it."""

    number: str
    unit_id: int
    kind: str
    digest: str
    filed_at: datetime


@dataclass(frozen=True, slots=True)
class Twin:
    """A dossier's national status here and at the national portal, both as of when the portal was asked."""

    number: str
    unit_id: int
    ours: int
    theirs: int
    checked_at: datetime


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that a period's flags are found in."""

    ended: tuple[Ended, ...] = ()
    stops: tuple[Stop, ...] = ()
    asked: tuple[Asked, ...] = ()
    papers: tuple[Paper, ...] = ()
    filed: tuple[Filed, ...] = ()
    twins: tuple[Twin, ...] = ()
