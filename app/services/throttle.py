"""Slowing down guesses (giới hạn số lần thử): counters in the database, so that every process counts alike.

A subject is what is being guessed or who guesses: ``login:an.nv``, ``address:10.0.0.7``, ``tracking:H44…``.
The delay grows with each failure and never exceeds fifteen minutes: nobody is locked out for good.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.db.models import LoginAttempt

LONGEST = timedelta(minutes=15)
FIRST = timedelta(seconds=5)
FORGOTTEN_AFTER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Budget:
    """How many failures of one kind of subject are free before it has to wait."""

    kind: str
    free: int

    def subject(self, name: str) -> str:
        """Return the counter's key for one subject of this kind."""
        return f"{self.kind}:{name}"


# A whole office may sit behind one address; an account belongs to one person.
ACCOUNT = Budget("login", free=3)
ADDRESS = Budget("address", free=30)


def delay_after(failures: int, *, free: int) -> timedelta:
    """Return how long to wait after this many failures: nothing, then 5 s doubling up to 15 minutes."""
    over = failures - free
    if over <= 0:
        return timedelta()
    return min(FIRST * (1 << min(over - 1, 20)), LONGEST)


def waiting_time(db: Session, budget: Budget, name: str, at: datetime) -> timedelta:
    """Return how long this subject still has to wait at `at`; zero when it may try."""
    row = db.get(LoginAttempt, budget.subject(name))
    if row is None or row.blocked_until is None:
        return timedelta()
    return max(row.blocked_until - at, timedelta())


def count_failure(db: Session, budget: Budget, name: str, at: datetime) -> timedelta:
    """Count one failure and return the wait it brings. Failures older than an hour are forgotten."""
    subject = budget.subject(name)
    row = db.get(LoginAttempt, subject, with_for_update=True)
    if row is None:
        row = LoginAttempt(subject=subject, failures=0, first_at=at, last_at=at)
        db.add(row)
    if at - row.last_at > FORGOTTEN_AFTER:
        row.failures, row.first_at = 0, at
    row.failures, row.last_at = row.failures + 1, at
    wait = delay_after(row.failures, free=budget.free)
    row.blocked_until = at + wait if wait else None
    return wait


def forgive(db: Session, budget: Budget, name: str) -> None:
    """Forget the failures of a subject that has proven itself."""
    row = db.get(LoginAttempt, budget.subject(name))
    if row is not None:
        db.delete(row)
