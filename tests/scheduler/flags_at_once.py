"""Counts flags in two processes that come to each writing together; started by a test.

`python -m tests.scheduler.flags_at_once TIME FOLDER` prints how many of them ended well.
"""

from __future__ import annotations

import os
import sys
import time
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import event

from app.scheduler.flag_counts import count_flags
from app.settings import from_environment
from app.wiring import House, build_house

BOTH = 2
PATIENCE = 1.0  # seconds: on SQLite the second comes no further than the first lets it


def main(text: str, folder: str) -> None:
    """Start both and print how many came to the end of their count."""
    processes = [_counter(datetime.fromisoformat(text), Path(folder), str(number)) for number in range(BOTH)]
    ended = [os.waitpid(process, 0)[1] for process in processes]
    sys.stdout.write(f"{ended.count(0)}\n")


def _counter(at: datetime, folder: Path, name: str) -> int:
    process = os.fork()
    if process:
        return process
    house = build_house(from_environment(demo=True))
    _meet_before_writing(house, folder, name)
    try:
        count_flags(house, at)
    finally:
        os._exit(1 if sys.exc_info()[0] else 0)


def _meet_before_writing(house: House, folder: Path, name: str) -> None:
    turns = count()

    def meet(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith("INSERT INTO flag_counts"):
            return
        turn, until = next(turns), time.monotonic() + PATIENCE
        (folder / f"{turn}-{name}").touch()
        while time.monotonic() < until and len(list(folder.glob(f"{turn}-*"))) < BOTH:
            time.sleep(0.01)

    event.listen(house.engine, "before_cursor_execute", meet)


if __name__ == "__main__":
    main(*sys.argv[1:])
