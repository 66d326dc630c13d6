"""What one request knows: the house, the person at the desk, the time, its reference number."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import cast

from flask import abort, current_app, g, request

from app.domain.people import Staff
from app.queries.accounts import LivingSession
from app.wiring import House

EXTENSION = "motcua.house"


def house() -> House:
    """Return the house that this application was built with."""
    return cast(House, current_app.extensions[EXTENSION])


def now() -> datetime:
    """Return the time of this request (aware, UTC), read once: all its effects happen at one instant."""
    if "now" not in g:
        g.now = house().clock.now()
    return cast(datetime, g.now)


def staff() -> Staff:
    """Return the signed-in person. Answers 401 when there is none, which declared access already prevents."""
    return staff_or_none() or abort(401)


def staff_or_none() -> Staff | None:
    """Return the signed-in person, or None for the public."""
    return cast("Staff | None", g.get("staff"))


def current_session() -> LivingSession:
    """Return the session of this request. Answers 401 when there is none."""
    return cast("LivingSession | None", g.get("session")) or abort(401)


def reference() -> str:
    """Return this request's reference number, shown on error pages and written with each log line."""
    if "reference" not in g:
        g.reference = secrets.token_hex(5).upper()
    return cast(str, g.reference)


def remote_address() -> str:
    """Return the visitor's address; a proxy's headers count only when the settings name the proxy."""
    return request.remote_addr or "unknown"
