"""Doors of the drawer (thu tiền): what came since the last sheet, rolls of receipts, voids and refunds."""

from __future__ import annotations

from flask import flash, request, url_for
from werkzeug.wrappers import Response
from wtforms import Form

from app.i18n import gettext as _
from app.queries import cash_desk as drawer
from app.queries.bank_account import bank_account
from app.queries.cash_desk import Movement
from app.services import payments, receipts
from app.web.context import house, now, staff
from app.web.desk.cash.forms import CloseForm, RefundForm, RollForm, SpoiltForm, VoidForm
from app.web.desk.cash.presenters import movement_line, roll_words, sheet_page, wrong
from app.web.desk.frame import desk_page
from app.web.desk.refusals import status_of
from app.web.forms import blame
from app.web.responses import found, see_other
from workflows.errors import RuleBroken

UNPROCESSABLE = 422


def cash_desk() -> Response:
    """Show the person's open sheet, their rolls, and the form that closes the sheet."""
    return show()


def take_roll() -> Response:
    """Take a roll of receipts over."""
    form = RollForm(request.form)
    if not form.validate():
        return show(roll=form, status=UNPROCESSABLE)
    numbers = (form.first_number.data or "", form.last_number.data or "")
    try:
        with house().unit_of_work() as uow:
            receipts.open_roll(uow, staff(), form.symbol.data or "", numbers, now())
    except RuleBroken as error:
        blame(form, error, otherwise="symbol")
        return show(roll=form, status=status_of(error))
    flash(_("Đã nhận cuốn %(symbol)s. Số kế tiếp tự điền khi thu.", symbol=form.symbol.data), "success")
    return see_other("desk.cash_desk")


def spoil_receipt(roll_id: int) -> Response:
    """Write down that the next receipt of a roll is spoilt."""
    form = SpoiltForm(request.form)
    if not form.validate():
        return show(spoilt=form, status=UNPROCESSABLE)
    try:
        with house().unit_of_work() as uow:
            number = receipts.spoil(uow, staff(), roll_id, form.reason.data or "", now())
    except RuleBroken as error:
        blame(form, error, otherwise="reason")
        return show(spoilt=form, status=status_of(error))
    flash(_("Đã hủy tờ biên lai số %(number)s; số này không dùng lại.", number=number), "success")
    return see_other("desk.cash_desk")


def movement(payment_id: int) -> Response:
    """Show one payment, to be undone or refunded."""
    row = _movement(payment_id)
    return _show_movement(row, VoidForm(), RefundForm(data={"amount_vnd": row.left_vnd, "method": row.method}))


def void_payment(payment_id: int) -> Response:
    """Undo a payment; the sum is due again."""
    row, form = _movement(payment_id), VoidForm(request.form)
    if not form.validate():
        return _show_movement(row, form, _refund_of(row), UNPROCESSABLE)
    try:
        with house().unit_of_work() as uow:
            payments.void(uow, staff(), payment_id, form.reason.data or "", now())
    except RuleBroken as error:
        blame(form, error, otherwise="reason")
        return _show_movement(row, form, _refund_of(row), status_of(error))
    flash(_("Đã hủy khoản thu của hồ sơ %(code)s; khoản này phải thu lại.", code=row.number), "success")
    return see_other("desk.cash_desk")


def refund_payment(payment_id: int) -> Response:
    """Give back what was not owed."""
    row, form = _movement(payment_id), RefundForm(request.form)
    if not form.validate():
        return _show_movement(row, VoidForm(), form, UNPROCESSABLE)
    try:
        with house().unit_of_work() as uow:
            payments.refund(
                uow,
                staff(),
                payment_id,
                amount_vnd=form.amount_vnd.data or 0,
                method=form.method.data or "cash",
                reason=form.reason.data or "",
                at=now(),
            )
    except RuleBroken as error:
        blame(form, error, otherwise="reason")
        return _show_movement(row, VoidForm(), form, status_of(error))
    flash(_("Đã hoàn tiền cho hồ sơ %(code)s.", code=row.number), "success")
    return see_other("desk.cash_desk")


def show(
    *,
    roll: RollForm | None = None,
    spoilt: SpoiltForm | None = None,
    closing: CloseForm | None = None,
    status: int = 200,
) -> Response:
    """Return the page of the drawer with whatever form came back wrong."""
    with house().reading() as db:
        sheet = drawer.open_sheet(db, staff())
        rolls = drawer.rolls_of(db, staff())
        account = bank_account(db, staff().root_unit_id)
    return desk_page(
        "desk/cash/drawer.html",
        status=status,
        sheet=sheet_page(sheet, now()),
        rolls=[(row, roll_words(row)) for row in rolls],
        account=account,
        roll_form=roll or RollForm(),
        spoilt_form=spoilt or SpoiltForm(),
        close_form=closing or CloseForm(),
        errors=wrong(*(form for form in (roll, spoilt, closing) if form is not None)),
    )


def _movement(payment_id: int) -> Movement:
    with house().reading() as db:
        return found(drawer.movement_of(db, staff(), payment_id))


def _refund_of(row: Movement) -> RefundForm:
    return RefundForm(data={"amount_vnd": row.left_vnd, "method": row.method})


def _show_movement(row: Movement, void: Form, refund: Form, status: int = 200) -> Response:
    return desk_page(
        "desk/cash/movement.html",
        status=status,
        line=movement_line(row),
        row=row,
        void_form=void,
        refund_form=refund,
        errors=wrong(void, refund),
        void_address=url_for("desk.void_payment", payment_id=row.id),
        refund_address=url_for("desk.refund_payment", payment_id=row.id),
    )
