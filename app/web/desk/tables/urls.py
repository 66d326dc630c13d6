"""Addresses of the other forms and of the rates, joined to those of the desk; figures name no person."""

from __future__ import annotations

from app.domain.people import Role
from app.web.access import requires
from app.web.desk.tables import views
from app.web.urls import Url

READERS = requires(Role.CLERK, Role.OFFICER, Role.LEADER, Role.RECORDS, Role.CASHIER, Role.AUDITOR, Role.PROVINCE)

URLS = (
    Url("/bao-cao/ty-le", views.rate_table, access=READERS),
    Url("/bao-cao/bieu/<form>", views.table_report, access=READERS),
    Url("/bao-cao/bieu/<form>.<dang>", views.table_file, access=READERS),
)
