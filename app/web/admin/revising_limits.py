"""Doors of a procedure's limits (sửa thời hạn): tried out on the page, then published as a version."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from flask import Response, flash, request

from app.domain.channels import Channel
from app.domain.limit_terms import Days, TypedLimits, check_room, limit_rows, percent_of, typed_limits
from app.i18n import gettext as _
from app.i18n import lazy_pgettext
from app.queries import procedure_parts
from app.queries.catalogue_admin import words_of
from app.queries.limit_history import limit_history
from app.services.accounts import administering
from app.services.revising_limits import revise_limits
from app.web.admin.revising import blame_row, revision_of, wrong_places
from app.web.admin.revising_forms import LimitsForm
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
_TEXTS = tuple(field.name for field in fields(TypedLimits) if field.name != "channel")


def limits(code: str) -> Response:
    """Show the limits per channel to be revised, or to be completed where the catalogue left them open."""
    with house().reading() as db:
        stand = found(procedure_parts.parts(db, staff(), code))
    rows = {line.channel: asdict(typed_limits(asdict(line))) for line in stand.limits}
    since = max(now().astimezone(VIETNAM).date(), stand.since)
    data = {"based_on": stand.version_id, "since": f"{since:%d/%m/%Y}", "rows": [rows.get(one, {}) for one in Channel]}
    return _page(code, LimitsForm(formdata=None, data=data))


def save_limits(code: str) -> Response:
    """Publish the limits; without `act=save` only try them out: what is wrong, and by how much they are shorter."""
    form = LimitsForm()
    typed = _typed(form)
    try:
        revision = revision_of(code, form)
        if request.form.get("act") != "save":
            _try_out(code, typed, Days(now().astimezone(VIETNAM).date(), revision.since))
            return _page(code, form, tried=True)
        with house().unit_of_work() as uow:
            version = revise_limits(uow, administering(staff()), revision, limits=typed, at=now())
    except RuleBroken as error:
        return _page(code, form, status=blame_row(form, error, otherwise="statutory_amount"))
    flash(_("Đã ghi phiên bản %(n)s, áp dụng từ %(day)s.", n=version, day=form.since.data), "success")
    return see_other("admin.procedure", code=code)


def _try_out(code: str, typed: list[TypedLimits], days: Days) -> None:
    """Raise what saving would raise for these limits; nothing is written."""
    rows = limit_rows(typed, days)
    with house().reading() as db:
        steps = found(procedure_parts.parts(db, staff(), code)).steps
    if steps:
        check_room([asdict(step) for step in steps], rows, typed)


def _typed(form: LimitsForm) -> list[TypedLimits]:
    return [
        TypedLimits(channel, **{name: entry.form[name].data or "" for name in _TEXTS})
        for channel, entry in zip(Channel, form.rows, strict=False)
    ]


def _page(code: str, form: LimitsForm, *, status: int = 200, tried: bool = False) -> Response:
    with house().reading() as db:
        stand, history = found(procedure_parts.parts(db, staff(), code)), limit_history(db, code)
    form.choose(statutory_unit=_units(), committed_unit=_units())
    told: dict[str, Any] = {
        "parts": stand,
        "history": history,
        "channels": tuple(Channel),
        "percents": [percent_of(one) for one in _typed(form)],
        "wrong": wrong_places(form),
        "tried": tried,
        "words_of": words_of,
    }
    return page("admin/limits.html", status=status, code=code, form=form, **told)


def _units() -> list[tuple[str, Any]]:
    return [("", "–"), *((str(unit), words) for unit, words in UNITS.items())]
