"""Corrections by two persons (đính chính có hai người): one proposes, another confirms; nothing is overwritten.

The old value stays in the proposal and the event tells what was done; the clock is derived anew at the commit.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.db import facts
from app.db.base import new_uid
from app.db.models import Correction, Dossier, DossierPerson, ProcedureLimit
from app.db.unit_of_work import UnitOfWork
from app.domain import checks
from app.domain.channels import Channel
from app.domain.corrections import (
    CHANNEL,
    ENDED_AT,
    FIELDS,
    LATE_ENTRY,
    RECEIVED_AT,
    Correctable,
    Kind,
    channel_of,
    field_of,
    moment_of,
)
from app.domain.people import Actor, IdKind, PersonData, PersonRole, Role, Staff, acting
from app.domain.vietnamese_format import short_moment
from app.services import notices, people
from app.services.correction_errors import (
    CorrectionOvertaken,
    CorrectionWaits,
    MomentOutOfOrder,
    NoCorrectionWaits,
    NotCorrectable,
    NothingToCorrect,
    SamePerson,
    SecondPersonWrong,
)
from app.services.dossiers import to_change, version_of
from app.services.errors import ChannelNotOffered
from app.services.filing import local_day
from workflows.states import ActorKind

_TABLE = "dossier_corrections"
_NOT_PERSONAL = frozenset({RECEIVED_AT, ENDED_AT, CHANNEL, LATE_ENTRY})
_WHO = {True: "lãnh đạo", False: "người khác có vai trò xử lý hồ sơ"}


def propose(
    uow: UnitOfWork, staff: Staff, number: str, version: int, *, field: str, value: str, reason: str, at: datetime
) -> int:
    """Propose the right value of a recorded fact and return the proposal's id; nothing of the dossier changes yet.

    Raises NotCorrectable, NothingToCorrect, CorrectionWaits, MomentOutOfOrder, and the refusals of the value.
    """
    dossier = to_change(uow, staff, number, version)
    row = FIELDS.get(field)
    old = _present(uow, dossier, row) if row else None
    if row is None or old is None or dossier.received_at is None:
        raise NotCorrectable(where="field")
    reason = checks.paragraph(reason, what="lý do đính chính", where="reason")
    new = _clean(uow, dossier, row, value, at=at)
    if new == old:
        raise NothingToCorrect(where="value")
    made = put_down(uow, dossier, staff, field=field, old=old, new=new, reason=reason, at=at)
    if row.confirmers == {Role.LEADER}:
        told = notices.facts_of(uow, dossier) | {"field": row.label, "by": staff.name}
        leaders = notices.leaders_of(uow, dossier.receiving_unit_id, at) - {staff.user_id}
        notices.tell(uow, leaders, "correction", told, about=dossier, at=at)
    uow.record(
        "dossier:correction_proposed", dossier, _as(staff), at, correction=made.id, field=field, reason=reason
    )
    return made.id


def confirm(uow: UnitOfWork, staff: Staff, number: str, version: int, *, note: str = "", at: datetime) -> None:
    """Confirm the open proposal as another person; the fact is put right and the clock derived anew.

    Raises NoCorrectionWaits, SamePerson, SecondPersonWrong, CorrectionOvertaken, and what the ledger refuses.
    """
    dossier = to_change(uow, staff, number, version)
    made, row = _decided(uow, dossier, staff, note=note, at=at)
    made.state = "confirmed"
    if made.field == LATE_ENTRY:
        uow.record("dossier:late_entry_confirmed", dossier, _as(staff), at, correction=made.id)
        return
    old, new = values_of(uow, made)
    if _present(uow, dossier, row) != old:
        raise CorrectionOvertaken(where="decision")
    _put_right(uow, dossier, row, new, reason=made.reason, at=at)
    facts.refresh_clock(uow.session, dossier, uow.calendars, at=at)
    told: dict[str, Any] = {"old": old, "new": new} if made.field in _NOT_PERSONAL else {}
    uow.record(
        "dossier:corrected",
        dossier,
        _as(staff),
        at,
        correction=made.id,
        field=made.field,
        proposed_by=made.proposed_by,
        **told,
    )


def decline(uow: UnitOfWork, staff: Staff, number: str, version: int, *, note: str, at: datetime) -> None:
    """Decline the open proposal, saying why; the recorded fact stays."""
    dossier = to_change(uow, staff, number, version)
    why = checks.paragraph(note, what="lý do không đồng ý", where="note")
    made, _row = _decided(uow, dossier, staff, note=why, at=at)
    made.state = "declined"
    uow.record(
        "dossier:correction_declined", dossier, _as(staff), at, correction=made.id, field=made.field, reason=why
    )


def put_down(
    uow: UnitOfWork, dossier: Dossier, staff: Staff, *, field: str, old: str, new: str, reason: str, at: datetime
) -> Correction:
    """Write a proposal, its values sealed. Raises CorrectionWaits where one is open. No event yet."""
    if waiting(uow, dossier) is not None:
        raise CorrectionWaits(where="field")
    uid = new_uid()
    made = Correction(
        uid=uid,
        dossier_id=dossier.id,
        field=field,
        old_sealed=uow.vault.seal_text(old, f"{_TABLE}.old:{uid}"),
        new_sealed=uow.vault.seal_text(new, f"{_TABLE}.new:{uid}"),
        reason=reason,
        proposed_at=at,
        proposed_by=staff.name,
        proposed_by_id=staff.user_id,
    )
    uow.session.add(made)
    uow.session.flush()
    return made


def waiting(uow: UnitOfWork, dossier: Dossier) -> Correction | None:
    """Return the open proposal of a dossier, or None."""
    open_one = select(Correction).where(Correction.dossier_id == dossier.id, Correction.state == "proposed")
    return uow.session.scalars(open_one).first()


def values_of(uow: UnitOfWork, made: Correction) -> tuple[str, str]:
    """Return the old and the new value of a proposal."""
    return (
        uow.vault.open_text(made.old_sealed, f"{_TABLE}.old:{made.uid}"),
        uow.vault.open_text(made.new_sealed, f"{_TABLE}.new:{made.uid}"),
    )


def _decided(
    uow: UnitOfWork, dossier: Dossier, staff: Staff, *, note: str, at: datetime
) -> tuple[Correction, Correctable]:
    """Return the open proposal with its decider written, after asking whether this person may decide."""
    made = waiting(uow, dossier)
    row = field_of(made.field) if made else None
    if made is None or row is None:
        raise NoCorrectionWaits(where="decision")
    if made.proposed_by_id == staff.user_id:
        raise SamePerson(where="decision")
    if not staff.has(*row.confirmers):
        raise SecondPersonWrong(where="decision", field=row.label, who=_WHO[row.confirmers == {Role.LEADER}])
    made.decided_at, made.decided_by, made.decided_by_id = at, staff.name, staff.user_id
    made.note = checks.paragraph(note, what="ghi chú", where="note", required=False)
    return made, row


def _as(staff: Staff) -> Actor:
    """Return the person in their first capacity: proposing is nobody's act in the state table."""
    kinds = sorted(staff.actor_kinds, key=list(ActorKind).index)
    return acting(staff, kinds[0])


def _present(uow: UnitOfWork, dossier: Dossier, row: Correctable) -> str | None:
    """Return the recorded value as proposals write it; None where the dossier has no such fact."""
    if row.kind is Kind.MOMENT:
        moment: datetime | None = getattr(dossier, row.key)
        return moment.isoformat() if moment else None
    if row.kind is Kind.CHANNEL:
        return str(int(dossier.channel))
    found = _person(uow, dossier, row.person)
    return str(getattr(people.opened(uow.vault, found), row.attribute)) if found else None


def _clean(uow: UnitOfWork, dossier: Dossier, row: Correctable, value: str, *, at: datetime) -> str:
    if row.kind is Kind.MOMENT:
        moment = moment_of(value)
        _refuse_out_of_order(dossier, row.key, moment, at)
        return moment.astimezone(at.tzinfo).isoformat()
    if row.kind is Kind.CHANNEL:
        return str(int(channel_of(value)))
    found = _person(uow, dossier, row.person)
    if found is None or row.person is None:
        raise NotCorrectable(where="field")
    wanted = _with(people.opened(uow.vault, found), row, value)
    return str(getattr(people.checked(wanted, row.person, today=local_day(at)), row.attribute))


def _with(person: PersonData, row: Correctable, value: str) -> PersonData:
    """Return the person with one value changed; a first number is a citizen's."""
    changes: dict[str, Any] = {row.attribute: value}
    changed = replace(person, **changes)
    is_first = row.attribute == "id_number" and person.id_kind is IdKind.NONE
    return replace(changed, id_kind=IdKind.CCCD) if is_first else changed


def _refuse_out_of_order(dossier: Dossier, key: str, moment: datetime, at: datetime) -> None:
    """Reception comes before what follows it, the end after the reception, neither after now."""
    if key == RECEIVED_AT:
        first = min(dossier.filed_at, dossier.received_at or dossier.filed_at)
        first = moment if dossier.channel != Channel.ONLINE else first  # on paper only the desk knows
        last = min(filter(None, (dossier.competent_received_at, dossier.ended_at, at)))
    else:
        first = dossier.competent_received_at or dossier.received_at or dossier.filed_at
        last = min(filter(None, (dossier.returned_at, at)))
    if not first <= moment <= last:
        raise MomentOutOfOrder(
            where="value", value=short_moment(moment), first=short_moment(first), last=short_moment(last)
        )


def _put_right(
    uow: UnitOfWork, dossier: Dossier, row: Correctable, new: str, *, reason: str, at: datetime
) -> None:
    if row.kind is Kind.MOMENT:
        moment = moment_of(new)
        _refuse_out_of_order(dossier, row.key, moment, at)
        setattr(dossier, row.key, moment)
        if row.key == RECEIVED_AT and dossier.entered_at and moment < dossier.entered_at:
            dossier.late_entry_reason = dossier.late_entry_reason or reason
    elif row.kind is Kind.CHANNEL:
        _change_channel(uow, dossier, channel_of(new))
    else:
        _change_person(uow, dossier, row, new)


def _change_channel(uow: UnitOfWork, dossier: Dossier, channel: Channel) -> None:
    """The limit follows the channel, in the procedure's version that the dossier was received under."""
    limits = select(ProcedureLimit).where(ProcedureLimit.version_id == dossier.procedure_version_id)
    limit = uow.session.scalars(limits.where(ProcedureLimit.channel == channel)).first()
    if limit is None or limit.statutory is None:
        raise ChannelNotOffered(where="value", channel=str(int(channel)))
    dossier.channel = int(channel)
    if dossier.case_name not in {case["name"] for case in version_of(uow, dossier).cases}:
        dossier.statutory_limit, dossier.committed_limit = limit.statutory, limit.committed
        dossier.limit_cutoff, dossier.limit_decision = limit.cutoff, limit.decision_number


def _change_person(uow: UnitOfWork, dossier: Dossier, row: Correctable, new: str) -> None:
    """Write the value into the person named, and into the same person's other part in the dossier."""
    found = _person(uow, dossier, row.person)
    if found is None:
        raise NotCorrectable(where="field")
    before = people.opened(uow.vault, found)
    rows = uow.session.scalars(select(DossierPerson).where(DossierPerson.dossier_id == dossier.id)).all()
    for other in rows:
        person = people.opened(uow.vault, other)
        if other is found or (person.name, person.id_number) == (before.name, before.id_number):
            people.rewrite(uow.vault, other, _with(person, row, new))
            if other.role == PersonRole.SUBJECT:
                dossier.summary = other.name


def _person(uow: UnitOfWork, dossier: Dossier, role: PersonRole | None) -> DossierPerson | None:
    named = select(DossierPerson).where(DossierPerson.dossier_id == dossier.id, DossierPerson.role == role)
    return uow.session.scalars(named).first()
