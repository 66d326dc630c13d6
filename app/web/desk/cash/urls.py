"""Addresses of the drawer (thu tiền). Leaders and auditors read closed sheets; money is taken by desk and cashier."""

from __future__ import annotations

from app.domain.people import Role
from app.web.access import requires
from app.web.desk.cash import qr_views, sheet_views, views
from app.web.urls import Url

MONEY = requires(Role.CLERK, Role.CASHIER)
SHEETS = requires(Role.CLERK, Role.CASHIER, Role.LEADER, Role.AUDITOR)
POST = ("POST",)

URLS = (
    Url("/thu-tien", views.cash_desk, access=MONEY),
    Url("/thu-tien/cuon", views.take_roll, POST, access=MONEY),
    Url("/thu-tien/cuon/<int:roll_id>/hong", views.spoil_receipt, POST, access=MONEY),
    Url("/thu-tien/khoan/<int:payment_id>", views.movement, access=MONEY),
    Url("/thu-tien/khoan/<int:payment_id>/huy", views.void_payment, POST, access=MONEY),
    Url("/thu-tien/khoan/<int:payment_id>/hoan", views.refund_payment, POST, access=MONEY),
    Url("/thu-tien/chot", sheet_views.close_sheet, POST, access=MONEY),
    Url("/thu-tien/to", sheet_views.sheets, access=SHEETS),
    Url("/thu-tien/to/<int:sheet_id>", sheet_views.sheet, access=SHEETS),
    Url("/thu-tien/to/<int:sheet_id>.pdf", sheet_views.sheet_pdf, access=SHEETS),
    Url("/ho-so/<ref>/qr", qr_views.payment_qr, access=MONEY),
    Url("/ho-so/<ref>/qr", qr_views.transfer_came, POST, access=MONEY),
)
