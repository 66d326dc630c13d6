"""Scanning: seconds of one core for a page, misread letters, memory; the floor is Tesseract alone on the same pages."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from PIL import Image

from app.adapters.scanning.run import Source, digitize
from app.bench import scanned_pages as made
from app.bench.timing import Measure, resident_mb
from app.domain.scans import Digitized

ROOT = Path(__file__).parents[2]
BATCH, MANY = 10, 100
GLANCE = 0.1  # seconds between looks at the memory


def measures() -> Iterator[Measure]:
    """Yield processor time of a page upright and skewed, letters misread, and memory for a hundred pages."""
    with tempfile.TemporaryDirectory(prefix="motcua-bench-scan-") as folder:
        work = Path(folder)
        upright = [made.page(text) for text in (made.TEXT, made.OTHER_TEXT)]
        poor = [made.noisy(page, angle=angle).rotate(180) for page, angle in zip(upright, (1.8, -2.6), strict=True)]
        yield from _batch("thẳng, 200 dpi", upright, work, aims=("≤ 4 giây một lõi", "≤ 2 %"))
        yield from _batch("lệch, nhiễu, ngược", poor, work, aims=("≤ 8 giây một lõi", "≤ 5 %"))
        yield _memory(work)


def _batch(name: str, sheets: Sequence[Image.Image], work: Path, *, aims: tuple[str, str]) -> Iterator[Measure]:
    files = [made.jpeg(sheet) for sheet in sheets]
    sources = [Source(f"{place}.jpg", files[place % len(files)]) for place in range(BATCH)]
    floor = sum(_read_alone(sheet, work) for sheet in sheets) / len(sheets)
    begun = _processor()
    found = digitize(sources, work / "batch.pdf")
    yield Measure(f"trang {name}", (_processor() - begun) / BATCH, "giây/trang", "Tesseract trần", floor, aims[0])
    yield Measure(f"chữ đọc sai, {name}", _misread(found) * 100, "%", "–", 0, aims[1])


def _misread(found: Digitized) -> float:
    meant = (made.TEXT, made.OTHER_TEXT)
    rates = [made.character_errors(text, meant[place % 2]) for place, text in enumerate(found.texts[:2])]
    return max(rates)


def _memory(work: Path) -> Measure:
    """Return the most that the command and its helpers held at one time while they bound a hundred pages."""
    page = made.page("Trang có một dòng chữ, để đọc nhanh.")
    page.save(work / "100.tif", save_all=True, append_images=[page] * (MANY - 1), dpi=(200, 200), compression="jpeg")
    command = [sys.executable, "-m", "app.cli", "digitize", str(work / "100.tif"), "--output", str(work / "many.pdf")]
    most, running = 0.0, subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
    while running.poll() is None:
        most = max(most, _family_mb(running.pid))
        time.sleep(GLANCE)
    if running.returncode:
        raise ArithmeticError("a hundred pages were not bound")
    return Measure(f"bộ nhớ, {MANY} trang", most, "MB", "–", 0, "≤ 500 MB")


def _family_mb(pid: int) -> float:
    """Return the resident memory of a process and of all that it started, in MB."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
        return resident_mb(pid) + sum(_family_mb(int(child)) for child in children)
    except OSError:  # ended while we looked
        return 0.0


def _read_alone(sheet: Image.Image, work: Path) -> float:
    picture = work / "alone.pgm"
    sheet.convert("L").save(picture)
    begun = _processor()
    command = ["tesseract", str(picture), str(work / "alone"), "-l", "vie", "--dpi", "200"]
    subprocess.run(command, env={**os.environ, "OMP_THREAD_LIMIT": "1"}, capture_output=True, check=True)
    return _processor() - begun


def _processor() -> float:
    """Return the processor seconds of this process and of those that it has waited for."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)
