"""The unit of work (giao dịch nghiệp vụ): the only commit, and every dossier change with its event."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import event, func, inspect, select
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from app.db import facts
from app.db.calendars import CalendarBook
from app.db.models import Dossier, DossierClock, DossierFact, Draft, Effect, Event, Job, OutboxMessage
from app.db.structure import stamp, structure_of
from app.domain.chain import GENESIS, link, payload_digest
from app.domain.people import SCHEDULER, Actor
from app.vault import Vault

_FREE = (Dossier, DossierClock, DossierFact, Draft, Effect, Event, Job, OutboxMessage)


class ChangeWithoutEvent(AssertionError):
    """A dossier or what belongs to it was changed and nobody recorded why: a defect of the house."""


class UnitOfWork:
    """One use case: its session, its vault, its calendars, and the events that say what was done.

    Services change rows and call `record`; the door that opened the unit commits it once, at the end.
    """

    def __init__(self, session: Session, vault: Vault, calendars: CalendarBook) -> None:
        self.session = session
        self.vault = vault
        self.calendars = calendars
        self._touched: set[int] = set()
        self._reserved: set[int] = set()
        self._heads: dict[int, str] = {}
        self._recorded: dict[int, tuple[Dossier, datetime, datetime]] = {}
        self._handled: dict[int, datetime] = {}  # by a person, and when
        # The session forgets rows that nobody holds and reads them again; one use case reads each once.
        self._held: list[object] = []
        event.listen(session, "loaded_as_persistent", lambda _session, row: self._held.append(row))
        event.listen(session, "before_flush", self._collect)
        event.listen(session, "do_orm_execute", self._refuse_bulk)

    def record(
        self,
        kind: str,
        dossier: Dossier,
        by: Actor,
        at: datetime,
        /,
        *,
        effective: datetime | None = None,
        **payload: Any,
    ) -> Event:
        """Chain one event of a dossier. `effective` is the true time where it differs (late entry)."""
        # What was changed is written under its reserved number first: an event that stands closes its row.
        self.session.flush()
        if dossier.id in self._reserved:
            self._reserved.discard(dossier.id)
        else:
            dossier.event_seq += 1
        head = self._head(dossier)
        told = {**payload, "after": structure_of(dossier)}
        made = self._event("dossier", str(dossier.id), dossier.event_seq, head, kind, by, at, told)
        made.dossier_id = dossier.id
        self._heads[dossier.id] = made.hash
        self._recorded[dossier.id] = (dossier, at, effective or at)
        if by.kind != SCHEDULER.kind:
            self._handled[dossier.id] = at
        return made

    def note(self, kind: str, subject: tuple[str, str], by: Actor, at: datetime, /, **payload: Any) -> Event:
        """Chain one event of anything but a dossier: ("user", "12"), ("calendar", "1"), ("house", "access")."""
        if self.session.get_bind().dialect.name == "postgresql":
            # Readers of one dossier chain onto the same subject: let them queue, not collide.
            self.session.execute(select(func.pg_advisory_xact_lock(func.hashtext(":".join(subject)))))
        last = self._waiting(subject) or self.session.scalars(
            select(Event)
            .where(Event.subject_kind == subject[0], Event.subject_id == subject[1])
            .order_by(Event.seq.desc())
            .limit(1)
        ).first()
        seq, head = (last.seq + 1, last.hash) if last else (1, GENESIS)
        return self._event(*subject, seq, head, kind, by, at, payload)

    def _waiting(self, subject: tuple[str, str]) -> Event | None:
        """Return the newest event of a subject that this unit made and has not written yet."""
        made = [row for row in self.session.new if isinstance(row, Event)]
        same = [event for event in made if (event.subject_kind, event.subject_id) == subject]
        return max(same, key=lambda event: event.seq, default=None)

    def commit(self) -> None:
        """Refresh caches and facts of what changed, refuse silent changes, commit."""
        self.session.flush()
        if silent := self._touched - self._recorded.keys():
            raise ChangeWithoutEvent(f"dossiers {sorted(silent)} changed without an event")
        for dossier, at, effective in self._recorded.values():
            handled = self._handled.get(dossier.id)
            facts.refresh(self.session, dossier, self.calendars, at=at, effective=effective, handled=handled)
        self.session.commit()

    def _head(self, dossier: Dossier) -> str:
        """Return the hash that the dossier's next event follows."""
        if dossier.id in self._heads:
            return self._heads[dossier.id]
        before = select(Event.hash).where(Event.dossier_id == dossier.id, Event.seq == dossier.event_seq - 1)
        return self.session.scalar(before) or GENESIS

    def _event(
        self,
        subject_kind: str,
        subject_id: str,
        seq: int,
        head: str,
        kind: str,
        by: Actor,
        at: datetime,
        payload: Mapping[str, Any],
    ) -> Event:
        salt = secrets.token_bytes(16)
        digest = payload_digest(payload, salt)
        header = header_of(subject_kind, subject_id, seq, kind, at, by.kind, by.name, by.user_id)
        made = Event(
            subject_kind=subject_kind,
            subject_id=subject_id,
            seq=seq,
            kind=kind,
            at=at,
            actor_kind=by.kind,
            actor_name=by.name,
            user_id=by.user_id,
            payload=dict(payload),
            salt=salt.hex(),
            payload_hash=digest,
            previous=head,
            hash=link(head, header, digest),
        )
        self.session.add(made)
        return made

    def _collect(self, session: Session, _context: UOWTransaction, _instances: Any) -> None:
        for row in (*session.new, *session.dirty, *session.deleted):
            if isinstance(row, Dossier):
                self._reserve(session, row)
            elif not isinstance(row, _FREE) and (dossier_id := getattr(row, "dossier_id", None)):
                self._touched.add(dossier_id)

    def _reserve(self, session: Session, dossier: Dossier) -> None:
        """Take the next event number for a dossier that is written before its event is recorded."""
        if dossier.id is None or dossier in session.new or not session.is_modified(dossier):
            return
        self._touched.add(dossier.id)
        if not inspect(dossier).attrs.event_seq.history.has_changes() and dossier.id not in self._reserved:
            dossier.event_seq += 1
            self._reserved.add(dossier.id)

    def _refuse_bulk(self, state: ORMExecuteState) -> None:
        # A bulk UPDATE passes by before_flush: it could change a dossier that nobody recorded.
        if (state.is_update or state.is_delete) and state.bind_mapper and state.bind_mapper.class_ is Dossier:
            raise ChangeWithoutEvent("bulk changes of dossiers go through uow.bulk")


def header_of(
    subject_kind: str,
    subject_id: str,
    seq: int,
    kind: str,
    at: datetime,
    actor_kind: str,
    actor_name: str,
    user_id: int | None,
) -> dict[str, Any]:
    """Return what of an event is chained beside its payload; the independent checker builds the same."""
    return {
        "subject": f"{subject_kind}:{subject_id}",
        "seq": seq,
        "kind": kind,
        "at": stamp(at),
        "actor": f"{actor_kind}:{actor_name}",
        "user": user_id,
    }
