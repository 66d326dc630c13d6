"""Numbers in addresses and forms (số trong địa chỉ): one the database cannot hold is as good as none."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**63 - 1  # SQLite binds no larger integer


class RowId(IntegerConverter):
    """`<int:…>` of an address; a number past what any row can have finds no page (404)."""

    def __init__(self, map: Map, *args: Any, **kwargs: Any) -> None:  # noqa: A002 - werkzeug's own name
        super().__init__(map, *args, **{"max": LARGEST, **kwargs})


def whole(typed: str) -> int:
    """Return the number typed, for `get(…, type=whole)`. Raises ValueError, which leaves the default."""
    number = int(typed)
    if abs(number) > LARGEST:
        raise ValueError(typed)
    return number


def chosen(typed: str | None) -> int | None:
    """Return the id picked in a list: None for the empty choice, 0 (nobody's) for what no list offers."""
    if not typed:
        return None
    try:
        return whole(typed)
    except ValueError:
        return 0


def install(app: Flask) -> None:
    """Let every `<int:…>` of the blueprints registered afterwards stop at the largest row."""
    app.url_map.converters["int"] = RowId
