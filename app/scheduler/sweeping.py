"""How a sweep runs (cách một việc theo giờ chạy): ask what is due, do it in small transactions, go on after a fault."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy.orm import Session

from app.db.calendars import CalendarBook
from app.db.unit_of_work import UnitOfWork
from app.wiring import House

log = structlog.get_logger("motcua.scheduler")

Due = Callable[[Session, CalendarBook, datetime], Sequence[int]]
Act = Callable[[UnitOfWork, int, datetime], bool]
Run = Callable[[House, datetime], int]
BATCH = 20  # subjects in one transaction: a desk that writes at the same time hardly waits


@dataclass(frozen=True, slots=True)
class Sweep:
    """One line of the table: its name, how often it looks, and what it does. `run` returns how much was done."""

    name: str
    every: timedelta
    run: Run


def each(due: Due, act: Act, *, batch: int = BATCH) -> Run:
    """Return a sweep over subjects by id, dossiers mostly: `due` lists them, `act` does one in the open unit."""

    def run(house: House, at: datetime) -> int:
        with house.reading() as session:
            waiting = due(session, house.calendars, at)
        done = 0
        for start in range(0, len(waiting), batch):
            done += _together(house, act, waiting[start : start + batch], at)
        return done

    return run


def in_batches(due: Due, act: Act) -> Run:
    """Return a sweep over subjects of which `act` does one batch in each transaction, until nothing is due."""

    def run(house: House, at: datetime) -> int:
        done = 0
        while True:
            with house.reading() as session:
                waiting = due(session, house.calendars, at)
            acted = sum(_together(house, act, [subject], at) for subject in waiting)
            if not acted:
                return done
            done += acted

    return run


def _together(house: House, act: Act, subjects: Sequence[int], at: datetime) -> int:
    """Do a batch in one transaction; when it fails, each of it in one of its own."""
    try:
        with house.unit_of_work() as uow:
            return sum(act(uow, subject, at) for subject in subjects)
    except Exception:  # one subject that cannot be done must not keep the others from being done
        if len(subjects) == 1:
            log.exception("sweep_failed", act=act.__module__, subject=subjects[0])
            return 0
        return sum(_together(house, act, [subject], at) for subject in subjects)
