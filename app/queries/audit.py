"""The whole event log checked in place (kiểm tra nhật ký): every link, every payload, every dossier, every root.

The stand-alone checker (`app/audit/checker.py`) reads an export and repeats the same with code of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.db.models import ChainRoot, Dossier, Event
from app.db.session import one_instant
from app.db.structure import structure_of
from app.db.unit_of_work import header_of
from app.domain.audit import AuditReport, Fault, FaultKind
from app.domain.chain import GENESIS, link, merkle_root, payload_digest, root_words

BATCH = 2_000
DOSSIER = "dossier"
AFTER = "after"
# Tells whether a signature over a root is the house's own; given by the door, which holds the key.
Verifies = Callable[[bytes, bytes], bool]


def verify(session: Session, verifies: Verifies) -> AuditReport:
    """Recompute everything, as of one instant, and return what does not fit."""
    one_instant(session)
    tally = _Tally()
    faults = [*_chains(session, tally), *_dossiers(session), *_batches(session), *_roots(session, verifies, tally)]
    leaves = session.scalars(select(Event.hash).order_by(Event.id))
    return AuditReport(
        tally.events, tally.subjects, tally.dossiers, tally.erased, tally.roots, merkle_root(leaves), tuple(faults)
    )


class _Tally:
    """What the check has looked at so far."""

    def __init__(self) -> None:
        self.events = self.subjects = self.dossiers = self.erased = self.roots = 0


def _chains(session: Session, tally: _Tally) -> Iterator[Fault]:
    rows = session.scalars(
        select(Event)
        .order_by(Event.subject_kind, Event.subject_id, Event.seq, Event.id)
        .execution_options(yield_per=BATCH)
    )
    for (kind, subject_id), events in groupby(rows, key=lambda event: (event.subject_kind, event.subject_id)):
        tally.subjects += 1
        tally.dossiers += kind == DOSSIER
        yield from _chain(session, f"{kind}:{subject_id}", events, tally)


def _chain(session: Session, subject: str, events: Iterator[Event], tally: _Tally) -> Iterator[Fault]:
    previous, expected = GENESIS, 1
    for event in events:
        tally.events += 1
        tally.erased += event.erased_by is not None
        if event.seq != expected:
            yield Fault(FaultKind.SEQUENCE, subject, event.seq, f"{expected}")
        if event.previous != previous:
            yield Fault(FaultKind.PREVIOUS, subject, event.seq)
        yield from _event(session, subject, event)
        previous, expected = event.hash, event.seq + 1
        session.expunge(event)


def _event(session: Session, subject: str, event: Event) -> Iterator[Fault]:
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
    if link(event.previous, header, event.payload_hash) != event.hash:
        yield Fault(FaultKind.HASH, subject, event.seq)
    if event.subject_kind == DOSSIER and str(event.dossier_id) != event.subject_id:
        yield Fault(FaultKind.SUBJECT, subject, event.seq, str(event.dossier_id))
    if event.erased_by is not None:
        if session.scalar(select(Event.kind).where(Event.id == event.erased_by)) is None:
            yield Fault(FaultKind.ERASURE, subject, event.seq)
    elif event.payload is None or event.salt is None or not _payload_fits(event):
        yield Fault(FaultKind.PAYLOAD, subject, event.seq)


def _payload_fits(event: Event) -> bool:
    try:
        return payload_digest(event.payload or {}, bytes.fromhex(event.salt or "")) == event.payload_hash
    except (TypeError, ValueError):  # somebody wrote a fraction or a broken salt past the house
        return False


def _dossiers(session: Session) -> Iterator[Fault]:
    """Compare every dossier with the newest event of its chain."""
    newest, later = aliased(Event), aliased(Event)
    is_newest = ~select(later.id).where(later.dossier_id == newest.dossier_id, later.seq > newest.seq).exists()
    rows = session.execute(
        select(Dossier, newest)
        .outerjoin(newest, (newest.dossier_id == Dossier.id) & is_newest)
        .order_by(Dossier.id)
        .execution_options(yield_per=BATCH)
    )
    for dossier, event in rows:
        subject = f"{DOSSIER}:{dossier.id}"
        if event is None:
            yield Fault(FaultKind.NO_EVENTS, subject)
        else:
            yield from _row(subject, dossier, event)
        session.expunge_all()


def _row(subject: str, dossier: Dossier, event: Event) -> Iterator[Fault]:
    if dossier.event_seq != event.seq:
        yield Fault(FaultKind.TAIL, subject, event.seq, str(dossier.event_seq))
    told = (event.payload or {}).get(AFTER)
    if told is None:
        return
    now = structure_of(dossier)
    if differing := sorted(name for name in told if told[name] != now.get(name)):
        yield Fault(FaultKind.STRUCTURE, subject, event.seq, ", ".join(differing))


def _batches(session: Session) -> Iterator[Fault]:
    """Compare every imported batch with the dossiers that came in with it: their own chains tell nothing once gone."""
    for batch in session.scalars(select(Event).where(Event.kind == "dossiers:batch_imported").order_by(Event.id)):
        told = batch.payload or {}
        came = select(Event.hash).where(
            Event.kind == "dossier:imported", Event.dossier_id.between(told.get("first"), told.get("last"))
        )
        leaves = session.scalars(came.order_by(Event.dossier_id)).all()
        if told and (len(leaves) != told["imported"] or merkle_root(leaves) != told["digest"]):
            yield Fault(FaultKind.BATCH, f"{batch.subject_kind}:{batch.subject_id}", batch.seq, f"{told['first']}…")


def _roots(session: Session, verifies: Verifies, tally: _Tally) -> Iterator[Fault]:
    for root in session.scalars(select(ChainRoot).order_by(ChainRoot.id)):
        tally.roots += 1
        stretch = Event.id.between(root.first_event_id, root.last_event_id)
        leaves = session.scalars(select(Event.hash).where(stretch).order_by(Event.id)).all()
        subject = f"root:{root.period}"
        if len(leaves) != root.events or merkle_root(leaves) != root.root:
            yield Fault(FaultKind.ROOT, subject)
        if root.signature is None or not verifies(_words(root), root.signature):
            yield Fault(FaultKind.SIGNATURE, subject)


def _words(root: ChainRoot) -> bytes:
    return root_words(root.period, (root.first_event_id, root.last_event_id), root.events, root.root)
