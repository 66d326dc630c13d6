"""Publishing moved due times in bulk (công bố hạn mới hàng loạt): event, dossier, clock and fact together.

What one use case writes for one dossier through the ORM, in a handful of statements for hundreds: a calendar change
moves the dates of a whole province, and the desks that write beside it must not wait.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, bindparam, case, insert, literal, select, update
from sqlalchemy.orm import Session

from app.db.base import table_of
from app.db.models import CalendarMove, Dossier, DossierClock, DossierFact, Event, Hop
from app.db.structure import STRUCTURE, structure_in
from app.db.unit_of_work import header_of
from app.domain.chain import link, payload_digest
from app.domain.people import Actor

# One name for a whole batch: each id need not be looked at by itself.
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
Payload = Callable[[Any], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Chained:
    """Who moves the dates, when, and what each event is called and says."""

    kind: str
    by: Actor
    at: datetime
    payload_of: Payload


def publish(session: Session, run_id: int, ids: Sequence[int], chained: Chained, *, version: int) -> tuple[int, ...]:
    """Write the staged due times of these dossiers; return those that have changed since and were left alone."""
    rows = _staged(session, run_id, ids)
    fresh = [row for row in rows if row.event_seq == row.staged_seq and row.is_open]
    stale = tuple(row.id for row in rows if row.event_seq != row.staged_seq and row.is_open)
    if fresh:
        _chain(session, fresh, chained)
        ids = [row.id for row in fresh]
        _write_clocks(session, run_id, ids, version)
        _write_facts(session, run_id, ids, chained.at)
    return stale


def _staged(session: Session, run_id: int, ids: Sequence[int]) -> Sequence[Any]:
    dossier, move, clock, event = (table_of(one).c for one in (Dossier, CalendarMove, DossierClock, Event))
    asked = (
        select(dossier.id, dossier.event_seq, *(dossier[name] for name in STRUCTURE), event.hash, clock.is_open,
               move.event_seq.label("staged_seq"), move.old_due_at, move.due_at, move.step_due_at)
        .join(move.dossier_id.table, move.dossier_id == dossier.id)
        .join(clock.dossier_id.table, clock.dossier_id == dossier.id)
        .join(event.dossier_id.table, (event.dossier_id == dossier.id) & (event.seq == dossier.event_seq))
        .where(move.run_id == run_id, dossier.id.in_(_IDS))
        .order_by(dossier.id)
        .with_for_update(of=table_of(Dossier), key_share=True)
    )  # fmt: skip
    return session.connection().execute(asked, {"ids": ids}).all()


def _chain(session: Session, rows: Sequence[Any], chained: Chained) -> None:
    table, ids = table_of(Dossier), {"ids": [row.id for row in rows]}
    session.connection().execute(update(table).where(table.c.id.in_(_IDS)).values(event_seq=table.c.event_seq + 1), ids)
    session.connection().execute(insert(Event), [_event(row, chained) for row in rows])


def _event(row: Any, chained: Chained) -> dict[str, Any]:
    salt, by = secrets.token_bytes(16), chained.by
    payload = {**chained.payload_of(row), "after": structure_in({name: getattr(row, name) for name in STRUCTURE})}
    digest = payload_digest(payload, salt)
    header = header_of(
        "dossier", str(row.id), row.event_seq + 1, chained.kind, chained.at, by.kind, by.name, by.user_id
    )
    return {
        "subject_kind": "dossier",
        "subject_id": str(row.id),
        "dossier_id": row.id,
        "seq": row.event_seq + 1,
        "kind": chained.kind,
        "at": chained.at,
        "actor_kind": by.kind,
        "actor_name": by.name,
        "user_id": by.user_id,
        "payload": payload,
        "salt": salt.hex(),
        "payload_hash": digest,
        "previous": row.hash,
        "hash": link(row.hash, header, digest),
    }


def _write_clocks(session: Session, run_id: int, ids: Sequence[int], version: int) -> None:
    """Put the staged due times on the clocks, and that of the present step on its stay."""
    clock, move, hop = table_of(DossierClock), table_of(CalendarMove), table_of(Hop)
    staged = (move.c.run_id == run_id) & move.c.dossier_id.in_(_IDS)
    moved = {name: move.c[name] for name in ("due_at", "due_day", "promised_at", "statutory_due_at", "step_due_at")}
    connection = session.connection()
    connection.execute(
        update(clock).where(staged, clock.c.dossier_id == move.c.dossier_id).values(**moved, calendar_version=version),
        {"ids": ids},
    )
    stays = update(hop).where(staged, hop.c.dossier_id == move.c.dossier_id, hop.c.left_at.is_(None))
    connection.execute(stays.where(move.c.step_due_at.is_not(None)).values(due_at=move.c.step_due_at), {"ids": ids})


def _write_facts(session: Session, run_id: int, ids: Sequence[int], at: datetime) -> None:
    """Close the facts that stand and put the same with the new due times after them."""
    table, move, dossier = table_of(DossierFact), table_of(CalendarMove), table_of(Dossier)
    # Asked so that the index on the dossier is taken, not the one on all facts that stand.
    stands = case((table.c.valid_to.is_(None), 1), else_=0) == 1
    since = case((table.c.valid_from > at, table.c.valid_from), else_=literal(at, table.c.valid_from.type))
    new = {
        "valid_from": since,
        "valid_to": literal(None, table.c.valid_to.type),
        "recorded_at": literal(at, table.c.recorded_at.type),
        "event_seq": dossier.c.event_seq,
        "due_at": move.c.due_at,
        "due_day": move.c.due_day,
        "statutory_due_at": move.c.statutory_due_at,
    }
    names = [column.name for column in table.columns if column.name != "id"]
    standing = (
        select(*(new.get(name, table.c[name]) for name in names))
        .join(move, (move.c.dossier_id == table.c.dossier_id) & (move.c.run_id == run_id))
        .join(dossier, dossier.c.id == table.c.dossier_id)
        .where(table.c.dossier_id.in_(_IDS), stands, table.c.event_seq < dossier.c.event_seq)
    )
    connection = session.connection()
    connection.execute(insert(table).from_select(names, standing), {"ids": ids})
    closed = update(table).where(table.c.dossier_id.in_(_IDS), stands)
    seq = select(dossier.c.event_seq).where(dossier.c.id == table.c.dossier_id).scalar_subquery()
    connection.execute(closed.where(table.c.event_seq < seq).values(valid_to=since), {"ids": ids})
