"""Addresses of signed reports: whoever reads figures reads them; who prepares and who signs, the services say."""

from __future__ import annotations

from app.domain.people import Role
from app.web.access import requires
from app.web.desk.signedreports import views
from app.web.urls import Url

READERS = requires(Role.CLERK, Role.OFFICER, Role.LEADER, Role.RECORDS, Role.CASHIER, Role.AUDITOR, Role.PROVINCE)
PREPARERS = requires(Role.CLERK, Role.OFFICER, Role.LEADER, Role.RECORDS, Role.CASHIER, Role.PROVINCE)

URLS = (
    Url("/bao-cao/ban-ky", views.signed_reports, access=READERS),
    Url("/bao-cao/ban-ky", views.put_to_sign, ("POST",), access=PREPARERS),
    Url("/bao-cao/ban-ky/<int:report_id>", views.signed_report, access=READERS),
    Url("/bao-cao/ban-ky/<int:report_id>", views.sign_report, ("POST",), access=requires(Role.LEADER)),
    Url(
        "/bao-cao/ban-ky/<int:report_id>/phat-hanh", views.release_report, ("POST",), access=requires(Role.LEADER)
    ),
    Url("/bao-cao/ban-ky/<int:report_id>.pdf", views.signed_report_pdf, access=READERS),
)
