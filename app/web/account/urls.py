"""Addresses of the account pages."""

from __future__ import annotations

from flask import Blueprint

from app.web.access import public, signed_in
from app.web.account import second_factor, views
from app.web.urls import Url, register

URLS = (
    # In and out
    Url("/dang-nhap", views.sign_in, access=public()),
    Url("/dang-nhap", views.enter, ("POST",), access=public()),
    Url("/dang-xuat", views.sign_out, ("POST",), access=signed_in()),
    # My account
    Url("/tai-khoan", views.overview, access=signed_in()),
    Url("/tai-khoan/mat-khau", views.change_password, access=signed_in()),
    Url("/tai-khoan/mat-khau", views.save_password, ("POST",), access=signed_in()),
    Url("/tai-khoan/phien/gia-han", views.extend_session, ("POST",), access=signed_in()),
    Url("/tai-khoan/phien/<id_hash>/ket-thuc", views.end_session, ("POST",), access=signed_in()),
    Url("/tai-khoan/phien-khac/ket-thuc", views.end_other_sessions, ("POST",), access=signed_in()),
    # Second factor
    Url("/tai-khoan/xac-thuc-hai-lop", second_factor.show, access=signed_in(), endpoint="second_factor"),
    Url("/tai-khoan/xac-thuc-hai-lop", second_factor.switch_on, ("POST",), access=signed_in()),
    Url("/tai-khoan/xac-thuc-hai-lop/tat", second_factor.switch_off, ("POST",), access=signed_in()),
    Url("/tai-khoan/xac-thuc-hai-lop/ma", second_factor.renew_codes, ("POST",), access=signed_in()),
)
account = register(Blueprint("account", __name__), URLS)
