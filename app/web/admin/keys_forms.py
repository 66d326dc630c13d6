"""The form of the register of keys; shape only, the rules stand in the service."""

from __future__ import annotations

from typing import Any

from wtforms import FileField, PasswordField, SelectField, StringField

from app.domain.signing_keys import KeyKind
from app.i18n import lazy_gettext as _
from app.web.forms import PostedForm

SEAL = "seal"
KINDS = {
    KeyKind.FILE: _("Khóa phần mềm"),
    KeyKind.TOKEN: _("Thiết bị ký (PKCS#11)"),
    KeyKind.REMOTE: _("Ký từ xa (CSC)"),
}


class KeyForm(PostedForm):
    """Whose key, and where it lies."""

    holder = SelectField(_("Khóa của"))
    kind = SelectField(_("Nơi giữ khóa"))
    address = StringField(
        _("Nhãn hoặc mã của khóa"),
        description=_("Thiết bị: NHÃN THIẾT BỊ/NHÃN KHÓA. Ký từ xa: mã chứng thư tại nơi cung cấp."),
    )
    file = FileField(_("Tệp khóa (.p12, .pfx)"), description=_("Chỉ với khóa phần mềm."))
    pin = PasswordField(
        _("Mã PIN của tệp khóa"),
        description=_("Do người giữ khóa nhập; chỉ để đọc chứng thư trong tệp, không lưu. Thiết bị không cần PIN."),
        render_kw={"autocomplete": "off"},
    )

    def __init__(self, *args: Any, people: list[tuple[int, str]], agency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.holder.choices = [(SEAL, str(_("Con dấu của %(agency)s")) % {"agency": agency})]
        self.holder.choices += [(str(user_id), name) for user_id, name in people]
        self.kind.choices = [(kind.value, str(words)) for kind, words in KINDS.items()]

    @property
    def user_id(self) -> int | None:
        """The person's account, None for the seal."""
        return None if self.holder.data == SEAL else int(self.holder.data)
