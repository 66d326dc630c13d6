"""Filling the demo house (nạp hồ sơ mẫu): all lives side by side under a simulated clock, with progress."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from datetime import datetime
from random import Random

from app.queries.demo_progress import lives_begun
from app.seed.demo_cast import cast_of
from app.seed.demo_certifying import certified
from app.seed.demo_evenings import evenings
from app.seed.demo_life import Life
from app.seed.demo_plan import COPIES, plans
from app.services.errors import StaleScreen
from app.wiring import House

Report = Callable[[int, int], None]


def fill(house: House, now: datetime, *, total: int, full_day: int, report: Report) -> int:
    """Let the demo's dossiers live up to `now` and return how many were begun; `report(done, all)` shows progress.

    A house that has its dossiers stays as it is.
    """
    with house.reading() as session:
        if lives_begun(session):
            return 0
        calendar, _ = house.calendars.of_unit(session, 2)
    dice = Random(99_105)
    cast = cast_of(house, dice, now)
    chosen = plans(calendar, now, total=total, full_day=full_day)
    lives = [_story(Life(house, cast, Random(plan.number), calendar, plan, now)) for plan in chosen]
    closing = [evenings(house, cast, min(plan.at for plan in chosen))] if chosen else []
    queue = [(next(life), place, life) for place, life in enumerate([*lives, *closing])]
    heapq.heapify(queue)
    _live(queue, now, report=report, total=len(lives))
    return len(lives)


def _story(life: Life) -> Iterator[datetime]:
    """Return how a dossier goes: a certified copy over the certification desk, anything else through the office."""
    return certified(life) if life.plan.procedure == COPIES else life.run()


def _live(queue: list[tuple], now: datetime, *, report: Report, total: int) -> None:
    done = 0
    while queue and queue[0][0] <= now:
        at, place, life = heapq.heappop(queue)
        try:
            heapq.heappush(queue, (life.send(at), place, life))
        except (StopIteration, StaleScreen):  # its story is told, or a visitor of the demo took it up
            done += 1
            report(done, total)
    report(total, total)
