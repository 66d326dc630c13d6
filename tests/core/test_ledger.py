"""The ledger refuses what cannot have happened, and can be seen as it was known."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.core.days import local
from workflows.errors import (
    EndBeforeStart,
    NaiveTime,
    SuspensionAfterEnd,
    SuspensionBackwards,
    SuspensionBeforeStart,
    SuspensionsOverlap,
)
from workflows.ledger import Effect, Extension, Ledger, Suspension, effect_of

MONDAY = local("Monday 2026-04-20 09:00")
A_MINUTE_BEFORE = local("Monday 2026-04-20 08:59")
TUESDAY = local("Tuesday 2026-04-21 09:00")
WEDNESDAY = local("Wednesday 2026-04-22 09:00")
THURSDAY = local("Thursday 2026-04-23 09:00")
FRIDAY = local("Friday 2026-04-24 09:00")
NAIVE = datetime(2026, 4, 22, 9)  # noqa: DTZ001 - the very thing to refuse


def stop(start, end=None, ground="supplement", effect=Effect.SUBTRACT):
    return Suspension(start, end, ground, effect)


@pytest.mark.parametrize(
    ("suspensions", "ended_at", "error", "sentence"),
    [
        ((stop(TUESDAY, TUESDAY),), None, SuspensionBackwards, "không sau lúc bắt đầu"),
        ((stop(WEDNESDAY, TUESDAY),), None, SuspensionBackwards, "không sau lúc bắt đầu"),
        ((stop(A_MINUTE_BEFORE, TUESDAY),), None, SuspensionBeforeStart, "có trước thời điểm tiếp nhận"),
        ((stop(TUESDAY, THURSDAY), stop(WEDNESDAY, FRIDAY)), None, SuspensionsOverlap, "chồng lên nhau"),
        ((stop(TUESDAY, FRIDAY), stop(WEDNESDAY, THURSDAY)), None, SuspensionsOverlap, "chồng lên nhau"),
        ((stop(TUESDAY), stop(WEDNESDAY, THURSDAY)), None, SuspensionsOverlap, "đến nay"),
        ((stop(FRIDAY),), THURSDAY, SuspensionAfterEnd, "vượt quá thời điểm kết thúc"),
        ((stop(TUESDAY, FRIDAY),), THURSDAY, SuspensionAfterEnd, "vượt quá thời điểm kết thúc"),
        ((), local("Monday 2026-04-20 08:00"), EndBeforeStart, "trước khi tiếp nhận"),
        ((stop(NAIVE, THURSDAY),), None, NaiveTime, "thiếu múi giờ"),
    ],
)
def test_impossible_ledgers_are_refused_in_words(suspensions, ended_at, error, sentence):
    with pytest.raises(error, match=sentence):
        Ledger(MONDAY, suspensions, ended_at=ended_at)


def test_naive_instants_are_refused_wherever_they_stand():
    for ledger in (
        lambda: Ledger(NAIVE),
        lambda: Ledger(MONDAY, ended_at=NAIVE),
        lambda: Ledger(MONDAY, declared_due_at=NAIVE),
        lambda: Ledger(MONDAY, extension=Extension(NAIVE, FRIDAY, "")),
        lambda: Ledger(MONDAY, extension=Extension(TUESDAY, NAIVE, "")),
    ):
        with pytest.raises(NaiveTime):
            ledger()


def test_suspensions_are_put_in_order_and_may_touch():
    ledger = Ledger(MONDAY, (stop(WEDNESDAY, THURSDAY), stop(TUESDAY, WEDNESDAY)))
    assert [one.start for one in ledger.suspensions] == [TUESDAY, WEDNESDAY]


def test_what_stops_no_clock_may_go_on_beside_what_does():
    consulting = stop(TUESDAY, FRIDAY, "consultation", Effect.NONE)
    assert Ledger(MONDAY, (consulting, stop(WEDNESDAY, THURSDAY))).suspensions[0] is consulting


def test_the_ledger_as_it_was_known():
    whole = Ledger(
        MONDAY,
        (stop(TUESDAY, THURSDAY),),
        extension=Extension(THURSDAY, local("Monday 2026-05-04 00:00"), "chờ ý kiến"),
        ended_at=FRIDAY,
    )
    assert whole.as_of(MONDAY) == Ledger(MONDAY)
    assert whole.as_of(WEDNESDAY) == Ledger(MONDAY, (stop(TUESDAY),))
    assert whole.as_of(THURSDAY) == Ledger(MONDAY, whole.suspensions, whole.extension)
    assert whole.as_of(FRIDAY) == whole


@pytest.mark.parametrize(
    ("ground", "effect"),
    [
        ("supplement", Effect.RESTART),
        ("payment", Effect.SUBTRACT),
        ("public_notice", Effect.SUBTRACT),
        ("verification", Effect.NONE),
        ("consultation", Effect.NONE),
        ("system_failure", Effect.NONE),
        ("a ground of the authority's own", Effect.RESTART),
    ],
)
def test_what_a_ground_does_by_default(ground, effect):
    assert effect_of(ground) is effect
