"""Doors of who certifies (người ký chứng thực): the authorities that are for certification, written and ended."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from flask import flash, request
from werkzeug.wrappers import Response

from app.domain import checks
from app.domain.people import Role
from app.i18n import gettext as _
from app.queries import signing_authorities as rows
from app.services import authority
from app.services.authority import NewAuthority, Powers, capacity_of
from app.web.context import house, now, staff
from app.web.desk.frame import desk_page
from app.web.desk.refusals import status_of
from app.web.forms import sentence_of
from app.web.numbers import chosen
from app.web.responses import see_other
from workflows.calendar import VIETNAM
from workflows.errors import RuleBroken


def certification_signers() -> Response:
    """Show who certifies, and to a leader the form to write another down."""
    return _show()


def add_certification_signer() -> Response:
    """Write an authority to certify down."""
    try:
        with house().unit_of_work() as uow:
            authority.grant(uow, staff(), _typed(), now())
    except RuleBroken as error:
        return _show(((error.where or "name", sentence_of(error)),), status=status_of(error))
    flash(_("Đã ghi người ký chứng thực."), "success")
    return see_other("desk.certification_signers")


def end_certification_signer(signer_id: int) -> Response:
    """End an authority at this minute."""
    try:
        with house().unit_of_work() as uow:
            authority.end(uow, staff(), signer_id, now())
    except RuleBroken as error:
        return _show((("", sentence_of(error)),), status=status_of(error))
    flash(_("Đã kết thúc thẩm quyền ký. Các số đã ký vẫn giữ nguyên."), "success")
    return see_other("desk.certification_signers")


def _typed() -> NewAuthority:
    since = checks.day(request.form.get("since", ""), where="since")
    until = request.form.get("until", "").strip()
    last = checks.day(until, where="until") if until else None
    titles = request.form.get("titles", "")
    return NewAuthority(
        user_id=chosen(request.form.get("user_id")),
        name=request.form.get("name", ""),
        capacity=capacity_of(titles),
        titles=titles,
        decision=request.form.get("decision", ""),
        decided_on=None,
        since=_midnight(since),
        until=_midnight(last + timedelta(days=1)) if last else None,
        powers=frozenset({Powers.CERTIFICATION}),
    )


def _show(errors: tuple[tuple[str, str], ...] = (), *, status: int = 200) -> Response:
    with house().reading() as db:
        listed = rows.authorities(db, staff(), now())
        people = rows.people(db, staff())
    return desk_page(
        "desk/certify/signers.html",
        signers=tuple(row for row in listed if row.certifies),
        may_change=staff().has(Role.LEADER),
        people=people,
        typed=request.form,
        errors=errors,
        status=status,
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, VIETNAM)
