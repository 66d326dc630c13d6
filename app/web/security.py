"""The guard at the door (bảo vệ): who is it, may they, is the form ours; and the headers of every answer.

The order never varies: recognise the session, check declared access, check the CSRF token, then the view.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, request
from flask_wtf.csrf import CSRFProtect
from werkzeug.exceptions import Forbidden, Unauthorized

from app.settings import MEGABYTE, Settings
from app.web import keys, sessions
from app.web.access import STATIC_ENDPOINTS, Audience, access_of
from app.web.context import EXTENSION, house, reference, staff_or_none

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "object-src 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    # Other sites learn nothing of our addresses; our own forms still prove over https where they come from.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # The camera is for scanning a card or a slip in the page; nothing else is ever asked for.
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=(), usb=()",
}
STRICT_TRANSPORT = "max-age=31536000; includeSubDomains"

# Text fields are refused one by one with their limit; only beyond this is a form refused as a whole.
LARGEST_TEXT = 4 * 1024 * 1024

# Doors that the first person through has to be let pass before a password of their own is set.
OWN_PASSWORD_FIRST = frozenset(
    {"account.change_password", "account.save_password", "account.sign_out", "account.extend_session"}
)

csrf = CSRFProtect()


def install(app: Flask) -> None:
    """Put the guard before every view and the headers after it."""
    settings: Settings = app.extensions[EXTENSION].settings
    app.config.update(
        MAX_CONTENT_LENGTH=settings.upload_request_mb * MEGABYTE,
        MAX_FORM_MEMORY_SIZE=LARGEST_TEXT,
        TRUSTED_HOSTS=trusted_hosts(settings),
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=settings.session_hours * 3600,
    )
    csrf.init_app(app)
    app.before_request(guard)
    app.after_request(finish)


def trusted_hosts(settings: Settings) -> list[str]:
    """Return the names under which we answer; a request for another host is refused (host-header poisoning)."""
    ours = {urlsplit(settings.external_url).hostname or "", settings.host, "127.0.0.1", "localhost"}
    return sorted(name for name in ours if name.strip("0.:"))  # "all addresses" is no name


def guard() -> Response | None:
    """Recognise, admit, check the token. Raises Unauthorized, Forbidden or CSRFError; None lets the view run."""
    if request.endpoint is None or request.endpoint in STATIC_ENDPOINTS:
        return None
    if request.mimetype != "multipart/form-data":
        request.max_content_length = LARGEST_TEXT  # the bound of text fields holds for files' forms alone
    access = access_of(current_app, request.endpoint)
    if access.audience is Audience.KEY:
        keys.admit(access.scope)  # no cookie is looked at, so that no page elsewhere can ask in somebody's name
        return None
    sessions.recognise()
    if not access.admits(staff_or_none()):
        raise Unauthorized if staff_or_none() is None else Forbidden
    if access.audience is not Audience.PUBLIC and g.get("must_change_password") and not _on_the_way_to_a_password():
        return sessions.to_first_password()
    csrf.protect()
    return None


def finish(response: Response) -> Response:
    """Add the security headers; what a signed-in person sees is never kept by a browser or proxy."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if house().settings.secure_cookies:
        response.headers.setdefault("Strict-Transport-Security", STRICT_TRANSPORT)
    if "session" in g:
        response.headers["Cache-Control"] = "no-store"
    response.headers["X-Request-Id"] = reference()
    return sessions.settle(response)


def _on_the_way_to_a_password() -> bool:
    return request.endpoint in OWN_PASSWORD_FIRST
