"""Addresses of the evaluation: a unit's is read like its figures, a person's only by themselves and their leader."""

from __future__ import annotations

from app.domain.people import Role
from app.web.access import requires
from app.web.desk.evaluation import entry_views, officer_views, views
from app.web.urls import Url

READERS = requires(Role.CLERK, Role.OFFICER, Role.LEADER, Role.RECORDS, Role.CASHIER, Role.AUDITOR, Role.PROVINCE)
WRITERS = requires(Role.LEADER, Role.PROVINCE)
PEOPLE = requires(Role.CLERK, Role.OFFICER, Role.LEADER, Role.RECORDS, Role.CASHIER)

URLS = (
    Url("/danh-gia", views.evaluation, access=READERS),
    Url("/danh-gia", entry_views.enter_evaluation, ("POST",), access=WRITERS),
    Url("/danh-gia/can-bo", officer_views.officers, access=PEOPLE),
    Url("/danh-gia/can-bo/<int:user_id>", officer_views.officer, access=PEOPLE),
    Url("/danh-gia/can-bo/<int:user_id>/<column>", officer_views.officer_list, access=PEOPLE),
)
