"""Words of the log (nhãn nhật ký): what an event is about and what it tells, as auditors call it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from app.domain.figures import CELLS_06A
from app.i18n import LazyText, gettext
from app.i18n import lazy_gettext as _
from app.web.filters import money, vn_date
from app.web.labels import ROLES

SUBJECTS: Mapping[str, LazyText] = {
    "user": _("tài khoản"),
    "flag": _("cờ"),
    "api_key": _("khóa kết nối"),
    "report_day": _("báo cáo"),
    "signed_report": _("báo cáo ký số"),
    "unit": _("đơn vị"),
    "cash": _("ngăn tiền"),
    "procedure": _("thủ tục"),
    "calendar": _("lịch"),
    "house": _("hệ thống"),
    "import": _("lần nhập"),
    "signing_key": _("khóa ký"),
    "stored_paper": _("giấy tờ trong kho"),
}
FACTS: Mapping[str, LazyText] = {
    "address": _("địa chỉ mạng"),
    "after": _("mới"),
    "before": _("cũ"),
    "dossiers": _("hồ sơ"),
    "rule": _("quy tắc"),
    "scopes": _("phạm vi"),
    "cell": _("ô số liệu"),
    "text": _("nội dung"),
    "bank": _("ngân hàng"),
    "cash_vnd": _("tiền mặt theo bảng kê"),
    "changed": _("đã đổi"),
    "code": _("mã"),
    "count": _("số lượng"),
    "counted_vnd": _("tiền đếm được"),
    "desk_id": _("bộ phận một cửa"),
    "first": _("từ số"),
    "item": _("chỉ tiêu"),
    "granted": _("giao"),
    "imported": _("đã nhập"),
    "kind": _("loại"),
    "label": _("nhãn"),
    "last": _("đến số"),
    "hours_before": _("số giờ đứng yên trước đó"),
    "ladder": _("bậc nhắc hạn"),
    "stuck_hours": _("số giờ đứng yên"),
    "left": _("còn lại"),
    "limits": _("thời hạn"),
    "login": _("tên đăng nhập"),
    "name": _("tên"),
    "number": _("số"),
    "part": _("phần"),
    "purpose": _("mục đích"),
    "reason": _("lý do"),
    "rows": _("số dòng"),
    "sessions_ended": _("phiên đã kết thúc"),
    "sheet": _("tờ số"),
    "short_name": _("tên ngắn"),
    "since": _("từ ngày"),
    "source": _("nguồn"),
    "substitute": _("người thay"),
    "symbol": _("ký hiệu"),
    "unit_id": _("đơn vị"),
    "unit_kind": _("loại đơn vị"),
    "version": _("phiên bản"),
    "visitor": _("người truy cập"),
    "withdrawn": _("rút"),
    "agency": _("cơ quan"),
    "component": _("thành phần"),
    "first_day": _("từ ngày"),
    "end_day": _("đến trước ngày"),
    "numerator": _("tử số"),
    "denominator": _("mẫu số"),
    "official_points": _("điểm chính thức"),
    "value": _("số liệu"),
    "told_on": _("ngày số liệu"),
    "run": _("lượt nhập"),
    "digest": _("mã băm"),
    "form": _("biểu"),
    "forms": _("các biểu"),
    "unit": _("đơn vị"),
    "descendants": _("cả cấp dưới"),
    "formula_version": _("công thức"),
    "total": _("tổng"),
    "entered": _("số đã nhập"),
    "channel": _("kênh"),
    "person": _("người"),
    "link": _("tệp"),
}


# What facts hold as keys of ours, as people call it. Names and numbers stay as they are.
VALUES: Mapping[str, LazyText] = {
    **{str(role): label.text for role, label in ROLES.items()},
    "person": _("của người ký"),
    "seal": _("của cơ quan"),
    "division": _("phòng, bộ phận"),
    "desk": _("quầy"),
}
CELLS: Mapping[str, str] = {figure.id: figure.title for figure in CELLS_06A}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_OF_KEYS = frozenset({"granted", "withdrawn", "purpose", "unit_kind"})


def subject_words(subject: str) -> str:
    """Return "tài khoản 9" of "user 9"; a kind without words stays as the log has it."""
    kind, _gap, number = subject.partition(" ")
    return f"{SUBJECTS.get(kind, kind)} {number}".strip()


def fact_words(name: str) -> str:
    """Return what a fact of an event is called; a name without words stays as the log has it."""
    return str(FACTS.get(name) or gettext(CELLS.get(name, name)))


def told(facts: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return the facts of an event with names and keys in words; what is empty tells nothing."""
    return tuple((fact_words(name), _value_words(name, value)) for name, value in facts if value not in {"", "None"})


def _value_words(name: str, value: str) -> str:
    if name.endswith("_vnd") and value.isdecimal():
        return money(int(value))
    if _DAY.fullmatch(value):
        return vn_date(date.fromisoformat(value))
    if name not in _OF_KEYS:
        return value
    return "; ".join(str(VALUES.get(key, key)) for key in value.split(", "))
