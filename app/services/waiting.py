"""Waiting for the applicant, and ends before the result (chờ bổ sung, nghĩa vụ tài chính, hẹn lại, rút, dừng)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from app.db import facts
from app.db.models import Dossier, LedgerEntry
from app.db.unit_of_work import UnitOfWork
from app.domain import checks
from app.domain.answer_times import is_returned_in_time
from app.domain.people import Role, Staff, acting
from app.services import payments, steps
from app.services.authority import block_of
from app.services.citizen_messages import tell_extended, tell_stopped
from app.services.dossiers import move, to_change
from app.services.errors import NoRight
from app.services.filing import local_day
from app.services.forms import issue, take_up
from app.services.intake import checked_ask, write_request
from app.services.pausing import suspend
from app.services.submission import close_suspension, supplement
from app.services.values import IssuedSlip, SupplementAsk
from workflows.deadlines import project
from workflows.extension import appointment, due_to_extend, met
from workflows.ledger import PAYMENT, SUPPLEMENT
from workflows.states import Action, ActorKind, Requirement


def ask_supplement(
    uow: UnitOfWork,
    staff: Staff,
    number: str,
    version: int,
    ask: SupplementAsk,
    *,
    leader_reason: str = "",
    at: datetime,
) -> IssuedSlip:
    """Ask for a supplement in the midst of the work (Mẫu 02): the clock stands still.

    An officer may ask once; again only a leader with a recorded reason (NĐ 118/2025 art. 11), and it counts as late.
    The event keeps whether it was asked within the time of NĐ 61/2018 art. 19.4; sector law may know another.
    """
    dossier = to_change(uow, staff, number, version)
    ask = checked_ask(ask)
    _, kind = move(dossier, Action.ASK_SUPPLEMENT, staff, _may_ask(dossier, leader_reason))
    if dossier.supplement_requests:
        again = checks.paragraph(leader_reason, what="lý do yêu cầu bổ sung lần nữa", where="leader_reason")
        ask = replace(ask, leader_reason=again)
    slip = write_request(uow, dossier, ask, before=False, by=staff.name, at=at)
    in_time = _is_returned_in_time(uow, dossier, at)
    dossier.supplement_requests += 1
    suspend(uow, dossier, SUPPLEMENT, by=staff.name, document=slip.number, at=at)
    uow.record(
        "dossier:supplement_asked",
        dossier,
        acting(staff, kind),
        at,
        slip=slip.number,
        items=len(ask.items),
        again=dossier.supplement_requests > 1,
        in_time=in_time,
        leader_reason=leader_reason,
    )
    return slip


def take_supplement(uow: UnitOfWork, staff: Staff, number: str, version: int, *, note: str, at: datetime) -> None:
    """Take at the desk what the applicant brought (nhận bổ sung tại quầy); the event names both."""
    dossier = to_change(uow, staff, number, version)
    if not staff.has(Role.CLERK):
        raise NoRight(who="cán bộ một cửa")
    supplement(uow, dossier, acting(staff, ActorKind.CLERK), checks.paragraph(note, what="ghi chú", where="note"), at)


def ask_payment(
    uow: UnitOfWork, staff: Staff, number: str, version: int, *, amount_vnd: int, notice: str, at: datetime
) -> None:
    """Ask for a financial duty (nghĩa vụ tài chính): the clock stands still until it is paid."""
    dossier = to_change(uow, staff, number, version)
    notice = checks.text(notice, what="số thông báo", where="notice", longest=100)
    payments.raise_due(dossier, amount_vnd)
    _, kind = move(dossier, Action.ASK_PAYMENT, staff, frozenset({Requirement.NOTICE}))
    suspend(uow, dossier, PAYMENT, by=staff.name, document=notice, at=at)
    uow.record("dossier:payment_asked", dossier, acting(staff, kind), at, amount_vnd=amount_vnd, notice=notice)


def extend(
    uow: UnitOfWork, staff: Staff, number: str, version: int, *, new_day: date, reason: str, at: datetime
) -> IssuedSlip:
    """Give a new appointment once, at least a day before the old one, with an apology (Mẫu 04)."""
    dossier = to_change(uow, staff, number, version)
    reason = checks.paragraph(reason, what="lý do hẹn lại", where="reason")
    calendar, _ = uow.calendars.of_unit(uow.session, dossier.settling_unit_id)
    ledger, (limit, _) = facts.ledger_of(uow.session, dossier), facts.limits_of(dossier)
    seen = project(limit, ledger, calendar, at=at) if ledger else None
    _, kind = move(dossier, Action.EXTEND, staff, met(ledger, seen, at) if ledger and seen else frozenset())
    old = due_to_extend(seen) if seen else None
    made = appointment(old, calendar, new_day=new_day, reason=reason, at=at)
    old_day = local_day(old.promised_at if old else at)
    entry = LedgerEntry(
        dossier_id=dossier.id,
        kind="extension",
        started_at=made.at,
        new_due_at=made.new_due_at,
        old_due_at=old.due_at if old else None,
        reason=made.reason,
        opened_by=staff.name,
    )
    uow.session.add(entry)
    data = {"reason": reason, "old_day": f"{old_day:%Y-%m-%d}", "new_day": f"{new_day:%Y-%m-%d}", "signer": staff.name}
    signed = {"title": staff.title, "titles": block_of(uow.session, staff, at)}
    slip = take_up(uow, dossier, "04", data | signed, by=staff.name, at=at)
    entry.document = slip.number
    tell_extended(uow, dossier, slip=slip.number, old_day=old_day, new_day=new_day, at=at)
    uow.record(
        "dossier:extended", dossier, acting(staff, kind), at, old=data["old_day"], new=data["new_day"], slip=slip.number
    )
    return slip


def withdraw(uow: UnitOfWork, staff: Staff, number: str, version: int, *, reason: str, at: datetime) -> IssuedSlip:
    """End at the applicant's request (Mẫu 05): only while no decision or result notice exists (TT 03/2025 art. 7)."""
    dossier = to_change(uow, staff, number, version)
    reason = checks.paragraph(reason, what="lý do rút hồ sơ", where="reason")
    free = frozenset() if dossier.result_notice_at else frozenset({Requirement.NO_RESULT_YET})
    _, kind = move(dossier, Action.WITHDRAW, staff, free)
    return _end(uow, dossier, staff, "dossier:withdrawn", kind, {"ground": "applicant", "reason": reason}, at)


def stop(
    uow: UnitOfWork, staff: Staff, number: str, version: int, *, ground: str, reason: str, at: datetime
) -> IssuedSlip:
    """Stop the dossier by a leader's decision on a ground (dừng giải quyết, Mẫu 05)."""
    dossier = to_change(uow, staff, number, version)
    ground = checks.text(ground, what="căn cứ dừng giải quyết", where="ground", longest=300)
    reason = checks.paragraph(reason, what="lý do dừng", where="reason")
    _, kind = move(dossier, Action.STOP, staff, frozenset({Requirement.GROUND, Requirement.NOTICE}))
    return _end(uow, dossier, staff, "dossier:stopped", kind, {"ground": ground, "reason": reason}, at)


def _end(
    uow: UnitOfWork, dossier: Dossier, staff: Staff, event: str, kind: ActorKind, data: dict[str, str], at: datetime
) -> IssuedSlip:
    close_suspension(uow, dossier, staff.name, at)
    dossier.ended_at = at
    steps.leave(uow, dossier, Action.STOP, at=at, note=data["reason"])
    slip = issue(uow, dossier, "05", data | {"receiver": staff.name}, by=staff.name, at=at)
    tell_stopped(uow, dossier, slip=slip.number, by_applicant=data["ground"] == "applicant", at=at)
    uow.record(event, dossier, acting(staff, kind), at, slip=slip.number, ground=data["ground"], reason=data["reason"])
    return slip


def _is_returned_in_time(uow: UnitOfWork, dossier: Dossier, at: datetime) -> bool:
    calendar, _ = uow.calendars.of_unit(uow.session, dossier.settling_unit_id)
    return is_returned_in_time(dossier.competent_received_at or dossier.received_at or at, at, calendar)


def _may_ask(dossier: Dossier, leader_reason: str) -> frozenset[Requirement]:
    found = {Requirement.ONE_COMPLETE_REQUEST}
    if dossier.supplement_requests == 0:
        found |= {Requirement.FIRST_REQUEST, Requirement.REASON}
    if leader_reason.strip():
        found.add(Requirement.REASON)
    return frozenset(found)
