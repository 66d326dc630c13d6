"""Addresses of late entries and corrections."""

from __future__ import annotations

from app.domain.people import Role
from app.web.access import requires
from app.web.desk.second_person import views
from app.web.urls import Url

READERS = requires(Role.CLERK, Role.OFFICER, Role.LEADER, Role.RECORDS, Role.CASHIER, Role.AUDITOR)
CLERKS = requires(Role.CLERK, Role.LEADER)

URLS = (
    Url("/nhap-bu-dinh-chinh", views.second_person, access=READERS),
    Url("/phieu-ghi-tay.pdf", views.outage_sheet, access=CLERKS),
)
