"""What the database refuses by itself (ràng buộc của cơ sở dữ liệu): a dossier change without its event, a
deleted dossier, an event rewritten.

A row may be written several times in the transaction that raises its `event_seq`, until that event is there;
the deferred foreign key asks for the event at the end. Batch migrations on SQLite copy tables and lose
triggers, so a migration that touches `dossiers` or `events` calls `install` again; a test asks both databases.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

from app.db import touching

_SQLITE = (
    """CREATE TRIGGER dossier_change_raises_event_seq BEFORE UPDATE ON dossiers
       WHEN NEW.event_seq < OLD.event_seq OR (NEW.event_seq = OLD.event_seq
         AND EXISTS (SELECT 1 FROM events WHERE dossier_id = OLD.id AND seq = OLD.event_seq))
       BEGIN SELECT RAISE(ABORT, 'dossier change without its event'); END""",
    """CREATE TRIGGER dossier_is_never_deleted BEFORE DELETE ON dossiers
       BEGIN SELECT RAISE(ABORT, 'a dossier is never deleted'); END""",
    """CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON events
       BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END""",
    """CREATE TRIGGER event_is_never_rewritten BEFORE UPDATE ON events
       WHEN NEW.hash <> OLD.hash OR NEW.previous <> OLD.previous OR NEW.payload_hash <> OLD.payload_hash
         OR NEW.seq <> OLD.seq OR NEW.kind <> OLD.kind OR NEW.at <> OLD.at
         OR NEW.subject_id <> OLD.subject_id OR NEW.actor_name <> OLD.actor_name
         OR NEW.payload IS NOT NULL OR NEW.erased_by IS NULL
       BEGIN SELECT RAISE(ABORT, 'an event is never rewritten'); END""",
)

_POSTGRES = (
    """CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$""",
    """CREATE FUNCTION refuse_silent_change() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN
         IF NEW.event_seq < OLD.event_seq OR (NEW.event_seq = OLD.event_seq
           AND EXISTS (SELECT 1 FROM events WHERE dossier_id = OLD.id AND seq = OLD.event_seq)) THEN
           RAISE EXCEPTION 'dossier change without its event';
         END IF;
         RETURN NEW;
       END $$""",
    """CREATE TRIGGER dossier_change_raises_event_seq BEFORE UPDATE ON dossiers FOR EACH ROW
       EXECUTE FUNCTION refuse_silent_change()""",
    """CREATE TRIGGER dossier_is_never_deleted BEFORE DELETE ON dossiers FOR EACH ROW
       EXECUTE FUNCTION refuse_change('a dossier is never deleted')""",
    """CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON events FOR EACH ROW
       EXECUTE FUNCTION refuse_change('an event is never deleted')""",
    """CREATE TRIGGER event_is_never_rewritten BEFORE UPDATE ON events FOR EACH ROW
       WHEN (NEW.hash <> OLD.hash OR NEW.previous <> OLD.previous OR NEW.payload_hash <> OLD.payload_hash
         OR NEW.seq <> OLD.seq OR NEW.kind <> OLD.kind OR NEW.at <> OLD.at
         OR NEW.subject_id <> OLD.subject_id OR NEW.actor_name <> OLD.actor_name
         OR NEW.payload IS NOT NULL OR NEW.erased_by IS NULL)
       EXECUTE FUNCTION refuse_change('an event is never rewritten')""",
)

_NAMES = (
    ("dossier_change_raises_event_seq", "dossiers"),
    ("dossier_is_never_deleted", "dossiers"),
    ("event_is_never_deleted", "events"),
    ("event_is_never_rewritten", "events"),
)


def install(connection: Connection) -> None:
    """Put the triggers on `dossiers` and `events`; those that stand are replaced."""
    remove(connection)
    for statement in _SQLITE if connection.dialect.name == "sqlite" else _POSTGRES:
        connection.execute(text(statement))


def remove(connection: Connection) -> None:
    """Take the triggers off, for a migration on its way back."""
    on_table = connection.dialect.name != "sqlite"
    for name, table in _NAMES:
        connection.execute(text(f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if on_table else "")))
    if on_table:
        for function in ("refuse_change", "refuse_silent_change"):
            connection.execute(text(f"DROP FUNCTION IF EXISTS {function}()"))


def missing(connection: Connection) -> list[str]:
    """Return the names of the triggers that do not stand (`motcua db check`)."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.dialect.name == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    found = {row[0] for row in connection.execute(text(query))}
    return sorted({*(name for name, _ in _NAMES), *touching.NAMES} - found)
