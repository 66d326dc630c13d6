"""The questions of a filing, as forms: one small page each, checked by the same rules as the desk's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from wtforms import Field, RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice

from app.domain import checks
from app.domain.channels import Delivery
from app.domain.people import IdKind
from app.domain.vietnamese import clean
from app.i18n import gettext as _
from app.i18n import lazy_gettext
from app.web.forms import Form, birth, checked

LONG_ANSWER = 2_000
ADDRESS_LONGEST = 500


class Filled:
    """Refuses an empty answer, naming what is missing."""

    field_flags = {"required": True}

    def __init__(self, what: object, longest: int = checks.NAME_LONGEST) -> None:
        self.what, self.longest = what, longest

    def __call__(self, form: Form, field: Field) -> None:
        """Keep the clean answer. Raises ValidationError."""
        checked(lambda value: checks.text(value, what=str(self.what), where=field.name, longest=self.longest))(
            form, field
        )


class Chosen:
    """Refuses a question of a few answers that was left open."""

    field_flags = {"required": True}

    def __call__(self, _form: Form, field: Any) -> None:
        """Raise ValidationError unless one of the offered answers is there."""
        if field.data not in {choice.value for choice in field.iter_choices()}:
            raise ValidationError(_("Chưa chọn. Vui lòng chọn một trong các ý dưới đây."))


class Maybe:
    """Lets an empty answer pass and cleans a given one."""

    def __init__(self, longest: int = checks.NAME_LONGEST) -> None:
        self.longest = longest

    def __call__(self, form: Form, field: Field) -> None:
        """Keep the clean answer. Raises ValidationError when it is too long."""
        checked(
            lambda value: checks.text(
                value, what=str(field.label.text), where=field.name, longest=self.longest, required=False
            )
        )(form, field)


class IdentityNumber:
    """Checks the number by the kind of paper chosen beside it."""

    field_flags = {"required": True}

    def __call__(self, form: Form, field: Field) -> None:
        """Keep the clean number. Raises ValidationError."""
        if form["id_kind"].data == IdKind.CCCD:
            checked(checks.citizen_number)(form, field)
        else:
            Filled(_("số hộ chiếu"), longest=30)(form, field)


class WhomForm(Form):
    """For whom is this filed?"""

    whom = RadioField(
        lazy_gettext("Bạn nộp hồ sơ cho ai?"),
        [Chosen()],
        choices=[
            SelectChoice("me", lazy_gettext("Cho chính tôi")),
            SelectChoice("other", lazy_gettext("Cho người khác|cha mẹ, con, vợ chồng, hoặc người đã ủy quyền cho bạn")),
        ],
        validate_choice=False,
    )


class PersonForm(Form):
    """Who are you? As it stands on the card."""

    name = StringField(lazy_gettext("Họ, chữ đệm và tên"), [Filled(lazy_gettext("họ và tên"))])
    id_kind = RadioField(
        lazy_gettext("Giấy tờ của bạn"),
        [Chosen()],
        choices=[
            SelectChoice(IdKind.CCCD, lazy_gettext("Căn cước (CCCD)")),
            SelectChoice(IdKind.PASSPORT, lazy_gettext("Hộ chiếu")),
        ],
        default=IdKind.CCCD,
        validate_choice=False,
    )
    id_number = StringField(
        lazy_gettext("Số CCCD hoặc số hộ chiếu"),
        [IdentityNumber()],
        description=lazy_gettext("CCCD có 12 chữ số"),
    )
    birth = StringField(
        lazy_gettext("Ngày sinh"),
        [birth],
        description=lazy_gettext("Ví dụ: 05/09/1990. Không nhớ ngày thì chỉ ghi năm."),
    )
    sex = SelectField(
        lazy_gettext("Giới tính"),
        choices=[
            SelectChoice("", lazy_gettext("Chọn")),
            SelectChoice("Nam", lazy_gettext("Nam")),
            SelectChoice("Nữ", lazy_gettext("Nữ")),
        ],
        validate_choice=False,
    )
    address = StringField(
        lazy_gettext("Nơi ở hiện nay"),
        [Maybe(ADDRESS_LONGEST)],
        description=lazy_gettext("Số nhà, thôn hoặc đường, xã, tỉnh"),
    )


class ContactForm(Form):
    """How do we reach you?"""

    phone = StringField(
        lazy_gettext("Số điện thoại"),
        [Filled(lazy_gettext("số điện thoại")), checked(checks.phone)],
        description=lazy_gettext("Chỉ dùng để báo tin về hồ sơ này"),
        render_kw={"inputmode": "tel", "autocomplete": "tel"},
    )
    email = StringField(
        lazy_gettext("Thư điện tử"), [checked(checks.email)], render_kw={"inputmode": "email", "autocomplete": "email"}
    )


class SubjectForm(PersonForm):
    """Whose dossier is it? A newborn has no number yet."""

    id_number = StringField(
        lazy_gettext("Số CCCD hoặc số hộ chiếu của người đó"),
        [Maybe(30)],
        description=lazy_gettext("Để trống nếu chưa có, ví dụ trẻ mới sinh"),
    )
    letter = StringField(
        lazy_gettext("Giấy ủy quyền"),
        [Maybe(300)],
        description=lazy_gettext("Số, ngày của giấy ủy quyền, nếu việc này cần ủy quyền"),
    )

    def validate_id_number(self, field: Field) -> None:
        """Check a number that was given."""
        if field.data:
            IdentityNumber()(self, field)


class DeliveryForm(Form):
    """How shall the result come to you?"""

    delivery = RadioField(
        lazy_gettext("Bạn muốn nhận kết quả thế nào?"),
        [Chosen()],
        choices=[
            SelectChoice(Delivery.DESK, lazy_gettext("Tại quầy|mang CCCD khi đến nhận")),
            SelectChoice(Delivery.POST, lazy_gettext("Qua bưu chính|bạn trả cước cho bưu điện")),
            SelectChoice(Delivery.ELECTRONIC, lazy_gettext("Bản điện tử|tải về ở trang Tra cứu")),
        ],
        validate_choice=False,
    )
    delivery_address = StringField(
        lazy_gettext("Địa chỉ nhận qua bưu chính"),
        [Maybe(ADDRESS_LONGEST)],
        description=lazy_gettext("Chỉ cần khi nhận qua bưu chính"),
    )

    def validate_delivery_address(self, field: Field) -> None:
        """By post an address is needed."""
        if self.delivery.data == Delivery.POST:
            Filled(_("địa chỉ nhận kết quả"), longest=ADDRESS_LONGEST)(self, field)


def case_form(cases: Iterable[str]) -> type[Form]:
    """Return the form that asks which case of the procedure it is (trường hợp)."""
    choices = [SelectChoice("", lazy_gettext("Trường hợp thông thường")), *(SelectChoice(case) for case in cases)]
    field = RadioField(lazy_gettext("Trường hợp của bạn"), choices=choices, default="", validate_choice=False)
    return type("CaseForm", (Form,), {"case": field})


def own_form(definitions: Iterable[Mapping[str, Any]]) -> type[Form]:
    """Return the form of a few of a procedure's own questions."""
    fields = {f"own_{definition['key']}": _own_field(definition) for definition in definitions}
    return type("OwnForm", (Form,), fields)


def _own_field(definition: Mapping[str, Any]) -> Any:
    """Return the field of one definition: text, long, date, birth, number or choice."""
    build: Callable[..., Any] = _KINDS.get(str(definition.get("kind")), _text)
    return build(definition)


def _validators(definition: Mapping[str, Any], longest: int) -> list[Any]:
    label = str(definition["label"])
    return [Filled(label[0].lower() + label[1:], longest) if definition.get("required") else Maybe(longest)]


def _text(definition: Mapping[str, Any]) -> Any:
    return StringField(
        definition["label"], _validators(definition, checks.NAME_LONGEST), description=definition.get("hint", "")
    )


def _long(definition: Mapping[str, Any]) -> Any:
    return TextAreaField(
        definition["label"],
        _validators(definition, LONG_ANSWER),
        description=definition.get("hint", ""),
        render_kw={"rows": 4},
    )


def _date(definition: Mapping[str, Any]) -> Any:
    return StringField(
        definition["label"],
        [*_validators(definition, 20), _real_day],
        description=definition.get("hint") or lazy_gettext("ngày/tháng/năm, ví dụ 05/09/2026"),
        render_kw={"inputmode": "numeric"},
    )


def _real_day(form: Form, field: Field) -> None:
    if clean(field.data or ""):
        checked(lambda value: f"{checks.day(value, where=field.name):%d/%m/%Y}")(form, field)


def _birth(definition: Mapping[str, Any]) -> Any:
    return StringField(
        definition["label"], [*_validators(definition, 20), birth], description=definition.get("hint", "")
    )


def _number(definition: Mapping[str, Any]) -> Any:
    return StringField(
        definition["label"],
        [*_validators(definition, 20), _whole_number],
        description=definition.get("hint", ""),
        render_kw={"inputmode": "numeric"},
    )


def _whole_number(_form: Form, field: Field) -> None:
    if field.data and not field.data.replace(".", "").replace(",", "").isdecimal():
        raise ValidationError(_("Chỉ ghi chữ số, ví dụ 12."))


def _choice(definition: Mapping[str, Any]) -> Any:
    return RadioField(
        definition["label"],
        [Chosen()] if definition.get("required") else [],
        choices=[SelectChoice(choice) for choice in definition.get("choices", ())],
        description=definition.get("hint", ""),
        validate_choice=False,
    )


_KINDS = {"text": _text, "long": _long, "date": _date, "birth": _birth, "number": _number, "choice": _choice}
