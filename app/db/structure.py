"""What of a dossier each of its events repeats (trường cấu trúc): so that the chain alone tells today's row.

State, code, units, limits and times, no personal data. `motcua audit verify` compares the row with the newest
event: a row changed past the house, by hand in the database, differs from what its last event swore to.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.db.models import Dossier
from app.db.utc_texts import UTC_TEXTS

STRUCTURE = (
    "state",
    "code",
    "channel",
    "procedure_version_id",
    "receiving_unit_id",
    "settling_unit_id",
    "received_at",
    "competent_received_at",
    "ended_at",
    "returned_at",
    "statutory_limit",
    "committed_limit",
)
_KEPT = (str, int)


def structure_of(dossier: Dossier) -> dict[str, Any]:
    """Return the structural fields of a row, in the form that goes into a payload."""
    return {name: _plain(getattr(dossier, name)) for name in STRUCTURE}


def structure_in(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Return the same of a row that is written as columns."""
    return {
        name: value if (value := columns.get(name)) is None or type(value) in _KEPT else _plain(value)
        for name in STRUCTURE
    }


def stamp(at: datetime) -> str:
    """Return an instant as the chain writes it: UTC with microseconds."""
    return f"{UTC_TEXTS[at].replace(' ', 'T')}Z"


def _plain(value: Any) -> Any:
    if value is None or type(value) in _KEPT:
        return value
    if isinstance(value, datetime):
        return stamp(value)
    return str(value) if isinstance(value, str) else value
