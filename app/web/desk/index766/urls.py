"""Addresses of the 766 index, joined to those of the desk."""

from __future__ import annotations

from app.domain.people import Role
from app.web.access import requires
from app.web.desk.index766 import views
from app.web.urls import Url

READERS = requires(Role.CLERK, Role.OFFICER, Role.LEADER, Role.RECORDS, Role.CASHIER, Role.AUDITOR, Role.PROVINCE)
WRITERS = requires(Role.LEADER, Role.PROVINCE)

URLS = (
    Url("/bao-cao/766", views.index, access=READERS, endpoint="index_766"),
    Url("/bao-cao/766", views.enter_figure, ("POST",), access=WRITERS, endpoint="enter_index"),
)
