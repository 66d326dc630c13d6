"""The migration of the day a shortening begins: rows that were there get a day, and go back as they were."""

from __future__ import annotations

from sqlalchemy import text

from app.db.checking import problems
from tests.db.test_keys_forth_and_back import migrate
from tests.support.seeded import Desk

SHORTENED = """SELECT l.shortened_from, v.effective_from, l.decision_date FROM procedure_limits l
 JOIN procedure_versions v ON v.id = l.version_id WHERE l.decision_date IS NOT NULL"""


def test_a_shortening_begins_with_its_version_or_its_later_decision(desk: Desk) -> None:
    migrate(desk, "0036")
    with desk.house.engine.begin() as connection:
        connection.execute(text("UPDATE procedure_limits SET decision_date = '2025-07-15' WHERE percent > 40"))
    migrate(desk, "head")
    with desk.house.engine.connect() as connection:
        rows = connection.execute(text(SHORTENED)).all()
        plain = text("SELECT count(*) FROM procedure_limits WHERE decision_date IS NULL AND shortened_from IS NOT NULL")
        assert connection.scalar(plain) == 0
    assert {str(day) for day, _since, _decided in rows} == {"2025-07-01", "2025-07-15"}
    assert all(str(day) == max(str(since), str(decided)) for day, since, decided in rows)
    assert problems(desk.house.engine) == []
