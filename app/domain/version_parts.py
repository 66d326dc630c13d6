"""What a version of a procedure consists of (thời hạn, thành phần hồ sơ, phí, các bước), as frozen rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class LimitLine:
    """Statutory and committed limit of one channel as texts; `statutory` None is chưa xác định.

    `percent` is None where nothing is shortened.
    """

    channel: int
    statutory: str | None = None
    committed: str | None = None
    cutoff: str | None = None
    decision_number: str = ""
    decision_date: date | None = None
    shortened_from: date | None = None
    percent: int | None = None


def limit_of_case(usual: LimitLine, cases: Iterable[Mapping[str, Any]], name: str) -> LimitLine:
    """Return the limits of the case `name`, which holds in every channel; the channel's own where there is none."""
    case = next((case for case in cases if case["name"] == name), None)
    if case is None:
        return usual
    return replace(
        usual,
        statutory=case["statutory"],
        committed=case["committed"],
        cutoff=case.get("cutoff", usual.cutoff),
        decision_number=case.get("decision_number", usual.decision_number),
    )


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper of the list; `case` "" is every case, an `exemption` says why it need not be handed in."""

    ordinal: int
    name: str
    paper_code: str
    originals: int
    copies: int
    required: bool
    exemption: str
    note: str
    case: str


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One fee in whole đồng; `amount_vnd` None is chưa xác định, `channel` None every channel."""

    channel: int | None
    name: str
    amount_vnd: int | None
    per: str
    condition: str
    exemptions: tuple[str, ...]
    legal_basis: str


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of an internal process, in written working minutes; `unit_key` is a short name, "" the desk."""

    ordinal: int
    name: str
    role: str
    unit_key: str
    minutes: int


@dataclass(frozen=True, slots=True)
class VersionParts:
    """What a version says; limits by channel, the rest in order."""

    version_id: int
    procedure_id: int
    field: str
    has_result: bool
    needs_digitizing: bool
    cases: tuple[Mapping[str, Any], ...]
    limits: Mapping[int, LimitLine]
    components: tuple[PaperLine, ...]
    steps: tuple[StepLine, ...]
    fees: tuple[FeeLine, ...]
