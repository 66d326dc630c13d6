"""The event log as an export (xuất nhật ký): JSON lines that the stand-alone checker reads without this program.

First a line on the export itself, then every event in order, every dossier's structural fields, every root, and
a last line with the sums, so that a cut-off file is told from a whole one. Without payloads the export holds
hashes and headers only: it proves the order and the links to somebody who may not read the content.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db.models import ChainRoot, Dossier, Event
from app.db.session import one_instant
from app.db.structure import stamp, structure_of
from app.db.unit_of_work import header_of
from app.domain.chain import merkle_root

FORMAT = "motcua-audit-1"
BATCH = 2_000
Line = dict[str, Any]


def lines(session: Session, at: datetime) -> Iterator[Line]:
    """Yield the export line by line, payloads included."""
    one_instant(session)
    yield {"type": "export", "format": FORMAT, "at": stamp(at), "payloads": True}
    yield from _events(session)
    yield from _dossiers(session)
    yield from _roots(session)
    yield _end(session)


def sealed_lines(session: Session, at: datetime) -> Iterator[Line]:
    """Yield the export without payloads and without the dossiers' fields."""
    one_instant(session)
    yield {"type": "export", "format": FORMAT, "at": stamp(at), "payloads": False}
    for line in _events(session):
        yield {**line, "payload": None, "salt": None, "withheld": line["payload"] is not None}
    yield from _roots(session)
    yield _end(session)


def _events(session: Session) -> Iterator[Line]:
    rows = session.scalars(select(Event).order_by(Event.id).execution_options(yield_per=BATCH))
    for event in rows:
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
        yield {
            "type": "event",
            "id": event.id,
            "header": header,
            "payload": event.payload,
            "salt": event.salt,
            "payload_hash": event.payload_hash,
            "previous": event.previous,
            "hash": event.hash,
            "erased_by": event.erased_by,
        }
        session.expunge(event)


def _dossiers(session: Session) -> Iterator[Line]:
    for dossier in session.scalars(select(Dossier).order_by(Dossier.id).execution_options(yield_per=BATCH)):
        yield {"type": "dossier", "id": dossier.id, "seq": dossier.event_seq, "now": structure_of(dossier)}
        session.expunge(dossier)


def _roots(session: Session) -> Iterator[Line]:
    for root in session.scalars(select(ChainRoot).order_by(ChainRoot.id)):
        yield {
            "type": "root",
            "period": root.period,
            "first": root.first_event_id,
            "last": root.last_event_id,
            "events": root.events,
            "root": root.root,
            "signature": root.signature.hex() if root.signature else None,
        }


def _end(session: Session) -> Line:
    events = session.scalar(select(func.count()).select_from(Event)) or 0
    leaves = session.scalars(select(Event.hash).order_by(Event.id))
    return {"type": "end", "events": events, "root": merkle_root(leaves)}
