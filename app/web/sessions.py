"""The browser's side of a session (phiên làm việc): its cookie, and the moments it begins, is used and ends.

Two cookies: the staff session holds nothing but a random identifier; the visitor's (Flask's own, signed)
holds the CSRF token and notices. For staff the token is the session row's: it dies with it.
"""

from __future__ import annotations

from datetime import timedelta

from flask import Flask, Response, flash, g, make_response, request, session, url_for
from werkzeug.utils import redirect

from app.i18n import gettext as _
from app.queries import accounts
from app.queries.accounts import IdleLimits, LivingSession
from app.services import sessions as service
from app.services.sessions import Opened, Visitor
from app.settings import Settings
from app.web.account.forms import SignInForm
from app.web.context import EXTENSION, house, now, remote_address
from app.web.next_page import local_path
from app.web.resend import Typed
from app.web.responses import page

TOUCH_EVERY = timedelta(minutes=1)
NAME = "motcua"


def install(app: Flask) -> None:
    """Set the flags of both cookies: not for scripts, not for other sites, over https only where there is https."""
    secure = app.extensions[EXTENSION].settings.secure_cookies
    app.config.update(
        SESSION_COOKIE_NAME=cookie_name(app.extensions[EXTENSION].settings) + "_visit",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=secure,
        SESSION_REFRESH_EACH_REQUEST=False,
    )


def cookie_name(settings: Settings) -> str:
    """Return the session cookie's name; over https the prefix binds it to this very host."""
    return f"__Host-{NAME}" if settings.secure_cookies else NAME


def recognise() -> None:
    """Find out who is asking. A dead or unknown cookie is dropped with the answer."""
    token = request.cookies.get(cookie_name(house().settings))
    living = _living(token) if token else None
    if living is None:
        g.drop_cookie = token is not None
        if session.pop("is_staff", False):
            session.pop("csrf_token", None)
        return
    g.staff, g.session, g.must_change_password = living.staff, living, living.must_change_password
    if session.get("csrf_token") != living.csrf_secret:
        session["csrf_token"], session["is_staff"] = living.csrf_secret, True
    _touch(living)


def begin(opened: Opened) -> None:
    """Hand the new session to the browser with this answer; forms of before, and their token, end here."""
    session.clear()
    g.pop("csrf_token", None)
    session["csrf_token"], session["is_staff"] = opened.csrf_secret, True
    g.new_token = opened.token


def end() -> None:
    """Take the cookies back with this answer."""
    session.clear()
    g.pop("staff", None)
    g.drop_cookie = g.clear_site = True


def settle(response: Response) -> Response:
    """Set or drop the session cookie on the way out."""
    settings = house().settings
    if token := g.get("new_token"):
        response.set_cookie(
            cookie_name(settings),
            token,
            max_age=settings.session_hours * 3600,
            secure=settings.secure_cookies,
            httponly=True,
            samesite="Lax",
            path="/",
        )
    elif g.get("drop_cookie"):
        response.delete_cookie(
            cookie_name(settings), secure=settings.secure_cookies, httponly=True, samesite="Lax", path="/"
        )
    if g.get("clear_site"):
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def to_sign_in(typed: Typed | None) -> Response:
    """Send a visitor to sign in and back; a form they had filled waits inside the page."""
    if typed is not None:
        return page("account/sign_in.html", status=401, form=SignInForm(formdata=None, resend=typed.as_text()))
    target = local_path(request.full_path.rstrip("?")) if request.method == "GET" else None
    if g.get("drop_cookie"):
        flash(_("Phiên làm việc đã hết. Vui lòng đăng nhập lại."), "warning")
    return make_response(redirect(url_for("account.sign_in", next=target), 303))


def to_first_password() -> Response:
    """Send somebody with a one-time password to choose their own."""
    return make_response(redirect(url_for("account.change_password"), 303))


def seconds_left() -> int:
    """Return how long this session lives if nothing more is done; 0 without one."""
    living: LivingSession | None = g.get("session")
    if living is None:
        return 0
    idle = idle_limits(house().settings).of(living.staff.roles)
    return int(min(idle, living.expires_at - now()).total_seconds())


def visitor() -> Visitor:
    """Return from where this request comes."""
    return Visitor(remote_address(), request.user_agent.string)


def idle_limits(settings: Settings) -> IdleLimits:
    """Return the idle limits that the operator chose."""
    return IdleLimits(
        timedelta(minutes=settings.session_idle_minutes),
        timedelta(minutes=settings.session_signer_idle_minutes),
    )


def _living(token: str) -> LivingSession | None:
    with house().reading() as db:
        return accounts.living_session(db, service.digest(token), now(), idle_limits(house().settings))


def _touch(living: LivingSession) -> None:
    # Once a minute is enough for the idle limit, and spares a write with every page.
    if now() - living.last_seen_at >= TOUCH_EVERY:
        with house().unit_of_work() as uow:
            service.touch(uow, living.id_hash, now())
