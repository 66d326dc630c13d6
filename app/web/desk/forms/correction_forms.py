"""Forms of corrections (đính chính): which fact, its right value, why; and the second person's decision."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms import RadioField, SelectField, StringField, TextAreaField, ValidationError

from app.domain import checks
from app.i18n import N_
from app.i18n import gettext as _
from app.i18n import lazy_gettext as _l
from app.web.desk.forms.checking import offered
from app.web.forms import Form, checked

CONFIRM, DECLINE = "confirm", "decline"
DECISIONS = ((CONFIRM, N_("Đúng, xác nhận")), (DECLINE, N_("Không đồng ý")))


class CorrectionForm(Form):
    """One fact, the value it should have, and why."""

    field = SelectField(_l("Nội dung cần đính chính"), validate_choice=False)
    value = StringField(
        _l("Giá trị đúng"),
        [checked(lambda typed: checks.text(typed, what=_("giá trị đúng"), where="value", longest=500))],
        description=_l("Thời điểm ghi giờ trước, ngày sau: 08:15 23/11/2026. Kênh: trực tiếp, trực tuyến, bưu chính."),
    )
    reason = TextAreaField(
        _l("Lý do, căn cứ"), [checked(lambda typed: checks.paragraph(typed, what=_("lý do"), where="reason"))]
    )

    def offer(self, fields: Iterable[tuple[str, str]]) -> None:
        """Fill the list of facts that this dossier has."""
        self.field.choices = offered(fields)


class DecisionForm(Form):
    """What the second person says of a proposal."""

    decision = RadioField(_l("Người thứ hai"), validate_choice=False, default=CONFIRM)
    note = TextAreaField(_l("Ghi chú (bắt buộc khi không đồng ý)"))

    def __init__(self, formdata: Any = None, **kwargs: Any) -> None:
        super().__init__(formdata, **kwargs)
        self.decision.choices = offered(DECISIONS)

    def validate_decision(self, field: RadioField) -> None:
        """One of the two."""
        if field.data not in (CONFIRM, DECLINE):
            raise ValidationError(_("Chọn xác nhận hoặc không đồng ý."))
