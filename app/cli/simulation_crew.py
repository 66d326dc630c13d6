"""A simulation by several processes (thử thời hạn bằng nhiều tiến trình), each with its share of the dossiers."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

from sqlalchemy.orm import Session

from app.db.calendars import CalendarBook
from app.domain.simulation import Tally
from app.queries.simulation import Counted, Question, Share, counted, is_more_than
from app.settings import Settings
from app.wiring import build_house

PROCESSES = 2
_WORTH_IT = 100_000  # dossiers: another process needs a second to begin


def shared(settings: Settings, *, at_least: int = _WORTH_IT) -> Counted:
    """Return a way of counting that takes a process for each share where there are more dossiers than `at_least`.

    Each reads the house by itself, so the shares are of one moment only where nobody writes: periods that are over.
    """
    return partial(_counted, settings, at_least)


def _counted(
    settings: Settings, at_least: int, session: Session, calendars: CalendarBook, question: Question
) -> Iterator[Tally]:
    if not is_more_than(session, question, at_least):
        yield from counted(session, calendars, question)
        return
    shares = [Share(nth, PROCESSES) for nth in range(PROCESSES)]
    with ProcessPoolExecutor(PROCESSES, get_context("spawn")) as pool:
        yield from pool.map(partial(_share, settings, question), shares)


def _share(settings: Settings, question: Question, share: Share) -> Tally:
    house = build_house(settings)
    try:
        with house.reading() as session:
            (tally,) = counted(session, house.calendars, question, share)
            return tally
    finally:
        house.engine.dispose()
