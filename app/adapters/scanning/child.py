"""The process that opens one file (tiến trình mở tệp): `… child FILE NAME FOLDER TURNED bind|split`.

Bounded in memory and time, without any secret of the house. It prints one JSON line for each page and leaves
the page beside it in FOLDER; a refusal is the last line. Whatever kills it kills nobody else.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.adapters.scanning.refusals import FileBroken, FileTooHard
from app.adapters.scanning.sheets import split, worked
from app.adapters.scanning.sources import Sheet, sheets
from app.domain.scans import ScannedPage
from workflows.errors import RuleBroken

MEMORY = 1_600 * 1024 * 1024  # of addresses, not of memory in use
Work = Callable[[Sheet, str, Path, int], ScannedPage]
PROCESSOR = 900  # seconds in all: three hundred pages


def main(file: Path, name: str, folder: Path, turned: int, work: Work) -> None:
    """Work through the pages of one file."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR, PROCESSOR))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        for sheet in sheets(file.read_bytes(), name):
            page = work(sheet, name, folder / f"{sheet.number:04d}", turned)
            _say({"page": asdict(page), "of": sheet.of})
    except RuleBroken as refused:
        _say({"refused": refused.code, "facts": {key: str(fact) for key, fact in refused.facts.items()}})
    except MemoryError:
        _say({"refused": FileTooHard.code, "facts": {"name": name}})
    except Exception as wrong:  # noqa: BLE001 - libraries fail in many ways at files made to hurt them
        sys.stderr.write(f"{type(wrong).__name__}: {wrong}\n")
        _say({"refused": FileBroken.code, "facts": {"name": name}})


def _bind(sheet: Sheet, name: str, stem: Path, turned: int) -> ScannedPage:
    return worked(sheet, name, stem, turned=turned)


def _split(sheet: Sheet, name: str, stem: Path, _turned: int) -> ScannedPage:
    return split(sheet, name, stem)


def _say(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()


WAYS = {"bind": _bind, "split": _split}

if __name__ == "__main__":
    os.umask(0o077)
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]), WAYS[sys.argv[5]])
