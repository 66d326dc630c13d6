"""Timing and what a measure says."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure, its floor in the same run, and the aim of the issue; `better` is "less" or "more"."""

    name: str
    value: float
    unit: str
    floor_name: str
    floor: float
    aim: str
    better: str = "less"

    @property
    def ratio(self) -> float | None:
        """Return value over floor, or None where nothing can be compared."""
        return self.value / self.floor if self.floor else None


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds that a call took: on the wall, and of this process's processor, which its neighbours do not lengthen."""

    wall: float
    processor: float

    def beside(self, floor: Spent) -> str:
        """Return both processor times as names of measures end with them."""
        return f" [bộ xử lý {self.processor:.2f} s, sàn {floor.processor:.2f} s]"


def spent(call: Callable[[], object], times: int = 1) -> Spent:
    """Return the medians of `times` calls."""
    found = []
    for _ in range(times):
        wall, processor = time.perf_counter(), time.process_time()
        call()
        found.append((time.perf_counter() - wall, time.process_time() - processor))
    return Spent(*(percentile(one, 0.5) for one in zip(*found, strict=True)))


def each(call: Callable[[], object], times: int) -> list[float]:
    """Return the milliseconds of each of `times` calls."""
    found = []
    for _ in range(times):
        begun = time.perf_counter()
        call()
        found.append((time.perf_counter() - begun) * 1000)
    return found


def each_cpu(call: Callable[[], object], times: int) -> list[float]:
    """Return the milliseconds of processor time of each of `times` calls: its neighbours' work is not ours."""
    found = []
    for _ in range(times):
        begun = time.process_time()
        call()
        found.append((time.process_time() - begun) * 1000)
    return found


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which `share` of `values` lie (nearest rank)."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, max(0, round(share * len(ranked)) - 1))]


def resident_mb(pid: int) -> float:
    """Return the resident memory of a process in MB, from /proc."""
    with open(f"/proc/{pid}/status", encoding="ascii") as status:  # noqa: PTH123 - not a file of ours
        for line in status:
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
    return 0.0


def family_mb(pid: int) -> float:
    """Return what a process and those it started hold in MB; shared pages count in part for each of them."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:  # it has just ended
        return 0.0
    own = next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)
    return own + sum(family_mb(int(child)) for child in children)
