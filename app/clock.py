"""The clock (đồng hồ): the one place that knows what time it is.

Rules never ask; doors ask once and hand the instant down as `at`. UTC everywhere below the doors.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Whatever can say what time it is."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the machine's time in UTC."""
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands still until it is moved: for tests, demo data and `scheduler --at`."""

    def __init__(self, at: datetime) -> None:
        self._at = _aware(at)

    def now(self) -> datetime:
        """Return the instant it was last set to, in UTC."""
        return self._at

    def set(self, at: datetime) -> datetime:
        """Put the clock to `at` and return it in UTC. Raises ValueError for a naive time."""
        self._at = _aware(at)
        return self._at

    def advance(self, amount: timedelta) -> datetime:
        """Move the clock on by `amount` and return the new instant."""
        return self.set(self._at + amount)


def _aware(at: datetime) -> datetime:
    if at.utcoffset() is None:
        raise ValueError(f"a clock needs an aware time, got {at!r}")
    return at.astimezone(UTC)
