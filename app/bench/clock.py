"""`motcua bench clock`: one due time, a province's worth of them, the sweep, a simulation; each beside its floor."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterator
from datetime import timedelta
from statistics import median

from sqlalchemy import select, text, update

from app.bench import dataset, facts, sweeping, usual_ways
from app.bench.multiplying import FINISHED, OPEN, multiply
from app.bench.rooms import WORKDAY, house_at
from app.bench.timing import Measure, each, family_mb, percentile
from app.bench.usual_ways import RECEIVED
from app.cli.calendars import official
from app.db.models import Calendar, CalendarRun, ProcedureVersion
from app.services.sweeps import calendars
from app.wiring import House
from workflows.deadlines import project
from workflows.ledger import Effect, Ledger, Suspension
from workflows.limits import TimeLimit

LIMITS = ("1 working day", "30 working days", "400 working days", "400 days", "12 months", "400 working hours",
          "400 hours", "same day")  # fmt: skip
PARTS = ("due", "sweep", "calendar", "simulate")
MADE = 20_000  # one by one; more of them are copies
TIMES = 2_000
SIXTY_DAYS = TimeLimit.parse("60 working days")
_STOPS = [RECEIVED + timedelta(days=7 * week + 1) for week in range(5)]
FIVE_TIMES = Ledger(
    RECEIVED,
    tuple(Suspension(day, day + timedelta(days=3), "supplement", Effect.SUBTRACT) for day in _STOPS),
)
THEN = RECEIVED + timedelta(days=90)


def measures(only: Collection[str] = (), *, dossiers: int, swept: int, simulated: int) -> Iterator[Measure]:
    """Yield every figure, or those of some parts only; a part of no dossiers is left out."""
    parts: dict[str, Callable[[], Iterator[Measure]]] = {
        "due": _one_by_one,
        "sweep": lambda: _sweep(swept),
        "calendar": lambda: _changed_calendar(dossiers),
        "simulate": lambda: _simulate(simulated),
    }
    for name in PARTS:
        if not only or name in only:
            yield from parts[name]()


def _one_by_one() -> Iterator[Measure]:
    yield plain()
    yield stopped()
    yield traced()


def _sweep(count: int) -> Iterator[Measure]:
    if not count:
        return
    with house_at() as house:
        dataset.fill(house, min(count, MADE), WORKDAY, open_share=1)
        multiply(house, count, OPEN)
        yield from sweeping.swept(house)


def _changed_calendar(count: int) -> Iterator[Measure]:
    if not count:
        return
    with house_at() as house:
        dataset.fill(house, min(count, MADE), WORKDAY, open_share=1)
        multiply(house, count, OPEN)
        facts.facts_of_all(house)
        yield from reprojected(house)


def _simulate(count: int) -> Iterator[Measure]:
    if not count:
        return
    with house_at() as house:
        _one_procedure(house)
        dataset.fill(house, min(count, MADE), WORKDAY, open_share=0)
        facts.facts_of_all(house)
        facts.histories(house, count)
        multiply(house, count, FINISHED)
        yield from simulated_run(house, count)


def plain() -> Measure:
    """Return the slowest of the medians of one due time, over every unit, limits up to 400."""
    found = [_micros(_one_due(TimeLimit.parse(words))) for words in LIMITS]
    name, floor = usual_ways.of_days(_micros)
    return Measure("một hạn, không diễn giải, trung vị lâu nhất", max(found), "µs", name, floor, "≤ 20 µs")


def _one_due(limit: TimeLimit) -> Callable[[], object]:
    calendar = official()
    return lambda: project(limit, Ledger(RECEIVED), calendar, at=RECEIVED)


def stopped() -> Measure:
    """Return the median of one due time with five suspensions, without its trace: all that the usual way answers."""
    calendar = official()
    took = _micros(lambda: project(SIXTY_DAYS, FIVE_TIMES, calendar, at=THEN))
    name, floor = usual_ways.of_stops(_micros, SIXTY_DAYS.amount, FIVE_TIMES.suspensions)
    return Measure("một hạn, năm lần dừng, không diễn giải", took, "µs", name, floor, "≤ 1/20 pandas")


def traced() -> Measure:
    """Return the same with its trace."""
    calendar = official()
    took = _micros(lambda: project(SIXTY_DAYS, FIVE_TIMES, calendar, at=THEN, with_trace=True))
    name, floor = usual_ways.of_stops(_micros, SIXTY_DAYS.amount, FIVE_TIMES.suspensions)
    return Measure("một hạn, diễn giải, năm lần dừng", took, "µs", name, floor, "≤ 200 µs, ≤ 1/20 pandas")


def reprojected(house: House) -> Iterator[Measure]:
    """Yield the seconds until every open due time is reckoned, until every one is published, and the longest hold."""
    with house.engine.connect().execution_options(writing=True) as connection, connection.begin():
        connection.execute(update(Calendar).values(version=Calendar.version + 1))
    begun, since, longest, busiest, reckoned = time.process_time(), time.monotonic(), 0.0, 0.0, 0.0
    while (state := _state(house)) in (None, "reckoning", "publishing"):
        held, used = time.monotonic(), time.process_time()
        reckoned = held - since if state != "publishing" else reckoned
        with house.unit_of_work() as uow:
            calendars.act(uow, 1, WORKDAY)
        longest, busiest = max(longest, time.monotonic() - held), max(busiest, time.process_time() - used)
    took, wall = time.process_time() - begun, time.monotonic() - since
    moved, floor = _moved(house), _raw_update(house)
    aim = "≤ 30 giây cho 200.000"
    yield Measure(f"tính lại {moved} hạn ({state}), bộ xử lý", took, "giây", "UPDATE trần", floor, aim)
    yield Measure("tính lại xong, chưa công bố, giờ đồng hồ", reckoned, "giây", "", 0, aim)
    yield Measure("tính lại và công bố xong, giờ đồng hồ", wall, "giây", "", 0, aim)
    yield Measure("người ghi khác chờ lâu nhất, giờ đồng hồ", longest * 1000, "ms", "", 0, "≤ 200 ms")
    yield Measure("lượt giữ lâu nhất, bộ xử lý", busiest * 1000, "ms", "", 0, "≤ 200 ms")


def simulated_run(house: House, count: int) -> Iterator[Measure]:
    """Yield processor and wall seconds and peak memory of the command over `count` finished dossiers."""
    home = house.settings.home
    environment = dict(os.environ) | {"MOTCUA_HOME": str(home), "MOTCUA_DATABASE_URL": house.settings.database_url}
    command = [sys.executable, "-m", "app.cli", "simulate", "--procedure", facts.busiest_procedure(house), "--limit",
               "3 working days", "--from", "2022-01-01", "--to", "2027-01-01", "--json"]  # fmt: skip
    before, since = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    peak = _run(command, environment)
    wall, used = time.monotonic() - since, resource.getrusage(resource.RUSAGE_CHILDREN)
    took = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    raw = text("SELECT standing, count(*) FROM dossier_facts WHERE ended_at IS NOT NULL GROUP BY standing")

    def count_facts() -> None:
        with house.reading() as session:
            session.execute(raw).all()

    floor = percentile(each(count_facts, 3), 0.5) / 1000
    aim = "≤ 15 giây cho 1.000.000"
    yield Measure(f"thử thời hạn trên {count} hồ sơ, bộ xử lý", took, "giây", "đếm dữ kiện", floor, aim)
    yield Measure("thử thời hạn, giờ đồng hồ", wall, "giây", "", 0, aim)
    yield Measure("bộ nhớ đỉnh của lần thử đó", peak, "MB", "", 0, "≤ 500 MB")


def _run(command: list[str], environment: dict[str, str]) -> float:
    """Run a command to its end and return the peak of memory of its processes in MB.

    Asked of the running process: what the system tells of children counts this process's own peak as theirs.
    """
    peak = 0.0
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            peak = max(peak, family_mb(process.pid))
            time.sleep(0.1)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return peak


def _micros(call: Callable[[], object]) -> float:
    """Return the median microseconds of one call, from repeated loops."""
    rounds = []
    for _ in range(9):
        begun = time.process_time()  # of this process alone: its neighbours' work is not ours
        for _ in range(TIMES // 10):
            call()
        rounds.append((time.process_time() - begun) / (TIMES // 10) * 1e6)
    return median(rounds)


def _one_procedure(house: House) -> None:
    """Let the made-up dossiers be of one procedure: its others are closed."""
    with house.engine.connect().execution_options(writing=True) as connection, connection.begin():
        kept = connection.execute(select(ProcedureVersion.id).limit(1)).scalar_one()
        connection.execute(
            text(
                "DELETE FROM offerings WHERE procedure_id <> "
                "(SELECT procedure_id FROM procedure_versions WHERE id = :kept)"
            ),
            {"kept": kept},
        )
        connection.execute(text("UPDATE offerings SET unit_id = 2, settling_unit_id = 2"))  # fmt: skip


def _state(house: House) -> str | None:
    with house.reading() as session:
        return session.execute(select(CalendarRun.state).order_by(CalendarRun.id.desc()).limit(1)).scalar()


def _moved(house: House) -> int:
    with house.reading() as session:
        return session.execute(select(CalendarRun.moved).order_by(CalendarRun.id.desc()).limit(1)).scalar_one()


def _raw_update(house: House) -> float:
    begun = time.process_time()
    with house.engine.connect().execution_options(writing=True) as connection, connection.begin():
        connection.execute(text("UPDATE dossier_clocks SET promised_at = due_at WHERE is_open"))
    return time.process_time() - begun
