"""Doors of authority and absence (thẩm quyền ký, vắng mặt): decisions with their span, and who stands in for whom."""

from __future__ import annotations

from datetime import date, datetime, time

from flask import Response, flash

from app.domain import checks
from app.i18n import gettext as _
from app.queries import signing_authorities as rows
from app.services import authority as service
from app.services.authority import NewAuthority, Powers
from app.web.admin.authority_forms import AbsenceForm, AuthorityForm
from app.web.context import house, now, staff
from app.web.forms import blame
from app.web.responses import page, see_other
from workflows.calendar import VIETNAM
from workflows.errors import RuleBroken

UNPROCESSABLE = 422


def authorities() -> Response:
    """Show the decisions to sign, and the form for a new one."""
    return _authorities(AuthorityForm(people=_everybody()))


def grant_authority() -> Response:
    """Record a decision."""
    form = AuthorityForm(people=_everybody())
    if not form.validate():
        return _authorities(form, UNPROCESSABLE)
    try:
        new = NewAuthority(
            user_id=form.user_id.data or None,
            name=form.name.data or "",
            powers=frozenset(Powers(power) for power in form.powers.data.split()),
            capacity=form.capacity.data or "head",
            titles=form.titles.data or "",
            decision=form.decision.data or "",
            decided_on=checks.day(form.decided_on.data, where="decided_on") if form.decided_on.data else None,
            since=_moment(form.since.data or "", "since"),
            until=_moment(form.until.data, "until") if (form.until.data or "").strip() else None,
        )
        with house().unit_of_work() as uow:
            service.grant(uow, staff(), new, now())
    except RuleBroken as error:
        blame(form, error, otherwise="decision")
        return _authorities(form, UNPROCESSABLE)
    flash(_("Đã ghi quyết định giao ký."), "success")
    return see_other("admin.authorities")


def end_authority(authority_id: int) -> Response:
    """End a decision now."""
    with house().unit_of_work() as uow:
        service.end(uow, staff(), authority_id, now())
    flash(_("Thẩm quyền ký đã hết từ phút này; văn bản đã ký vẫn giữ nguyên."), "success")
    return see_other("admin.authorities")


def absences() -> Response:
    """Show who is away and who stands in, and the form for a new absence."""
    return _absences(AbsenceForm(people=_everybody()))


def set_absence() -> Response:
    """Record an absence."""
    form = AbsenceForm(people=_everybody())
    if not form.validate():
        return _absences(form, UNPROCESSABLE)
    try:
        since, until = _moment(form.since.data or "", "since"), _moment(form.until.data or "", "until")
        with house().unit_of_work() as uow:
            service.leave(
                uow,
                staff(),
                form.user_id.data,
                form.substitute_id.data,
                since=since,
                until=until,
                reason=form.reason.data or "",
                at=now(),
            )
    except RuleBroken as error:
        blame(form, error, otherwise="user_id")
        return _absences(form, UNPROCESSABLE)
    flash(_("Đã ghi vắng mặt. Việc của người vắng hiện ở danh sách của người thay, văn bản ghi cả hai tên."), "success")
    return see_other("admin.absences")


def end_absence(absence_id: int) -> Response:
    """End an absence now."""
    with house().unit_of_work() as uow:
        service.come_back(uow, staff(), absence_id, now())
    flash(_("Đã kết thúc vắng mặt."), "success")
    return see_other("admin.absences")


def _authorities(form: AuthorityForm, status: int = 200) -> Response:
    with house().reading() as db:
        listed = rows.authorities(db, staff(), now())
    return page("admin/authorities.html", status=status, rows=listed, form=form)


def _absences(form: AbsenceForm, status: int = 200) -> Response:
    with house().reading() as db:
        listed = rows.absences(db, staff(), now())
    return page("admin/absences.html", status=status, rows=listed, form=form)


def _everybody() -> list[tuple[int, str]]:
    with house().reading() as db:
        return list(rows.people(db, staff()))


def _moment(typed: str | None, where: str) -> datetime:
    """Return "20/11/2026" or "08:00 20/11/2026" as an instant of Vietnam; a day alone begins at midnight."""
    *clock, day = (typed or "").replace(",", " ").split() or [""]
    on: date = checks.day(day, where=where)
    hours, _colon, minutes = (clock[0] if clock else "0:00").replace("h", ":").partition(":")
    try:
        return datetime.combine(on, time(int(hours), int(minutes or 0)), VIETNAM)
    except ValueError:
        raise checks.NotADate(where=where, value=(typed or "")[:40]) from None
