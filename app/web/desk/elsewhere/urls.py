"""Addresses of what is settled on other systems."""

from __future__ import annotations

from app.domain.people import Role
from app.web.access import requires
from app.web.desk.elsewhere import views
from app.web.urls import Url

READERS = requires(Role.CLERK, Role.OFFICER, Role.LEADER, Role.RECORDS, Role.CASHIER, Role.AUDITOR)
TAKERS = requires(Role.CLERK, Role.OFFICER, Role.LEADER, Role.RECORDS)

URLS = (
    Url("/he-thong-khac", views.elsewhere, access=READERS),
    Url("/he-thong-khac", views.take, ("POST",), access=TAKERS, endpoint="take_statuses"),
)
