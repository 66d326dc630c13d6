"""One process of the pool (tiến trình xử lý): a house of its own, one job after the other."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Mapping
from typing import Any

from app.logging import configure
from app.scheduler.handlers import HANDLERS, JobRefused
from app.services import jobs
from app.services.values import NewFile
from app.settings import Settings
from app.wiring import House, build_house

_houses: list[House] = []


def begin(settings: Settings, parent: int) -> None:
    """Build this process's house. Ctrl-C is for the scheduler; with the scheduler gone, there is nobody to work for."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    configure(settings.log_format)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    _houses.append(build_house(settings))


def work(job_id: int, owner: str, kind: str, arguments: Mapping[str, Any]) -> NewFile | None:
    """Do one job. Raises JobRefused for a kind that nobody knows, and whatever the handler raises."""
    house, handler = _houses[0], HANDLERS.get(kind)
    if handler is None:
        raise JobRefused(f"Chương trình này không biết loại việc “{kind}”")

    def progress(percent: int) -> None:
        with house.unit_of_work() as uow:
            jobs.note_progress(uow, job_id, owner, percent)

    return handler(house, arguments, progress)


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)  # a lease that ends is how others learn of it
