"""Addresses of the API: one table, from which its description is made as well."""

from __future__ import annotations

from flask import Blueprint

from app.domain.api_scopes import Scope
from app.web.access import by_key, public
from app.web.api import views
from app.web.urls import Url, register

URLS = (
    Url("/openapi.json", views.openapi, access=public()),
    Url("/tracking", views.tracking, ("POST",), access=by_key(Scope.TRACKING)),
    Url("/procedures", views.procedures, access=by_key(Scope.CATALOGUE)),
    Url("/procedures/<code>", views.procedure, access=by_key(Scope.CATALOGUE)),
    Url("/figures/06a", views.form_06a, access=by_key(Scope.FIGURES)),
    Url("/figures/rates", views.rates, access=by_key(Scope.FIGURES)),
    Url("/dossiers", views.dossiers, access=by_key(Scope.STATUS)),
)
api = register(Blueprint("api", __name__, url_prefix="/api/v1"), URLS)
