"""The event log as auditors read it (nhật ký): who did what to the house, and whether the newest links hold.

Dossier events carry personal data and are read in the dossier by those who may; here they are only counted.
The whole chain is checked by `motcua audit verify`; a page looks at the newest events.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session, aliased

from app.db.models import ChainRoot, Event
from app.db.unit_of_work import header_of
from app.domain.chain import GENESIS, link, payload_digest

PAGE_SIZE = 50
NEWEST = 2_000
DOSSIER = "dossier"
# Looking at a dossier is an event of its own; it belongs to "who looked", not to changes of the house.
NOT_OF_THE_HOUSE = (DOSSIER, "reading")


@dataclass(frozen=True, slots=True)
class LogRow:
    """One event of the house."""

    event_id: int
    at: datetime
    kind: str
    subject: str
    actor: str
    facts: tuple[tuple[str, str], ...]
    is_erased: bool


@dataclass(frozen=True, slots=True)
class LogPage:
    """One page of the log."""

    rows: tuple[LogRow, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class ChainState:
    """What the newest links say, and how far signed roots reach."""

    events: int
    checked: int
    broken: tuple[int, ...]
    roots: int
    last_root_at: datetime | None
    last_root: str


def house_events(db: Session, *, kind: str = "", page: int = 1) -> LogPage:
    """Return one page of the house's own events, the newest first; `kind` is a prefix such as "user:"."""
    question = select(Event).where(Event.subject_kind.not_in(NOT_OF_THE_HOUSE))
    if kind:
        question = question.where(Event.kind.startswith(kind, autoescape=True))
    total = db.scalar(select(func.count()).select_from(question.subquery())) or 0
    pages = max(-(-total // PAGE_SIZE), 1)
    shown = min(max(page, 1), pages)
    rows = db.scalars(
        question.order_by(Event.id.desc()).limit(PAGE_SIZE).offset((shown - 1) * PAGE_SIZE)
    )
    return LogPage(tuple(_row(event) for event in rows), total, shown, pages)


def chain_state(db: Session) -> ChainState:
    """Recompute the newest links and return what was found; `broken` are ids of events that do not fit."""
    broken, checked = [], 0
    for event, previous in db.execute(_newest()):
        checked += 1
        if not _fits(event, previous):
            broken.append(event.id)
    last = db.scalars(select(ChainRoot).order_by(ChainRoot.last_event_id.desc()).limit(1)).first()
    return ChainState(
        events=db.scalar(select(func.count()).select_from(Event)) or 0,
        checked=checked,
        broken=tuple(sorted(broken)),
        roots=db.scalar(select(func.count()).select_from(ChainRoot)) or 0,
        last_root_at=last.made_at if last else None,
        last_root=last.root if last else "",
    )


def _newest() -> Select[Event, str]:
    before = aliased(Event)
    same_subject = and_(
        before.subject_kind == Event.subject_kind,
        before.subject_id == Event.subject_id,
        before.seq == Event.seq - 1,
    )
    return (
        select(Event, before.hash).outerjoin(before, same_subject).order_by(Event.id.desc()).limit(NEWEST)
    )


def _fits(event: Event, previous: str | None) -> bool:
    """Tell whether an event's payload, header and predecessor give the hash it carries."""
    if event.previous != (previous if event.seq > 1 else GENESIS):
        return False
    if event.erased_by is None and not _payload_fits(event):
        return False
    header = header_of(
        event.subject_kind,
        event.subject_id,
        event.seq,
        event.kind,
        event.at,
        event.actor_kind,
        event.actor_name,
        event.user_id,
    )
    return link(event.previous, header, event.payload_hash) == event.hash


def _payload_fits(event: Event) -> bool:
    if event.payload is None or event.salt is None:
        return False
    return payload_digest(event.payload, bytes.fromhex(event.salt)) == event.payload_hash


def _row(event: Event) -> LogRow:
    return LogRow(
        event_id=event.id,
        at=event.at,
        kind=event.kind,
        subject=f"{event.subject_kind} {event.subject_id}",
        actor=event.actor_name,
        facts=tuple(_facts(event.payload or {})),
        is_erased=event.erased_by is not None,
    )


def _facts(payload: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield names and texts; what an event tells under one name (the cells of a report) each by its own."""
    for name, value in payload.items():
        if isinstance(value, Mapping):
            yield from _facts(value)
        else:
            yield name, _text(value)


def _text(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
