"""The door to the warm process: asks about one file, waits within bounds, and never fails for the file's sake."""

from __future__ import annotations

import atexit
import contextlib
import os
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from app.adapters.verifying.cage import caged
from app.adapters.verifying.process import HEADER
from app.adapters.verifying.verdict_words import question_to_bytes, verdict_from_bytes, verdict_to_bytes
from signing import FileVerdict, Revocation, TrustStore, Verdict, verify
from signing.verdicts import TOO_HEAVY

SECONDS = 2.5
_AT_A_TIME = 2
_START_SECONDS = 20.0
_MODULE = "app.adapters.verifying.process"
_HEAVY = FileVerdict(Verdict.INDETERMINATE, TOO_HEAVY)


@dataclass(frozen=True, slots=True)
class _Warm:
    """The running process and our end of its socket."""

    process: subprocess.Popen[bytes]
    control: socket.socket

    @classmethod
    def start(cls) -> _Warm:
        ours, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-m", _MODULE, str(theirs.fileno())]
            process = subprocess.Popen(
                command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, env=_without_secrets()
            )
        warm = cls(process, ours)
        ours.settimeout(_START_SECONDS)
        if ours.recv(1) != b"!":
            warm.end()
            raise ConnectionError("the verifying process did not start")
        ours.settimeout(None)
        return warm

    def end(self) -> None:
        self.control.close()
        self.process.kill()
        self.process.wait()


class Verifier:
    """Safe to share between threads; a process that died is started anew at the next question."""

    def __init__(self, *, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._turn = threading.BoundedSemaphore(_AT_A_TIME)
        self._warm: _Warm | None = None

    def verify(
        self, pdf: bytes, trust: TrustStore, *, at: datetime, revocation: Revocation = Revocation.HARD
    ) -> FileVerdict:
        """Return the verdict as `signing.verify` does; INDETERMINATE for a file that outgrows its walls."""
        question = question_to_bytes(trust, at, revocation)
        with self._turn, self._asked() as asker:
            asker.settimeout(self._seconds + 1)
            return _read(asker, HEADER.pack(self._seconds, len(question), len(pdf)) + question, pdf)

    def close(self) -> None:
        """End the warm process, if there is one."""
        with self._lock:
            if self._warm is not None:
                self._warm.end()
            self._warm = None

    def _asked(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        with self._lock, theirs:
            for started_anew in (False, True):
                self._warm = self._warm or _Warm.start()
                try:
                    socket.send_fds(self._warm.control, [b"?"], [theirs.fileno()])
                    break
                except OSError:
                    self._warm.end()
                    self._warm = None
                    if started_anew:
                        raise
        return ours


@lru_cache(maxsize=1)
def shared() -> Verifier:
    """Return the verifier of this process; its warm process ends with it."""
    verifier = Verifier()
    atexit.register(verifier.close)
    return verifier


def verify_alone(
    pdf: bytes, trust: TrustStore, *, at: datetime, revocation: Revocation, seconds: float = SECONDS
) -> FileVerdict:
    """Return the verdict from a process forked here: for commands, which ask once and run no threads."""
    work = caged(lambda: verdict_to_bytes(verify(pdf, trust, at=at, revocation=revocation)), seconds=seconds)
    return _understood(work or b"")


def _without_secrets() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("MOTCUA_")}


def _read(asker: socket.socket, question: bytes, pdf: bytes) -> FileVerdict:
    answer, until = bytearray(), time.monotonic() + (asker.gettimeout() or SECONDS)
    # A child that dies resets the socket; what it did not say in time it will not say.
    with contextlib.suppress(OSError):
        asker.sendall(question)
        asker.sendall(pdf)
        while (block := asker.recv(1 << 16)) and time.monotonic() < until:
            answer += block
    return _understood(bytes(answer))


def _understood(answer: bytes) -> FileVerdict:
    try:
        return verdict_from_bytes(answer)
    except (ValueError, KeyError, TypeError):
        return _HEAVY
