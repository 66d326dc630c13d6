"""Which language this visitor reads (ngôn ngữ): Vietnamese unless they chose English, kept in a cookie."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request, url_for

from app.i18n import LOCALES, set_locale
from app.web.context import house
from app.web.next_page import local_path
from app.web.responses import found

COOKIE = "ngon_ngu"
A_YEAR = 365 * 24 * 60 * 60


def install(blueprint: Blueprint) -> None:
    """Choose the language before every request of the application, and give templates the switch."""
    blueprint.before_app_request(choose)
    blueprint.app_context_processor(lambda: {"language_link": link})


def choose() -> None:
    """Speak the language of the visitor's cookie."""
    set_locale(request.cookies.get(COOKIE, ""))


def link(tag: str) -> str:
    """Return the address that switches to the language `tag` and comes back to this page."""
    back = request.full_path.rstrip("?") if request.method == "GET" else request.path
    return url_for("public.language", tag=tag, tiep=back)


def switch(tag: str) -> Response:
    """Keep the chosen language for a year and go back to where the visitor was."""
    found(LOCALES.get(tag))
    response = redirect(local_path(request.args.get("tiep")) or url_for("public.home"), code=303)
    response.set_cookie(
        COOKIE, tag, max_age=A_YEAR, httponly=True, samesite="Lax", secure=house().settings.secure_cookies
    )
    return response
