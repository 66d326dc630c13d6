"""The migration of signing keys, forth and back, over rows that were there."""

from __future__ import annotations

from alembic import command
from sqlalchemy import ColumnElement, func, select, text

from app.db import migrating
from app.db.checking import problems
from app.db.models import SigningKey
from tests.support.seeded import Desk

INTO = """INSERT INTO signing_keys (uid, purpose, user_id, unit_id, label, p12_sealed, certificate_pem, is_demo,
 valid_from, valid_to)
 SELECT :mark || substr(uid, 2), purpose, user_id, unit_id, label, p12_sealed, certificate_pem, is_demo,
 valid_from, valid_to FROM signing_keys"""


def migrate(desk: Desk, to: str) -> None:
    with desk.house.engine.connect().execution_options(writing=True) as connection:
        config = migrating._config()
        config.attributes["connection"] = connection
        (command.upgrade if to == "head" else command.downgrade)(config, to)
        connection.commit()


def count(desk: Desk, *where: ColumnElement[bool]) -> int:
    with desk.house.reading() as session:
        return session.scalar(select(func.count()).select_from(SigningKey).where(*where)) or 0


def test_a_second_key_of_a_holder_is_retired_and_what_has_no_file_goes(desk: Desk) -> None:
    before, seals = count(desk), count(desk, SigningKey.purpose == "seal")
    with desk.house.engine.begin() as connection:
        connection.execute(
            text("UPDATE signing_keys SET kind = 'token', address = 'a/b', p12_sealed = NULL WHERE purpose = 'seal'")
        )
    migrate(desk, "0023")
    with desk.house.engine.begin() as connection:
        connection.execute(text(INTO), {"mark": "x"})
    migrate(desk, "head")
    persons, in_use = before - seals, SigningKey.retired_at.is_(None)
    assert 0 < persons < before
    assert count(desk) == count(desk, SigningKey.kind == "file", SigningKey.address == "") == 2 * persons
    assert (count(desk, in_use), count(desk, in_use, SigningKey.uid.like("x%"))) == (persons, 0)
    assert problems(desk.house.engine) == []
