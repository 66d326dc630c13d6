"""Migrations (nâng cấp cơ sở dữ liệu): brings a database to the newest schema."""

from __future__ import annotations

from typing import Final

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text

from app.db.revisions import CHECKOUT

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


def _config() -> Config:
    return Config(toml_file=CHECKOUT / "pyproject.toml")
