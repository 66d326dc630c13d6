"""Doors of the first run (thiết lập lần đầu): open only while nobody can sign in, and only with the secret."""

from __future__ import annotations

from datetime import timedelta

from flask import Response, abort, flash

from app.i18n import gettext as _
from app.queries import accounts as rows
from app.services import first_run
from app.services import sessions as session_service
from app.services.first_run import Agency, FirstAdministrator
from app.services.sessions import Opened
from app.web import sessions
from app.web.admin.forms import SetupForm
from app.web.context import house, now
from app.web.forms import blame
from app.web.responses import page, see_other
from workflows.errors import RuleBroken
from workflows.opening import OpeningHours

UNPROCESSABLE = 422
OFFICE_HOURS = OpeningHours.office()


def show() -> Response:
    """Show the form with usual office hours filled in; not found once the house is set up."""
    _refuse_when_set_up()
    usual = {f"day_{number}": text for number, text in enumerate(OFFICE_HOURS.texts())}
    return page("admin/setup.html", form=SetupForm(data=usual | {"counted": sorted(OFFICE_HOURS.counted)}))


def save() -> Response:
    """Make the agency, its calendar and its administrator, and sign that person in."""
    _refuse_when_set_up()
    form = SetupForm()
    if form.validate() and form.password.data != form.again.data:
        form.again.errors = [_("Hai lần nhập mật khẩu không giống nhau. Vui lòng nhập lại.")]
    if form.errors:
        return page("admin/setup.html", status=UNPROCESSABLE, form=form)
    try:
        opened = _set_up(form)
    except RuleBroken as error:
        if error.code == first_run.AlreadySetUp.code:
            raise
        blame(form, _where_typed(error), otherwise="secret")
        return page("admin/setup.html", status=UNPROCESSABLE, form=form)
    sessions.begin(opened)
    flash(_("Đã thiết lập cơ quan. Làm tiếp các việc còn lại bên dưới."), "success")
    return see_other("admin.overview")


def _set_up(form: SetupForm) -> Opened:
    agency = Agency(
        code=form.code.data or "",
        name=form.name.data or "",
        short_name=form.short_name.data or "",
        kind=form.kind.data or "",
        province_code=form.province_code.data or "",
        province_name=form.province_name.data or "",
        address=form.address.data or "",
        phone=form.phone.data or "",
    )
    person = FirstAdministrator(form.login.data or "", form.admin_name.data or "", form.password.data or "")
    hours = OpeningHours.parse(form.texts(), form.counted.data or ())
    with house().unit_of_work() as uow:
        made = first_run.set_up(
            uow, secret=form.secret.data or "", agency=agency, administrator=person, hours=hours, at=now()
        )
        lifetime = timedelta(hours=house().settings.session_hours)
        return session_service.reopen(uow, made.user_id, now(), lifetime=lifetime, visitor=sessions.visitor())


def _where_typed(error: RuleBroken) -> RuleBroken:
    """Return the error with its place in the form: hours are typed per day."""
    if error.where == "weekly":
        error.where = "day_0"
    return error


def _refuse_when_set_up() -> None:
    with house().reading() as db:
        if rows.has_any_account(db):
            abort(404)
