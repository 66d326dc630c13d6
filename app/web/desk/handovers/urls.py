"""Addresses of the hand-over (bàn giao): whoever works on dossiers gives and takes paper."""

from __future__ import annotations

from app.domain.people import Role
from app.web.access import requires
from app.web.desk.handovers import views
from app.web.urls import Url

HANDS = requires(Role.CLERK, Role.OFFICER, Role.LEADER, Role.RECORDS)
POST = ("POST",)

URLS = (
    Url("/ban-giao", views.handovers, access=HANDS),
    Url("/ban-giao", views.give_pile, POST, access=HANDS),
    Url("/ban-giao/<int:handover_id>", views.handover, access=HANDS),
    Url("/ban-giao/<int:handover_id>", views.take_pile, POST, access=HANDS),
    Url("/ban-giao/<int:handover_id>.pdf", views.handover_pdf, access=HANDS),
)
