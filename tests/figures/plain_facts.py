"""One fact of an ordinary dossier: received at the first commune's desk on 2 November 2026, in work, four days left."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tests.figures.histories import World

BEGIN = datetime(2026, 9, 1, tzinfo=UTC)


def fact(world: World, dossier: int, **told: Any) -> dict[str, Any]:
    """Return the ordinary fact with what a test tells of it."""
    ordinary = {
        "dossier_id": dossier,
        "valid_from": BEGIN,
        "valid_to": None,
        "recorded_at": BEGIN,
        "event_seq": 1,
        "state": "processing",
        "procedure_id": world.procedure,
        "field": "Hộ tịch",
        "settling_unit_id": world.communes[0],
        "receiving_unit_id": world.communes[0],
        "channel": 1,
        "is_assisted": False,
        "is_imported": False,
        "received_at": datetime(2026, 11, 2, 2, tzinfo=UTC),
        "ended_at": None,
        "returned_at": None,
        "due_at": datetime(2026, 11, 6, 17, tzinfo=UTC),
        "due_day": 20261106,
        "by_day": True,
        "ended_day": None,
        "is_suspended": False,
        "standing": "unknown",
        "statutory_standing": "unknown",
        "restart_standing": "unknown",
        "statutory_due_at": None,
        "supplement_requests": 0,
        "components": 0,
        "components_due": 0,
        "components_digitized": 0,
        "components_reused": 0,
        "result_required": True,
        "result_electronic": False,
        "result_digitized": False,
        "fee_vnd": 0,
        "paid_online": False,
        "vneid_verified": False,
    }
    return ordinary | told
