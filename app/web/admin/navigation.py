"""The side menu of the administration (mục quản trị)."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, request, url_for

from app.i18n import LazyText, lazy_gettext
from app.web.access import access_of
from app.web.context import staff_or_none


@dataclass(frozen=True, slots=True)
class Item:
    """One entry: where it leads, its words and its icon."""

    endpoint: str
    text: LazyText
    icon: str

    @property
    def is_current(self) -> bool:
        """Whether the page shown is this entry's, or lies below it."""
        address = url_for(self.endpoint)
        return request.path == address or request.path.startswith(f"{address}/")


ITEMS = (
    Item("admin.overview", lazy_gettext("Tổng quan"), "speedometer2"),
    Item("admin.users", lazy_gettext("Tài khoản"), "people"),
    Item("admin.units", lazy_gettext("Đơn vị"), "diagram-3"),
    Item("admin.authorities", lazy_gettext("Thẩm quyền ký"), "pen"),
    Item("admin.keys", lazy_gettext("Khóa ký"), "key"),
    Item("admin.api_keys", lazy_gettext("Khóa kết nối"), "plug"),
    Item("admin.absences", lazy_gettext("Vắng mặt"), "calendar-minus"),
    Item("admin.procedures", lazy_gettext("Thủ tục"), "journal-text"),
    Item("admin.calendar", lazy_gettext("Lịch làm việc"), "calendar3"),
    Item("admin.reminders", lazy_gettext("Nhắc hạn"), "bell"),
    Item("admin.operation", lazy_gettext("Vận hành"), "activity"),
    Item("admin.audit", lazy_gettext("Nhật ký"), "shield-check"),
)


def menu() -> tuple[Item, ...]:
    """Return the entries that the signed-in person may open."""
    person = staff_or_none()
    return tuple(item for item in ITEMS if access_of(current_app, item.endpoint).admits(person))
