"""Doors of the units (đơn vị, bộ phận): the tree, a new division, names and addresses."""

from __future__ import annotations

from flask import Response, flash

from app.domain.vietqr import checked_account
from app.i18n import gettext as _
from app.queries import administration as rows
from app.queries.administration import UnitRow
from app.queries.bank_account import bank_account
from app.services import units as service
from app.services.bank_accounts import set_account
from app.services.units import NewUnit
from app.web.admin.forms import BankAccountForm, UnitChangeForm, UnitForm
from app.web.admin.users import unit_choices
from app.web.context import house, now, staff
from app.web.forms import blame
from app.web.responses import found, page, see_other
from workflows.errors import RuleBroken

UNPROCESSABLE = 422


def units() -> Response:
    """Show the authority with its divisions, and the form for a new one."""
    return _page(UnitForm(units=unit_choices(), parent_id=staff().root_unit_id))


def add_unit() -> Response:
    """Make a division."""
    form = UnitForm(units=unit_choices())
    if not form.validate():
        return _page(form, UNPROCESSABLE)
    new = NewUnit(
        code=form.code.data or "",
        name=form.name.data or "",
        short_name=form.short_name.data or "",
        kind=form.kind.data or "",
        parent_id=form.parent_id.data,
        address=form.address.data or "",
        phone=form.phone.data or "",
    )
    try:
        with house().unit_of_work() as uow:
            service.add_division(uow, staff(), new, now())
    except RuleBroken as error:
        blame(form, error, otherwise="name")
        return _page(form, UNPROCESSABLE)
    flash(_("Đã thêm %(name)s.", name=new.name), "success")
    return see_other("admin.units")


def unit(unit_id: int) -> Response:
    """Show one unit to be changed."""
    row = _row(unit_id)
    return _unit_page(row, UnitChangeForm(obj=row), _account_form())


def save_account(unit_id: int) -> Response:
    """Set or clear the account that transfers by QR go to."""
    row, form = _row(unit_id), BankAccountForm()
    change = UnitChangeForm(formdata=None, obj=row)
    if not form.validate():
        return _unit_page(row, change, form, UNPROCESSABLE)
    typed = [form.bank_bin.data or "", form.account_number.data or "", form.holder.data or ""]
    try:
        account = checked_account(*typed, form.bank_name.data or "") if any(map(str.strip, typed)) else None
        with house().unit_of_work() as uow:
            set_account(uow, staff(), account, form.current.data or "", now())
    except RuleBroken as error:
        blame(form, error, otherwise="bank_bin")
        return _unit_page(row, change, form, UNPROCESSABLE)
    flash(_("Đã lưu tài khoản nhận tiền."), "success")
    return see_other("admin.unit", unit_id=unit_id)


def save_unit(unit_id: int) -> Response:
    """Change how a unit is called and reached."""
    row, form = _row(unit_id), UnitChangeForm()
    if not form.validate():
        return _unit_page(row, form, _account_form(), UNPROCESSABLE)
    try:
        with house().unit_of_work() as uow:
            service.change_unit(
                uow,
                staff(),
                unit_id,
                name=form.name.data or "",
                short_name=form.short_name.data or "",
                address=form.address.data or "",
                phone=form.phone.data or "",
                at=now(),
            )
    except RuleBroken as error:
        blame(form, error, otherwise="name")
        return _unit_page(row, form, _account_form(), UNPROCESSABLE)
    flash(_("Đã lưu %(name)s.", name=form.name.data), "success")
    return see_other("admin.units")


def remove_unit(unit_id: int) -> Response:
    """Take away a division that is not in use."""
    row = _row(unit_id)
    try:
        with house().unit_of_work() as uow:
            service.remove_unit(uow, staff(), unit_id, now())
    except service.UnitInUse as error:
        form = UnitChangeForm(formdata=None, obj=row)
        blame(form, error, otherwise="name")
        return _unit_page(row, form, _account_form(), 409)
    flash(_("Đã bỏ %(name)s.", name=row.name), "success")
    return see_other("admin.units")


def _page(form: UnitForm, status: int = 200) -> Response:
    with house().reading() as db:
        listed = rows.units_of(db, staff())
    return page("admin/units.html", status=status, units=listed, form=form)


def _unit_page(row: UnitRow, form: UnitChangeForm, account: BankAccountForm, status: int = 200) -> Response:
    return page("admin/unit.html", status=status, row=row, form=form, account_form=account)


def _account_form() -> BankAccountForm:
    with house().reading() as db:
        known = bank_account(db, staff().root_unit_id)
    given = known and {
        "bank_bin": known.bank_bin,
        "bank_name": known.bank_name,
        "account_number": known.number,
        "holder": known.holder,
    }
    return BankAccountForm(formdata=None, data=given or {})


def _row(unit_id: int) -> UnitRow:
    with house().reading() as db:
        return found(next((row for row in rows.units_of(db, staff()) if row.unit_id == unit_id), None))
