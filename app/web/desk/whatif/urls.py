"""Addresses of the page that tries a limit. Its figures name no person, so the province reads them too."""

from __future__ import annotations

from app.domain.people import Role
from app.web.access import requires
from app.web.desk.whatif import views
from app.web.urls import Url

PLANNERS = requires(Role.LEADER, Role.PROVINCE, Role.AUDITOR)

URLS = (
    Url("/thu-thoi-han", views.whatif, access=PLANNERS),
    Url("/thu-thoi-han.csv", views.whatif_file, access=PLANNERS),
)
