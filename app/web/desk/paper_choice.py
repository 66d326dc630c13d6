"""Which paper lies in this counter's printer (khổ giấy của quầy): remembered by the counter's browser for a year."""

from __future__ import annotations

from flask import flash, request
from werkzeug.wrappers import Response

from app.i18n import gettext as _
from app.web.context import house
from app.web.next_page import local_path
from app.web.responses import see_other

COOKIE = "kho_giay"
A4, A5 = "a4", "a5"
A_YEAR = 365 * 24 * 60 * 60


def paper() -> str:
    """Return the paper of this counter: A4 (two copies side by side) unless A5 was chosen here."""
    return A5 if request.cookies.get(COOKIE) == A5 else A4


def choose_paper() -> Response:
    """Remember the paper of this counter, and go back to what was about to be printed."""
    chosen = A5 if request.form.get("giay") == A5 else A4
    flash(_("Quầy này in Mẫu 01 trên giấy %(size)s.", size=chosen.upper()), "success")
    response = see_other("desk.worklist")
    if back := local_path(request.form.get("tiep")):
        response.location = back
    response.set_cookie(
        COOKIE, chosen, max_age=A_YEAR, httponly=True, samesite="Lax", secure=house().settings.secure_cookies
    )
    return response
