"""Addresses of reception by list: the clerks' own."""

from __future__ import annotations

from app.domain.people import Role
from app.web.access import requires
from app.web.desk.groups import views
from app.web.urls import Url

CLERKS = requires(Role.CLERK)
POST = ("POST",)

URLS = (
    Url("/tiep-nhan/danh-sach", views.group_intake, access=CLERKS),
    Url("/tiep-nhan/danh-sach", views.receive_group, POST, access=CLERKS),
    Url("/tiep-nhan/danh-sach/mau.xlsx", views.group_sheet, access=CLERKS),
    Url("/tiep-nhan/danh-sach/<int:group_id>", views.group, access=CLERKS),
    Url("/tiep-nhan/danh-sach/<int:group_id>.pdf", views.group_pdf, access=CLERKS),
)
