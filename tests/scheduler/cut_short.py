"""Runs the scheduler in processes that are killed with SIGKILL at their n-th statement; started by a test.

`python -m tests.scheduler.cut_short TIME…`: for each simulated time one process after the other ticks and dies a little
later than the one before, in a look, between an effect and its event, before and after a commit, until one comes to
the end. Prints how many died.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import datetime
from typing import Any

from sqlalchemy import event

from app.scheduler.table import SWEEPS
from app.scheduler.ticks import tick
from app.settings import from_environment
from app.wiring import House, build_house

FURTHER = 19  # statements: of no small common measure with what a sweep asks
BESIDE = ("work", "send", "want_previews", "prove_times", "collect_orphans", "clean", "prepare_reports")


def main(*times: str) -> None:
    """Print the number of processes that were killed."""
    kills = 0
    for text in times:
        allowed = FURTHER
        while _dies(datetime.fromisoformat(text), allowed):
            kills, allowed = kills + 1, allowed + FURTHER
    sys.stdout.write(f"{kills}\n")


def _dies(at: datetime, allowed: int) -> bool:
    process = os.fork()
    if not process:
        _tick(build_house(from_environment(demo=True)), at, allowed)
    _, status = os.waitpid(process, 0)
    return os.WIFSIGNALED(status)


def _tick(house: House, at: datetime, allowed: int) -> None:
    asked = 0

    def count(*_: Any) -> None:
        nonlocal asked
        asked += 1
        if asked == allowed:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(house.engine, "after_cursor_execute", count)
    event.listen(house.engine, "commit", count)
    for sweep in SWEEPS:
        while sweep.name not in BESIDE and tick(house, sweep, at) > 0:
            pass
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
