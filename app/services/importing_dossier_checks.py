"""The first look at a file of dossiers (kiểm tra tệp hồ sơ): every row read, nothing written, little kept.

Rows are checked a part at a time, anywhere; what only the whole file can tell (a code that stands twice, equal rows)
is told from eight bytes a row.
"""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from app.domain.catalogue_rows import Fault, Findings, Row
from app.domain.imported_dossiers import read_dossier
from app.services.importing_dossier_targets import Targets
from app.services.importing_dossiers import Key, Part, content_of


@dataclass(frozen=True, slots=True)
class Checked:
    """What a part of a file holds: how many dossiers, the codes they name, short digests by row, faults, warnings."""

    lines: array[int]
    codes: array[int]
    contents: array[int]
    units: frozenset[str]
    procedures: frozenset[str]
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]


def check_rows(rows: Sequence[Row], targets: Targets, *, making: bool, at: datetime) -> tuple[Checked, Part]:
    """Return what was found, and the dossiers that could be read."""
    findings = Findings()
    dossiers = [dossier for row in rows if (dossier := read_dossier(row, findings, at=at)) is not None]
    for dossier in dossiers:
        findings.errors += targets.faults(dossier, making=making)
    contents = [content_of(dossier) for dossier in dossiers]
    checked = Checked(
        array("Q", (dossier.line for dossier in dossiers)),
        array("Q", (_short(dossier.code) if dossier.code else 0 for dossier in dossiers)),
        array("Q", map(_start, contents)),
        frozenset(dossier.unit_code for dossier in dossiers),
        frozenset(dossier.procedure_code for dossier in dossiers),
        tuple(findings.errors),
        tuple(findings.warnings),
    )
    return checked, Part(dossiers, contents)


class WholeFile:
    """What the parts of a file tell together, in the order of the file."""

    def __init__(self) -> None:
        self.units: set[str] = set()
        self.procedures: set[str] = set()
        self._lines, self._codes, self._contents = array("Q"), array("Q"), array("Q")
        self._equal: set[int] = set()
        self._seen: Counter[int] = Counter()

    def __len__(self) -> int:
        """How many dossiers were read so far."""
        return len(self._lines)

    def add(self, part: Checked) -> None:
        """Take in the next part."""
        self._lines += part.lines
        self._codes += part.codes
        self._contents += part.contents
        self.units |= part.units
        self.procedures |= part.procedures

    def twice(self) -> Iterator[Fault]:
        """Yield each row whose code stands in an earlier one. Call it when all parts are in."""
        self._equal = _repeated(self._contents)
        repeated, first = _repeated(self._codes) - {0}, dict[int, int]()
        for line, code in zip(self._lines, self._codes, strict=True) if repeated else ():
            if code in repeated and first.setdefault(code, line) != line:
                yield Fault(line, "code", f"mã này đã có ở dòng {first[code]}")

    def pass_over(self, rows: int) -> None:
        """Go past the first rows of the file: they came in before."""
        for start in self._contents[:rows]:
            self._nth(start)

    def request_ids(self, keys: Sequence[Key]) -> list[str]:
        """Return the keys under which the next rows come in: the n-th of several equal rows has its own."""
        return [f"import:{key.content}:{self._nth(_start(key.content))}" for key in keys]

    def _nth(self, start: int) -> int:
        if start not in self._equal:
            return 1
        self._seen[start] += 1
        return self._seen[start]


def _repeated(digests: array[int]) -> set[int]:
    return {one for one, following in pairwise(sorted(digests)) if one == following}


def _short(code: str) -> int:
    return int.from_bytes(hashlib.blake2b(code.encode(), digest_size=8).digest()) or 1


def _start(content: str) -> int:
    return int(content[-16:], 16)
