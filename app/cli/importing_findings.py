"""What a long import has to say (chỗ sai, cảnh báo, tiến độ): counted whole, kept in part."""

from __future__ import annotations

import csv
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO

import click

from app.cli import common
from app.domain.catalogue_rows import Fault, ImportRefused

MOST_KEPT = 10_000
_EVERY_SECONDS = 0.5


class Noted:
    """Faults and warnings of a run: the first ten thousand of each are kept for the answer, all are counted."""

    def __init__(self, listed: Path | None) -> None:
        self.wrong = self.warned = 0
        self._faults: list[Fault] = []
        self._warnings: list[Fault] = []
        self._out: TextIO | None = listed.open("w", encoding="utf-8-sig", newline="") if listed else None
        self._write: Any = csv.writer(self._out).writerow if self._out else None
        if self._write:
            self._write(("dòng", "cột", "mức", "lý do"))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._out:
            self._out.close()

    def fault(self, found: Sequence[Fault]) -> None:
        """Note what refuses the file."""
        self.wrong += len(found)
        self._note(found, self._faults, "sai")

    def warn(self, found: Sequence[Fault]) -> None:
        """Note what goes in as it is."""
        self.warned += len(found)
        self._note(found, self._warnings, "cảnh báo")

    def warnings(self) -> tuple[Fault, ...]:
        """Return the warnings that were kept, in the order of the file."""
        return tuple(sorted(self._warnings, key=lambda fault: fault.line))

    def refuse_if_wrong(self) -> None:
        """Raise ImportRefused when a fault was noted."""
        if self._faults:
            raise ImportRefused(sorted(self._faults, key=lambda fault: fault.line), count=self.wrong)

    def _note(self, found: Sequence[Fault], kept: list[Fault], level: str) -> None:
        kept += found[: MOST_KEPT - len(kept)]
        if self._write:
            for fault in found:
                self._write((fault.line, fault.column, level, fault.reason))


class Pace:
    """How far a run is, how fast, how long it takes still; shown to a person at a terminal alone."""

    def __init__(self, label: str, rows: int, before: int = 0) -> None:
        self._label, self._rows, self._done, self._before = label, rows, before, before
        self._begun = self._shown = time.monotonic()
        self._is_seen = common.is_terminal()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._is_seen:
            self._show()
            click.echo(file=sys.stderr)

    def at(self, done: int) -> None:
        """Take note of how many rows are done."""
        self._done = done
        if self._is_seen and time.monotonic() - self._shown > _EVERY_SECONDS:
            self._shown = time.monotonic()
            self._show()

    def forward(self, rows: int) -> None:
        """Take note of so many more rows."""
        self.at(self._done + rows)

    def _show(self) -> None:
        seconds = time.monotonic() - self._begun
        rate = (self._done - self._before) / seconds if seconds else 0
        click.echo("\r" + words(self._label, self._done, self._rows, rate), sys.stderr, nl=False)


def words(label: str, done: int, rows: int, rate: float) -> str:
    """Return a line such as "Ghi: 120.000/1.000.000 dòng, 4.100 dòng/giây, còn khoảng 3 phút 34 giây"."""
    told = f"{label}: {_number(done)}{'/' + _number(rows) if rows else ''} dòng, {_number(round(rate))} dòng/giây"
    if rows and rate:
        left = round((rows - done) / rate)
        told += f", còn khoảng {left // 60} phút {left % 60:02d} giây"
    return told.ljust(90)


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")
