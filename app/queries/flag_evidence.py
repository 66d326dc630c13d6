"""Evidence of a period (bằng chứng của kỳ): what the rules of flags read, from events, ledger, papers and files.

Imported dossiers are left out where a rule compares with the time of recording: their events tell of the import.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.db.models import (
    Component,
    Dossier,
    DossierClock,
    DossierFact,
    DossierPerson,
    Event,
    FileLink,
    FilingOrigin,
    LedgerEntry,
    NationalCopy,
    ScanCopy,
    StoredFile,
    SupplementRequest,
    Unit,
)
from app.domain.channels import Channel
from app.domain.flag_evidence import Asked, Ended, Evidence, Filed, Paper, Stop, Twin
from app.domain.periods import Period
from workflows.deadlines import Standing
from workflows.states import State

_ENDS = ("dossier:finished", "dossier:stopped", "dossier:withdrawn")
_DIGITIZED = ("scanned", "electronic", "reused")
_SMALLEST = 400  # bytes: no page of anything fits in less


def evidence_of(session: Session, unit_ids: tuple[int, ...], period: Period) -> Evidence:
    """Return the evidence of the dossiers that these units settle, for what happened in the period."""
    here = and_(Dossier.is_published, Dossier.settling_unit_id.in_(unit_ids))
    return Evidence(
        ended=_ended(session, here, period),
        stops=_stops(session, here, period),
        asked=_asked(session, here, period),
        papers=_papers(session, here, period),
        filed=_filed(session, here, period),
        twins=tuple(one for one in twins_of(session, unit_ids, period.start) if one.checked_at < period.end),
    )


def _number() -> ColumnElement[str]:
    return func.coalesce(Dossier.code, Dossier.filing_number)


def _authority() -> ColumnElement[int]:
    return func.coalesce(Unit.root_id, Unit.id)


def _ended(session: Session, here: ColumnElement[bool], period: Period) -> tuple[Ended, ...]:
    asked = (
        select(
            _number(),
            _authority(),
            Dossier.ended_at,
            Event.at,
            DossierClock.due_at,
            DossierClock.promised_at,
            DossierClock.standing,
            Event.user_id,
        )
        .join(Event, and_(Event.dossier_id == Dossier.id, Event.kind.in_(_ENDS)))
        .join(Unit, Unit.id == Dossier.settling_unit_id)
        .join(DossierClock, DossierClock.dossier_id == Dossier.id)
        .where(here, ~Dossier.is_imported, Dossier.ended_at.is_not(None))
        .where(Event.at >= period.start, Event.at < period.end)
        .order_by(Event.id)
    )
    return tuple(Ended(*row[:6], row[6] == Standing.LATE, row[7]) for row in session.execute(asked))


def _stops(session: Session, here: ColumnElement[bool], period: Period) -> tuple[Stop, ...]:
    began = func.coalesce(Dossier.competent_received_at, Dossier.received_at)
    asked = (
        select(_number(), _authority(), began, LedgerEntry.started_at, DossierClock.first_due_at)
        .join(LedgerEntry, LedgerEntry.dossier_id == Dossier.id)
        .join(Unit, Unit.id == Dossier.settling_unit_id)
        .join(DossierClock, DossierClock.dossier_id == Dossier.id)
        .where(here, LedgerEntry.kind == "suspension", DossierClock.first_due_at.is_not(None))
        .where(LedgerEntry.started_at >= period.start, LedgerEntry.started_at < period.end)
        .order_by(LedgerEntry.id)
    )
    return tuple(Stop(*row) for row in session.execute(asked) if row[2] is not None)


def _asked(session: Session, here: ColumnElement[bool], period: Period) -> tuple[Asked, ...]:
    """A dossier asked in the period comes with all its requests, so that a second one is seen as such."""
    request = SupplementRequest
    in_period = select(request.dossier_id).where(
        or_(
            and_(request.requested_at >= period.start, request.requested_at < period.end),
            and_(request.answered_at >= period.start, request.answered_at < period.end),
        )
    )
    came = (
        select(func.count(Event.id))
        .where(Event.dossier_id == Dossier.id, Event.at >= request.requested_at, Event.at <= request.answered_at)
        .where(Event.kind.in_(("dossier:file_attached", "dossier:component_changed")))
        .correlate(Dossier, request)
        .scalar_subquery()
    )
    files = (
        select(func.count(FileLink.id))
        .where(FileLink.dossier_id == Dossier.id, FileLink.kind.in_(("component", "supplement")))
        .where(FileLink.added_at >= request.requested_at, FileLink.added_at <= request.answered_at)
        .correlate(Dossier, request)
        .scalar_subquery()
    )
    asked = (
        select(_number(), _authority(), request.requested_at, request.answered_at, came + files)
        .join(request, request.dossier_id == Dossier.id)
        .join(Unit, Unit.id == Dossier.settling_unit_id)
        .where(here, Dossier.id.in_(in_period), ~request.before_reception, request.requested_at < period.end)
        .order_by(request.id)
    )
    return tuple(Asked(*row) for row in session.execute(asked))


def _papers(session: Session, here: ColumnElement[bool], period: Period) -> tuple[Paper, ...]:
    blank_scan = exists().where(ScanCopy.link_id == FileLink.id, ScanCopy.pages == 0).correlate(FileLink)
    # One paper taken from the store for several dossiers is what the store is for.
    own = case((FileLink.origin == "reused", ""), else_=StoredFile.digest_mac)
    asked = (
        select(_number(), _authority(), Component.name, own, StoredFile.size, blank_scan)
        .join(Component, Component.dossier_id == Dossier.id)
        .join(FileLink, and_(FileLink.kind == "component", FileLink.owner_id == Component.id))
        .join(StoredFile, StoredFile.id == FileLink.file_id)
        .join(Unit, Unit.id == Dossier.settling_unit_id)
        .where(here, Component.form.in_(_DIGITIZED), FileLink.removed_at.is_(None))
        .where(FileLink.added_at >= period.start, FileLink.added_at < period.end)
        .order_by(FileLink.id)
    )
    return tuple(Paper(*row[:4], row[4] < _SMALLEST or bool(row[5])) for row in session.execute(asked))


def _filed(session: Session, here: ColumnElement[bool], period: Period) -> tuple[Filed, ...]:
    """Return each online filing under every digest it has; where staff filed it, the address is the desk's own."""
    people, first = DossierPerson, aliased(Event)
    asked = (
        select(
            *(_number(), _authority(), Dossier.filed_at),
            *(people.phone_mac, people.id_number_mac, FilingOrigin.address_mac, first.user_id),
        )
        .join(people, and_(people.dossier_id == Dossier.id, people.role == "applicant"))
        .join(first, and_(first.dossier_id == Dossier.id, first.seq == 1))
        .join(FilingOrigin, FilingOrigin.dossier_id == Dossier.id, isouter=True)
        .join(Unit, Unit.id == Dossier.settling_unit_id)
        .where(here, Dossier.channel == Channel.ONLINE.value, ~Dossier.is_imported)
        .where(Dossier.filed_at >= period.start, Dossier.filed_at < period.end)
        .order_by(Dossier.id)
    )
    found = []
    for number, unit_id, filed_at, phone, person, address, account in session.execute(asked):
        kinds = {
            "phone": phone,
            "person": person,
            "address": address if account is None else None,
            "account": None if account is None else str(account),
        }
        found.extend(Filed(number, unit_id, kind, digest, filed_at) for kind, digest in kinds.items() if digest)
    return tuple(found)


def twins_of(
    session: Session, unit_ids: tuple[int, ...], since: datetime, *, among: Select[int] | None = None
) -> tuple[Twin, ...]:
    """Return both sides of the dossiers these units settle that the portal was asked about since then.

    Our side is what the facts said when the portal was asked: a dossier that moved on since differs from nothing.
    """
    here = and_(Dossier.is_published, Dossier.settling_unit_id.in_(unit_ids))
    asked = (
        select(_number(), _authority(), DossierFact.state, NationalCopy.status, NationalCopy.checked_at)
        .join(NationalCopy, NationalCopy.dossier_id == Dossier.id)
        .join(DossierFact, DossierFact.dossier_id == Dossier.id)
        .join(Unit, Unit.id == Dossier.settling_unit_id)
        .where(here, NationalCopy.checked_at >= since)
        .where(DossierFact.valid_from <= NationalCopy.checked_at)
        .where(or_(DossierFact.valid_to.is_(None), DossierFact.valid_to > NationalCopy.checked_at))
        .order_by(Dossier.id)
    )
    if among is not None:
        asked = asked.where(Dossier.id.in_(among))
    return tuple(Twin(*row[:2], State(row[2]).national_code, *row[3:]) for row in session.execute(asked))
