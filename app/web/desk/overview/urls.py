"""Addresses of the overviews."""

from __future__ import annotations

from app.domain.people import Role
from app.web.access import requires
from app.web.desk.overview import views
from app.web.urls import Url

_WORKERS = requires(Role.CLERK, Role.OFFICER, Role.LEADER, Role.RECORDS, Role.CASHIER, Role.AUDITOR)
_HEADS = requires(Role.LEADER, Role.AUDITOR)
_PROVINCE = requires(Role.PROVINCE)

URLS = (
    Url("/tong-quan", views.overview_desk, access=_WORKERS),
    Url("/tong-quan/don-vi", views.overview_unit, access=_HEADS),
    Url("/tong-quan/danh-sach/<cut>", views.overview_list, access=_WORKERS),
    Url("/tong-quan/toan-tinh", views.overview_province, access=_PROVINCE),
)
