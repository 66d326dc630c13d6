"""How many dossiers a desk can receive and commit in a second, against bare inserts of as many rows.

Worker processes receive side by side, as in production: each builds its own house over the same database.
"""

from __future__ import annotations

import time
from multiprocessing import get_context
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from random import Random

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

PROCEDURE = "1.004873"
_LONGEST = 300  # seconds to wait for the others
ROWS_A_RECEPTION = 14  # dossier, two people, six papers, hop, steps, form, event, clock, fact: about as many inserts


def receive_rate(house: House, count: int, *, workers: int, aim: str) -> list[Measure]:
    """Return receptions per second by `workers` processes at one authority's desk, and what each costs a processor."""
    spawning = get_context("spawn")
    spent: Queue[float] = spawning.Queue()
    ready, done = spawning.Barrier(workers + 1), spawning.Barrier(workers + 1)
    clerks = [
        spawning.Process(target=_at_work, args=(house.settings, seed, count // workers, (ready, done, spent)))
        for seed in range(workers)
    ]
    for clerk in clerks:
        clerk.start()
    ready.wait(_LONGEST)
    begun = time.perf_counter()
    done.wait(_LONGEST)
    rate = count / (time.perf_counter() - begun)
    processor = 1000 * sum(spent.get(timeout=_LONGEST) for _ in clerks) / count
    for clerk in clerks:
        clerk.join()
    name, bare = f"tiếp nhận và ghi ({house.engine.dialect.name}, {workers} tiến trình)", "14 INSERT + COMMIT"
    floor, bare_processor = bare_rate(house, count)
    return [
        Measure(name, rate, "hồ sơ/giây", bare, floor, aim, better="more"),
        Measure(f"{name}, bộ xử lý", processor, "ms/hồ sơ", bare, bare_processor, "–"),
    ]


def bare_rate(house: House, count: int) -> tuple[float, float]:
    """Return transactions per second of as many bare inserts as a reception writes, and their processor ms."""
    with house.engine.begin() as connection:
        connection.execute(text("CREATE TABLE IF NOT EXISTS bench_floor (id INTEGER, body TEXT)"))
    begun, worked = time.perf_counter(), time.process_time()
    for number in range(count):
        with house.engine.connect().execution_options(writing=True) as connection, connection.begin():
            for row in range(ROWS_A_RECEPTION):
                connection.execute(
                    text("INSERT INTO bench_floor VALUES (:id, :body)"), {"id": number, "body": "x" * 200 + str(row)}
                )
    return count / (time.perf_counter() - begun), 1000 * (time.process_time() - worked) / count


def receive(house: House, dice: Random, count: int) -> None:
    """Receive `count` dossiers of invented people at the commune's desk."""
    at = house.clock.now()
    with house.reading() as session:
        clerk = staff_by_login(session, "clerk", at)
        papers = component_rows(session, PROCEDURE)
    given = tuple(ComponentData(row.ordinal, "exempt", row.exemption) if row.exemption else
                  ComponentData(row.ordinal, "paper", originals=1) for row in papers)  # fmt: skip
    if clerk is None:
        raise LookupError("clerk")
    for _ in range(count):
        filing = Filing(PROCEDURE, "H99.105", Channel.DIRECT, person(dice), components=given)
        with house.unit_of_work() as uow:
            intake.receive_new(uow, clerk, Reception(filing), at)


def _at_work(settings: Settings, seed: int, count: int, together: tuple[Barrier, Barrier, Queue[float]]) -> None:
    """Receive `count` dossiers in a process of its own, warm, once all are ready; tell its processor seconds."""
    ready, done, spent = together
    house, dice = build_house(settings, FixedClock(WORKDAY)), Random(seed)
    receive(house, dice, 20)
    ready.wait(_LONGEST)
    begun = time.process_time()
    receive(house, dice, count)
    spent.put(time.process_time() - begun)
    done.wait(_LONGEST)
