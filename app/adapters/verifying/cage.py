"""A process of its own for one piece of work, with walls of time and memory that the kernel keeps.

The work may loop, swell or crash: its process dies alone and the caller gets None. To be called where few
threads run (a command, or the warm process of `process`), because it forks.
"""

from __future__ import annotations

import os
import resource
import select
import signal
import time
from collections.abc import Callable
from typing import NoReturn

MEGABYTE = 1024 * 1024
MEMORY_MB = 260
"""Of private memory; code and shared pages come on top, so that the whole stays under 300 MB."""
_BLOCK = 1 << 16
_LONGEST_ANSWER = 8 * MEGABYTE


def caged(work: Callable[[], bytes], *, seconds: float, megabytes: int = MEMORY_MB) -> bytes | None:
    """Return what `work` returns in a forked process, or None when it died or went beyond its walls."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _work(work, writer, seconds=seconds, megabytes=megabytes)
    os.close(writer)
    try:
        answer = _read(reader, until=time.monotonic() + seconds)
    finally:
        os.close(reader)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    finished = os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == os.EX_OK
    return answer if answer and finished else None


def wall_in(*, seconds: float, megabytes: int) -> None:
    """Put up the walls around this very process: nothing that runs in it can take them down."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (megabytes * MEGABYTE, megabytes * MEGABYTE))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _work(work: Callable[[], bytes], writer: int, *, seconds: float, megabytes: int) -> NoReturn:
    code = os.EX_SOFTWARE
    try:
        wall_in(seconds=seconds, megabytes=megabytes)
        answer = work()
        while answer:
            answer = answer[os.write(writer, answer) :]
        code = os.EX_OK
    finally:
        os._exit(code)  # the parent's exit handlers, buffers and locks are not this process's to run


def _read(reader: int, *, until: float) -> bytes:
    found = bytearray()
    while len(found) < _LONGEST_ANSWER:
        ready, _, _ = select.select([reader], [], [], max(0.0, until - time.monotonic()))
        block = os.read(reader, _BLOCK) if ready else b""
        if not block:
            return bytes(found) if ready else b""
        found += block
    return b""
