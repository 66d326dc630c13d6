"""Declarative base, names of constraints, and the column types every table uses."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import DateTime, Dialect, LargeBinary, MetaData, String, Table, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UTCDateTime(TypeDecorator[datetime]):
    """An aware instant, kept in UTC. A naive value is a programming error and is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the instant in UTC; SQLite keeps it without its zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime refused")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Return the instant aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)

    # On SQLite instants are text, and a list of dossiers holds thousands: the way through three functions for each
    # of them took a fifth of the reading.

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        """Return what turns an instant into the form that the database keeps."""
        return _to_text if dialect.name == "sqlite" else super().bind_processor(dialect)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        """Return what turns the kept form into an instant."""
        return _from_text if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


def _to_text(value: datetime | None) -> str | None:
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError("naive datetime refused")
    return value.astimezone(UTC).isoformat(" ", "microseconds")[:-6]


def _from_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value).replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """All tables of the house."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: dict[Any, Any] = {datetime: UTCDateTime(), str: String(), bytes: LargeBinary()}


def table_of(model: type[Base]) -> Table:
    """Return the table of a model, for statements that go past the ORM."""
    return cast(Table, model.__table__)


def only(sqlite: str, *, postgresql: str = "") -> dict[str, Any]:
    """Return the keywords of an index over part of a table; the condition is the same for both unless said."""
    return {"sqlite_where": text(sqlite), "postgresql_where": text(postgresql or sqlite)}


def new_uid() -> str:
    """Return a random row token: the associated data of what a row keeps sealed."""
    return secrets.token_hex(16)


class SealedRow:
    """A row with sealed columns (`…_sealed`): `uid` binds each ciphertext to its row."""

    uid: Mapped[str] = mapped_column(String(32), default=new_uid, unique=True)
