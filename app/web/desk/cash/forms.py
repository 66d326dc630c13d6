"""Forms of the drawer: a roll of receipts, a spoilt one, giving money back, the count of the day's end."""

from __future__ import annotations

from typing import Any

from wtforms import SelectField, StringField, TextAreaField

from app.domain import checks
from app.i18n import gettext as _
from app.i18n import lazy_gettext as _l
from app.web.desk.forms.act_forms import METHODS
from app.web.desk.forms.checking import WholeNumber, offered
from app.web.forms import Form, checked


class RollForm(Form):
    """A roll as its cover says."""

    symbol = StringField(
        _l("Ký hiệu"), [checked(lambda typed: checks.text(typed, what=_("ký hiệu biên lai"), where="symbol"))]
    )
    first_number = StringField(
        _l("Từ số"), [checked(lambda typed: checks.text(typed, what=_("số đầu của cuốn"), where="first_number"))]
    )
    last_number = StringField(
        _l("Đến số"), [checked(lambda typed: checks.text(typed, what=_("số cuối của cuốn"), where="last_number"))]
    )


class SpoiltForm(Form):
    """Why the next receipt of a roll cannot be used."""

    reason = StringField(
        _l("Lý do hỏng"), [checked(lambda typed: checks.text(typed, what=_("lý do hủy"), where="reason", longest=500))]
    )


class VoidForm(Form):
    """Why a payment is undone."""

    reason = TextAreaField(
        _l("Lý do hủy"),
        [checked(lambda typed: checks.paragraph(typed, what=_("lý do hủy"), where="reason", longest=500))],
    )


class RefundForm(Form):
    """How much is given back, how, and why."""

    amount_vnd = WholeNumber(_l("Số tiền hoàn (đồng)"))
    method = SelectField(_l("Hoàn bằng"))
    reason = TextAreaField(
        _l("Lý do hoàn, số chứng từ chi"),
        [checked(lambda typed: checks.paragraph(typed, what=_("lý do hoàn"), where="reason", longest=500))],
    )

    def __init__(self, formdata: Any = None, **kwargs: Any) -> None:
        super().__init__(formdata, **kwargs)
        self.method.choices = offered(METHODS)


class CloseForm(Form):
    """What lay in the drawer, and why it differs if it does."""

    counted_vnd = WholeNumber(_l("Tiền mặt đếm được (đồng)"))
    difference_reason = StringField(_l("Lý do lệch (nếu có)"))
    shown = WholeNumber()


class TransferForm(Form):
    """The receipt of a transfer that came."""

    receipt_symbol = StringField(_l("Ký hiệu biên lai"))
    receipt_number = StringField(_l("Số biên lai"))
