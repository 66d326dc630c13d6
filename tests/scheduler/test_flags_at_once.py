"""Two schedulers count the same flags in one moment: both come to their end, each count stands once."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from sqlalchemy import select

from app.db.models import FlagCount, Unit
from tests.scheduler.test_killed import killed
from tests.scheduler.words import local
from tests.support.seeded import SINGLE, Desk


def test_two_that_count_flags_at_once_leave_each_count_once(desk: Desk, tmp_path: Path) -> None:
    desk.receive(SINGLE)
    for round_ in ("first", "again"):
        folder = tmp_path / round_
        folder.mkdir()
        assert killed("flags_at_once", local("Friday 2026-11-27 09:00").isoformat(), str(folder)) == 2
    with desk.house.reading() as session:
        kept = Counter((row.first_day, row.unit_id) for row in session.scalars(select(FlagCount)))
        units = session.scalars(select(Unit.id)).all()
    assert set(kept.values()) == {1}
    assert len(kept) == 2 * len(units)  # two report months
