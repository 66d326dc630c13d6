"""The ladder as a rule: the due times that have reached a rung are exactly those whose instant has come."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.db.models import Setting
from app.db.reminding import LADDER
from app.domain.ladder import (
    DEFAULT_LADDER,
    Audience,
    LadderNotUnderstood,
    Rung,
    RungKind,
    as_setting,
    days_late,
    instant_before,
    ladder_of,
    reached_up_to,
)
from tests.core.days import DESK, local
from tests.scheduler.words import effects, tick_at
from tests.support.seeded import SINGLE, Desk
from workflows.calendar import VIETNAM
from workflows.limits import TimeLimit

FIRST = datetime(2024, 1, 1, tzinfo=VIETNAM)
MOMENTS = st.integers(0, 3 * 366 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes))
TEXTS = ("3 working days", "20 days", "24 hours", "4 working hours")
LIMITS = st.sampled_from([TimeLimit.parse(text) for text in TEXTS])


@given(due_at=MOMENTS, at=MOMENTS, minutes=st.integers(0, 60 * 80), limit=LIMITS)
def test_reached_means_its_instant_has_come(due_at: datetime, at: datetime, minutes: int, limit: TimeLimit) -> None:
    assert (due_at <= reached_up_to(DESK, at, minutes, limit)) == (instant_before(DESK, due_at, minutes, limit) <= at)


@pytest.mark.parametrize(
    ("rung", "limit", "minutes"),
    [
        (Rung(RungKind.SHARE, 25, Audience.HOLDER), "8 working days", 2 * 480),
        (Rung(RungKind.SHARE, 25, Audience.HOLDER), "24 hours", 6 * 60),
        (Rung(RungKind.HOURS, 4, Audience.OFFICER), "1 working day", 4 * 60),
        (Rung(RungKind.HOURS, 5, Audience.OFFICER), "1 working day", None),  # the first half of the limit is no warning
        (Rung(RungKind.DUE, 1, Audience.LEADER), "same day", 0),
    ],
)
def test_how_much_time_is_left_at_a_rung(rung: Rung, limit: str, minutes: int | None) -> None:
    assert rung.minutes_left(TimeLimit.parse(limit)) == minutes


def test_days_late_are_working_days_that_have_opened() -> None:
    due_at = local("Friday 2026-11-20 00:00")  # the end of Thursday
    at = local("Wednesday 2026-11-25 07:30")  # Tuesday 24 is a holiday
    late = [f"{day:%A %d}" for day in days_late(DESK, due_at, at, most=20)]
    assert late == ["Friday 20", "Monday 23", "Wednesday 25"]
    assert len(days_late(DESK, due_at, at - timedelta(minutes=1), most=20)) == 2
    assert len(days_late(DESK, due_at, at, most=2)) == 2


def test_a_ladder_is_kept_as_a_setting_and_read_back() -> None:
    assert ladder_of(as_setting(DEFAULT_LADDER)) == DEFAULT_LADDER


@pytest.mark.parametrize(
    "stored",
    ["4 hours", [{"kind": "hours"}], [{"kind": "weeks", "amount": 1, "to": "holder"}], [7],
     [{"kind": "hours", "amount": 0, "to": "holder"}]],
)  # fmt: skip
def test_a_ladder_that_cannot_be_read_names_the_rung(stored: object) -> None:
    with pytest.raises(LadderNotUnderstood, match="kind"):
        ladder_of(stored)


def test_a_house_may_set_a_ladder_of_its_own(desk: Desk) -> None:
    own = (Rung(RungKind.HOURS, 2, Audience.LEADER), Rung(RungKind.LATE, 1, Audience.LEADER))
    with desk.house.unit_of_work() as uow:
        uow.session.add(Setting(name=LADDER, value=as_setting(own)))
    dossier = desk.receive(SINGLE).dossier_id
    for moment in ("Thursday 2026-11-26 15:00", "Friday 2026-11-27 07:30", "Monday 2026-11-30 07:30"):
        tick_at(desk, moment)
    assert effects(desk, dossier, "warn") == ["warn:hours-2", "warn:late-20261127"]
