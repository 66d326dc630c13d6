"""Doors of paying by QR (thu bằng mã VietQR): the code on the screen, and the clerk's word that the money came."""

from __future__ import annotations

from flask import flash, request, url_for
from werkzeug.wrappers import Response

from app.adapters.codes import qr_svg
from app.domain.vietqr import BankAccount, plain_words, transfer_text
from app.i18n import gettext as _
from app.queries.bank_account import bank_account
from app.queries.cash_desk import rolls_of
from app.queries.dossier_file import dossier_file
from app.queries.dossier_values import DossierFile
from app.services import payments
from app.web.context import house, now, staff
from app.web.desk.cash.forms import TransferForm
from app.web.desk.cash.presenters import wrong
from app.web.desk.frame import desk_page
from app.web.desk.presenters.marks import code_text
from app.web.desk.refusals import status_of
from app.web.filters import money
from app.web.forms import blame
from app.web.numbers import whole
from app.web.responses import found, see_other
from workflows.errors import RuleBroken
from workflows.states import State


def payment_qr(ref: str) -> Response:
    """Show the code for what is still due."""
    file, account = _known(ref)
    if not file.fee_left_vnd or account is None:
        return _nothing_to_show(file, account)
    return _show(file, account, TransferForm())


def transfer_came(ref: str) -> Response:
    """Write the transfer down once the clerk has seen it at the bank."""
    file, account = _known(ref)
    if not file.fee_left_vnd or account is None:
        return _nothing_to_show(file, account)
    form = TransferForm(request.form)
    try:
        with house().unit_of_work() as uow:
            payments.pay(
                uow,
                staff(),
                ref,
                request.form.get("version", 0, type=whole),
                amount_vnd=file.fee_left_vnd,
                method="qr",
                receipt_symbol=form.receipt_symbol.data or "",
                receipt_number=form.receipt_number.data or "",
                at=now(),
            )
    except RuleBroken as error:
        blame(form, error, otherwise="receipt_number")
        return _show(file, account, form, status_of(error))
    flash(_("Đã thu %(sum)s bằng QR.", sum=money(file.fee_left_vnd)), "success")
    # At reception Mẫu 01 is still to be printed.
    return see_other("desk.received" if State(file.state) is State.RECEIVED else "desk.dossier", ref=ref)


def _known(ref: str) -> tuple[DossierFile, BankAccount | None]:
    with house().reading() as db:
        file = dossier_file(db, house().vault, house().calendars, staff(), ref, at=now())
        return found(file), bank_account(db, staff().root_unit_id)


def _nothing_to_show(file: DossierFile, account: BankAccount | None) -> Response:
    if account is None:
        flash(_("Cơ quan chưa đặt tài khoản nhận tiền. Báo quản trị, hoặc thu tiền mặt."), "warning")
    else:
        flash(_("Hồ sơ %(code)s không còn khoản nào phải thu.", code=file.number), "warning")
    return see_other("desk.dossier", ref=file.number)


def _show(file: DossierFile, account: BankAccount, form: TransferForm, status: int = 200) -> Response:
    purpose = plain_words(file.number, 25)
    with house().reading() as db:
        rolls = rolls_of(db, staff())
    return desk_page(
        "desk/cash/qr.html",
        status=status,
        code=code_text(file.number),
        version=file.version,
        procedure=file.procedure,
        amount=money(file.fee_left_vnd),
        account=account,
        purpose=purpose,
        drawing=qr_svg(transfer_text(account, file.fee_left_vnd, purpose), _("Mã VietQR để chuyển khoản")),
        next_receipt=f"{rolls[0].symbol} {rolls[0].next_number}" if rolls else "",
        form=form,
        errors=wrong(form),
        address=url_for("desk.transfer_came", ref=file.number),
        dossier_address=url_for("desk.dossier", ref=file.number),
    )
