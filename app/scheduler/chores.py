"""Chores of the house itself (việc nhà): roots of the event log, putting away, bytes without a row."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.db.once import settle_events
from app.queries.stored_files import without_row
from app.services.chain_roots import close_day, close_hour
from app.services.sweeps import cleaning
from app.wiring import House

ORPHANS_KEPT = timedelta(hours=24)  # an upload's bytes are safe on disk before their row is committed


def close_roots(house: House, at: datetime) -> int:
    """Close the hour and the day of the event log, once all who were writing have ended; return how many roots."""
    with house.unit_of_work() as uow:
        settle_events(uow.session)
        roots = [close_hour(uow, at), close_day(uow, at)]
        return sum(root is not None for root in roots)


def clean(house: House, at: datetime) -> int:
    """Put away what is old."""
    with house.unit_of_work() as uow:
        return cleaning.clean(uow, at)


def collect_orphans(house: House, _at: datetime) -> int:
    """Remove bytes that no row points to and that are older than a day, by the machine's own clock.

    A simulated time must not make a file old that somebody is just uploading.
    """
    old = house.files.ids(before=house.clock.now() - ORPHANS_KEPT)
    with house.reading() as session:
        orphans = without_row(session, old)
    for storage_id in orphans:
        house.files.remove(storage_id)
    return len(orphans)
