"""The unit of work (giao dịch nghiệp vụ): the only commit, and every dossier change with its event."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, event, func, inspect, select
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from app.db import facts
from app.db.base import table_of
from app.db.calendars import CalendarBook
from app.db.just_written import Newborns, PaperWritten
from app.db.late_rows import LateRows
from app.db.models import Dossier, DossierClock, DossierFact, Draft, Effect, Event, Job, NationalCopy, OutboxMessage
from app.db.structure import stamp, structure_of
from app.domain.chain import GENESIS, link, payload_digest
from app.domain.people import SCHEDULER, Actor
from app.domain.version_parts import VersionParts
from app.vault import Vault

_FREE = (Dossier, DossierClock, DossierFact, Draft, Effect, Event, Job, NationalCopy, OutboxMessage)
_EVENTS = table_of(Event)
_LAST_OF_SUBJECT = (
    select(_EVENTS.c.seq, _EVENTS.c.hash)
    .where(_EVENTS.c.subject_kind == bindparam("of_kind"), _EVENTS.c.subject_id == bindparam("of_id"))
    .order_by(_EVENTS.c.seq.desc())
    .limit(1)
)


class ChangeWithoutEvent(AssertionError):
    """A dossier or what belongs to it was changed and nobody recorded why: a defect of the house."""


class UnitOfWork:
    """One use case: its session, its vault, its calendars, and the events that say what was done.

    Services change rows and call `record`; the door that opened the unit commits it once, at the end.
    """

    def __init__(self, session: Session, vault: Vault, calendars: CalendarBook) -> None:
        self.session = session
        self.connection = session.connection()  # for rows that nobody reads back as objects
        self.late = LateRows(session)
        self.vault = vault
        self.calendars = calendars
        self.newborns = Newborns()
        self._touched: set[int] = set()
        self._reserved: set[int] = set()
        self._heads: dict[int, str] = {}
        self._recorded: dict[int, tuple[Dossier, datetime, datetime]] = {}
        self._handled: dict[int, datetime] = {}  # by a person, and when
        # The session forgets rows that nobody holds and reads them again; one use case reads each once.
        self._held: list[object] = []
        event.listen(session, "loaded_as_persistent", self._hold)
        event.listen(session, "before_flush", self._collect)
        event.listen(session, "do_orm_execute", self._refuse_bulk)

    def wrote_down(self, dossier: Dossier, version: VersionParts, papers: tuple[PaperWritten, ...]) -> None:
        """Take note of a dossier that this unit wrote past the session: it needs its event like every other."""
        self._touched.add(dossier.id)
        self.newborns.add(dossier, version, papers)

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
    ) -> None:
        """Chain one event of a dossier. `effective` is the true time where it differs (late entry)."""
        # What was changed is written under its reserved number first: an event that stands closes its row.
        self.session.flush()
        if dossier.id in self._reserved:
            self._reserved.discard(dossier.id)
        else:
            dossier.event_seq += 1
        self.late.settle(dossier)
        # A new row that something had to see before its event says its number too: the next act goes by it.
        self.session.flush()
        head = self._head(dossier)
        told = {**payload, "after": structure_of(dossier)}
        subject = ("dossier", str(dossier.id))
        self._heads[dossier.id] = self._chain(subject, dossier.event_seq, head, kind, by, at, told, dossier.id)
        self._recorded[dossier.id] = (dossier, at, effective or at)
        if by.kind != SCHEDULER.kind:
            self._handled[dossier.id] = at

    def note(self, kind: str, subject: tuple[str, str], by: Actor, at: datetime, /, **payload: Any) -> None:
        """Chain one event of anything but a dossier: ("user", "12"), ("calendar", "1"), ("house", "access")."""
        if self.session.get_bind().dialect.name == "postgresql":
            # Readers of one dossier chain onto the same subject: let them queue, not collide.
            self.session.execute(select(func.pg_advisory_xact_lock(func.hashtext(":".join(subject)))))
        last = self.connection.execute(_LAST_OF_SUBJECT, {"of_kind": subject[0], "of_id": subject[1]}).first()
        seq, head = (last.seq + 1, last.hash) if last else (1, GENESIS)
        self._chain(subject, seq, head, kind, by, at, payload)

    def commit(self) -> None:
        """Refresh caches and facts of what changed, refuse silent changes, commit."""
        self.session.flush()
        if silent := self._touched - self._recorded.keys():
            raise ChangeWithoutEvent(f"dossiers {sorted(silent)} changed without an event")
        for dossier, at, effective in self._recorded.values():
            handled, written = self._handled.get(dossier.id), self.newborns.of(dossier)
            facts.refresh(
                self.session,
                self.late,
                dossier,
                self.calendars,
                at=at,
                effective=effective,
                handled=handled,
                written=written,
            )
        self.late.write()
        self.session.commit()

    def _head(self, dossier: Dossier) -> str:
        """Return the hash that the dossier's next event follows."""
        if dossier.event_seq == 1:
            return GENESIS
        if dossier.id in self._heads:
            return self._heads[dossier.id]
        before = select(Event.hash).where(Event.dossier_id == dossier.id, Event.seq == dossier.event_seq - 1)
        return self.session.scalar(before) or GENESIS

    def _chain(
        self,
        subject: tuple[str, str],
        seq: int,
        head: str,
        kind: str,
        by: Actor,
        at: datetime,
        payload: Mapping[str, Any],
        dossier_id: int | None = None,
    ) -> str:
        """Write one event after `head` and return its own hash."""
        salt = secrets.token_bytes(16)
        digest = payload_digest(payload, salt)
        made = link(head, header_of(*subject, seq, kind, at, by.kind, by.name, by.user_id), digest)
        columns = {
            "subject_kind": subject[0],
            "subject_id": subject[1],
            "dossier_id": dossier_id,
            "seq": seq,
            "kind": kind,
            "at": at,
            "actor_kind": by.kind,
            "actor_name": by.name,
            "user_id": by.user_id,
            "payload": dict(payload),
            "salt": salt.hex(),
            "payload_hash": digest,
            "previous": head,
            "hash": made,
        }
        self.late.put(_EVENTS, columns)
        return made

    def _collect(self, session: Session, _context: UOWTransaction, _instances: Any) -> None:
        self.late.write()
        for row in (*session.new, *session.dirty, *session.deleted):
            self.newborns.about_to_write(row)
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

    def _hold(self, _session: Session, row: object) -> None:
        self._held.append(row)
        self.newborns.read(row)

    def _refuse_bulk(self, state: ORMExecuteState) -> None:
        # A bulk UPDATE passes by before_flush: it could change a dossier that nobody recorded.
        if (state.is_update or state.is_delete) and state.bind_mapper and state.bind_mapper.class_ is Dossier:
            raise ChangeWithoutEvent("bulk changes of dossiers go through uow.bulk")
        if not state.is_select:
            self.newborns.forget_all()


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
