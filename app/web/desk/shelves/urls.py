"""Addresses of results that wait: where they lie, and the scan that comes later."""

from __future__ import annotations

from app.domain.people import Role
from app.web.access import requires
from app.web.desk.shelves import views
from app.web.urls import Url

HOLDERS = requires(Role.CLERK, Role.RECORDS)
POST = ("POST",)

URLS = (
    Url("/tra-ket-qua/<ref>/cho-de", views.shelf, access=HOLDERS),
    Url("/tra-ket-qua/<ref>/cho-de", views.put_on_shelf, POST, access=HOLDERS),
    Url("/ho-so/<ref>/quet-ket-qua", views.result_scan, access=HOLDERS),
    Url("/ho-so/<ref>/quet-ket-qua", views.add_result_scan, POST, access=HOLDERS),
)
