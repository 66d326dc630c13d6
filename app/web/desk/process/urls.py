"""Addresses of the process page: figures of steps and units, no person."""

from __future__ import annotations

from app.domain.people import Role
from app.web.access import requires
from app.web.desk.process import views
from app.web.urls import Url

URLS = (Url("/quy-trinh", views.process, access=requires(Role.LEADER, Role.AUDITOR, Role.PROVINCE)),)
