"""Hostile files: each costs at most its process and three seconds, and the next file is judged as ever."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest

from app.adapters.verifying.cage import caged
from app.adapters.verifying.verifier import Verifier, verify_alone
from signing import Revocation, Verdict, verify
from signing.verdicts import TOO_HEAVY
from tests.signing import hostile
from tests.signing.conftest import AT

PATIENCE = 3.0
LATER = AT + timedelta(days=1)


@pytest.fixture(scope="module")
def verifier() -> Iterator[Verifier]:
    verifier = Verifier()
    yield verifier
    verifier.close()


@pytest.fixture(scope="module", autouse=True)
def _warm(verifier, world, signed):
    assert verifier.verify(signed, world.trust, at=LATER).verdict is Verdict.PASSED


@pytest.mark.parametrize("make", hostile.FILES, ids=lambda make: make.__name__)
def test_a_hostile_file_is_answered_in_time(verifier, world, make):
    pdf = make()
    begun = time.monotonic()
    verdict = verifier.verify(pdf, world.trust, at=LATER)
    assert time.monotonic() - begun < PATIENCE
    assert verdict.verdict is not Verdict.PASSED
    assert verdict.reason


def test_the_next_file_is_judged_as_ever(verifier, world, signed, by_level):
    for file in (signed, *by_level.values()):
        assert verifier.verify(file, world.trust, at=LATER).verdict is Verdict.PASSED


def test_the_wall_brings_the_whole_verdict_through(verifier, world, by_level):
    for file in by_level.values():
        assert verifier.verify(file, world.trust, at=LATER) == verify(file, world.trust, at=LATER)


def test_a_warm_process_that_was_killed_is_replaced(verifier, world, signed):
    os.kill(verifier._warm.process.pid, signal.SIGKILL)
    verifier._warm.process.wait()
    assert verifier.verify(signed, world.trust, at=LATER).verdict is Verdict.PASSED


def test_a_command_judges_in_a_process_of_its_own(world, signed):
    verdict = verify_alone(signed, world.trust, at=LATER, revocation=Revocation.HARD)
    assert (verdict.verdict, verdict.signatures[0].timestamp) == (Verdict.PASSED, None)
    heavy = verify_alone(hostile.a_bomb_in_a_bomb(), world.trust, at=LATER, revocation=Revocation.HARD)
    assert heavy.verdict is Verdict.INDETERMINATE


def test_work_that_loops_swells_or_dies_comes_back_empty():
    def loops() -> bytes:
        while True:
            pass

    def swells() -> bytes:
        return bytes(400 * hostile.MB)

    def dies() -> bytes:
        os.kill(os.getpid(), signal.SIGKILL)
        return b"x"

    begun = time.monotonic()
    assert [caged(work, seconds=0.3) for work in (loops, swells, dies)] == [None] * 3
    assert time.monotonic() - begun < PATIENCE
    assert caged(lambda: b"alive", seconds=2) == b"alive"


def test_what_outgrows_its_walls_is_said_so(world, signed):
    assert verify_alone(signed, world.trust, at=LATER, revocation=Revocation.HARD, seconds=0.001).reason == TOO_HEAVY
