"""The two lists of who may sign become one and part again, and every row still says what it said."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from app.db import revisions
from tests.support.seeded import Desk

SIGNER = (
    "INSERT INTO certification_signers (id, unit_id, user_id, name, titles, decision, effective_from, effective_to)"
    " SELECT 71, unit_id, NULL, 'Người Ký', 'TUQ. CHỦ TỊCH', '118/QĐ', '2025-11-01 00:00:00', NULL"
    " FROM users WHERE login = 'leader'"
)
AUTHORITY = (
    "INSERT INTO signing_authorities (unit_id, user_id, capacity, titles, decision, decided_on, effective_from)"
    " SELECT unit_id, id, 'KT', 'KT. CHỦ TỊCH', '12/QĐ', '2026-01-02', '2026-01-05 01:00:00'"
    " FROM users WHERE login = 'leader'"
)
ONE_LIST = (
    "SELECT name, capacity, titles, decision, signs_results, certifies, decided_on IS NULL"
    " FROM signing_authorities WHERE decision IN ('118/QĐ', '12/QĐ') ORDER BY decision"
)
REQUESTS = "SELECT s.decision FROM certifications c JOIN {} s ON s.id = c.signer_id"


def go(connection: Connection, revision: str) -> None:
    """Move the database to a revision, forward or back."""
    config = Config(toml_file=revisions.CHECKOUT / "pyproject.toml")
    config.attributes["connection"] = connection
    (command.downgrade if revision == "0027" else command.upgrade)(config, revision)


def test_both_lists_become_one_and_part_again(desk: Desk) -> None:
    desk.receive()
    leader = desk.staff("leader").name  # before the tables are locked
    with desk.house.engine.connect().execution_options(writing=True) as connection:
        go(connection, "0027")
        for statement in (SIGNER, AUTHORITY):
            connection.execute(text(statement))
        _request(connection)
        go(connection, "0028")
        found = [tuple(row) for row in connection.execute(text(ONE_LIST))]
        assert found == [
            ("Người Ký", "TUQ", "TUQ. CHỦ TỊCH", "118/QĐ", False, True, True),
            (leader, "KT", "KT. CHỦ TỊCH", "12/QĐ", True, False, False),
        ]
        assert connection.scalar(text(REQUESTS.format("signing_authorities"))) == "118/QĐ"
        go(connection, "0027")
        assert connection.scalar(text(REQUESTS.format("certification_signers"))) == "118/QĐ"
        assert connection.scalar(text("SELECT count(*) FROM signing_authorities WHERE decision = '12/QĐ'")) == 1
        go(connection, "head")
        assert len(connection.execute(text(ONE_LIST)).all()) == 2
        connection.commit()


def _request(connection: Connection) -> None:
    """Let a request of certification point at the signer, as real ones do."""
    connection.execute(
        text(
            "INSERT INTO certifications (dossier_id, unit_id, kind, day, clerk_id, signer_id)"
            " SELECT d.id, d.receiving_unit_id, 'copy', '2026-11-02', u.id, 71 FROM dossiers d, users u"
            " WHERE u.login = 'clerk' ORDER BY d.id LIMIT 1"
        )
    )
