"""Forms of authority and absence; shape only, the rules stand in the services."""

from __future__ import annotations

from typing import Any

from wtforms import SelectField, StringField, TextAreaField

from app.i18n import lazy_gettext as _
from app.web.admin.forms import NEEDED
from app.web.forms import PostedForm

CAPACITIES = (
    ("head", _("Người đứng đầu")),
    ("TM", _("TM. – thay mặt")),
    ("KT", _("KT. – ký thay")),
    ("TUQ", _("TUQ. – thừa ủy quyền")),
    ("TL", _("TL. – thừa lệnh")),
)
POWERS = (
    ("results", _("Ký kết quả, phiếu xin lỗi")),
    ("certification", _("Ký chứng thực")),
    ("results certification", _("Ký kết quả và ký chứng thực")),
)
NO_ACCOUNT = 0
WHEN = _("giờ và ngày, ví dụ 08:00 20/11/2026; chỉ ngày thì từ 0 giờ")


class AuthorityForm(PostedForm):
    """A decision to sign."""

    user_id = SelectField(_("Người ký"), coerce=int)
    name = StringField(_("Họ tên, nếu chưa có tài khoản"), description=_("Chỉ ký chứng thực bằng bút và con dấu."))
    powers = SelectField(_("Được ký"))
    capacity = SelectField(_("Ký với tư cách"))
    titles = TextAreaField(
        _("Chức danh như in trên văn bản"),
        [NEEDED],
        description=_("Mỗi dòng một hàng, ví dụ: KT. CHỦ TỊCH / PHÓ CHỦ TỊCH."),
    )
    decision = StringField(
        _("Số quyết định, văn bản phân công"), description=_("Ký chứng thực theo chức vụ thì để trống.")
    )
    decided_on = StringField(_("Ngày quyết định"), render_kw={"inputmode": "numeric"})
    since = StringField(_("Có hiệu lực từ"), [NEEDED], description=WHEN)
    until = StringField(_("Đến trước"), description=_("Để trống nếu chưa định ngày hết."))

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user_id.choices = [*people, (NO_ACCOUNT, str(_("Người chưa có tài khoản")))]
        self.powers.choices = [(value, str(words)) for value, words in POWERS]
        self.capacity.choices = [(value, str(words)) for value, words in CAPACITIES]


class AbsenceForm(PostedForm):
    """Who is away, who stands in, from when to when."""

    user_id = SelectField(_("Người vắng mặt"), coerce=int)
    substitute_id = SelectField(
        _("Người thay"), coerce=int, description=_("Cùng vai trò; chuyên viên thì cùng bộ phận.")
    )
    since = StringField(_("Vắng từ"), [NEEDED], description=WHEN)
    until = StringField(_("Đến trước"), [NEEDED])
    reason = StringField(_("Lý do, văn bản phân công"), [NEEDED])

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user_id.choices = self.substitute_id.choices = people
