"""Forms of the administration; shape only, the rules stand in services and domain."""

from __future__ import annotations

from typing import Any

from wtforms import (
    HiddenField,
    PasswordField,
    SelectField,
    SelectMultipleField,
    StringField,
    widgets,
)
from wtforms.validators import InputRequired

from app.domain.people import Role
from app.i18n import lazy_gettext as _
from app.i18n import lazy_pgettext
from app.web.forms import PostedForm
from app.web.labels import DAY_KINDS, ROLES

NEEDED = InputRequired(_("Ô này chưa được nhập."))
WEEKDAYS = (
    lazy_pgettext("weekday", "Thứ Hai"),
    lazy_pgettext("weekday", "Thứ Ba"),
    lazy_pgettext("weekday", "Thứ Tư"),
    lazy_pgettext("weekday", "Thứ Năm"),
    lazy_pgettext("weekday", "Thứ Sáu"),
    lazy_pgettext("weekday", "Thứ Bảy"),
    lazy_pgettext("weekday", "Chủ nhật"),
)
AGENCY_KINDS = (
    ("commune", _("Xã, phường, đặc khu")),
    ("department", _("Sở, ban, ngành cấp tỉnh")),
    ("province", _("Ủy ban nhân dân tỉnh, thành phố")),
)
UNIT_KINDS = (("division", _("Phòng, bộ phận")), ("desk", _("Quầy, Bộ phận Một cửa")))


class Ticks(SelectMultipleField):  # type: ignore[misc]  # WTForms carries no types
    """Several answers of a few, as check boxes."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()


class HoursForm(PostedForm):
    """Seven texts of opening hours, and the weekdays that count for limits."""

    day_0 = StringField(WEEKDAYS[0])
    day_1 = StringField(WEEKDAYS[1])
    day_2 = StringField(WEEKDAYS[2])
    day_3 = StringField(WEEKDAYS[3])
    day_4 = StringField(WEEKDAYS[4])
    day_5 = StringField(WEEKDAYS[5])
    day_6 = StringField(WEEKDAYS[6])
    counted = Ticks(
        _("Ngày tính vào thời hạn"),
        coerce=int,
        description=_("Mở cửa sáng thứ Bảy không làm thứ Bảy thành ngày làm việc của thời hạn."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.counted.choices = [(number, str(name)) for number, name in enumerate(WEEKDAYS)]

    def texts(self) -> tuple[str, ...]:
        """Return the hours as `OpeningHours.parse` reads them, Monday first."""
        return tuple(self[f"day_{number}"].data or "" for number in range(7))


class SetupForm(HoursForm):
    """The first run: the secret of the terminal, the agency, its hours, its administrator."""

    secret = StringField(
        _("Mã thiết lập"),
        [NEEDED],
        description=_("In trên màn hình lệnh khi chạy “motcua up”; dùng một lần, trong 30 phút."),
        render_kw={"autocomplete": "off", "autofocus": True},
    )
    code = StringField(_("Mã định danh cơ quan"), [NEEDED], description=_("Theo danh mục mã định danh, ví dụ H44.105."))
    name = StringField(_("Tên cơ quan"), [NEEDED], description=_("Ví dụ: UBND xã Vĩnh An."))
    short_name = StringField(_("Tên ngắn"))
    kind = SelectField(_("Loại cơ quan"))
    province_name = StringField(_("Cơ quan cấp tỉnh"), [NEEDED], description=_("Ví dụ: UBND tỉnh Phú Thọ."))
    province_code = StringField(
        _("Mã định danh cấp tỉnh"), description=_("Để trống: lấy phần đầu của mã cơ quan, ví dụ H44.")
    )
    address = StringField(_("Địa chỉ"))
    phone = StringField(_("Điện thoại"), render_kw={"inputmode": "tel"})
    login = StringField(_("Tên đăng nhập"), [NEEDED], render_kw={"autocomplete": "username"})
    admin_name = StringField(_("Họ và tên quản trị viên"), [NEEDED], render_kw={"autocomplete": "name"})
    password = PasswordField(
        _("Mật khẩu"),
        [NEEDED],
        description=_("Ít nhất 15 ký tự; nên ghép bốn, năm từ không liên quan."),
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(_("Nhập lại mật khẩu"), [NEEDED], render_kw={"autocomplete": "new-password"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [(value, str(words)) for value, words in AGENCY_KINDS]


class UserForm(PostedForm):
    """A new account."""

    login = StringField(
        _("Tên đăng nhập"),
        [NEEDED],
        description=_("Chữ không dấu, ví dụ hang.nt."),
        render_kw={"autocomplete": "off", "autocapitalize": "none"},
    )
    name = StringField(_("Họ và tên"), [NEEDED], render_kw={"autocomplete": "off"})
    title = StringField(_("Chức vụ"))
    phone = StringField(_("Điện thoại công vụ"), render_kw={"inputmode": "tel", "autocomplete": "off"})
    unit_id = SelectField(_("Đơn vị"), coerce=int)
    roles = Ticks(_("Vai trò"))

    def __init__(self, *args: Any, units: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit_id.choices = units
        self.roles.choices = role_choices()


class RolesForm(PostedForm):
    """The roles of an account, changed as a whole; the administrator's password once more."""

    roles = Ticks(_("Vai trò"))
    current = PasswordField(
        _("Mật khẩu của bạn"),
        [NEEDED],
        description=_("Đổi quyền cần xác nhận lại chính bạn."),
        render_kw={"autocomplete": "current-password"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.roles.choices = role_choices()


class UnitForm(PostedForm):
    """A division below another unit."""

    code = StringField(_("Mã định danh"), [NEEDED], description=_("Ví dụ H44.105.2."))
    name = StringField(_("Tên đơn vị"), [NEEDED])
    short_name = StringField(_("Tên ngắn"), description=_("Dùng trong quy trình nội bộ, ví dụ Tư pháp."))
    kind = SelectField(_("Loại"))
    parent_id = SelectField(_("Trực thuộc"), coerce=int)
    address = StringField(_("Địa chỉ"))
    phone = StringField(_("Điện thoại"), render_kw={"inputmode": "tel"})

    def __init__(self, *args: Any, units: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parent_id.choices = units
        self.kind.choices = [(value, str(words)) for value, words in UNIT_KINDS]


class UnitChangeForm(PostedForm):
    """How a unit is called and reached."""

    name = StringField(_("Tên đơn vị"), [NEEDED])
    short_name = StringField(_("Tên ngắn"))
    address = StringField(_("Địa chỉ"))
    phone = StringField(_("Điện thoại"), render_kw={"inputmode": "tel"})


class BankAccountForm(PostedForm):
    """Where transfers by QR go; the administrator's password once more. Empty: no transfers by QR."""

    bank_bin = StringField(
        _("Mã ngân hàng (BIN)"),
        description=_("6 chữ số theo NAPAS, ví dụ 970436. Để trống cả ba ô thì thôi thu bằng QR."),
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    bank_name = StringField(_("Tên ngân hàng"), render_kw={"autocomplete": "off"})
    account_number = StringField(_("Số tài khoản"), render_kw={"autocomplete": "off"})
    holder = StringField(_("Chủ tài khoản"), render_kw={"autocomplete": "off"})
    current = PasswordField(
        _("Mật khẩu của bạn"),
        [NEEDED],
        description=_("Đổi nơi tiền đến cần xác nhận lại chính bạn."),
        render_kw={"autocomplete": "current-password"},
    )


class DayForm(PostedForm):
    """One special day."""

    day = StringField(
        _("Ngày"), [NEEDED], description=_("ngày/tháng/năm, ví dụ 02/09/2026"), render_kw={"inputmode": "numeric"}
    )
    kind = SelectField(_("Loại ngày"))
    name = StringField(_("Tên ngày"), [NEEDED])
    source = StringField(_("Căn cứ"), [NEEDED], description=_("Số văn bản, ví dụ Thông báo 5015/TB-BNV."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [(str(kind), str(label.text)) for kind, label in DAY_KINDS.items()]


class RemoveDayForm(PostedForm):
    """Taking a special day out, with the reason."""

    day = HiddenField()
    reason = StringField(_("Lý do bỏ"), [NEEDED])


def role_choices() -> list[tuple[str, str]]:
    """Return the roles with their words in the reader's language."""
    return [(str(role), str(ROLES[role].text)) for role in Role]
