"""Addresses of the store of papers. Whoever works at the desk may look, the records office and leaders take back."""

from __future__ import annotations

from app.domain.people import Role
from app.web.access import requires
from app.web.desk.store import views
from app.web.urls import Url

WORKERS = requires(Role.CLERK, Role.OFFICER, Role.LEADER, Role.RECORDS)
KEEPERS = requires(Role.LEADER, Role.RECORDS)
POST = ("POST",)

URLS = (
    Url("/kho-giay-to", views.store, access=WORKERS),
    Url("/kho-giay-to", views.look_up, POST, access=WORKERS),
    Url("/kho-giay-to/<int:paper_id>/thu-hoi", views.take_back, POST, access=KEEPERS),
)
