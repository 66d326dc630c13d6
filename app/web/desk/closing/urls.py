"""Addresses of closing a report, joined to those of the desk."""

from __future__ import annotations

from app.domain.people import Role
from app.web.access import requires
from app.web.desk.closing import views
from app.web.urls import Url

READERS = requires(Role.CLERK, Role.OFFICER, Role.LEADER, Role.RECORDS, Role.CASHIER, Role.AUDITOR, Role.PROVINCE)
CLOSERS = requires(Role.LEADER, Role.PROVINCE)

URLS = (
    Url("/bao-cao/thay-doi", views.restatement, access=READERS),
    Url("/bao-cao/chot", views.close_report, ("POST",), access=CLOSERS),
)
