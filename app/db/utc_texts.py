"""Instants as text in UTC (thời điểm viết theo UTC), as the embedded database keeps them."""

from __future__ import annotations

from datetime import UTC, datetime

_MOST_REMEMBERED = 50_000


class _UtcTexts(dict[datetime, str]):
    """Aware instants as SQLAlchemy keeps them on SQLite (a test holds both against each other).

    One dossier says the same few instants in all its rows and in its event: the newest are remembered.
    """

    def __missing__(self, moment: datetime) -> str:
        if len(self) > _MOST_REMEMBERED:
            self.clear()
        told = self[moment] = aware(moment).astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
        return told


UTC_TEXTS = _UtcTexts()


def aware(moment: datetime) -> datetime:
    """Return an instant that has its zone. Raises ValueError for one that has none."""
    if moment.tzinfo is None:
        raise ValueError("naive datetime refused")
    return moment
