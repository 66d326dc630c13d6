"""The facts that a formula may read (dữ kiện của hồ sơ), each with the kind of value it has.

A test holds this list against the columns of `dossier_facts`; what is not here does not exist for formulas.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType


class Kind(Enum):
    """What sort of value a fact is; only like is compared with like."""

    TEXT = "chữ"
    NUMBER = "số"
    FLAG = "có/không"
    INSTANT = "thời điểm"


_TEXTS = ("state", "field", "standing", "statutory_standing", "restart_standing")
_NUMBERS = (
    "procedure_id",
    "settling_unit_id",
    "receiving_unit_id",
    "channel",
    "due_day",
    "ended_day",
    "supplement_requests",
    "components",
    "components_due",
    "components_digitized",
    "components_reused",
    "fee_vnd",
)
_FLAGS = (
    "is_assisted",
    "is_imported",
    "is_suspended",
    "by_day",
    "result_required",
    "result_electronic",
    "result_digitized",
    "paid_online",
    "vneid_verified",
)
_INSTANTS = ("received_at", "ended_at", "returned_at", "due_at", "statutory_due_at")

FACTS: Mapping[str, Kind] = MappingProxyType(
    dict.fromkeys(_TEXTS, Kind.TEXT)
    | dict.fromkeys(_NUMBERS, Kind.NUMBER)
    | dict.fromkeys(_FLAGS, Kind.FLAG)
    | dict.fromkeys(_INSTANTS, Kind.INSTANT)
)
BOUNDS: Mapping[str, Kind] = MappingProxyType({"start": Kind.INSTANT, "end": Kind.INSTANT})
