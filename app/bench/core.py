"""`motcua bench core`: the figures of the main job, each printed as it is known."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select

from app.adapters.weasy import HTML
from app.bench import dataset, pages
from app.bench.receiving import receive_rate
from app.bench.rooms import WORKDAY, house_at
from app.bench.timing import Measure, each, percentile
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


def measures(*, dossiers: int, postgres: str, catalogue: Path | None, requests: int) -> Iterator[Measure]:
    """Yield every figure; those that need what was not given (PostgreSQL, a catalogue file) are left out."""
    with house_at() as house:
        yield receive_rate(house, 300, workers=1, aim="≥ 100")
        yield receipt(house)
        number = _some_code(house)
        yield from pages.tracking(house, number, 500)
        if catalogue:
            yield catalogue_import(catalogue)
        yield pages.memory(house, number, requests)
    if postgres:
        with house_at(postgres) as house:
            yield receive_rate(house, 400, workers=2, aim="≥ 200")
    with house_at() as house:
        dataset.fill(house, dossiers, WORKDAY)
        yield pages.worklist(house, 100)


def receipt(house: House) -> Measure:
    """Return the median of printing Mẫu 01 warm, one copy, against an empty page of the same size."""
    with house.reading() as session:
        form = session.scalars(select(IssuedForm).where(IssuedForm.form == "01").limit(1)).one()
        pair = form_of(session, house.vault, house.calendars, form, base_url="http://127.0.0.1:8000")
    single = pair.receipt  # type: ignore[union-attr]  # form 01 is always a pair
    house.pdf.render(single)
    return Measure(
        "Mẫu 01, đã nóng, trung vị", percentile(each(lambda: house.pdf.render(single), 30), 0.5), "ms",
        "trang A5 trống", percentile(each(_blank_page, 30), 0.5), "≤ 120 ms",
    )  # fmt: skip


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
    with house.reading() as session:
        return session.scalars(select(Dossier.code).where(Dossier.code.is_not(None)).limit(1)).one() or ""
