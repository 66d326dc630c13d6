"""Doors of the second factor (xác thực hai lớp): switch it on with a proof, off with the password."""

from __future__ import annotations

from datetime import timedelta

import segno
from flask import Response, flash

from app.i18n import gettext as _
from app.queries import accounts as rows
from app.services import recovery_codes
from app.services import second_factor as service
from app.services import sessions as session_service
from app.services.sessions import Opened
from app.web import sessions
from app.web.account.forms import SecondFactorForm, SwitchOffForm
from app.web.context import house, now, staff
from app.web.forms import blame
from app.web.responses import page, see_other
from workflows.errors import RuleBroken

UNPROCESSABLE = 422


def show() -> Response:
    """Show the state of the second factor: a fresh secret to scan, or the way to switch it off."""
    with house().reading() as db:
        is_on = rows.has_second_factor(db, staff().user_id)
    return _off_page(SwitchOffForm()) if is_on else _on_page(SecondFactorForm(secret=service.new_secret()))


def switch_on() -> Response:
    """Switch it on once a code proves that the app holds the secret."""
    form = SecondFactorForm()
    if not form.validate():
        return _on_page(form, UNPROCESSABLE)
    try:
        with house().unit_of_work() as uow:
            codes = service.switch_on(
                uow,
                staff(),
                secret=form.secret.data or "",
                code=form.code.data or "",
                current=form.current.data or "",
                at=now(),
            )
            opened = session_service.reopen(
                uow, staff().user_id, now(), lifetime=_lifetime(), visitor=sessions.visitor()
            )
    except RuleBroken as error:
        blame(form, error, otherwise="code")
        return _on_page(form, UNPROCESSABLE)
    sessions.begin(opened)
    flash(_("Đã bật xác thực hai lớp. Lần đăng nhập sau cần thêm mã trên điện thoại."), "success")
    return page("account/recovery_codes.html", codes=codes)


def renew_codes() -> Response:
    """Give ten new recovery codes, shown on the answer alone."""
    form = SwitchOffForm()
    if not form.validate():
        return _off_page(form, UNPROCESSABLE)
    try:
        with house().unit_of_work() as uow:
            codes = service.renew_codes(uow, staff(), current=form.current.data or "", at=now())
    except RuleBroken as error:
        blame(form, error, otherwise="current")
        return _off_page(form, UNPROCESSABLE)
    return page("account/recovery_codes.html", codes=codes)


def switch_off() -> Response:
    """Switch it off again."""
    form = SwitchOffForm()
    if not form.validate():
        return _off_page(form, UNPROCESSABLE)
    try:
        with house().unit_of_work() as uow:
            service.switch_off(uow, staff(), current=form.current.data or "", at=now())
            opened = session_service.reopen(
                uow, staff().user_id, now(), lifetime=_lifetime(), visitor=sessions.visitor()
            )
    except RuleBroken as error:
        blame(form, error, otherwise="current")
        return _off_page(form, UNPROCESSABLE)
    return _changed(opened, _("Đã tắt xác thực hai lớp."))


def _on_page(form: SecondFactorForm, status: int = 200) -> Response:
    address = service.address_for_app(form.secret.data or "", staff().login)
    code = segno.make(address, error="m").svg_data_uri(scale=5, border=4)
    return page("account/second_factor.html", status=status, form=form, code=code, is_on=False)


def _off_page(form: SwitchOffForm, status: int = 200) -> Response:
    with house().reading() as db:
        left = recovery_codes.left(db, staff().user_id)
    return page("account/second_factor.html", status=status, form=form, code=None, is_on=True, left=left)


def _changed(opened: Opened, sentence: str) -> Response:
    sessions.begin(opened)
    flash(sentence, "success")
    return see_other("account.overview")


def _lifetime() -> timedelta:
    return timedelta(hours=house().settings.session_hours)
