"""How each part of a procedure goes into its form and back (quy trình nội bộ, phí, thành phần hồ sơ)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from app.db.unit_of_work import UnitOfWork
from app.domain.catalogue_complete import ProcessStep
from app.domain.channels import Channel
from app.domain.process_fit import hours_of, minutes_of
from app.domain.vietnamese_format import number
from app.i18n import gettext as _
from app.queries.procedure_parts import ProcedureParts
from app.services import revising, revising_parts
from app.services.revising import Revision
from app.services.revising_parts import TypedFee, TypedPaper
from app.web.admin.revising_forms import MOST_ROWS, role_choices
from app.web.context import staff
from app.web.labels import channel_label
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
        {"name": step.name, "role": step.role, "unit": step.unit_key, "hours": hours_of(step.minutes)}
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


def fee_rows(stand: ProcedureParts) -> list[dict[str, Any]]:
    """Return the fee lines as the form takes them."""
    return [
        {
            "name": fee.name,
            "channel": str(fee.channel or 0),
            "amount": "" if fee.amount_vnd is None else number(fee.amount_vnd),
            "per": fee.per,
            "condition": fee.condition,
            "exemptions": "; ".join(fee.exemptions),
            "basis": fee.legal_basis,
        }
        for fee in stand.fees
    ]


def fee_choices(_stand: ProcedureParts) -> dict[str, list[tuple[str, Any]]]:
    """Return the channels, and what a fee is counted by."""
    channels = [("0", _("Mọi kênh")), *((str(int(channel)), channel_label(channel).text) for channel in Channel)]
    return {"channel": channels, "per": [("dossier", _("hồ sơ")), ("copy", _("bản")), ("page", _("trang"))]}


def save_fees(uow: UnitOfWork, revision: Revision, typed: Typed, at: datetime) -> int:
    """Publish the typed fee lines; return the number of the new version. Raises what `revise_fees` raises."""
    names = ("channel", "name", "amount", "per", "condition", "exemptions", "basis")
    fees = [TypedFee(**{name: row[name] or "" for name in names}) for row in typed]
    return revising_parts.revise_fees(uow, staff(), revision, fees=fees, at=at)


def paper_rows(stand: ProcedureParts) -> list[dict[str, Any]]:
    """Return the components as the form takes them."""
    return [
        {
            "name": paper.name,
            "paper_code": paper.paper_code,
            "originals": str(paper.originals),
            "copies": str(paper.copies),
            "required": paper.required,
            "exemption": paper.exemption,
            "note": paper.note,
            "case": paper.case,
        }
        for paper in stand.components
    ]


def paper_choices(stand: ProcedureParts) -> dict[str, list[tuple[str, Any]]]:
    """Return how a paper is handed in, and the cases of the procedure."""
    ways = [
        ("", _("Nộp")),
        ("shown_only", _("Miễn: chỉ xuất trình")),
        ("verification", _("Miễn: kết quả xác minh")),
        ("secret", _("Miễn: tài liệu mật")),
        ("database", _("Miễn: có trong CSDL")),
    ]
    return {"exemption": ways, "case": [("", _("Mọi trường hợp")), *((case, case) for case in stand.cases)]}


def save_papers(uow: UnitOfWork, revision: Revision, typed: Typed, at: datetime) -> int:
    """Publish the typed components; return the number of the new version. Raises what `revise_papers` raises."""
    names = ("name", "paper_code", "originals", "copies", "exemption", "note", "case")
    papers = [
        TypedPaper(required=bool(row["required"]), **{name: row[name] or "" for name in names}) for row in typed
    ]
    return revising_parts.revise_papers(uow, staff(), revision, papers=papers, at=at)
