"""Publishing moved due times in bulk (công bố hạn mới hàng loạt): event, dossier, clock and fact together.

What one use case writes for one dossier through the ORM, in a handful of statements for hundreds: a calendar change
moves the dates of a whole province, and the desks that write beside it must not wait. The statements are built once;
each takes a stretch of the run's staged rows, in the order of the dossiers.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Column, ColumnElement, bindparam, case, insert, literal, select, update
from sqlalchemy.orm import Session

from app.db.base import UTCDateTime, table_of
from app.db.bulk import BulkWriter
from app.db.models import CalendarMove, Dossier, DossierClock, DossierFact, Event, Hop
from app.db.sql_words import stamped
from app.db.structure import STRUCTURE
from app.db.unit_of_work import header_of
from app.domain.chain import Outline, written_digest, written_link
from app.domain.people import Actor

_EVENT, _DOSSIER, _CLOCK, _FACT, _MOVE, _HOP = map(
    table_of, (Event, Dossier, DossierClock, DossierFact, CalendarMove, Hop)
)
_EVENT_COLUMNS = ("subject_kind", "subject_id", "dossier_id", "seq", "kind", "at", "actor_kind", "actor_name",
                  "user_id", "payload", "salt", "payload_hash", "previous", "hash")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stretch:
    """The staged rows of a run for the dossiers after one id up to another."""

    run_id: int
    after: int
    last: int


@dataclass(frozen=True, slots=True)
class Chained:
    """Who moves the dates, when, what each event is called and says: what all are `told`, what `moved` in one."""

    kind: str
    by: Actor
    at: datetime
    told: Mapping[str, str | int | None]
    moved: Callable[[Any], Mapping[str, str | int | None]]


def publish(session: Session, stretch: Stretch, chained: Chained, *, version: int) -> tuple[int, ...]:
    """Write the staged due times of a stretch; return the dossiers that changed since and were left alone."""
    connection = session.connection()
    bounds = {"run": stretch.run_id, "after": stretch.after, "last": stretch.last}
    rows = connection.execute(_STAGED, bounds).all()
    fresh = [row for row in rows if row.event_seq == row.staged_seq and row.is_open]
    left = [row for row in rows if row.event_seq != row.staged_seq or not row.is_open]
    if fresh:
        theirs = {**bounds, "left": [row.id for row in left], "now": chained.at, "version": version}
        connection.execute(_RAISE_SEQ, theirs)
        BulkWriter(connection, _EVENT, _EVENT_COLUMNS, ready=("payload",)).write(_events(fresh, chained))
        for statement in (_WRITE_CLOCKS, _WRITE_STAYS, _WRITE_FACTS, _CLOSE_FACTS):
            connection.execute(statement, theirs)
    return tuple(row.id for row in left if row.is_open)


def _events(rows: Sequence[Any], chained: Chained) -> Iterator[dict[str, Any]]:
    salts, by = secrets.token_bytes(16 * len(rows)), chained.by
    same = {"subject_kind": "dossier", "kind": chained.kind, "at": chained.at, "actor_kind": by.kind,
            "actor_name": by.name, "user_id": by.user_id}  # fmt: skip
    header = header_of("dossier", "", 0, chained.kind, chained.at, by.kind, by.name, by.user_id)
    headers = Outline(header, {name: header[name] for name in header if name not in ("subject", "seq")})
    payloads = Outline((*chained.told, *chained.moved(rows[0]), "after"), chained.told)
    for place, row in enumerate(rows):
        number, seq, previous = row.id, row.event_seq + 1, row.hash
        salt = salts[16 * place : 16 * place + 16]
        written = payloads.of(chained.moved(row), after=_STRUCTURES.of(dict(zip(STRUCTURE, row, strict=False))))
        digest = written_digest(written.encode(), salt)
        its_header = headers.of({"seq": seq, "subject": f"dossier:{number}"})
        yield {
            **same,
            "subject_id": str(number),
            "dossier_id": number,
            "seq": seq,
            "payload": written,
            "salt": salt.hex(),
            "payload_hash": digest,
            "previous": previous,
            "hash": written_link(previous, its_header.encode(), digest),
        }


_STRUCTURES = Outline(STRUCTURE)


def _as_chained(column: Column[Any]) -> ColumnElement[Any]:
    return stamped(column) if isinstance(column.type, UTCDateTime) else column


_LEFT: BindParameter[Any] = bindparam("left", expanding=True)
_NOW = bindparam("now", type_=UTCDateTime())
_IN_STRETCH = (
    (_MOVE.c.run_id == bindparam("run"))
    & (_MOVE.c.dossier_id > bindparam("after"))
    & (_MOVE.c.dossier_id <= bindparam("last"))
)
_FRESH = _IN_STRETCH & _MOVE.c.dossier_id.not_in(_LEFT)

_STAGED = (
    select(*(_as_chained(_DOSSIER.c[name]) for name in STRUCTURE), _DOSSIER.c.id, _DOSSIER.c.event_seq, _EVENT.c.hash,
           _CLOCK.c.is_open, _MOVE.c.event_seq.label("staged_seq"), _MOVE.c.old_due_at, _MOVE.c.due_at,
           _MOVE.c.step_due_at)
    .join(_MOVE, _MOVE.c.dossier_id == _DOSSIER.c.id)
    .join(_CLOCK, _CLOCK.c.dossier_id == _DOSSIER.c.id)
    .join(_EVENT, (_EVENT.c.dossier_id == _DOSSIER.c.id) & (_EVENT.c.seq == _DOSSIER.c.event_seq))
    .where(_IN_STRETCH)
    .order_by(_MOVE.c.dossier_id)
    .with_for_update(of=_DOSSIER, key_share=True)
)  # fmt: skip
_RAISE_SEQ = (
    update(_DOSSIER)
    .where(_DOSSIER.c.id.in_(select(_MOVE.c.dossier_id).where(_FRESH)))
    .values(event_seq=_DOSSIER.c.event_seq + 1)
)
_WRITE_CLOCKS = (
    update(_CLOCK)
    .where(_FRESH, _CLOCK.c.dossier_id == _MOVE.c.dossier_id)
    .values(
        **{name: _MOVE.c[name] for name in ("due_at", "due_day", "promised_at", "statutory_due_at", "step_due_at")},
        calendar_version=bindparam("version"),
    )
)
# What a clock says of the present step, its stay says too.
_WRITE_STAYS = (
    update(_HOP)
    .where(_FRESH, _HOP.c.dossier_id == _MOVE.c.dossier_id, _HOP.c.left_at.is_(None), _MOVE.c.step_due_at.is_not(None))
    .values(due_at=_MOVE.c.step_due_at)
)

# Asked so that the index on the dossier is taken, not the one on all facts that stand.
_STANDS = case((_FACT.c.valid_to.is_(None), 1), else_=0) == 1
_SINCE = case((_FACT.c.valid_from > _NOW, _FACT.c.valid_from), else_=_NOW)
_FACT_NAMES = [column.name for column in _FACT.columns if column.name != "id"]
_NEW_FACT = {
    "valid_from": _SINCE,
    "valid_to": literal(None, _FACT.c.valid_to.type),
    "recorded_at": _NOW,
    "event_seq": _DOSSIER.c.event_seq,
    "due_at": _MOVE.c.due_at,
    "due_day": _MOVE.c.due_day,
    "statutory_due_at": _MOVE.c.statutory_due_at,
}
# The facts that stand are put down once more with the new due times, and then closed.
_WRITE_FACTS = insert(_FACT).from_select(
    _FACT_NAMES,
    select(*(_NEW_FACT.get(name, _FACT.c[name]) for name in _FACT_NAMES))
    .join(_MOVE, _MOVE.c.dossier_id == _FACT.c.dossier_id)
    .join(_DOSSIER, _DOSSIER.c.id == _FACT.c.dossier_id)
    .where(_FRESH, _STANDS, _FACT.c.event_seq < _DOSSIER.c.event_seq),
)
_CLOSE_FACTS = (
    update(_FACT)
    .where(
        _FACT.c.dossier_id.in_(select(_MOVE.c.dossier_id).where(_FRESH)),
        _STANDS,
        _FACT.c.event_seq < select(_DOSSIER.c.event_seq).where(_DOSSIER.c.id == _FACT.c.dossier_id).scalar_subquery(),
    )
    .values(valid_to=_SINCE)
)
