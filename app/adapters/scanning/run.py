"""The whole way (toàn bộ quy trình số hóa): each file through a process of its own, then one PDF/A of all pages."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from app.adapters.scanning.archive_pdf import BoundPage, bind
from app.adapters.scanning.reading import has_reader
from app.adapters.scanning.refusals import REFUSALS, FileTooBig, FileTooHard, NothingToScan
from app.domain.scans import LEAST_DPI, Digitized, ScannedPage, digitized

ROOT = Path(__file__).parents[3]
MOST_BYTES = 200 * 1024 * 1024
SILENCE = 120.0  # seconds without a page after which a file is given up
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Source:
    """A file to scan: its name for people, its bytes, and by how many degrees a person turned it, clockwise."""

    name: str
    content: bytes
    turned: int = 0


def digitize(
    sources: Sequence[Source],
    output: Path,
    *,
    least_dpi: int = LEAST_DPI["ordinary"],
    title: str = "",
    progress: Progress = lambda _percent: None,
) -> Digitized:
    """Bind all pages of all files, in order, into the PDF/A-2 `output`, and return what was found.

    Raises NothingToScan, or the refusal that names the first file that cannot be used; then nothing is written.
    """
    with TemporaryDirectory(prefix="motcua-scan-") as folder:
        pages: list[tuple[ScannedPage, Path]] = []
        for place, source in enumerate(sources):
            work = Path(folder) / f"{place:03d}"
            work.mkdir()
            for page, share in _pages_of(source, work):
                pages.append((page, work / f"{page.page:04d}"))
                progress(round(95 * (place + share) / len(sources)))
        bound = [
            BoundPage(stem.with_suffix(".jpg"), stem.with_suffix(".pdf")) for page, stem in pages if not page.blank
        ]
        if not bound:
            raise NothingToScan
        part = output.with_name(f"{output.name}.part")
        bind(bound, part, title=title or output.stem)
        part.replace(output)
    return digitized((page for page, _ in pages), least_dpi=least_dpi, has_reader=has_reader())


def split(source: Source) -> Iterator[tuple[ScannedPage, bytes, float]]:
    """Yield the pages of one file as JPEG, not read yet, with the share of the file that is done.

    Raises a refusal that names the file.
    """
    with TemporaryDirectory(prefix="motcua-split-") as folder:
        for page, share in _pages_of(source, Path(folder), "split"):
            picture = Path(folder) / f"{page.page:04d}.jpg"
            yield page, picture.read_bytes(), share
            picture.unlink()


def _pages_of(source: Source, work: Path, way: str = "bind") -> Iterator[tuple[ScannedPage, float]]:
    """Yield each page with the share of the file that is done."""
    if len(source.content) > MOST_BYTES:
        raise FileTooBig(where=source.name, name=source.name, limit=f"{MOST_BYTES >> 20} MB")
    original = work / "original"
    original.write_bytes(source.content)
    finished = False
    with _child(original, source, work, way) as lines:
        for line in lines:
            if "refused" in line:
                raise REFUSALS[line["refused"]](where=source.name, **line["facts"])
            page = ScannedPage(**line["page"])
            finished = page.page == line["of"]
            yield page, page.page / line["of"]
    if not finished:
        raise FileTooHard(where=source.name, name=source.name)


@contextmanager
def _child(original: Path, source: Source, work: Path, way: str) -> Iterator[Iterator[dict[str, Any]]]:
    told = (str(original), source.name, str(work), str(source.turned), way)
    command = [sys.executable, "-m", "app.adapters.scanning.child", *told]
    plain = {key: value for key, value in os.environ.items() if key in {"PATH", "LANG", "LC_ALL", "TESSDATA_PREFIX"}}
    surroundings = {**plain, "PYTHONPATH": str(ROOT), "TMPDIR": str(work)}
    # A file that nobody reads: what the libraries print must not fill a pipe and hold up the child.
    with (work / "said").open("wb") as said:
        child = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=said, cwd=work, env=surroundings, start_new_session=True
        )
    try:
        yield _lines(child)
    finally:
        _end(child)


def _lines(child: subprocess.Popen[bytes]) -> Iterator[dict[str, Any]]:
    said = child.stdout
    while said is not None:
        watch = threading.Timer(SILENCE, _kill, (child,))
        watch.start()
        try:
            line = said.readline()
        finally:
            watch.cancel()
        if not line:
            return
        yield json.loads(line)


def _end(child: subprocess.Popen[bytes]) -> None:
    _kill(child)
    child.wait()
    if child.stdout is not None:
        child.stdout.close()


def _kill(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)  # with the reader it may have started
