"""Addresses of scanning, below those of the desk."""

from __future__ import annotations

from app.domain.people import Role
from app.web.access import requires
from app.web.desk.scan import station_views, views
from app.web.urls import Url

_WORKERS = requires(Role.CLERK, Role.OFFICER, Role.LEADER, Role.RECORDS, Role.CASHIER)
_READERS = requires(Role.CLERK, Role.OFFICER, Role.LEADER, Role.RECORDS, Role.CASHIER, Role.AUDITOR)
_SIGNERS = requires(Role.CLERK, Role.RECORDS)
_POST = ("POST",)
_PAPERS = "/ho-so/<ref>/so-hoa"

URLS = (
    Url(f"{_PAPERS}/<int:ordinal>/quet", views.scan_paper, _POST, access=_WORKERS),
    Url(f"{_PAPERS}/tien-do", views.scan_progress, access=_WORKERS),
    Url(f"{_PAPERS}/quet/<int:scan_id>/bo", views.dismiss_scan, _POST, access=_WORKERS),
    Url(f"{_PAPERS}/ban/<int:link_id>/doi-chieu", views.compare_scan, _POST, access=_WORKERS),
    Url(f"{_PAPERS}/ban/<int:link_id>/ky", views.sign_copy, _POST, access=_SIGNERS),
    Url("/tram-quet", station_views.station, access=_WORKERS),
    Url("/tram-quet", station_views.drop_files, _POST, access=_WORKERS),
    Url("/tram-quet/<int:batch_id>", station_views.batch, access=_WORKERS),
    Url("/tram-quet/<int:batch_id>", station_views.bind_pages, _POST, access=_WORKERS),
    Url("/tram-quet/<int:batch_id>/tien-do", station_views.batch_progress, access=_WORKERS),
    Url("/tram-quet/<int:batch_id>/trang/<int:page_id>.jpg", station_views.page_of_batch, access=_WORKERS),
    Url("/to-phan-cach.pdf", station_views.separators, access=_WORKERS),
    Url("/tim-giay", views.find_papers, access=_READERS),
    Url("/tim-giay", views.found_papers, _POST, access=_READERS),
)
