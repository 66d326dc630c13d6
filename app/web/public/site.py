"""The site's own facts for every template: read once a request, and only where a page shows them."""

from __future__ import annotations

from typing import Any, cast

from flask import Blueprint, g
from werkzeug.local import LocalProxy

from app.queries import front
from app.queries.front import Front
from app.web.context import house
from app.web.public.presenters.site import Site, site_of


def install(blueprint: Blueprint) -> None:
    """Give every page of the application `site`: name, address and phone of the desk."""
    blueprint.app_context_processor(_facts)


def fronts() -> tuple[Front, ...]:
    """Return the authorities of this house."""
    if "fronts" not in g:
        with house().reading() as db:
            g.fronts = front.fronts(db)
    return cast("tuple[Front, ...]", g.fronts)


def site() -> Site:
    """Return whose pages these are."""
    return site_of(fronts())


def _facts() -> dict[str, Any]:
    # Lazy: an error page must come even when the database does not answer.
    return {"site": LocalProxy(site)}
