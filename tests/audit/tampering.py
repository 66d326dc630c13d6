"""What somebody could do who holds the database: raw changes, with triggers and foreign keys out of the way."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, CursorResult, text

from app.db import triggers
from app.domain.chain import link, payload_digest
from tests.support.seeded import Desk

# Short words for raw SQL: the first dossier, its first event, its last one.
WORDS = {
    "$LAST_EVENT": "dossier_id = $DOSSIER AND seq = (SELECT event_seq FROM dossiers WHERE id = $DOSSIER)",
    "$FIRST_EVENT": "dossier_id = $DOSSIER AND seq = 1",
    "$DOSSIER": "(SELECT id FROM dossiers ORDER BY id LIMIT 1)",
}
COLUMNS = (
    "subject_kind, subject_id, dossier_id, kind, at, actor_kind, actor_name, user_id, payload, salt, payload_hash, "
    "previous, hash"
)


@contextmanager
def broken_in(desk: Desk) -> Iterator[Connection]:
    """Yield a connection of somebody who may do everything; what they did is committed at its end."""
    with desk.house.engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            # Inside a transaction SQLite ignores the switch: it is turned before one begins.
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        triggers.remove(connection)
        if not sqlite:
            connection.execute(text("SET session_replication_role = replica"))
        yield connection
        connection.commit()
        connection.invalidate()


def run(connection: Connection, statement: str, **values: Any) -> CursorResult[Any]:
    """Carry out raw SQL with the short words put in."""
    for word, meaning in WORDS.items():
        statement = statement.replace(word, meaning)
    return connection.execute(text(statement), values)


def do(connection: Connection, *statements: str) -> None:
    """Carry out changes; one that changes nothing is a fault of the test."""
    for statement in statements:
        assert run(connection, statement).rowcount, f"changed nothing: {statement}"


def edit_payload(connection: Connection) -> None:
    """Change one word of what was recorded."""
    row = run(connection, "SELECT id, payload FROM events WHERE $LAST_EVENT").one()
    payload = json.loads(row.payload) if isinstance(row.payload, str) else row.payload
    _write_payload(connection, row.id, payload | {"reason": "Lý do khác"})


def swap_payloads(connection: Connection) -> None:
    """Let two events of one dossier say what the other said, salts included."""
    first_two = "SELECT id, payload, salt FROM events WHERE dossier_id = $DOSSIER ORDER BY seq LIMIT 2"
    rows = run(connection, first_two).all()
    for own, other in (rows, rows[::-1]):
        content = other.payload if isinstance(other.payload, str) else json.dumps(other.payload)
        change = "UPDATE events SET payload = :payload, salt = :salt WHERE id = :id"
        run(connection, change, payload=content, salt=other.salt, id=own.id)


def forge_event(connection: Connection) -> None:
    """Put an event into a dossier that nobody recorded, with the hash of another one."""
    statement = "INSERT INTO events (seq, $COLUMNS) SELECT seq + 1, $COLUMNS FROM events WHERE $LAST_EVENT"
    do(connection, statement.replace("$COLUMNS", COLUMNS))


def rewrite_history(connection: Connection) -> None:
    """Change what a dossier's first event says and recompute all its hashes: only the signed root knows."""
    rows = run(connection, "SELECT * FROM events WHERE dossier_id = $DOSSIER ORDER BY seq").all()
    previous = "0" * 64
    for row in rows:
        payload = json.loads(row.payload) if isinstance(row.payload, str) else row.payload
        payload = payload | {"papers": 99} if row.seq == 1 else payload
        digest = payload_digest(payload, bytes.fromhex(row.salt))
        made = link(previous, _header(row), digest)
        change = "UPDATE events SET payload_hash = :digest, previous = :before, hash = :made WHERE id = :id"
        run(connection, change, digest=digest, before=previous, made=made, id=row.id)
        _write_payload(connection, row.id, payload)
        previous = made


def cut_tail_and_mend_row(connection: Connection) -> None:
    """Take a dossier's last event away and set the row back to what the event before swore to."""
    last_but_one = "SELECT payload FROM events WHERE dossier_id = $DOSSIER ORDER BY seq DESC LIMIT 1 OFFSET 1"
    before = run(connection, last_but_one).scalar_one()
    state = (json.loads(before) if isinstance(before, str) else before)["after"]["state"]
    do(connection, "DELETE FROM events WHERE $LAST_EVENT")
    mend = "UPDATE dossiers SET event_seq = event_seq - 1, state = :state, ended_at = NULL WHERE id = $DOSSIER"
    run(connection, mend, state=state)


def _write_payload(connection: Connection, event_id: int, payload: dict[str, Any]) -> None:
    content = json.dumps(payload, ensure_ascii=False)
    run(connection, "UPDATE events SET payload = :payload WHERE id = :id", payload=content, id=event_id)


def _header(row: Any) -> dict[str, Any]:
    at = row.at if isinstance(row.at, str) else row.at.strftime("%Y-%m-%d %H:%M:%S.%f")
    return {
        "subject": f"{row.subject_kind}:{row.subject_id}",
        "seq": row.seq,
        "kind": row.kind,
        "at": f"{at.replace(' ', 'T')}Z",
        "actor": f"{row.actor_kind}:{row.actor_name}",
        "user": row.user_id,
    }
