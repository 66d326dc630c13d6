"""How each part of a procedure goes into its form and back (quy trình nội bộ, phí, thành phần hồ sơ)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from app.db.unit_of_work import UnitOfWork
from app.domain.catalogue_complete import ProcessStep
from app.domain.process_fit import hours_of, minutes_of
from app.i18n import gettext as _
from app.queries.procedure_parts import ProcedureParts
from app.services import revising
from app.services.revising import Revision
from app.web.admin.revising_forms import MOST_ROWS, role_choices
from app.web.context import staff
from workflows.limits import label_vi, written_minutes

Typed = Sequence[Mapping[str, Any]]


def edited(typed: list[dict[str, Any]], act: str) -> list[dict[str, Any]]:
    """Return the rows after `add`, `up-N`, `down-N` or `remove-N` (N counts from 0); unknown acts change nothing."""
    verb, _dash, number = act.partition("-")
    place = int(number) if number.isdecimal() and len(number) < 4 else -1
    if verb == "add" and len(typed) < MOST_ROWS:
        return [*typed, {}]
    if verb == "remove" and 0 <= place < len(typed):
        return [*typed[:place], *typed[place + 1 :]]
    other = place + {"up": -1, "down": 1}.get(verb, 0)
    if 0 <= place < len(typed) and 0 <= other < len(typed):
        typed[place], typed[other] = typed[other], typed[place]
    return typed


def step_rows(stand: ProcedureParts) -> list[dict[str, Any]]:
    """Return the steps as the form takes them."""
    return [
        {"name": step.name, "role": step.role, "unit": step.unit, "hours": hours_of(step.minutes)}
        for step in stand.steps
    ]


def step_choices(stand: ProcedureParts) -> dict[str, list[tuple[str, Any]]]:
    """Return what a step may be given to."""
    units = [("", _("Cơ quan giải quyết, nơi tiếp nhận")), *((unit, unit) for unit in stand.units)]
    return {"role": role_choices(), "unit": units}


def step_hint(stand: ProcedureParts) -> str:
    """Return how much time there is, and how much of it the present version uses."""
    if stand.promised is None:
        return ""
    return _(
        "Hạn ngắn nhất đã cam kết: %(limit)s, bằng %(hours)s giờ làm việc (8 giờ một ngày). "
        "Phiên bản hiện tại dùng %(used)s giờ.",
        limit=label_vi(stand.promised),
        hours=hours_of(written_minutes(stand.promised)),
        used=hours_of(stand.minutes),
    )


def no_hint(_stand: ProcedureParts) -> str:
    """Return nothing: the part needs no word beforehand."""
    return ""


def save_steps(uow: UnitOfWork, revision: Revision, typed: Typed, at: datetime) -> int:
    """Publish the typed steps; return the number of the new version. Raises what `revise_steps` raises."""
    steps = [
        ProcessStep(
            row["name"] or "",
            row["role"] or "",
            row["unit"] or "",
            minutes_of(row["hours"] or "", where=f"rows.{ordinal}.hours"),
        )
        for ordinal, row in enumerate(typed, start=1)
    ]
    return revising.revise_steps(uow, staff(), revision, steps=steps, at=at)
