"""How soon a prepared demo home answers when it is started again (khởi động lại): `motcua up --demo`, from outside.

`make run` adds its own look at packages and environment before, some tenths of a second.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.bench.timing import Measure
from app.cli.ready import is_ready

_LONGEST = 120  # seconds until a start counts as failed
_TICK_MS = 1000 / os.sysconf("SC_CLK_TCK")
_LIBRARIES = "import flask, granian, sqlalchemy.orm"


def later_start(times: int = 3) -> list[Measure]:
    """Return the best of `times` later starts until the web answers, and the processor time of all its processes."""
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as home:
        _start(home)
        found = sorted(_start(home) for _ in range(times))
    floor = sorted(_load() for _ in range(times))
    loaded = "nạp Flask, SQLAlchemy, granian"
    return [
        Measure("khởi động lại đến khi trả lời", found[0][0], "giây", loaded, floor[0][0], "≤ 5 giây"),
        Measure("khởi động lại, bộ xử lý", min(one[1] for one in found), "giây", loaded, floor[0][1], "–"),
    ]


def _start(home: str) -> tuple[float, float]:
    """Start over `home`, wait for the first answer, stop; return wall and processor seconds until then."""
    port = _free_port()
    environment = dict(os.environ) | {"MOTCUA_HOME": home, "MOTCUA_PORT": str(port)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # as in the Makefile: nobody starts it so
    command = [sys.executable, "-m", "app.cli", "up", "--demo"]
    begun = time.perf_counter()
    with _running(command, environment) as started:
        while not is_ready("127.0.0.1", port):
            if started.poll() is not None or time.perf_counter() - begun > _LONGEST:
                raise TimeoutError(" ".join(command))
            time.sleep(0.02)
        return time.perf_counter() - begun, _processor_seconds(started.pid)


@contextmanager
def _running(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as started:
        try:
            yield started
        finally:
            started.terminate()


def _load() -> tuple[float, float]:
    begun = time.perf_counter()
    before = os.times()
    subprocess.run([sys.executable, "-c", _LIBRARIES], check=True)
    after = os.times()
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - begun, processor


def _processor_seconds(root: int) -> float:
    """Return the processor time of a process, of those that come from it, and of their ended children."""
    parents, spent = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, fields = int(stat.parent.name), stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # ended while we looked
        parents[pid], spent[pid] = int(fields[1]), sum(map(int, fields[11:15]))
    ours = {root}
    while more := {pid for pid, parent in parents.items() if parent in ours} - ours:
        ours |= more
    return sum(spent.get(pid, 0) for pid in ours) * _TICK_MS / 1000


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
