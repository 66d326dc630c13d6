"""Limits, papers, steps and fees of a procedure version, read once a process (nội dung của một phiên bản thủ tục).

A version's `revision` is a random token that is drawn anew whenever its parts change: what was read under a token
stays true, in this process and every other, and a change that was rolled back never comes back under the same one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from app.db.base import table_of
from app.db.models import ProcedureComponent, ProcedureFee, ProcedureLimit, ProcedureStep, ProcedureVersion

_KEPT = 2_000  # versions; a province has some 2,600, a desk opens a few hundred


@dataclass(frozen=True, slots=True)
class ChannelLimits:
    """Statutory and committed limit of one channel, as texts; `statutory` is None where chưa xác định."""

    statutory: str | None
    committed: str | None
    cutoff: str | None
    decision_number: str


@dataclass(frozen=True, slots=True)
class PaperAsked:
    """One paper that the procedure asks for; `case` names the case it is asked in, empty for all."""

    ordinal: int
    name: str
    paper_code: str
    required: bool
    case: str


@dataclass(frozen=True, slots=True)
class StepAsked:
    """One step of the internal process; `minutes` are working minutes."""

    ordinal: int
    name: str
    role: str
    unit_key: str
    minutes: int


@dataclass(frozen=True, slots=True)
class FeeAsked:
    """One fee in whole đồng; channel None = every channel."""

    channel: int | None
    amount_vnd: int | None
    per: str
    condition: str
    exemptions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VersionParts:
    """What a version says, as far as reception and figures ask it; limits by channel, the rest in order."""

    version_id: int
    procedure_id: int
    field: str
    has_result: bool
    needs_digitizing: bool
    cases: tuple[Mapping[str, Any], ...]
    limits: Mapping[int, ChannelLimits]
    components: tuple[PaperAsked, ...]
    steps: tuple[StepAsked, ...]
    fees: tuple[FeeAsked, ...]


def _asked(model: Any, *columns: str, order: str) -> Select[Any]:
    table = table_of(model)
    wanted = select(*(table.c[name] for name in columns)).where(table.c.version_id == bindparam("version"))
    return wanted.order_by(table.c[order])


_VERSIONS = table_of(ProcedureVersion)
_OWN = select(
    _VERSIONS.c.procedure_id,
    _VERSIONS.c.field,
    _VERSIONS.c.result_name,
    _VERSIONS.c.needs_digitizing,
    _VERSIONS.c.cases,
).where(_VERSIONS.c.id == bindparam("version"))
_LIMITS = _asked(ProcedureLimit, "channel", "statutory", "committed", "cutoff", "decision_number", order="channel")
_PAPERS = _asked(ProcedureComponent, "ordinal", "name", "paper_code", "required", "case", order="ordinal")
_STEPS = _asked(ProcedureStep, "ordinal", "name", "role", "unit_key", "minutes", order="ordinal")
_FEES = _asked(ProcedureFee, "channel", "amount_vnd", "per", "condition", "exemptions", order="id")

_known: dict[str, VersionParts] = {}


def parts_of(session: Session, version_id: int, revision: str) -> VersionParts:
    """Return what a version says under the revision that the session's transaction reads in its row."""
    found = _known.get(revision)
    if found is None:
        if len(_known) >= _KEPT:
            _known.clear()
        found = _known[revision] = _read(session, version_id)
    return found


def _read(session: Session, version_id: int) -> VersionParts:
    def rows(statement: Select[Any]) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in session.connection().execute(statement, {"version": version_id})]

    ((procedure_id, field, result_name, needs_digitizing, cases),) = rows(_OWN)
    return VersionParts(
        version_id,
        procedure_id,
        field,
        bool(result_name),
        needs_digitizing,
        tuple(cases),
        {channel: ChannelLimits(*limit) for channel, *limit in rows(_LIMITS)},
        tuple(PaperAsked(*row) for row in rows(_PAPERS)),
        tuple(StepAsked(*row) for row in rows(_STEPS)),
        tuple(
            FeeAsked(channel, amount, per, condition, tuple(exempt))
            for channel, amount, per, condition, exempt in rows(_FEES)
        ),
    )
