"""Addresses of the flags: whoever sees figures sees them; who may ask or answer, the service says."""

from __future__ import annotations

from app.domain.people import Role
from app.web.access import requires
from app.web.desk.flags import views
from app.web.urls import Url

_READERS = requires(
    Role.CLERK, Role.OFFICER, Role.LEADER, Role.RECORDS, Role.CASHIER, Role.AUDITOR, Role.PROVINCE
)

URLS = (
    Url("/can-giai-trinh", views.flags, access=_READERS),
    Url("/can-giai-trinh/<flag_id>", views.flag, access=_READERS),
    Url("/can-giai-trinh/<flag_id>", views.say, ("POST",), access=_READERS, endpoint="say_on_flag"),
)
