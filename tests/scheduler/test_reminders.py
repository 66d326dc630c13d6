"""Reminders beside the ladder: online answers, steps, dossiers that stand still, results nobody fetches."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.db.models import Dossier
from app.domain.channels import Channel
from app.domain.people import SCHEDULER
from app.scheduler.ticks import run_once
from app.services import processing, submission, waiting
from app.services.values import SupplementAsk
from tests.scheduler.words import effects, events, local, tick_at, told
from tests.support.seeded import SINGLE, Desk


def filed_online(desk: Desk) -> int:
    with desk.house.unit_of_work() as uow:
        return submission.file_online(uow, desk.filing(channel=Channel.ONLINE), at=desk.clock.now()).dossier_id


def in_the_office(desk: Desk) -> tuple[str, int]:
    """Return code and id of a dossier that the desk has handed on."""
    made = desk.receive(SINGLE)
    desk.digitize(made.code)
    with desk.house.unit_of_work() as uow:
        processing.forward(uow, desk.staff("clerk"), made.code, desk.version(made.code), at=desk.clock.now())
    return made.code, made.dossier_id


def test_an_online_filing_is_called_to_mind_before_and_at_its_eight_hours(desk: Desk) -> None:
    # Filed Monday 08:30; 7.5 open hours a day, Tuesday a holiday: due Wednesday at 09:00
    dossier = filed_online(desk)
    tick_at(desk, "Monday 2026-11-23 16:29")
    assert effects(desk, dossier) == []
    tick_at(desk, "Monday 2026-11-23 16:30")
    assert told(desk, dossier) == [("clerk", "answer_soon"), ("clerk2", "answer_soon")]
    tick_at(desk, "Wednesday 2026-11-25 09:00")
    assert effects(desk, dossier, "answer") == ["answer:soon", "answer:due"]
    assert ("leader", "answer_due") in told(desk, dossier)


def test_a_step_that_outlasts_its_hours_is_called_to_mind_once(desk: Desk) -> None:
    _, dossier = in_the_office(desk)
    for _ in range(2):
        tick_at(desk, "Thursday 2026-11-26 17:00")
    assert effects(desk, dossier, "step_late") == ["step_late:step_late"]


def test_papers_that_stay_at_the_desk_are_called_to_mind_once_and_those_handed_on_are_not(desk: Desk) -> None:
    dossier, (_code, gone) = desk.receive(SINGLE).dossier_id, in_the_office(desk)  # Monday 08:30: to go by 17:00
    tick_at(desk, "Monday 2026-11-23 16:59")
    assert effects(desk, dossier, "forward_late") == []
    for _ in range(2):
        tick_at(desk, "Monday 2026-11-23 17:00")
    assert effects(desk, dossier, "forward_late") == ["forward_late:forward_late"]
    assert [one for one in told(desk, dossier) if one[1] == "forward_late"] == [
        ("clerk", "forward_late"),
        ("clerk2", "forward_late"),
    ]
    assert effects(desk, gone, "forward_late") == []


def test_a_step_gets_back_what_the_applicant_took(desk: Desk) -> None:
    code, dossier = in_the_office(desk)
    with desk.house.unit_of_work() as uow:
        ask = SupplementAsk(("Tờ khai",), "Thiếu")
        waiting.ask_supplement(
            uow, desk.staff("leader"), code, desk.version(code), ask, leader_reason="Cần", at=desk.clock.now()
        )
    back = local("Friday 2026-12-04 08:00")
    with desk.house.unit_of_work() as uow:
        waiting.take_supplement(uow, desk.staff("clerk"), code, desk.version(code), note="Đã nộp", at=back)
    tick_at(desk, "Friday 2026-12-04 08:01")
    assert effects(desk, dossier, "step_late") == []


def test_three_working_days_without_a_hand_on_it_are_stuck(desk: Desk) -> None:
    # 24 working hours after Monday 08:30, 7.5 open hours a day, Tuesday off: Friday 09:00
    _, dossier = in_the_office(desk)
    tick_at(desk, "Friday 2026-11-27 08:59")
    assert effects(desk, dossier, "stuck") == []
    for moment in ("Friday 2026-11-27 09:00", "Friday 2026-11-27 10:00", "Monday 2026-11-30 10:00"):
        tick_at(desk, moment)
    assert len(effects(desk, dossier, "stuck")) == 1
    assert ("leader", "stuck") in told(desk, dossier)
    tick_at(desk, "Friday 2026-12-04 10:00")  # as long again
    assert len(effects(desk, dossier, "stuck")) == 2


@pytest.mark.parametrize(("phone", "reached"), [("0912345678", "sms"), ("", "clerks")])
def test_a_result_is_called_to_mind_after_a_week_and_after_a_month(desk: Desk, phone: str, reached: str) -> None:
    made = desk.receive(SINGLE, applicant=replace(desk.person(), phone=phone))
    ready = desk.clock.now()
    with desk.house.unit_of_work() as uow:
        dossier = uow.session.get_one(Dossier, made.dossier_id)
        dossier.state, dossier.ended_at = "finished", ready
        uow.record("dossier:finished", dossier, SCHEDULER, ready)
    for days in (6.9, 7, 7.1, 29.9, 30, 31):
        run_once(desk.house, desk.clock.set(ready + timedelta(days=days)))
    assert effects(desk, made.dossier_id, "remind_pickup") == ["remind_pickup:7-days", "remind_pickup:30-days"]
    assert events(desk, made.dossier_id).count("dossier:pickup_reminded") == 2
    unreachable = [template for _, template in told(desk, made.dossier_id)].count("pickup_unreachable")
    assert unreachable == (0 if reached == "sms" else 4)
