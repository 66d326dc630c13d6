"""Guesses wait longer and longer, nobody for more than fifteen minutes, and an hour forgives."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.throttle import ACCOUNT, ADDRESS, count_failure, delay_after, forgive, waiting_time


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 0), (3, 0), (4, 5), (5, 10), (6, 20), (10, 320), (11, 640), (12, 900), (50, 900), (10_000, 900)],
)
def test_the_wait_doubles_after_three_free_failures_up_to_a_quarter_of_an_hour(failures, seconds):
    assert delay_after(failures, free=ACCOUNT.free) == timedelta(seconds=seconds)


@given(st.integers(0, 5_000), st.integers(0, 100))
def test_one_more_failure_never_shortens_the_wait(failures, free):
    assert delay_after(failures, free=free) <= delay_after(failures + 1, free=free) <= timedelta(minutes=15)


def test_a_success_and_an_hour_forgive(uow, clock):
    for _ in range(6):
        count_failure(uow.session, ACCOUNT, "an.nv", clock.now())
        uow.session.flush()
    assert waiting_time(uow.session, ACCOUNT, "an.nv", clock.now()) == timedelta(seconds=20)
    assert waiting_time(uow.session, ACCOUNT, "binh.tt", clock.now()) == timedelta()
    later = clock.now() + timedelta(hours=1, seconds=1)
    assert count_failure(uow.session, ACCOUNT, "an.nv", later) == timedelta()
    forgive(uow.session, ACCOUNT, "an.nv")
    uow.session.flush()
    assert waiting_time(uow.session, ACCOUNT, "an.nv", later) == timedelta()


def test_a_whole_office_behind_one_address_has_more_room_than_one_account(uow, clock):
    for _ in range(30):
        wait = count_failure(uow.session, ADDRESS, "10.0.0.7", clock.now())
        uow.session.flush()
    assert wait == timedelta()
    assert count_failure(uow.session, ADDRESS, "10.0.0.7", clock.now()) == timedelta(seconds=5)
