"""Addresses of files made in the background. Everybody sees and fetches what they wanted themselves."""

from __future__ import annotations

from app.domain.people import Role
from app.web.access import requires
from app.web.desk.files import views
from app.web.urls import Url

_READERS = (Role.CLERK, Role.OFFICER, Role.LEADER, Role.RECORDS, Role.CASHIER, Role.AUDITOR)
READERS, COUNTERS = requires(*_READERS), requires(*_READERS, Role.PROVINCE)
POST = ("POST",)

URLS = (
    Url("/tep-lap", views.own_files, access=COUNTERS),
    Url("/tep-lap/<int:job_id>", views.own_file, access=COUNTERS),
    Url("/bao-cao/so/<figure>/danh-sach.xlsx", views.want_figure_list, POST, access=COUNTERS),
    Url("/so-theo-doi/tep", views.want_register, POST, access=READERS),
)
