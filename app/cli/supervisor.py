"""Keeps sibling processes running: starts them, brings a dead one back, stops all of them cleanly."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

POLL_SECONDS: Final = 0.2
GRACE_SECONDS: Final = 10.0
FIRST_PAUSE_SECONDS: Final = 1.0
LONGEST_PAUSE_SECONDS: Final = 30.0
# Alive this long means the start went well: the next death starts counting anew.
SETTLED_SECONDS: Final = 60.0


@dataclass(slots=True)
class Sibling:
    """One process to keep: its name for people, its command line, and whether it comes back after an end."""

    name: str
    command: Sequence[str]
    comes_back: bool = True
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    started_at: float = field(default=0.0, init=False)
    not_before: float = field(default=0.0, init=False)
    deaths: int = field(default=0, init=False)

    def start(self, environment: Mapping[str, str]) -> None:
        """Start it in a session of its own: Ctrl-C reaches the supervisor alone, who passes it on."""
        self.process = subprocess.Popen(list(self.command), env=dict(environment), start_new_session=True)
        self.started_at = time.monotonic()

    def pause(self) -> float:
        """Return the seconds to wait before the next start: doubling, up to a limit."""
        return min(FIRST_PAUSE_SECONDS * 2 ** max(self.deaths - 1, 0), LONGEST_PAUSE_SECONDS)


class Supervisor:
    """Runs siblings until a signal or `stop()`; `report` gets one sentence for each thing that happens."""

    def __init__(self, siblings: Sequence[Sibling], *, environment: Mapping[str, str], report: Callable[[str], None]):
        self._siblings = list(siblings)
        self._environment = environment
        self._report = report
        self._stopping = threading.Event()

    def start(self) -> None:
        """Start every sibling and take over the signals of this process."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: self._stopping.set())
        for sibling in self._siblings:
            sibling.start(self._environment)

    def add(self, sibling: Sibling) -> None:
        """Start one more sibling beside the running ones, unless a signal asked to stop."""
        if not self._stopping.is_set():
            self._siblings.append(sibling)
            sibling.start(self._environment)

    def run(self, until: Callable[[], bool] | None = None) -> bool:
        """Watch until a signal asks to stop (False), or until `until()` is true (True)."""
        while not self._stopping.is_set():
            if until is not None and until():
                return True
            for sibling in self._siblings:
                self._look_after(sibling)
            self._stopping.wait(POLL_SECONDS)
        return False

    def stop(self) -> None:
        """Ask every sibling to end; whoever has not ended after the grace is killed."""
        running = [one.process for one in self._siblings if one.process and one.process.poll() is None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        for process in running:
            try:
                process.wait(timeout=max(deadline - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _look_after(self, sibling: Sibling) -> None:
        now = time.monotonic()
        if sibling.process is not None and sibling.process.poll() is not None:
            self._note_end(sibling, now)
        if sibling.process is None and sibling.comes_back and now >= sibling.not_before:
            sibling.start(self._environment)

    def _note_end(self, sibling: Sibling, now: float) -> None:
        code = sibling.process.returncode if sibling.process else 0
        sibling.process = None
        if not sibling.comes_back:
            if code:
                self._report(f"{sibling.name} đã dừng với mã {code}.")
            return
        sibling.deaths = 1 if now - sibling.started_at > SETTLED_SECONDS else sibling.deaths + 1
        sibling.not_before = now + sibling.pause()
        self._report(f"{sibling.name} đã dừng (mã {code}); khởi động lại sau {sibling.pause():.0f} giây.")


def end_with_parent(parent: int) -> None:
    """Ask this process to end once `parent` is gone: a killed supervisor leaves no web behind on the port."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="end-with-parent", daemon=True).start()
