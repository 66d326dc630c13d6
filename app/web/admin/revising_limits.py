"""Doors of a procedure's limits (sửa thời hạn): tried out on the page, then published as a version.

Channels and cases are typed and refused alike. While somebody types, the page asks for its percents (`act=percent`).
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Response, flash, request

from app.domain.channels import Channel
from app.domain.limit_terms import (
    TERMS,
    Days,
    TypedLimits,
    check_room,
    limit_rows,
    percent_of,
    placed_limits,
    typed_limits,
)
from app.domain.longer_cases import TypedCase, case_rows, changed_cases, refuse_orphans, typed_case
from app.i18n import gettext as _
from app.i18n import lazy_pgettext
from app.queries import procedure_parts
from app.queries.catalogue_admin import words_of
from app.queries.limit_history import limit_history
from app.queries.procedure_parts import ProcedureParts
from app.services.accounts import administering
from app.services.revising_limits import revise_limits
from app.web.admin.revising import blame_row, revision_of, wrong_places
from app.web.admin.revising_forms import MOST_CASES, LimitForm, LimitsForm
from app.web.admin.revising_parts import edited
from app.web.context import house, now, staff
from app.web.responses import found, page, see_other
from workflows.calendar import VIETNAM
from workflows.errors import RuleBroken
from workflows.limits import LimitUnit

UNITS = {
    LimitUnit.WORKING_DAYS: lazy_pgettext("limit", "ngày làm việc"),
    LimitUnit.DAYS: lazy_pgettext("limit", "ngày"),
    LimitUnit.MONTHS: lazy_pgettext("limit", "tháng"),
    LimitUnit.WORKING_HOURS: lazy_pgettext("limit", "giờ làm việc"),
    LimitUnit.HOURS: lazy_pgettext("limit", "giờ"),
    LimitUnit.SAME_DAY: lazy_pgettext("limit", "trong ngày"),
}
_OF_CASES = "case-"


def limits(code: str) -> Response:
    """Show the limits per channel to be revised, or to be completed where the catalogue left them open."""
    with house().reading() as db:
        stand = found(procedure_parts.parts(db, staff(), code))
    rows = {line.channel: asdict(typed_limits(asdict(line))) for line in stand.limits}
    since = max(now().astimezone(VIETNAM).date(), stand.since)
    data = {"based_on": stand.version_id, "since": f"{since:%d/%m/%Y}", "rows": [rows.get(one, {}) for one in Channel]}
    return _page(code, LimitsForm(formdata=None, data={**data, "cases": _case_data(stand)}))


def save_limits(code: str) -> Response:
    """Publish the limits; without `act=save` only try them out: what is wrong, and by how much they are shorter."""
    form, act = LimitsForm(), request.form.get("act", "")
    if act.startswith(_OF_CASES) or act == "percent":
        return _page(code, _edited(form, act))
    typed, cases = _typed(form), _typed_cases(form)
    try:
        revision = revision_of(code, form)
        if act != "save":
            _try_out(code, typed, cases, Days(now().astimezone(VIETNAM).date(), revision.since))
            return _page(code, form, tried=True)
        with house().unit_of_work() as uow:
            by = administering(staff())
            version = revise_limits(uow, by, revision, limits=typed, cases=cases, at=now())
    except RuleBroken as error:
        return _page(code, form, status=blame_row(form, error, otherwise="statutory_amount"))
    flash(_("Đã ghi phiên bản %(n)s, áp dụng từ %(day)s.", n=version, day=form.since.data), "success")
    return see_other("admin.procedure", code=code)


def _edited(form: LimitsForm, act: str) -> LimitsForm:
    """Return the form with a case added or taken out; nothing is saved, and other acts change nothing."""
    cases = [entry.data for entry in form.cases]
    moved = edited(cases, act.removeprefix(_OF_CASES)) if act.startswith(_OF_CASES) else cases
    data = {"based_on": form.based_on.data, "since": form.since.data, "rows": [entry.data for entry in form.rows]}
    return LimitsForm(formdata=None, data={**data, "cases": moved[:MOST_CASES]})


def _try_out(code: str, typed: list[TypedLimits], cases: list[TypedCase], days: Days) -> None:
    """Raise what saving would raise for these limits; nothing is written."""
    placed, longer = placed_limits(limit_rows(typed, days), typed), case_rows(cases, days)
    with house().reading() as db:
        stand = found(procedure_parts.parts(db, staff(), code))
    refuse_orphans(stand.longer, longer, [asdict(paper) for paper in stand.components])
    if stand.steps:
        check_room([asdict(step) for step in stand.steps], [*placed, *changed_cases(longer, stand.longer)])


def _case_data(stand: ProcedureParts) -> list[dict[str, Any]]:
    return [asdict(typed_case(row)) for row in stand.longer]


def _typed(form: LimitsForm) -> list[TypedLimits]:
    return [TypedLimits(channel, **_texts(entry.form)) for channel, entry in zip(Channel, form.rows, strict=False)]


def _typed_cases(form: LimitsForm) -> list[TypedCase]:
    return [TypedCase(entry.form.name.data or "", **_texts(entry.form)) for entry in form.cases]


def _texts(row: LimitForm) -> dict[str, str]:
    return {name: row[name].data or "" for name in TERMS}


def _page(code: str, form: LimitsForm, *, status: int = 200, tried: bool = False) -> Response:
    with house().reading() as db:
        stand, history = found(procedure_parts.parts(db, staff(), code)), limit_history(db, code)
    form.choose(statutory_unit=_units(), committed_unit=_units())
    told: dict[str, Any] = {
        "parts": stand,
        "history": history,
        "channels": tuple(Channel),
        "percents": [percent_of(one) for one in _typed(form)],
        "case_percents": [percent_of(one) for one in _typed_cases(form)],
        "wrong": wrong_places(form),
        "tried": tried,
        "words_of": words_of,
    }
    return page("admin/limits.html", status=status, code=code, form=form, **told)


def _units() -> list[tuple[str, Any]]:
    return [("", "–"), *((str(unit), words) for unit, words in UNITS.items())]
