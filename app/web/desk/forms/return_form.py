"""Who fetches the result and by which paper (người nhận kết quả)."""

from __future__ import annotations

from typing import Any

from wtforms import RadioField, StringField, ValidationError

from app.domain import checks
from app.domain.channels import Delivery
from app.i18n import N_
from app.i18n import gettext as _
from app.i18n import lazy_gettext as _l
from app.web.desk.forms.checking import offered
from app.web.desk.forms.receive_form import DELIVERIES
from app.web.forms import Form, checked, run

AUTHORISED = "authorised"
IDENTITIES = (
    ("receipt", N_("Giấy tiếp nhận (Mẫu 01)")),
    ("cccd", N_("CCCD, đã đối chiếu")),
    (AUTHORISED, N_("Giấy ủy quyền và CCCD")),
)


class ReturnForm(Form):
    """At the desk somebody shows a paper; by post or online the registered address is the proof."""

    delivery = RadioField(_l("Trả bằng cách nào"), default=str(Delivery.DESK))
    identity = RadioField(_l("Người nhận xuất trình"), validate_choice=False)
    received_by = StringField(
        _l("Họ và tên người nhận"),
        [checked(lambda typed: checks.text(typed, what=_("tên người nhận"), where="received_by"))],
    )
    letter = StringField(_l("Giấy ủy quyền (số, ngày, nơi chứng thực)"))

    def __init__(self, formdata: Any = None, **kwargs: Any) -> None:
        super().__init__(formdata, **kwargs)
        self.delivery.choices, self.identity.choices = offered(DELIVERIES), offered(IDENTITIES)

    def validate_identity(self, field: RadioField) -> None:
        """At the desk one of the three papers is shown."""
        if self.delivery.data == Delivery.DESK and field.data not in {value for value, _said in IDENTITIES}:
            raise ValidationError(_("Chọn giấy tờ người nhận xuất trình."))

    def validate_letter(self, field: StringField) -> None:
        """Who fetches for another leaves the letter's number."""
        if self.identity.data == AUTHORISED:
            run(field, lambda typed: checks.text(typed, what=_("giấy ủy quyền"), where="letter", longest=300))
