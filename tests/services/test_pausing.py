"""Grounds on which the clock may stand still: what each does, who opens it, its paper, how long, how often."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from app.db.models import DossierClock, LedgerEntry, SuspensionGround
from app.domain.checks import Missing
from app.queries.dossier_clock import clock_shown
from app.services import pausing, processing, waiting
from app.services.errors import AlreadyDone
from app.services.pausing_errors import GroundNotOpen, GroundNotYours, GroundUsedUp, StandsStill
from app.services.sweeps import pauses
from app.services.values import SupplementAsk
from tests.support.seeded import Desk
from workflows.calendar import VIETNAM
from workflows.errors import RequirementNotMet, RuleBroken, TransitionNotAllowed
from workflows.ledger import Reading

ASK = SupplementAsk(("Tờ khai: thiếu chữ ký",), "Chưa đủ căn cứ")


@pytest.fixture
def code(desk: Desk) -> str:
    """A dossier on the officer's table, two committed working days from Monday: due Thursday 26."""
    made = desk.receive().code
    desk.digitize(made)
    with desk.house.unit_of_work() as uow:
        processing.forward(uow, desk.staff("clerk"), made, desk.version(made), at=desk.clock.now())
    return made


def pause(desk: Desk, code: str, ground: str, *, login: str = "officer", document: str = "BB-12") -> None:
    with desk.house.unit_of_work() as uow:
        pausing.pause(
            uow, desk.staff(login), code, desk.version(code), ground=ground, document=document, reason="Theo luật",
            at=desk.clock.now(),
        )  # fmt: skip


def resume(desk: Desk, code: str, login: str = "officer") -> None:
    with desk.house.unit_of_work() as uow:
        pausing.resume(uow, desk.staff(login), code, desk.version(code), note="", at=desk.clock.now())


def clock_of(desk: Desk, code: str) -> DossierClock:
    with desk.house.reading() as session:
        return session.get_one(DossierClock, desk.dossier(code).id)


@pytest.mark.parametrize(
    ("ground", "login", "stands", "due_day"),
    [
        ("public_notice", "officer", True, 20261130),  # Wed 25 and Thu 26 given back; Mon 23 does not count
        ("verification", "officer", False, 20261126),
        ("consultation", "leader", False, 20261126),
        ("system_failure", "leader", False, 20261126),
    ],
)
def test_what_a_ground_does_is_data(desk: Desk, code: str, ground: str, login: str, stands: bool, due_day: int) -> None:
    pause(desk, code, ground, login=login)
    assert desk.dossier(code).state == "processing"
    assert clock_of(desk, code).is_suspended is stands
    desk.clock.set(datetime(2026, 11, 27, 9, 0, tzinfo=VIETNAM))
    resume(desk, code, login)
    assert (clock_of(desk, code).is_suspended, clock_of(desk, code).due_day) == (False, due_day)


@pytest.mark.parametrize(
    ("ground", "login", "document", "refusal"),
    [
        ("system_failure", "officer", "TB-1", GroundNotYours),
        ("public_notice", "officer", "", Missing),
        ("supplement", "officer", "M02", GroundNotOpen),  # it has an act of its own
        ("payment", "officer", "TB", GroundNotOpen),
        ("nghi_phep", "officer", "QD", GroundNotOpen),
        ("public_notice", "clerk", "BB-1", GroundNotYours),
    ],
)
def test_what_may_not_be_opened(
    desk: Desk, code: str, ground: str, login: str, document: str, refusal: type[RuleBroken]
) -> None:
    version = desk.version(code)
    with pytest.raises(refusal):
        pause(desk, code, ground, login=login, document=document)
    assert desk.version(code) == version


def test_two_grounds_never_stop_one_clock(desk: Desk, code: str) -> None:
    pause(desk, code, "public_notice")
    with pytest.raises(StandsStill):
        pause(desk, code, "verification")
    with pytest.raises(StandsStill), desk.house.unit_of_work() as uow:
        waiting.ask_supplement(uow, desk.staff("officer"), code, desk.version(code), ASK, at=desk.clock.now())
    resume(desk, code)
    with pytest.raises(AlreadyDone):
        resume(desk, code)


def test_a_ground_of_the_past_or_used_up_is_refused(desk: Desk, code: str) -> None:
    with desk.house.unit_of_work() as uow:
        row = uow.session.scalars(select(SuspensionGround).where(SuspensionGround.code == "public_notice")).one()
        row.most_often = 1
        old = uow.session.scalars(select(SuspensionGround).where(SuspensionGround.code == "verification")).one()
        old.effective_to = desk.clock.now().date()
    pause(desk, code, "public_notice")
    desk.clock.advance(timedelta(hours=1))
    resume(desk, code)
    with pytest.raises(GroundUsedUp, match="1 lần"):
        pause(desk, code, "public_notice")
    with pytest.raises(GroundNotOpen):
        pause(desk, code, "verification")


def test_after_its_longest_duration_the_clock_runs_again_from_that_day_s_end(desk: Desk, code: str) -> None:
    pause(desk, code, "public_notice")
    with desk.house.reading() as session:
        until = session.scalars(select(LedgerEntry.until_at)).one()
        assert pauses.due(session, desk.house.calendars, until - timedelta(minutes=1)) == []
    assert until == datetime(2026, 12, 16, 0, 0, tzinfo=VIETNAM)
    late = until + timedelta(days=2)
    for _ in range(2):
        with desk.house.unit_of_work() as uow:
            for dossier_id in pauses.due(uow.session, desk.house.calendars, late):
                assert pauses.act(uow, dossier_id, late)
    with desk.house.reading() as session:
        assert session.scalars(select(LedgerEntry.ended_at)).all() == [until]
    assert clock_of(desk, code).due_day == 20261217  # fifteen working days given back, no more than the ground allows


def test_a_second_request_is_a_leader_s_with_a_reason_and_late_in_every_reading_that_says_so(
    desk: Desk, code: str
) -> None:
    with desk.house.unit_of_work() as uow:
        waiting.ask_supplement(uow, desk.staff("officer"), code, desk.version(code), ASK, at=desk.clock.now())
    desk.clock.advance(timedelta(hours=1))
    with desk.house.unit_of_work() as uow:
        waiting.take_supplement(
            uow, desk.staff("clerk"), code, desk.version(code), note="Đủ", at=desk.clock.now()
        )
    desk.clock.advance(timedelta(hours=1))
    for login, reason, refusal in (
        ("officer", "Còn thiếu", RequirementNotMet),
        ("leader", "  ", (RequirementNotMet, Missing)),
    ):
        with pytest.raises(refusal), desk.house.unit_of_work() as uow:
            waiting.ask_supplement(
                uow, desk.staff(login), code, desk.version(code), ASK, leader_reason=reason, at=desk.clock.now()
            )
    with desk.house.unit_of_work() as uow:
        waiting.ask_supplement(
            uow, desk.staff("leader"), code, desk.version(code), ASK, leader_reason="Luật mới", at=desk.clock.now()
        )
    with desk.house.unit_of_work() as uow:
        waiting.take_supplement(
            uow, desk.staff("clerk"), code, desk.version(code), note="Đủ", at=desk.clock.now() + timedelta(hours=1)
        )
    with desk.house.unit_of_work() as uow:
        waiting.stop(
            uow, desk.staff("leader"), code, desk.version(code), ground="Điều 21", reason="Trùng",
            at=desk.clock.now() + timedelta(hours=2),
        )  # fmt: skip
    assert clock_of(desk, code).standing == "late"
    with desk.house.reading() as session:
        shown = clock_shown(
            session, desk.dossier(code), desk.house.calendars, at=desk.clock.now() + timedelta(hours=3),
            reading=Reading.SUBTRACT,
        )  # fmt: skip
    assert shown
    assert shown.readings
    assert (shown.readings.subtract.standing, shown.readings.national) == ("early", "late")


def test_a_received_dossier_is_not_paused_before_it_is_in_work(desk: Desk) -> None:
    made = desk.receive().code
    with pytest.raises(TransitionNotAllowed):
        pause(desk, made, "public_notice", login="leader")
