"""How many dossiers a desk can receive and commit in a second, against bare inserts of as many rows."""

from __future__ import annotations

import time
from random import Random
from threading import Thread

from sqlalchemy import text

from app.bench.timing import Measure
from app.domain.channels import Channel
from app.queries.accounts import staff_by_login
from app.queries.demo import component_rows
from app.seed.demo_people import person
from app.services import intake
from app.services.values import ComponentData, Filing, Reception
from app.wiring import House

PROCEDURE = "1.004873"
ROWS_A_RECEPTION = 14  # dossier, two people, six papers, hop, steps, form, event, clock, fact: about as many inserts


def receive_rate(house: House, count: int, *, threads: int, aim: str) -> Measure:
    """Return receptions committed per second by `threads` clerks at once."""
    with house.reading() as session:
        papers = component_rows(session, PROCEDURE)
    given = tuple(ComponentData(row.ordinal, "exempt", row.exemption) if row.exemption else
                  ComponentData(row.ordinal, "paper", originals=1) for row in papers)  # fmt: skip
    _receive(house, given, Random(1), 10)
    begun = time.perf_counter()
    clerks = [Thread(target=_receive, args=(house, given, Random(seed), count // threads)) for seed in range(threads)]
    for clerk in clerks:
        clerk.start()
    for clerk in clerks:
        clerk.join()
    rate = count / (time.perf_counter() - begun)
    name = f"tiếp nhận và ghi ({house.engine.dialect.name}, {threads} quầy)"
    return Measure(name, rate, "hồ sơ/giây", "14 INSERT + COMMIT", bare_rate(house, count), aim, better="more")


def bare_rate(house: House, count: int) -> float:
    """Return transactions per second of as many bare inserts as a reception writes."""
    with house.engine.begin() as connection:
        connection.execute(text("CREATE TABLE IF NOT EXISTS bench_floor (id INTEGER, body TEXT)"))
    begun = time.perf_counter()
    for number in range(count):
        with house.engine.connect().execution_options(writing=True) as connection, connection.begin():
            for row in range(ROWS_A_RECEPTION):
                connection.execute(
                    text("INSERT INTO bench_floor VALUES (:id, :body)"), {"id": number, "body": "x" * 200 + str(row)}
                )
    return count / (time.perf_counter() - begun)


def _receive(house: House, given: tuple[ComponentData, ...], dice: Random, count: int) -> None:
    at = house.clock.now()
    with house.reading() as session:
        clerk = staff_by_login(session, "clerk", at)
    if clerk is None:
        raise LookupError("clerk")
    for _ in range(count):
        filing = Filing(PROCEDURE, "H99.105", Channel.DIRECT, person(dice), components=given)
        with house.unit_of_work() as uow:
            intake.receive_new(uow, clerk, Reception(filing), at)
