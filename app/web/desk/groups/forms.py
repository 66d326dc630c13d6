"""The form of a list: the procedure, who brought it, the file."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, FileField, RadioField, StringField, ValidationError

from app.domain import checks
from app.domain.people import IdKind, PersonData
from app.i18n import N_
from app.i18n import gettext as _
from app.i18n import lazy_gettext as _l
from app.services.group_intake import LATER
from app.web.desk.forms.checking import offered
from app.web.forms import Form, checked, run

PAID_BY = ((LATER, N_("Thu sau, từng người")), ("cash", N_("Tiền mặt, cả danh sách")))


class GroupForm(Form):
    """What all lines share. Who brings a list for others names himself; empty means each line files for himself."""

    procedure = StringField(_l("Thủ tục"))
    representative = StringField(_l("Người nộp thay cả danh sách (để trống nếu ai nộp cho người ấy)"))
    representative_number = StringField(_l("Số CCCD người nộp thay"))
    representative_phone = StringField(_l("Điện thoại người nộp thay"), [checked(checks.phone)])
    papers_there = BooleanField(_l("Mỗi người có đủ giấy tờ bắt buộc của thủ tục"))
    paid_by = RadioField(_l("Thu phí, lệ phí"), default=LATER)
    file = FileField(_l("Tệp danh sách (XLSX, CSV)"))

    def __init__(self, formdata: Any = None) -> None:
        super().__init__(formdata)
        self.paid_by.choices = offered(PAID_BY)

    def validate_representative_number(self, field: StringField) -> None:
        """A number that is given is a CCCD."""
        if (self.representative.data or "").strip() and (field.data or "").strip():
            run(field, lambda typed: checks.citizen_number(typed, where="representative_number"))

    def validate_papers_there(self, field: BooleanField) -> None:
        """The clerk has looked at every person's papers."""
        if not field.data:
            raise ValidationError(_("Đánh dấu sau khi đã xem giấy tờ của từng người; ai thiếu thì bỏ khỏi danh sách."))

    def representing(self) -> PersonData | None:
        """Return who brought the list for the others, or None."""
        if not (self.representative.data or "").strip():
            return None
        number = self.representative_number.data or ""
        return PersonData(
            name=self.representative.data or "",
            id_kind=IdKind.CCCD if number else IdKind.NONE,
            id_number=number,
            phone=self.representative_phone.data or "",
        )
