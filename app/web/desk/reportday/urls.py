"""Addresses of report day; who may send, give back or remind, the services say."""

from __future__ import annotations

from app.domain.people import Role
from app.web.access import requires
from app.web.desk.reportday import portal_views, views
from app.web.urls import Url

_READERS = requires(
    Role.CLERK, Role.OFFICER, Role.LEADER, Role.RECORDS, Role.CASHIER, Role.AUDITOR, Role.PROVINCE
)

URLS = (
    Url("/ngay-bao-cao", views.report_day, access=_READERS),
    Url("/ngay-bao-cao/gui", views.send_report, ("POST",), access=requires(Role.LEADER)),
    Url("/ngay-bao-cao/tra-lai", views.return_report, ("POST",), access=requires(Role.PROVINCE)),
    Url("/ngay-bao-cao/doi-chieu", portal_views.portal, access=_READERS),
    Url(
        "/ngay-bao-cao/doi-chieu",
        portal_views.enter_portal,
        ("POST",),
        access=requires(Role.LEADER, Role.PROVINCE),
    ),
    Url(
        "/ngay-bao-cao/doi-chieu/danh-sach",
        portal_views.take_portal,
        ("POST",),
        access=requires(Role.LEADER, Role.PROVINCE),
    ),
    Url("/ngay-bao-cao/bao-cao.docx", portal_views.month_report, access=_READERS),
    Url("/ngay-bao-cao/nhac", views.remind_report, ("POST",), access=requires(Role.PROVINCE)),
)
