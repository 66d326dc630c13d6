"""Where is my dossier (tra cứu hồ sơ): progress by number alone, everything else with the secret.

A number can be walked (codes are gapless), so without the secret nothing personal, no procedure and no
reason leaves this module; an unknown number and a hidden dossier answer the same None.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.db.calendars import CalendarBook
from app.db.models import (
    Dossier,
    DossierClock,
    Event,
    Hop,
    IssuedForm,
    Procedure,
    ProcedureVersion,
    Result,
    StoredFile,
    SupplementRequest,
    Unit,
)
from app.domain.identifiers import normal_number, normal_secret
from app.queries.clockwork import Clockwork, clockwork
from app.vault import Vault
from workflows.calendar import VIETNAM
from workflows.states import State

# What a citizen is told of; who looked at the dossier and what the house noted for itself is not theirs.
TOLD = (
    "dossier:filed", "dossier:received", "dossier:refused", "dossier:supplement_asked", "dossier:supplemented",
    "dossier:supplement_expired", "dossier:withdrawn", "dossier:forwarded", "dossier:sent_back",
    "dossier:consulted", "dossier:consultation_answered", "dossier:proposed", "dossier:signed",
    "dossier:finished", "dossier:returned", "dossier:payment_asked", "dossier:paid", "dossier:extended",
    "dossier:stopped", "dossier:imported", "dossier:reissued", "dossier:corrected",
    "dossier:calendar_changed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Progress:
    """What a number alone tells: which desk, how far, since which day."""

    number: str
    receiving_unit: str
    state: State
    was_received: bool
    changed_on: date


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One thing that happened; `reason` only where the citizen is told one."""

    kind: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class AskedSupplement:
    """The open request to supplement (Mẫu 02) that waits for the citizen."""

    lines: tuple[str, ...]
    reason: str
    answer_by: date


@dataclass(frozen=True, slots=True)
class ReleasedResult:
    """One result handed down; `has_file` when there is an electronic copy to take home, a scan or the original."""

    id: int
    title: str
    kind: str
    symbol: str
    issued_on: date | None
    has_file: bool
    is_original: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A unit that the citizen may have to do with."""

    name: str
    address: str
    phone: str


@dataclass(frozen=True, slots=True)
class Tracked:
    """One dossier as its owner sees it."""

    id: int
    number: str
    filing_number: str
    code: str | None
    secret_mac: str
    state: State
    procedure_code: str
    procedure: str
    filed_at: datetime
    received_at: datetime | None
    ended_at: datetime | None
    returned_at: datetime | None
    answer_due_at: datetime | None
    receiving: Place
    settling: Place
    returning: Place
    holder: str
    step: str
    held_since: datetime | None
    delivery: str
    fee_due_vnd: int
    fee_paid_vnd: int
    supplement: AskedSupplement | None
    results: tuple[ReleasedResult, ...]
    history: tuple[HistoryLine, ...]
    settling_unit_id: int
    clockwork: Clockwork | None


@dataclass(frozen=True, slots=True)
class ResultFile:
    """Where the electronic copy of a result lies, and what to call it."""

    storage_id: str
    key_sealed: bytes
    mime: str
    title: str
    symbol: str


def find(session: Session, number: str) -> Dossier | None:
    """Return the published dossier called `number`, however it was typed."""
    wanted = normal_number(number)
    named = or_(Dossier.code == wanted, Dossier.filing_number == wanted, Dossier.external_code == wanted)
    return session.scalars(select(Dossier).where(named, Dossier.is_published).limit(1)).first()


def progress(session: Session, number: str) -> Progress | None:
    """Return how far the dossier called `number` is, or None."""
    dossier = find(session, number)
    if dossier is None:
        return None
    desk = session.get_one(Unit, dossier.receiving_unit_id)
    changed = session.scalar(
        select(Event.at).where(Event.dossier_id == dossier.id, Event.kind.in_(TOLD)).order_by(Event.seq.desc()).limit(1)
    )
    return Progress(
        dossier.code or dossier.filing_number, desk.name, State(dossier.state), dossier.received_at is not None,
        (changed or dossier.filed_at).astimezone(VIETNAM).date(),
    )  # fmt: skip


def proven(session: Session, vault: Vault, number: str, secret: str) -> Dossier | None:
    """Return the dossier when number and secret belong together; None otherwise, with the same work done."""
    dossier = find(session, number)
    given = vault.mac(normal_secret(secret), "lookup")
    known = dossier.secret_mac if dossier else vault.mac("", "nobody")
    return dossier if hmac.compare_digest(given, known) else None


def tracked(session: Session, book: CalendarBook, dossier_id: int, *, at: datetime) -> Tracked | None:
    """Return all that its owner may know of a dossier `at` an instant. Ask `proven` first."""
    dossier = session.get(Dossier, dossier_id)
    if dossier is None or not dossier.is_published:
        return None
    version = session.get_one(ProcedureVersion, dossier.procedure_version_id)
    clock = session.get(DossierClock, dossier.id)
    hop = _hop(session, dossier)
    return Tracked(
        dossier.id, dossier.code or dossier.filing_number, dossier.filing_number, dossier.code, dossier.secret_mac,
        State(dossier.state), _code_of(session, version), version.name, dossier.filed_at, dossier.received_at,
        dossier.ended_at, dossier.returned_at, clock.answer_due_at if clock else None,
        _place(session, dossier.receiving_unit_id), _place(session, dossier.settling_unit_id),
        _place(session, dossier.returning_unit_id), _holder(session, dossier), hop.step_name if hop else "",
        hop.handed_at if hop else None, dossier.delivery, dossier.fee_due_vnd, dossier.fee_paid_vnd,
        _supplement(session, dossier), _results(session, dossier), _history(session, dossier),
        dossier.settling_unit_id, clockwork(session, book, dossier, clock, at=at),
    )  # fmt: skip


def _code_of(session: Session, version: ProcedureVersion) -> str:
    return session.get_one(Procedure, version.procedure_id).code


def _hop(session: Session, dossier: Dossier) -> Hop | None:
    return session.scalars(
        select(Hop).where(Hop.dossier_id == dossier.id, Hop.left_at.is_(None)).order_by(Hop.ordinal.desc()).limit(1)
    ).first()


def _holder(session: Session, dossier: Dossier) -> str:
    """Return the unit that holds it; a person's name is not the public's."""
    unit = session.get(Unit, dossier.holder_unit_id) if dossier.holder_unit_id else None
    return unit.name if unit else ""


def _place(session: Session, unit_id: int) -> Place:
    unit = session.get_one(Unit, unit_id)
    return Place(unit.name, unit.address, unit.phone)


def _supplement(session: Session, dossier: Dossier) -> AskedSupplement | None:
    if dossier.state not in (State.AWAITING_SUPPLEMENT, State.AWAITING_INTAKE_SUPPLEMENT):
        return None
    asked = session.scalars(
        select(SupplementRequest)
        .where(SupplementRequest.dossier_id == dossier.id, SupplementRequest.answered_at.is_(None))
        .order_by(SupplementRequest.ordinal.desc())
        .limit(1)
    ).first()
    if asked is None:
        return None
    return AskedSupplement(tuple(filter(None, asked.items.split("\n"))), asked.reason, asked.answer_by)


def _results(session: Session, dossier: Dossier) -> tuple[ReleasedResult, ...]:
    rows = session.scalars(
        select(Result)
        .where(Result.dossier_id == dossier.id, Result.state == "released")
        .order_by(Result.version.desc())
    )
    return tuple(
        ReleasedResult(
            row.id, row.title, row.kind, row.symbol, row.issued_on, row.file_id is not None, row.form == "electronic"
        )
        for row in rows
    )


def _history(session: Session, dossier: Dossier) -> tuple[HistoryLine, ...]:
    rows = session.scalars(
        select(Event).where(Event.dossier_id == dossier.id, Event.kind.in_(TOLD)).order_by(Event.seq.desc())
    )
    return tuple(HistoryLine(row.kind, row.at, str((row.payload or {}).get("reason", ""))) for row in rows)


def result_file(session: Session, dossier_id: int, result_id: int) -> ResultFile | None:
    """Return the file of a released result of this dossier, or None: another's answers the same."""
    row = session.execute(
        select(Result, StoredFile)
        .join(StoredFile, StoredFile.id == Result.file_id)
        .where(Result.id == result_id, Result.dossier_id == dossier_id, Result.state == "released")
    ).first()
    if row is None:
        return None
    result, file = row
    return ResultFile(file.storage_id, file.key_sealed, file.mime, result.title, result.symbol)


def replaced_receipt(session: Session, vault: Vault, number: str, secret: str) -> datetime | None:
    """Return when the receipt that this secret stood on was replaced by another, None where it never was."""
    wanted = normal_number(number)
    rows = session.scalars(
        select(IssuedForm)
        .join(Dossier, Dossier.id == IssuedForm.dossier_id)
        .where(or_(Dossier.code == wanted, Dossier.filing_number == wanted))
        .where(IssuedForm.form == "01", IssuedForm.replaces_id.is_not(None))
    )
    given = vault.mac(normal_secret(secret), "lookup")
    for row in rows:
        data = vault.open_json(row.data_sealed, f"issued_forms.data:{row.uid}") or {}
        if hmac.compare_digest(str(data.get("replaced_mac", "")), given):
            return row.issued_at
    return None
