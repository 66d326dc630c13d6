"""The workshop (xưởng việc nền): claims jobs, lets a pool of processes do them, writes down how each went.

Drawing and printing would hold up the sweeps in their own process: hence the pool. A worker that dies breaks
the pool; the job is tried again in a new one.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Mapping
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, ProcessPoolExecutor, wait
from datetime import datetime, timedelta
from multiprocessing import active_children, get_context
from typing import Any

import structlog

from app.scheduler import worker
from app.scheduler.handlers import JobRefused
from app.services import jobs
from app.services.jobs import Claimed
from app.services.values import NewFile
from app.settings import Settings
from app.wiring import House

log = structlog.get_logger("motcua.scheduler")

PROCESSES = 1  # background work leaves the other core to the people at the desk
Outcome = Future[NewFile | None]


class Workshop:
    """One pool for the life of a scheduler; started when there is something to do."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._settings: Settings | None = None
        self.owner = f"{socket.gethostname()}:{os.getpid()}"

    def run(self, house: House, at: datetime) -> int:
        """Do all jobs that are due, and return how many were taken up."""
        begun, taken = time.monotonic(), 0
        while claimed := self._claim(house, at):
            taken += len(claimed)
            self._work(house, claimed, at, begun)
        return taken

    def close(self) -> None:
        """End the pool at once; what it was at work on is tried again."""
        if self._pool is not None:
            for process in active_children():
                process.terminate()
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def _claim(self, house: House, at: datetime) -> list[Claimed]:
        with house.reading() as session:
            if not jobs.is_any_due(session, at):
                return []
        with house.unit_of_work() as uow:
            return jobs.claim(uow, self.owner, at, most=PROCESSES)

    def _work(self, house: House, claimed: list[Claimed], at: datetime, begun: float) -> None:
        """Wait for these jobs, holding on to their leases as time goes by."""
        running = {self._submit(house.settings, job): job.job_id for job in claimed}
        while running:
            done, _ = wait(running, timeout=jobs.LEASE.total_seconds() / 3, return_when=FIRST_COMPLETED)
            now = at + timedelta(seconds=time.monotonic() - begun)
            for future in done:
                self._note(house, running.pop(future), future, now)
            with house.unit_of_work() as uow:
                jobs.renew(uow, running.values(), self.owner, now)

    def _submit(self, settings: Settings, job: Claimed) -> Outcome:
        arguments: tuple[int, str, str, Mapping[str, Any]] = (job.job_id, self.owner, job.kind, job.arguments)
        try:
            return self._started(settings).submit(worker.work, *arguments)
        except BrokenExecutor:
            self.close()
            return self._started(settings).submit(worker.work, *arguments)

    def _started(self, settings: Settings) -> ProcessPoolExecutor:
        if self._settings != settings:
            self.close()
        if self._pool is None:
            self._settings = settings
            # Not forked: threads and database connections of this process must not be copied.
            self._pool = ProcessPoolExecutor(
                PROCESSES, get_context("spawn"), initializer=worker.begin, initargs=(settings, os.getpid())
            )
        return self._pool

    def _note(self, house: House, job_id: int, future: Outcome, at: datetime) -> None:
        wrong = future.exception()
        with house.unit_of_work() as uow:
            if wrong is None:
                jobs.note_done(uow, job_id, self.owner, at, result=future.result())
                return
            again = not isinstance(wrong, JobRefused)
            jobs.note_failure(uow, job_id, self.owner, reason_of(wrong), at, again=again)
        log.error("job_failed", job=job_id, reason=reason_of(wrong), exc_info=wrong if again else None)


def reason_of(wrong: BaseException) -> str:
    """Return why a job failed in one plain line."""
    if isinstance(wrong, JobRefused):
        return str(wrong)
    if isinstance(wrong, BrokenExecutor):
        return "Tiến trình xử lý dừng đột ngột (thiếu bộ nhớ, hoặc bị dừng)"
    return f"{type(wrong).__name__}: {wrong}".splitlines()[0][:300]
