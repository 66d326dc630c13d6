"""Runs several schedulers at once and kills them with SIGKILL at random moments; started by test_killed.py.

`python -m tests.scheduler.slaughter SEED SECONDS TIME…`: for each simulated time a crowd of processes ticks
until all of them were killed or have nothing left to do. Prints how many were killed at work. Loaded once,
forked often: a start from nothing takes longer than the work that a kill is meant to hit.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import sys
import time
from datetime import datetime

from app.scheduler.ticks import run_once
from app.settings import from_environment
from app.wiring import build_house

CROWD = 4
LONGEST_WAIT = 0.4


def main(seed: str, seconds: str, *times: str) -> None:
    """Spread the seconds over the times and print the number of kills."""
    dice, kills = random.Random(seed), 0
    share = float(seconds) / len(times)
    for text in times:
        until = time.monotonic() + share
        while time.monotonic() < until:
            kills += _one_crowd(datetime.fromisoformat(text), dice)
    sys.stdout.write(f"{kills}\n")


def _one_crowd(at: datetime, dice: random.Random) -> int:
    crowd, kills = [_ticker(at) for _ in range(CROWD)], 0
    for process in crowd:
        time.sleep(dice.uniform(0.02, LONGEST_WAIT))
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
        _, status = os.waitpid(process, 0)
        kills += os.WIFSIGNALED(status)
    return kills


def _ticker(at: datetime) -> int:
    process = os.fork()
    if process:
        return process
    house = build_house(from_environment(demo=True))
    while any(run_once(house, at).values()):
        pass
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
