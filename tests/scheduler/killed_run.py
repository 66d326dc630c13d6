"""Follows a changed calendar in processes that are killed inside their third batch; started by a test.

`python -m tests.scheduler.killed_run TIME` forks one after another until nothing is left to do; prints how many died.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import datetime

from app.db.unit_of_work import UnitOfWork
from app.scheduler.sweeping import in_batches
from app.services.sweeps import calendars
from app.settings import from_environment
from app.wiring import build_house

BATCHES = 3


def main(text: str) -> None:
    """Print the number of processes that were killed before one came to the end."""
    calendars.RECKONED_AT_ONCE, calendars.PUBLISHED_AT_ONCE, calendars.TOLD_AT_ONCE = 2, 2, 2
    calendars.HELD_SECONDS = 0
    kills = 0
    while _dies(datetime.fromisoformat(text)):
        kills += 1
    sys.stdout.write(f"{kills}\n")


def _dies(at: datetime) -> bool:
    process = os.fork()
    if not process:
        _follow(at)
    _, status = os.waitpid(process, 0)
    return os.WIFSIGNALED(status)


def _follow(at: datetime) -> None:
    begun = 0

    def act(uow: UnitOfWork, calendar_id: int, at: datetime) -> bool:
        nonlocal begun
        begun += 1
        done = calendars.act(uow, calendar_id, at)
        uow.session.flush()
        if begun == BATCHES:
            os.kill(os.getpid(), signal.SIGKILL)  # everything is written, nothing is committed
        return done

    in_batches(calendars.due, act)(build_house(from_environment(demo=True)), at)
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
