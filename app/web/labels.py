"""Words, icons and colours of what has a state (nhãn): always all three, so that colour alone says nothing.

The words are those of the desk; they are translated when shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.channels import Channel
from app.domain.people import Role
from app.i18n import LazyText, lazy_pgettext
from app.i18n import gettext as _
from workflows.calendar import DayKind
from workflows.deadlines import Projection, Standing
from workflows.states import State

DUE_SOON = "due_soon"  # a way of showing "in term", not a standing of the law


@dataclass(frozen=True, slots=True)
class Label:
    """One word on screen with its icon (Bootstrap Icons) and its class in our style sheet."""

    text: LazyText
    icon: str
    css: str


STATES: Mapping[str, Label] = {
    State.FILED: Label(lazy_pgettext("state", "Mới đăng ký"), "inbox", "mc-state-soon"),
    State.AWAITING_INTAKE_SUPPLEMENT: Label(lazy_pgettext("state", "Chờ bổ sung"), "pause-circle", "mc-state-pause"),
    State.NOT_ACCEPTED: Label(lazy_pgettext("state", "Không được tiếp nhận"), "x-circle", "mc-state-pause"),
    State.RECEIVED: Label(lazy_pgettext("state", "Được tiếp nhận"), "box-arrow-in-down", "mc-state-ok"),
    State.PROCESSING: Label(lazy_pgettext("state", "Đang xử lý"), "arrow-repeat", "mc-state-ok"),
    State.AWAITING_SUPPLEMENT: Label(lazy_pgettext("state", "Chờ bổ sung"), "pause-circle", "mc-state-pause"),
    State.AWAITING_PAYMENT: Label(lazy_pgettext("state", "Chờ nghĩa vụ tài chính"), "cash-coin", "mc-state-pause"),
    State.WITHDRAWN: Label(lazy_pgettext("state", "Rút hồ sơ"), "arrow-return-left", "mc-state-pause"),
    State.STOPPED: Label(lazy_pgettext("state", "Dừng xử lý"), "stop-circle", "mc-state-pause"),
    State.FINISHED: Label(lazy_pgettext("state", "Đã xử lý xong"), "check2-circle", "mc-state-done"),
    State.RETURNED: Label(lazy_pgettext("state", "Đã trả kết quả"), "check2-all", "mc-state-done"),
}

STANDINGS: Mapping[str, Label] = {
    Standing.IN_TERM: Label(lazy_pgettext("standing", "Còn hạn"), "check-circle", "mc-state-ok"),
    DUE_SOON: Label(lazy_pgettext("standing", "Sắp đến hạn"), "hourglass-split", "mc-state-soon"),
    Standing.OVERDUE: Label(lazy_pgettext("standing", "Quá hạn"), "exclamation-octagon-fill", "mc-state-late"),
    Standing.SUSPENDED: Label(lazy_pgettext("standing", "Tạm dừng"), "pause-circle", "mc-state-pause"),
    Standing.EARLY: Label(lazy_pgettext("standing", "Trước hạn"), "check2-all", "mc-state-done"),
    Standing.ON_TIME: Label(lazy_pgettext("standing", "Đúng hạn"), "check2-all", "mc-state-done"),
    Standing.LATE: Label(lazy_pgettext("standing", "Xong quá hạn"), "exclamation-octagon", "mc-state-late"),
    Standing.UNKNOWN: Label(lazy_pgettext("standing", "Chưa xác định"), "question-circle", "mc-state-pause"),
}

CHANNELS: Mapping[int, Label] = {
    Channel.DIRECT: Label(lazy_pgettext("channel", "Tại quầy"), "person-standing", ""),
    Channel.ONLINE: Label(lazy_pgettext("channel", "Trực tuyến"), "globe2", ""),
    Channel.POST: Label(lazy_pgettext("channel", "Bưu chính"), "envelope", ""),
}

ROLES: Mapping[str, Label] = {
    Role.CLERK: Label(lazy_pgettext("role", "Cán bộ một cửa"), "person-workspace", ""),
    Role.OFFICER: Label(lazy_pgettext("role", "Chuyên viên"), "person-gear", ""),
    Role.LEADER: Label(lazy_pgettext("role", "Lãnh đạo"), "pen", ""),
    Role.RECORDS: Label(lazy_pgettext("role", "Văn thư"), "patch-check", ""),
    Role.CASHIER: Label(lazy_pgettext("role", "Thu phí, lệ phí"), "cash-coin", ""),
    Role.ADMIN: Label(lazy_pgettext("role", "Quản trị"), "gear", ""),
    Role.AUDITOR: Label(lazy_pgettext("role", "Kiểm tra, thanh tra"), "shield-check", ""),
    Role.PROVINCE: Label(lazy_pgettext("role", "Văn phòng UBND tỉnh"), "bar-chart", ""),
}

DAY_KINDS: Mapping[str, Label] = {
    DayKind.HOLIDAY: Label(lazy_pgettext("day", "Nghỉ lễ, tết"), "calendar-x", "mc-state-late"),
    DayKind.SUBSTITUTE: Label(lazy_pgettext("day", "Nghỉ bù"), "calendar-minus", "mc-state-pause"),
    DayKind.SWAPPED_OFF: Label(lazy_pgettext("day", "Nghỉ hoán đổi"), "arrow-left-right", "mc-state-pause"),
    DayKind.SWAPPED_WORK: Label(lazy_pgettext("day", "Làm bù"), "calendar-check", "mc-state-ok"),
    DayKind.CLOSURE: Label(lazy_pgettext("day", "Đóng cửa"), "door-closed", "mc-state-soon"),
}


def state_label(state: str) -> Label:
    """Return the word for a dossier's public state (trạng thái hồ sơ)."""
    return STATES[state]


def standing_label(standing: str) -> Label:
    """Return the word for how a dossier stands to its due time (tình trạng hạn)."""
    return STANDINGS[standing]


def channel_label(channel: int) -> Label:
    """Return the word for a filing channel (kênh nộp)."""
    return CHANNELS[channel]


def role_label(role: str) -> Label:
    """Return the word for a role of staff (vai trò)."""
    return ROLES[role]


def day_kind_label(kind: str) -> Label:
    """Return the word for a special day of the calendar (ngày nghỉ, làm bù)."""
    return DAY_KINDS[kind]


def unconfirmed_words(projection: Projection) -> str:
    """Return that a due rests on days off that are only expected, naming them; nothing where it does not."""
    if not projection.unconfirmed:
        return ""
    days = ", ".join(f"{day:%d/%m/%Y}" for day in projection.unconfirmed)
    return _("Ngày nghỉ %(days)s mới là dự kiến: ngày hẹn có thể thay đổi.", days=days)
