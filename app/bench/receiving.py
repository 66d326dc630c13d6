"""How many dossiers desks can receive and commit in a second, against bare inserts of as many rows.

Clerks receive side by side in processes of their own, as the web's workers do: each builds its own house over the same
database. The floor is driven by as many processes in the same way. Two clerks at one desk wait for each other's code,
which must have no gaps; two desks share nothing but the machine.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from random import Random
from typing import Final

from sqlalchemy import text

from app.bench.rooms import WORKDAY
from app.bench.timing import Measure
from app.clock import FixedClock
from app.domain.channels import Channel
from app.queries.accounts import staff_by_login
from app.queries.demo import component_rows
from app.seed.demo_people import person
from app.services import intake
from app.services.values import ComponentData, Filing, Reception
from app.settings import Settings
from app.wiring import House, build_house

_LONGEST = 300  # seconds to wait for the others
ROWS_A_RECEPTION = 14  # dossier, two people, six papers, hop, steps, form, event, clock, fact: about as many inserts


@dataclass(frozen=True, slots=True)
class Desk:
    """Who receives what for which authority."""

    clerk: str
    unit: str
    procedure: str


COMMUNE: Final = Desk("clerk", "H99.105", "1.004873")
DEPARTMENT: Final = Desk("clerk.so", "H99.12", "1.012783")
_Together = tuple[Barrier, Barrier, "Queue[float]"]


def receive_rate(house: House, count: int, desks: Sequence[Desk], *, aim: str) -> list[Measure]:
    """Return receptions per second by a clerk at each of `desks`, and what each costs a processor."""
    begun = [(_receive_together, (desk, seed)) for seed, desk in enumerate(desks)]
    rate, processor = _side_by_side(house, count, begun)
    with house.engine.begin() as connection:
        connection.execute(text("CREATE TABLE IF NOT EXISTS bench_floor (id INTEGER, body TEXT)"))
    floor, bare_processor = _side_by_side(house, count, [(_insert_together, ())] * len(desks))
    places = "một bàn" if len(set(desks)) == 1 else "hai bàn"
    name = f"tiếp nhận và ghi ({house.engine.dialect.name}, {len(desks)} tiến trình, {places})"
    bare = f"14 INSERT + COMMIT, {len(desks)} tiến trình"
    return [
        Measure(name, rate, "hồ sơ/giây", bare, floor, aim, better="more"),
        Measure(f"{name}, bộ xử lý", processor, "ms/hồ sơ", bare, bare_processor, "–"),
    ]


def receive(house: House, dice: Random, count: int, desk: Desk = COMMUNE) -> None:
    """Receive `count` dossiers of invented people at a desk."""
    at = house.clock.now()
    with house.reading() as session:
        clerk = staff_by_login(session, desk.clerk, at)
        papers = component_rows(session, desk.procedure)
    given = tuple(ComponentData(row.ordinal, "exempt", row.exemption) if row.exemption else
                  ComponentData(row.ordinal, "paper", originals=1) for row in papers)  # fmt: skip
    if clerk is None:
        raise LookupError(desk.clerk)
    for _ in range(count):
        filing = Filing(desk.procedure, desk.unit, Channel.DIRECT, person(dice), components=given)
        with house.unit_of_work() as uow:
            intake.receive_new(uow, clerk, Reception(filing), at)


def _side_by_side(
    house: House, count: int, work: Sequence[tuple[Callable[..., None], tuple[object, ...]]]
) -> tuple[float, float]:
    """Return pieces of work a second of as many processes, and the processor milliseconds of one."""
    spawning = get_context("spawn")
    spent: Queue[float] = spawning.Queue()
    together = spawning.Barrier(len(work) + 1), spawning.Barrier(len(work) + 1), spent
    each = count // len(work)
    workers = [
        spawning.Process(target=target, args=(house.settings, each, together, *given)) for target, given in work
    ]
    for worker in workers:
        worker.start()
    together[0].wait(_LONGEST)
    begun = time.perf_counter()
    together[1].wait(_LONGEST)
    rate = each * len(work) / (time.perf_counter() - begun)
    processor = 1000 * sum(spent.get(timeout=_LONGEST) for _ in workers) / (each * len(work))
    for worker in workers:
        worker.join()
    return rate, processor


def _receive_together(settings: Settings, count: int, together: _Together, desk: Desk, seed: int) -> None:
    house, dice = build_house(settings, FixedClock(WORKDAY)), Random(seed)
    receive(house, dice, 20, desk)
    _timed(lambda: receive(house, dice, count, desk), together)


def _insert_together(settings: Settings, count: int, together: _Together) -> None:
    house = build_house(settings, FixedClock(WORKDAY))
    _insert_bare(house, 20)
    _timed(lambda: _insert_bare(house, count), together)


def _timed(work: Callable[[], None], together: _Together) -> None:
    """Work once all are ready; tell the processor's seconds."""
    ready, done, spent = together
    ready.wait(_LONGEST)
    begun = time.process_time()
    work()
    spent.put(time.process_time() - begun)
    done.wait(_LONGEST)


def _insert_bare(house: House, count: int) -> None:
    for number in range(count):
        with house.engine.connect().execution_options(writing=True) as connection, connection.begin():
            for row in range(ROWS_A_RECEPTION):
                connection.execute(
                    text("INSERT INTO bench_floor VALUES (:id, :body)"), {"id": number, "body": "x" * 200 + str(row)}
                )
