"""Doors of a procedure's parts (sửa quy trình, phí, thành phần): rows edited on the page, saved as a version."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response, flash, request

from app.db.unit_of_work import UnitOfWork
from app.domain import checks
from app.i18n import LazyText, lazy_gettext
from app.i18n import gettext as _
from app.queries import procedure_parts as rows
from app.queries.procedure_parts import ProcedureParts
from app.services.revising import Revision, VersionStale
from app.web.admin import revising_parts as known
from app.web.admin.revising_forms import FeesForm, PapersForm, PartForm, StepsForm
from app.web.context import house, now, staff
from app.web.forms import sentence_of
from app.web.responses import found, page, see_other
from workflows.calendar import VIETNAM
from workflows.errors import RuleBroken

UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a procedure: its form, how its rows are shown and read, and what a row is called."""

    name: str
    title: LazyText
    row: LazyText
    add: LazyText
    form: type[PartForm]
    shown: Callable[[ProcedureParts], list[dict[str, Any]]]
    choices: Callable[[ProcedureParts], dict[str, list[tuple[str, Any]]]]
    save: Callable[[UnitOfWork, Revision, Sequence[Mapping[str, Any]], datetime], int]
    main_field: str
    hint: Callable[[ProcedureParts], str] = known.no_hint


STEPS = Part(
    "steps", lazy_gettext("Quy trình nội bộ"), lazy_gettext("Bước"), lazy_gettext("Thêm bước"), StepsForm,
    known.step_rows, known.step_choices, known.save_steps, "hours", known.step_hint,
)  # fmt: skip
FEES = Part(
    "fees", lazy_gettext("Phí, lệ phí"), lazy_gettext("Khoản"), lazy_gettext("Thêm khoản thu"), FeesForm,
    known.fee_rows, known.fee_choices, known.save_fees, "amount",
)  # fmt: skip
PAPERS = Part(
    "components", lazy_gettext("Thành phần hồ sơ"), lazy_gettext("Giấy tờ"), lazy_gettext("Thêm giấy tờ"), PapersForm,
    known.paper_rows, known.paper_choices, known.save_papers, "name",
)  # fmt: skip


def steps(code: str) -> Response:
    """Show the internal process to be revised."""
    return _show(STEPS, code)


def save_steps(code: str) -> Response:
    """Edit the rows of the internal process, or publish them."""
    return _save(STEPS, code)


def fees(code: str) -> Response:
    """Show the fee lines to be revised."""
    return _show(FEES, code)


def save_fees(code: str) -> Response:
    """Edit the fee lines, or publish them."""
    return _save(FEES, code)


def papers(code: str) -> Response:
    """Show the components to be revised."""
    return _show(PAPERS, code)


def save_papers(code: str) -> Response:
    """Edit the components, or publish them."""
    return _save(PAPERS, code)


def _show(part: Part, code: str) -> Response:
    stand = _parts(code)
    today = max(now().astimezone(VIETNAM).date(), stand.since)
    data = {"based_on": stand.version_id, "since": f"{today:%d/%m/%Y}", "rows": part.shown(stand)}
    return _page(part, code, stand, part.form(formdata=None, data=data))


def _save(part: Part, code: str) -> Response:
    stand, form, act = _parts(code), part.form(), request.form.get("act", "")
    if act != "save":
        return _page(part, code, stand, _edited(part, form, act))
    typed = [entry.data for entry in form.rows]
    try:
        revision = revision_of(code, form)
        with house().unit_of_work() as uow:
            version = part.save(uow, revision, typed, now())
    except RuleBroken as error:
        return _page(part, code, stand, form, blame_row(form, error, otherwise=part.main_field))
    flash(_("Đã ghi phiên bản %(n)s, áp dụng từ %(day)s.", n=version, day=form.since.data), "success")
    return see_other("admin.procedure", code=code)


def _edited(part: Part, form: PartForm, act: str) -> PartForm:
    """Return the form with a row added, moved or taken out; nothing is saved."""
    moved = known.edited([entry.data for entry in form.rows], act)
    return part.form(formdata=None, data={"based_on": form.based_on.data, "since": form.since.data, "rows": moved})


def revision_of(code: str, form: PartForm) -> Revision:
    """Return which version the form revises, and from which day. Raises NotADate."""
    based_on = form.based_on.data or ""
    number = int(based_on) if based_on.isdecimal() and len(based_on) < 10 else 0
    return Revision(code, number, checks.day(form.since.data or "", where="since"))


def blame_row(form: PartForm, error: RuleBroken, *, otherwise: str) -> int:
    """Put a broken rule beside the row and field it names (`rows.3.name`, `steps.3`), else beside the day.

    A row that names no field of its own is blamed at `otherwise`. Returns the status of the answer.
    """
    place, number, name = (*error.where.split("."), "", "")[:3]
    field, listed = form.since, form.lists.get("rows" if place == "steps" else place, ())
    if number.isdecimal() and 0 < int(number) <= len(listed):
        row = listed[int(number) - 1].form
        field = row[name if name in row else otherwise]
    field.errors = [*field.errors, sentence_of(error)]
    return error.status if isinstance(error, VersionStale) else UNPROCESSABLE


def wrong_places(form: PartForm) -> list[tuple[str, str]]:
    """Return every field that has an error with its sentence, for the summary on top."""
    fields = [form.since, *(field for entry in form.entries() for field in entry.form)]
    return [(field.id, field.errors[0]) for field in fields if field.errors]


def _page(part: Part, code: str, stand: ProcedureParts, form: PartForm, status: int = 200) -> Response:
    form.choose(**part.choices(stand))
    wrong = wrong_places(form)
    return page("admin/revise.html", status=status, part=part, code=code, parts=stand, form=form, wrong=wrong)


def _parts(code: str) -> ProcedureParts:
    with house().reading() as db:
        return found(rows.parts(db, staff(), code))
