"""Who reads, checks and builds imported dossiers while the command writes: processes of their own, where it pays.

What was checked is kept sealed in a folder of the run until it is built, so that a file is read once.
"""

from __future__ import annotations

import gc
import os
import pickle
import shutil
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import datetime
from functools import partial
from multiprocessing import connection, get_context, parent_process
from operator import attrgetter
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from app.domain.catalogue_rows import Row
from app.domain.imported_dossiers import ImportedDossier
from app.domain.people import Actor
from app.services.importing_dossier_checks import Checked, check_rows
from app.services.importing_dossier_clocks import Deriver
from app.services.importing_dossier_rows import Maker
from app.services.importing_dossier_targets import Targets
from app.services.importing_dossiers import Builder, Built, Part, look
from app.settings import Settings
from app.wiring import House, build_house

PROCESSES = 2
_AHEAD = 3  # parts under way: more would only wait in memory
_VALUES = attrgetter(*(one.name for one in fields(ImportedDossier)))
_workers: list[Worker] = []


@dataclass(frozen=True, slots=True)
class Order:
    """What the crew is to do: who imports and when, whether unknown codes are made, where checked rows are kept."""

    by: Actor
    at: datetime
    making: bool
    folder: Path


class Worker:
    """Checks and builds numbered parts of a file, in a process of its own or in the command's."""

    def __init__(self, house: House, order: Order) -> None:
        self._house, self._order = house, order
        self._known: Targets | None = None
        self._builder: Builder | None = None

    def check(self, number: int, rows: Sequence[Row]) -> Checked:
        """Read the rows of a part and keep its dossiers."""
        order = self._order
        checked, part = check_rows(rows, self._targets(), making=order.making, at=order.at)
        told = [_VALUES(dossier) for dossier in part.dossiers], part.contents
        content = pickle.dumps(told, pickle.HIGHEST_PROTOCOL)
        self._file(number).write_bytes(self._house.vault.seal(content, f"import:{number}"))
        return checked

    def look(self, number: int) -> Built:
        """Return what would come of a part; in a house without a calendar nothing is said of due times."""
        with self._house.reading() as session:
            deriver = None if self._house.calendars.is_empty(session) else self._deriver(session)
            return look(self._kept(number), self._targets(), deriver)

    def build(self, number: int) -> Built:
        """Return a part as rows to write."""
        house, order = self._house, self._order
        with house.reading() as session:
            if self._builder is None:  # what was unknown at the check has been made since
                maker = Maker(house.vault, order.by, order.at)
                self._builder = Builder(house.engine.dialect, Targets(session), maker)
            return self._builder.build(self._kept(number), self._deriver(session))

    def _targets(self) -> Targets:
        if self._known is None:
            with self._house.reading() as session:
                self._known = Targets(session)
        return self._known

    def _deriver(self, session: Session) -> Deriver:
        return Deriver(partial(self._house.calendars.of_unit, session), at=self._order.at)

    def _kept(self, number: int) -> Part:
        content = self._house.vault.open(self._file(number).read_bytes(), f"import:{number}")
        dossiers, contents = pickle.loads(content)  # noqa: S301 - sealed by this run
        return Part([ImportedDossier(*values) for values in dossiers], contents)

    def _file(self, number: int) -> Path:
        return self._order.folder / f"{number}.sealed"


class Crew:
    """Does parts one after the other, a few ahead of who takes them; results come in order."""

    def __init__(self, worker: Worker, pool: ProcessPoolExecutor | None) -> None:
        self._worker, self._pool = worker, pool

    def check(self, parts: Iterable[tuple[int, Sequence[Row]]]) -> Iterator[Checked]:
        """Yield what each part holds."""
        return self._each("check", parts)

    def look(self, numbers: Iterable[int]) -> Iterator[Built]:
        """Yield what would come of each part."""
        return self._each("look", ((number,) for number in numbers))

    def build(self, numbers: Iterable[int]) -> Iterator[Built]:
        """Yield each part as rows to write."""
        return self._each("build", ((number,) for number in numbers))

    def _each(self, name: str, tasks: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
        if self._pool is None:
            call: Callable[..., Any] = getattr(self._worker, name)
            yield from (call(*task) for task in tasks)
            return
        waiting: deque[Future[Any]] = deque()
        for task in tasks:
            waiting.append(self._pool.submit(_do, name, *task))
            if len(waiting) >= _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


@contextmanager
def crew(house: House, by: Actor, at: datetime, *, making: bool, processes: int) -> Iterator[Crew]:
    """Yield a crew of so many processes (0: the command itself), with a folder that goes with it."""
    folder = _own_folder(house.settings.home / "import")
    order = Order(by, at, making, folder)
    try:
        if not processes:
            yield Crew(Worker(house, order), None)
            return
        begin = (house.settings, order)
        pool = ProcessPoolExecutor(processes, get_context("spawn"), initializer=_begin, initargs=begin)
        with pool:
            yield Crew(Worker(house, order), pool)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _own_folder(root: Path) -> Path:
    """Return a fresh folder for this process; what runs that died left behind is removed."""
    root.mkdir(mode=0o700, exist_ok=True)
    for left in root.iterdir():
        if not (left.name.isdigit() and Path(f"/proc/{left.name}").exists()) or left.name == str(os.getpid()):
            shutil.rmtree(left, ignore_errors=True)
    own = root / str(os.getpid())
    own.mkdir(mode=0o700)
    return own


def _begin(settings: Settings, order: Order) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()  # what is loaded stays; rows hold no circles, so that one look for them a part is enough
    gc.disable()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _workers.append(Worker(build_house(settings), order))


def _end_with_parent() -> None:
    if (parent := parent_process()) is not None:
        connection.wait([parent.sentinel])
        os._exit(1)  # a command that was killed cannot tell its processes to go


def _do(name: str, *task: Any) -> Any:
    gc.collect()
    return getattr(_workers[0], name)(*task)
