"""Forms of the account pages; what they check is shape, the rules stand in the domain."""

from __future__ import annotations

from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired

from app.i18n import lazy_gettext as _
from app.web.forms import PostedForm

NEEDED = InputRequired(_("Ô này chưa được nhập."))


class SignInForm(PostedForm):
    """Login, password and, where switched on, the code of the second factor."""

    login = StringField(
        _("Tên đăng nhập"),
        [NEEDED],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "autofocus": True},
    )
    password = PasswordField(_("Mật khẩu"), [NEEDED], render_kw={"autocomplete": "current-password"})
    totp = StringField(
        _("Mã xác thực"),
        description=_("Khi đã bật xác thực hai lớp: 6 chữ số trên điện thoại, hoặc một mã khôi phục."),
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )
    next = HiddenField()
    resend = HiddenField()


class PasswordForm(PostedForm):
    """The present password and the new one, typed twice."""

    current = PasswordField(_("Mật khẩu hiện tại"), [NEEDED], render_kw={"autocomplete": "current-password"})
    new = PasswordField(_("Mật khẩu mới"), [NEEDED], render_kw={"autocomplete": "new-password"})
    again = PasswordField(_("Nhập lại mật khẩu mới"), [NEEDED], render_kw={"autocomplete": "new-password"})


class SecondFactorForm(PostedForm):
    """The password once more, and a code that proves the app is set up; the secret travels signed."""

    current = PasswordField(_("Mật khẩu hiện tại"), [NEEDED], render_kw={"autocomplete": "current-password"})
    code = StringField(
        _("Mã 6 chữ số trên ứng dụng"),
        [NEEDED],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )
    secret = HiddenField()


class SwitchOffForm(PostedForm):
    """The password once more, before the second factor goes."""

    current = PasswordField(_("Mật khẩu hiện tại"), [NEEDED], render_kw={"autocomplete": "current-password"})
