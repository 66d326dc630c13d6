"""The receive form (biểu mẫu tiếp nhận): people, procedure, delivery, fee."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from wtforms import BooleanField, RadioField, SelectField, StringField, ValidationError

from app.domain import checks
from app.domain.channels import Channel, Delivery
from app.domain.people import IdKind, PersonData
from app.i18n import N_
from app.i18n import gettext as _
from app.i18n import lazy_gettext as _l
from app.web.desk.forms.checking import WholeNumber, offered
from app.web.forms import Form, checked, run

SELF, OTHER, AUTHORISED = "self", "other", "authorised"
SEXES = (("", N_("Chưa rõ")), ("Nam", N_("Nam")), ("Nữ", N_("Nữ")))
ID_KINDS = (
    (IdKind.CCCD, N_("CCCD, thẻ căn cước")),
    (IdKind.CMND, N_("CMND cũ (9 số)")),
    (IdKind.PASSPORT, N_("Hộ chiếu")),
    (IdKind.TAX, N_("Mã số doanh nghiệp, mã số thuế")),
    (IdKind.NONE, N_("Chưa có giấy tờ")),
)
ACTS_FOR = (
    (SELF, N_("Cho chính mình")),
    (OTHER, N_("Nộp thay người khác")),
    (AUTHORISED, N_("Được ủy quyền")),
)
DELIVERIES = (
    (Delivery.DESK, N_("Tại quầy")),
    (Delivery.POST, N_("Bưu chính")),
    (Delivery.ELECTRONIC, N_("Bản điện tử")),
)
CHANNELS = ((int(Channel.DIRECT), N_("Nộp tại quầy")), (int(Channel.POST), N_("Gửi bưu chính")))
PAID_BY = (("cash", N_("Tiền mặt")), ("qr", N_("QR")), ("later", N_("Thu sau")))


class ReceiveForm(Form):
    """What every procedure asks for. Ids of the fields are their names, so that errors can link to them."""

    id_number = StringField(_l("Số CCCD / định danh"))
    name = StringField(_l("Họ và tên"), [checked(lambda typed: checks.text(typed, what=_("họ tên"), where="name"))])
    birth = StringField(_l("Ngày hoặc năm sinh"))
    sex = SelectField(_l("Giới tính"), default="")
    address = StringField(_l("Nơi cư trú"))
    phone = StringField(_l("Số điện thoại"), [checked(checks.phone)])
    email = StringField(_l("Thư điện tử"), [checked(checks.email)])
    id_kind = SelectField(_l("Loại giấy tờ"), default=str(IdKind.CCCD))
    acts_for = RadioField(_l("Nộp cho ai"), default=SELF)
    subject_id_number = StringField(_l("Số CCCD / định danh"))
    subject_name = StringField(_l("Họ và tên"))
    subject_birth = StringField(_l("Ngày hoặc năm sinh"))
    subject_sex = SelectField(_l("Giới tính"), default="")
    subject_address = StringField(_l("Nơi cư trú"))
    subject_phone = StringField(_l("Số điện thoại"), [checked(checks.phone)])
    letter = StringField(_l("Văn bản ủy quyền (số, ngày, nơi chứng thực)"))
    checked_card = BooleanField(_l("Số CCCD không khớp ngày sinh hoặc giới tính: đã đối chiếu giấy gốc"))
    procedure = StringField(_l("Thủ tục"))
    case_name = SelectField(_l("Trường hợp"), validate_choice=False, default="")
    settling_code = SelectField(_l("Cơ quan giải quyết"), validate_choice=False, default="")
    assisting_code = SelectField(_l("Nơi hỗ trợ nộp"), validate_choice=False, default="")
    returning_code = SelectField(_l("Nơi trả kết quả"), validate_choice=False, default="")
    delivery = RadioField(_l("Nhận kết quả ở đâu"), default=str(Delivery.DESK))
    delivery_address = StringField(_l("Địa chỉ nhận kết quả qua bưu chính"))
    channel = RadioField(_l("Hồ sơ đến bằng cách nào"), default=str(int(Channel.DIRECT)))
    fee_quantity = WholeNumber(_l("Số bản, số trang tính phí"), default=1)
    fee_exemption = SelectField(_l("Miễn, giảm"), validate_choice=False, default="")
    paid_by = RadioField(_l("Thu bằng"), default="cash")
    receipt_symbol = StringField(_l("Ký hiệu biên lai"))
    receipt_number = StringField(_l("Số biên lai"))
    true_time = StringField(_l("Giờ nhận thật"))
    true_day = StringField(_l("Ngày nhận thật"))
    late_reason = StringField(_l("Lý do nhập muộn"))

    def __init__(self, formdata: Any = None, *, today: date, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(formdata, data=data)
        self.today = today
        self.sex.choices = self.subject_sex.choices = offered(SEXES)
        self.id_kind.choices, self.acts_for.choices = offered(ID_KINDS), offered(ACTS_FOR)
        self.delivery.choices, self.channel.choices = offered(DELIVERIES), offered(CHANNELS)
        self.paid_by.choices = offered(PAID_BY)

    def validate_id_number(self, field: StringField) -> None:
        """A CCCD has twelve digits, an old number nine; a passport is only cleaned."""
        if self.id_kind.data == IdKind.CCCD:
            run(field, checks.citizen_number)
        elif self.id_kind.data == IdKind.CMND:
            run(field, checks.old_identity_number)
        elif self.id_kind.data != IdKind.NONE:
            run(field, lambda typed: checks.text(typed, what=_("số giấy tờ"), where="id_number", longest=30))

    def validate_birth(self, field: StringField) -> None:
        """A birth is a date, a month or a year, never ahead."""
        run(field, lambda typed: checks.birth(typed, today=self.today, where="birth"))
        if card_contradicts(self) and not self.checked_card.data:
            self.checked_card.errors = [_("Số CCCD không khớp ngày sinh hoặc giới tính.")]
            raise ValidationError(
                _("Không khớp số CCCD. Sửa lại, hoặc đánh dấu “đã đối chiếu giấy gốc” rồi tiếp nhận.")
            )

    def validate_address(self, field: StringField) -> None:
        """An address may stay empty, but not be endless."""
        run(
            field,
            lambda typed: checks.text(typed, what=_("nơi cư trú"), where="address", longest=500, required=False),
        )

    def validate_subject_name(self, field: StringField) -> None:
        """Who files for another says for whom."""
        if self.acts_for.data != SELF:
            run(field, lambda typed: checks.text(typed, what=_("tên chủ hồ sơ"), where="subject_name"))

    def validate_subject_id_number(self, field: StringField) -> None:
        """A subject may have no number yet (a newborn); what is given is a CCCD."""
        if self.acts_for.data != SELF and field.data:
            run(field, lambda typed: checks.citizen_number(typed, where="subject_id_number"))

    def validate_subject_birth(self, field: StringField) -> None:
        """As the birth of who comes."""
        if self.acts_for.data != SELF:
            run(field, lambda typed: checks.birth(typed, today=self.today, where="subject_birth"))

    def validate_letter(self, field: StringField) -> None:
        """An authorised person shows the letter that says so."""
        if self.acts_for.data == AUTHORISED:
            run(
                field,
                lambda typed: checks.text(typed, what=_("văn bản ủy quyền"), where="letter", longest=500),
            )

    def validate_delivery_address(self, field: StringField) -> None:
        """The post needs to know where to."""
        if self.delivery.data == Delivery.POST:
            what = _("địa chỉ nhận kết quả")
            run(field, lambda typed: checks.text(typed, what=what, where="delivery_address", longest=500))

    def validate_true_day(self, field: StringField) -> None:
        """A day needs its hour; both are read together."""
        if field.data and not self.true_time.data:
            raise ValidationError(_("Ghi cả giờ nhận thật của ngày này."))

    def validate_late_reason(self, field: StringField) -> None:
        """A late entry says why (nhập muộn)."""
        if self.true_time.data:
            run(
                field,
                lambda typed: checks.text(typed, what=_("lý do nhập muộn"), where="late_reason", longest=500),
            )


def card_contradicts(form: ReceiveForm) -> bool:
    """Tell whether the digits of the CCCD disagree with birth or sex, so that the original has to be looked at."""
    number, born, sex = form.id_number.data or "", form.birth.data or "", form.sex.data or ""
    return form.id_kind.data == IdKind.CCCD and checks.contradicts_birth(number, born, sex)


def visitor(form: ReceiveForm) -> PersonData:
    """Return who stands at the desk."""
    return PersonData(
        name=form.name.data or "",
        id_kind=IdKind(form.id_kind.data or IdKind.CCCD),
        id_number=form.id_number.data or "",
        birth=form.birth.data or "",
        sex=form.sex.data or "",
        address=form.address.data or "",
        phone=form.phone.data or "",
        email=form.email.data or "",
        letter=(form.letter.data or "") if form.acts_for.data == AUTHORISED else "",
    )


def subject(form: ReceiveForm) -> PersonData | None:
    """Return whose dossier it is when that is not the visitor, else None."""
    if form.acts_for.data == SELF:
        return None
    number = form.subject_id_number.data or ""
    return PersonData(
        name=form.subject_name.data or "",
        id_kind=IdKind.CCCD if number else IdKind.NONE,
        id_number=number,
        birth=form.subject_birth.data or "",
        sex=form.subject_sex.data or "",
        address=form.subject_address.data or "",
        phone=form.subject_phone.data or "",
    )
