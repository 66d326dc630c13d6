"""Counts and the facts they were made of (số liệu đếm sẵn, dữ kiện): the database itself notes what no longer agrees.

Whatever writes a fact, a use case, an import in bulk or a hand in the database, leaves in the same transaction a touch
of its unit: since when the facts differ. A count that reaches beyond it is not read. A fact is only ever added or
closed (`valid_to`); a statement that closes it and says something else at once would touch it from its closing alone.

On PostgreSQL a unit is counted while nobody writes facts of it, or a fact that is committed after the count could
leave its touch before it: writers share a lock of their unit, who counts it must hold it alone. SQLite has one writer.
"""

from __future__ import annotations

from sqlalchemy import Connection, func, select, text
from sqlalchemy.orm import Session

from app.db.models import Dossier
from app.db.session import is_sqlite

LOCK = 766_118_062  # any number of ours: the first half of the key under which a unit's facts are locked
_SINCE = """CASE WHEN {same} THEN {least}({old}.valid_from, {new}.valid_from) ELSE
 {least}(coalesce({old}.valid_to, {new}.valid_to), coalesce({new}.valid_to, {old}.valid_to)) END"""
_TOUCH = """INSERT INTO fact_touches (unit_id, since) SELECT {unit}, {since} WHERE NOT EXISTS
 (SELECT 1 FROM fact_touches WHERE unit_id = {unit} AND since <= {since})"""


def _on_sqlite() -> tuple[str, ...]:
    changed = _SINCE.format(same="OLD.valid_to IS NEW.valid_to", least="min", old="OLD", new="NEW")
    touches = {
        "INSERT": [("NEW.settling_unit_id", "NEW.valid_from")],
        "UPDATE": [("OLD.settling_unit_id", changed), ("NEW.settling_unit_id", changed)],
        "DELETE": [("OLD.settling_unit_id", "OLD.valid_from")],
    }
    return tuple(
        f"CREATE TRIGGER {_name(act)} AFTER {act} ON dossier_facts BEGIN "
        + " ".join(f"{_TOUCH.format(unit=unit, since=since)};" for unit, since in each)
        + " END"
        for act, each in touches.items()
    )


def _on_postgres() -> tuple[str, ...]:
    changed = _SINCE.format(same="was.valid_to IS NOT DISTINCT FROM now.valid_to", least="least", old="was", new="now")
    pairs = "FROM old_facts AS was JOIN new_facts AS now ON now.id = was.id"
    touched = {
        "INSERT": "SELECT settling_unit_id AS unit, valid_from AS since FROM new_facts",
        "UPDATE": f"SELECT was.settling_unit_id AS unit, {changed} AS since {pairs} "
        f"UNION ALL SELECT now.settling_unit_id, {changed} {pairs}",
        "DELETE": "SELECT settling_unit_id AS unit, valid_from AS since FROM old_facts",
    }
    seen = {"INSERT": "NEW TABLE AS new_facts", "DELETE": "OLD TABLE AS old_facts"}
    seen["UPDATE"] = f"{seen['DELETE']} {seen['INSERT']}"
    touch = _TOUCH.format(unit="touched_unit", since="moment")
    made = [
        f"""CREATE FUNCTION touch_unit(touched_unit integer, moment timestamptz) RETURNS void LANGUAGE plpgsql AS
           $$ BEGIN PERFORM pg_advisory_xact_lock_shared({LOCK}, touched_unit); {touch}; END $$"""
    ]
    for act, rows in touched.items():
        made.append(f"""CREATE FUNCTION {_name(act)}() RETURNS trigger LANGUAGE plpgsql AS
           $$ BEGIN PERFORM touch_unit(unit, min(since)) FROM ({rows}) AS touched GROUP BY unit; RETURN NULL; END $$""")
        made.append(f"""CREATE TRIGGER {_name(act)} AFTER {act} ON dossier_facts REFERENCING {seen[act]}
           FOR EACH STATEMENT EXECUTE FUNCTION {_name(act)}()""")
    return tuple(made)


def _name(act: str) -> str:
    return f"fact_{act.lower()}_touches_counts"


NAMES = tuple(_name(act) for act in ("INSERT", "UPDATE", "DELETE"))


def install(connection: Connection) -> None:
    """Put the triggers on `dossier_facts`; those that stand are replaced."""
    remove(connection)
    for statement in _on_sqlite() if connection.dialect.name == "sqlite" else _on_postgres():
        connection.execute(text(statement))


def remove(connection: Connection) -> None:
    """Take the triggers off, for a migration on its way back."""
    on_table = connection.dialect.name != "sqlite"
    for name in NAMES:
        connection.execute(text(f"DROP TRIGGER IF EXISTS {name}" + (" ON dossier_facts" if on_table else "")))
        if on_table:
            connection.execute(text(f"DROP FUNCTION IF EXISTS {name}()"))
    if on_table:
        connection.execute(text("DROP FUNCTION IF EXISTS touch_unit(integer, timestamptz)"))


def hold_unit(session: Session, unit_id: int) -> bool:
    """Keep everybody from writing facts of a unit until the transaction ends; False while somebody writes them."""
    return is_sqlite(session) or bool(session.scalar(select(func.pg_try_advisory_xact_lock(LOCK, unit_id))))


def is_importing(session: Session) -> bool:
    """Publishing an import changes what is counted without a new fact: while one waits, nothing is kept."""
    return session.scalar(select(Dossier.id).where(~Dossier.is_published).limit(1)) is not None
