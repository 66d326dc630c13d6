"""Addresses of the administration. Administrators see no dossier; auditors read the log and the operation."""

from __future__ import annotations

from flask import Blueprint

from app.domain.people import Role
from app.web.access import requires
from app.web.admin import navigation, overview
from app.web.urls import Url, register

ADMIN = requires(Role.ADMIN)
WATCHING = requires(Role.ADMIN, Role.AUDITOR)

URLS = (
    Url("/", overview.overview, access=ADMIN),
    Url("/van-hanh", overview.operation, access=WATCHING),
)
admin = register(Blueprint("admin", __name__, url_prefix="/quan-tri"), URLS)
admin.context_processor(lambda: {"menu": navigation.menu()})
