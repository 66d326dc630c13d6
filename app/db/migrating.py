"""Migrations (nâng cấp cơ sở dữ liệu): brings a database to the newest schema, or says how far it is."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

CHECKOUT: Final = Path(__file__).parent.parent.parent
# Any number, the same for all our processes: who holds it on PostgreSQL is the one who migrates.
UPGRADE_LOCK: Final = 766_118_061


def upgrade(engine: Engine) -> None:
    """Bring the database to the newest schema, in one transaction; several processes may ask at once."""
    with engine.connect().execution_options(writing=True) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": UPGRADE_LOCK})
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()


def revision(engine: Engine) -> str | None:
    """Return the revision of the database; None for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """Return the revision that this program needs."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def is_known(name: str) -> bool:
    """Return whether this program knows the revision `name`: a database from a newer one is not touched."""
    return any(name == script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def _config() -> Config:
    return Config(toml_file=CHECKOUT / "pyproject.toml")
