"""Doors of the units (đơn vị, bộ phận): the tree, a new division, names and addresses."""

from __future__ import annotations

from flask import Response, flash

from app.i18n import gettext as _
from app.queries import administration as rows
from app.queries.administration import UnitRow
from app.services import units as service
from app.services.units import NewUnit
from app.web.admin.forms import UnitChangeForm, UnitForm
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
    return page("admin/unit.html", row=row, form=UnitChangeForm(obj=row))


def save_unit(unit_id: int) -> Response:
    """Change how a unit is called and reached."""
    row, form = _row(unit_id), UnitChangeForm()
    if not form.validate():
        return page("admin/unit.html", status=UNPROCESSABLE, row=row, form=form)
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
        return page("admin/unit.html", status=UNPROCESSABLE, row=row, form=form)
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
        return page("admin/unit.html", status=409, row=row, form=form)
    flash(_("Đã bỏ %(name)s.", name=row.name), "success")
    return see_other("admin.units")


def _page(form: UnitForm, status: int = 200) -> Response:
    with house().reading() as db:
        listed = rows.units_of(db, staff())
    return page("admin/units.html", status=status, units=listed, form=form)


def _row(unit_id: int) -> UnitRow:
    with house().reading() as db:
        return found(next((row for row in rows.units_of(db, staff()) if row.unit_id == unit_id), None))
