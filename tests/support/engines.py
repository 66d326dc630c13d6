"""One memory of compiled statements for all engines of a test process.

SQLAlchemy compiles a statement once an engine. A running house has one engine for months; each test has one of its
own, and would spend two fifths of its time compiling what the test before it had compiled already.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Dialect, Engine, create_engine
from sqlalchemy.util import LRUCache

from app.db import session

_COMPILED: Final[LRUCache[Any, Any]] = LRUCache(4000)
_dialects: Final[dict[str, Dialect]] = {}


def share_compiled_statements() -> None:
    """Let every engine that the house makes from here on know what was compiled for the ones before it."""
    session.create_engine = _engine  # type: ignore[assignment] # the same function, with a memory


def _engine(url: str, **options: Any) -> Engine:
    engine = create_engine(url, **options)
    engine.update_execution_options(compiled_cache=_COMPILED)
    # Statements are known by their dialect: the first that has met its database speaks for all that come.
    known = _dialects.setdefault(engine.name, engine.dialect)
    if known.server_version_info is None:
        _dialects[engine.name] = engine.dialect
    else:
        engine.dialect = known
    return engine
