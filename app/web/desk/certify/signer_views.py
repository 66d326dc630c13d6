"""Doors of the signing blocks (người ký chứng thực): who may sign, by which decision, from when to when."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from flask import flash, request
from werkzeug.wrappers import Response

from app.domain import checks
from app.domain.people import Role
from app.i18n import gettext as _
from app.queries import certification as queries
from app.services.certification_terms import add_signer, end_signer
from app.web.context import house, now, staff
from app.web.desk.frame import desk_page
from app.web.desk.refusals import status_of
from app.web.forms import sentence_of
from app.web.responses import see_other
from workflows.calendar import VIETNAM
from workflows.errors import RuleBroken


def certification_signers() -> Response:
    """Show who signs, and to a leader the form to write another down."""
    return _show()


def add_certification_signer() -> Response:
    """Write a signing block down."""
    try:
        since = checks.day(request.form.get("since", ""), where="since")
        until = request.form.get("until", "").strip()
        last = checks.day(until, where="until") if until else None
        with house().unit_of_work() as uow:
            add_signer(
                uow, staff(),
                name=request.form.get("name", ""), titles=request.form.get("titles", ""),
                decision=request.form.get("decision", ""), since=_midnight(since),
                until=_midnight(last + timedelta(days=1)) if last else None, at=now(),
            )  # fmt: skip
    except RuleBroken as error:
        return _show(((error.where or "name", sentence_of(error)),), status=status_of(error))
    flash(_("Đã ghi người ký chứng thực."), "success")
    return see_other("desk.certification_signers")


def end_certification_signer(signer_id: int) -> Response:
    """End an authority at this minute."""
    try:
        with house().unit_of_work() as uow:
            end_signer(uow, staff(), signer_id, now())
    except RuleBroken as error:
        return _show((("", sentence_of(error)),), status=status_of(error))
    flash(_("Đã kết thúc thẩm quyền ký. Các số đã ký vẫn giữ nguyên."), "success")
    return see_other("desk.certification_signers")


def _show(errors: tuple[tuple[str, str], ...] = (), *, status: int = 200) -> Response:
    with house().reading() as db:
        signers = queries.signers(db, staff().root_unit_id)
    return desk_page(
        "desk/certify/signers.html",
        signers=signers,
        at=now(),
        may_change=staff().has(Role.LEADER),
        typed=request.form,
        errors=errors,
        status=status,
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, VIETNAM)
