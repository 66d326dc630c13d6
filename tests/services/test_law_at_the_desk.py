"""Clauses of law that live in what the desk does, each with a test named after it; dates in November 2026."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.db.models import DossierClock, Event, LedgerEntry, SupplementRequest
from app.domain.channels import Channel
from app.domain.checks import Missing
from app.services import intake, submission, waiting
from app.services.values import SupplementAsk
from tests.scheduler.words import local
from tests.support.seeded import Desk
from workflows.errors import ExtensionNotLater, RequirementNotMet, RuleBroken

ASK = SupplementAsk(("Tờ khai: thiếu chữ ký",), "Chưa đủ căn cứ")


def clock_of(desk: Desk, dossier_id: int) -> DossierClock:
    with desk.house.reading() as session:
        return session.get_one(DossierClock, dossier_id)


def extend(desk: Desk, code: str, new_day: date) -> None:
    with desk.house.unit_of_work() as uow:
        waiting.extend(
            uow, desk.staff("leader"), code, desk.version(code), new_day=new_day, reason="Chờ xác minh",
            at=desk.clock.now(),
        )  # fmt: skip


def ask(desk: Desk, code: str) -> None:
    with desk.house.unit_of_work() as uow:
        waiting.ask_supplement(
            uow, desk.staff("leader"), code, desk.version(code), ASK, leader_reason="Cần", at=desk.clock.now()
        )


def test_nd118_17_2_a_request_says_all_that_is_missing_and_why(desk: Desk) -> None:
    with desk.house.unit_of_work() as uow:
        filed = submission.file_online(uow, desk.filing(channel=Channel.ONLINE), at=desk.clock.now())
    for wrong in (SupplementAsk((" ",), "Thiếu"), SupplementAsk(("Tờ khai",), " ")):
        with pytest.raises(Missing), desk.house.unit_of_work() as uow:
            intake.ask_supplement_at_intake(uow, desk.staff("clerk"), filed.filing_number, 1, wrong, desk.clock.now())
    assert desk.version(filed.filing_number) == 1


@pytest.mark.parametrize(
    ("channel", "by"), [(Channel.ONLINE, "Wednesday 2026-11-25 09:00"), (Channel.POST, "Wednesday 2026-11-25 17:00")]
)
def test_nd118_17_2_each_channel_has_its_time_to_answer(desk: Desk, channel: Channel, by: str) -> None:
    with desk.house.unit_of_work() as uow:
        filed = submission.file_online(uow, desk.filing(channel=channel), at=desk.clock.now())
    assert clock_of(desk, filed.dossier_id).answer_due_at == local(by)


def test_nd118_17_3_time_between_filing_and_reception_is_no_time_of_the_limit(desk: Desk) -> None:
    desk.clock.set(local("Friday 2026-11-20 08:00"))
    with desk.house.unit_of_work() as uow:
        filed = submission.file_online(uow, desk.filing(channel=Channel.ONLINE), at=desk.clock.now())
    assert clock_of(desk, filed.dossier_id).due_at is None
    desk.clock.set(local("Monday 2026-11-23 08:00"))
    with desk.house.unit_of_work() as uow:
        intake.receive_filed(uow, desk.staff("clerk"), filed.filing_number, 1, None, desk.clock.now())
    assert clock_of(desk, filed.dossier_id).due_day == 20261126  # two committed working days from Monday


@pytest.mark.parametrize(
    ("asked", "in_time"), [("Friday 2026-11-27 16:00", True), ("Monday 2026-11-30 08:00", False)]
)
def test_nd61_19_4_the_event_keeps_whether_it_was_given_back_in_time(desk: Desk, asked: str, in_time: bool) -> None:
    made = desk.receive()
    desk.clock.set(local(asked))
    ask(desk, made.code)
    with desk.house.reading() as session:
        event = session.scalars(select(Event).where(Event.kind == "dossier:supplement_asked")).one()
        request = session.scalars(select(SupplementRequest)).one()
    assert event.payload is not None
    assert event.payload["in_time"] is in_time
    assert request.answer_by == desk_days_after(desk, asked, 15)


def test_nd61_19_9_a_clock_that_stands_still_is_extended_beyond_what_it_would_be(desk: Desk) -> None:
    """Standing still from Wednesday to Friday: were it to run again on Friday, it would be due on Monday."""
    made = desk.receive()
    desk.clock.set(local("Wednesday 2026-11-25 09:00"))
    ask(desk, made.code)
    desk.clock.set(local("Friday 2026-11-27 09:00"))
    with pytest.raises(ExtensionNotLater, match="30/11/2026"):
        extend(desk, made.code, date(2026, 11, 30))
    extend(desk, made.code, date(2026, 12, 1))
    with desk.house.reading() as session:
        entry = session.scalars(select(LedgerEntry).where(LedgerEntry.kind == "extension")).one()
    assert entry.old_due_at == local("Tuesday 2026-12-01 00:00")


@pytest.mark.parametrize(
    ("at", "refusal"), [("Wednesday 2026-11-25 23:59", None), ("Thursday 2026-11-26 00:00", RequirementNotMet)]
)
def test_nd61_19_9_the_desk_and_the_clock_know_one_last_minute(
    desk: Desk, at: str, refusal: type[RuleBroken] | None
) -> None:
    made = desk.receive()  # due at the end of Thursday 26
    desk.clock.set(local(at))
    if refusal is None:
        extend(desk, made.code, date(2026, 12, 1))
        return
    with pytest.raises(refusal, match="chậm nhất 01 ngày"):
        extend(desk, made.code, date(2026, 12, 1))


def test_tt03_7_a_withdrawn_dossier_ends_at_once_and_keeps_its_standing(desk: Desk) -> None:
    made = desk.receive()
    desk.clock.advance(timedelta(days=3))
    with desk.house.unit_of_work() as uow:
        slip = waiting.withdraw(
            uow, desk.staff("clerk"), made.code, desk.version(made.code), reason="Không cần nữa", at=desk.clock.now()
        )
    clock = clock_of(desk, made.dossier_id)
    assert (slip.form, clock.is_open, clock.standing) == ("05", False, "on_time")


def desk_days_after(desk: Desk, day: str, count: int) -> date:
    with desk.house.reading() as session:
        calendar, _ = desk.house.calendars.of_unit(session, desk.staff("clerk").root_unit_id)
    return calendar.add_working_days(local(day).date(), count)
