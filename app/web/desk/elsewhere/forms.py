"""Forms of interlinked sets and of other systems (liên thông, theo dõi)."""

from __future__ import annotations

from wtforms import FileField, StringField, TextAreaField

from app.domain import checks
from app.i18n import gettext as _
from app.i18n import lazy_gettext as _l
from app.web.forms import Form, checked


def _pasted(typed: str) -> str:
    return checks.paragraph(typed, what=_("danh sách"), where="statuses", longest=20_000, required=False)


class ChildForm(Form):
    """The code of the dossier that belongs under this one."""

    child = StringField(
        _l("Mã hồ sơ thành phần"),
        [checked(lambda typed: checks.text(typed, what=_("mã hồ sơ thành phần"), where="child", longest=60))],
    )


class TrackForm(Form):
    """On which system the dossier is settled, and under which code."""

    system = StringField(
        _l("Hệ thống giải quyết"),
        [checked(lambda typed: checks.text(typed, what=_("tên hệ thống"), where="system", longest=120))],
    )
    code = StringField(
        _l("Mã trên hệ thống đó"),
        [checked(lambda typed: checks.text(typed, what=_("mã trên hệ thống đó"), where="code", longest=80))],
    )


class StatusesForm(Form):
    """A list of statuses, pasted or in a file."""

    statuses = TextAreaField(
        _l("Dán danh sách: mỗi dòng ghi mã; trạng thái (1–10 hoặc bằng chữ); thời điểm xong nếu có"),
        [checked(_pasted)],
    )
    file = FileField(_l("Hoặc chọn tệp xuất từ hệ thống đó (XLSX, CSV: cột Mã hồ sơ, Trạng thái, Ngày xong)"))
