"""How far a database is (phiên bản lược đồ), told without Alembic: every start asks, few have anything to migrate.

Alembic reads all migrations to say which is the last; their file names say the same (a test holds both together).
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import Engine, inspect, text

CHECKOUT: Final = Path(__file__).parent.parent.parent
_MIGRATIONS: Final = CHECKOUT / "migrations" / "versions"


def revision(engine: Engine) -> str | None:
    """Return the revision of the database; None for an empty one."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return found


def newest() -> str | None:
    """Return the revision that this program needs."""
    return max(_known(), default=None)


def is_known(name: str) -> bool:
    """Return whether this program knows the revision `name`: a database from a newer one is not touched."""
    return name in _known()


def _known() -> set[str]:
    return {path.name.split("_", 1)[0] for path in _MIGRATIONS.glob("[0-9]*_*.py")}
