"""`motcua bench core`: the figures of the main job, each printed as it is known."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from typing import Final

from sqlalchemy import select

from app.adapters.weasy import HTML
from app.bench import dataset, pages, receiving
from app.bench.rooms import WORKDAY, house_at
from app.bench.starting import later_start
from app.bench.timing import Measure, each, each_cpu, percentile
from app.db.models import Dossier, IssuedForm
from app.queries.printing import form_of
from app.wiring import House

# A child begins with the memory of who started it: a small process in between weighs the command alone.
_WEIGHED = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], check=True, capture_output=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.stdout.write(done.stdout.decode())
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """How much is measured: dossiers of the work list, an empty PostgreSQL, a catalogue file, requests to a worker.

    `kept` is a folder in which the house of the work list stays for the next run.
    """

    dossiers: int
    postgres: str
    catalogue: Path | None
    requests: int
    kept: Path | None = None


def measures(asked: Asked, only: Iterable[str] = ()) -> Iterator[Measure]:
    """Yield the figures of these parts, of all where none is named."""
    wanted = set(only) or PARTS.keys()
    for name, part in PARTS.items():
        if name in wanted:
            yield from part(asked)


def receive(_asked: Asked) -> Iterator[Measure]:
    """Yield receptions per second on SQLite."""
    with house_at() as house:
        yield from receiving.receive_rate(house, 300, [receiving.COMMUNE], aim="≥ 100")


def receive_postgres(asked: Asked) -> Iterator[Measure]:
    """Yield receptions per second of two processes on PostgreSQL, where one was named: at two desks, and at one."""
    if asked.postgres:
        with house_at(asked.postgres) as house:
            for desks in ([receiving.COMMUNE, receiving.DEPARTMENT], [receiving.COMMUNE] * 2):
                yield from receiving.receive_rate(house, 800, desks, aim="≥ 200")


def receipt(_asked: Asked) -> Iterator[Measure]:
    """Yield the median of printing Mẫu 01 warm, one copy and both together, against an empty page of the same size."""
    with house_at() as house:
        receiving.receive(house, Random(1), 1)
        with house.reading() as session:
            form = session.scalars(select(IssuedForm).where(IssuedForm.form == "01").limit(1)).one()
            pair = form_of(session, house.vault, house.calendars, form, base_url="http://127.0.0.1:8000")
        single = pair.receipt  # type: ignore[union-attr]  # form 01 is always a pair
    for printed, form_drawn, aim in (("Mẫu 01", single, "≤ 120 ms"), ("Mẫu 01, hai liên", pair, "–")):
        drawing = partial(house.pdf.render, form_drawn)
        drawing()
        for name, timed in (("trung vị", each), ("bộ xử lý", each_cpu)):
            spent, blank = timed(drawing, 30), timed(_blank_page, 30)
            yield Measure(
                f"{printed}, đã nóng, {name}", percentile(spent, 0.5), "ms",
                "trang A5 trống", percentile(blank, 0.5), aim,
            )  # fmt: skip


def tracking(_asked: Asked) -> Iterator[Measure]:
    """Yield the tracking page at 50 requests a second, and beside an empty view."""
    with house_at() as house:
        yield from pages.tracking(house, _some_code(house), 500)


def memory(asked: Asked) -> Iterator[Measure]:
    """Yield the memory of a web worker after many requests."""
    with house_at() as house:
        yield pages.memory(house, _some_code(house), asked.requests)


def catalogue(asked: Asked) -> Iterator[Measure]:
    """Yield the import of a catalogue, where one was named."""
    if asked.catalogue:
        yield catalogue_import(asked.catalogue)


def worklist(asked: Asked) -> Iterator[Measure]:
    """Yield the work list over many dossiers."""
    with house_at(kept=asked.kept) as house:
        with house.reading() as session:
            is_new = session.scalars(select(Dossier.id).limit(1)).first() is None
        if is_new:
            dataset.fill(house, asked.dossiers, WORKDAY)
        yield from pages.worklist(house, 100)


def start(_asked: Asked) -> Iterator[Measure]:
    """Yield how soon the web of a prepared home answers."""
    yield from later_start()


PARTS: Final[Mapping[str, Callable[[Asked], Iterator[Measure]]]] = {
    "receive": receive,
    "receipt": receipt,
    "tracking": tracking,
    "catalogue": catalogue,
    "memory": memory,
    "postgres": receive_postgres,
    "worklist": worklist,
    "start": start,
}


def catalogue_import(file: Path) -> Measure:
    """Return the seconds of importing a catalogue in a process of its own, against reading the rows."""
    begun = time.perf_counter()
    with file.open(encoding="utf-8-sig", newline="") as rows:
        count = sum(1 for _ in csv.reader(rows))
    floor = time.perf_counter() - begun
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as home:
        environment = dict(os.environ) | {"MOTCUA_HOME": home}
        subprocess.run(
            [sys.executable, "-m", "app.cli", "db", "upgrade"], env=environment, check=True, capture_output=True
        )
        command = [sys.executable, "-c", _WEIGHED, sys.executable, "-m", "app.cli", "import", "catalogue", str(file)]
        answer = subprocess.run([*command, "--json"], env=environment, check=True, capture_output=True)
    kilobytes, document = answer.stdout.decode().split("\n", 1)
    seconds, peak = float(json.loads(document)["seconds"]), int(kilobytes) / 1024
    name = f"nhập {count - 1} thủ tục (đỉnh bộ nhớ {peak:.0f} MB)"
    return Measure(name, seconds, "giây", "đọc dòng CSV", floor, "≤ 5 giây, ≤ 200 MB")


def _blank_page() -> bytes | None:
    return HTML(string="<style>@page { size: A5 }</style>").write_pdf()


def _some_code(house: House) -> str:
    receiving.receive(house, Random(1), 1)
    with house.reading() as session:
        return session.scalars(select(Dossier.code).where(Dossier.code.is_not(None)).limit(1)).one() or ""
