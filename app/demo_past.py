"""While a demo house lives through its past (nạp dữ liệu mẫu), sweeps of the present keep off its dossiers.

A dossier of August is open and months late in the eyes of a scheduler of November, until the fill has come to
its end. The lock goes with the process that holds it, however that ends.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_LOCK = ".demo-filling"


@contextmanager
def lived_through(home: Path) -> Iterator[None]:
    """Hold the lock of the demo's past as long as the block lasts; one fill at a time."""
    with (home / _LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def is_lived_through(home: Path) -> bool:
    """Tell whether a fill is at work in this home."""
    if not (home / _LOCK).exists():
        return False
    with (home / _LOCK).open("r") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
