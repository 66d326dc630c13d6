"""Doors of the account pages: each takes a form, calls one service, answers."""

from __future__ import annotations

from datetime import timedelta

from flask import Response, current_app, flash, jsonify, redirect, request, url_for

from app.domain.people import Staff
from app.i18n import gettext as _
from app.queries import accounts as rows
from app.services import accounts, signing_in
from app.services import sessions as service
from app.services.sessions import Opened
from app.services.signing_in import SignInRefused, SignInTooSoon, Typed
from app.web import sessions
from app.web.access import access_of
from app.web.account.forms import PasswordForm, SignInForm
from app.web.context import current_session, house, now, staff, staff_or_none
from app.web.forms import blame
from app.web.next_page import local_path
from app.web.resend import typed_before
from app.web.responses import found, page, see_other
from workflows.errors import RuleBroken

UNPROCESSABLE = 422
HOMES = ("admin.overview", "desk.worklist", "desk.reports", "account.overview")


def sign_in() -> Response:
    """Show the sign-in page, or go on when somebody is signed in already."""
    person = staff_or_none()
    if person is not None:
        return see_other(home_of(person))
    form = SignInForm(next=local_path(request.args.get("next")) or "")
    return page("account/sign_in.html", form=form)


def enter() -> Response:
    """Check what was typed and open a session; a failure is counted and says the same whatever was wrong."""
    form = SignInForm()
    if not form.validate():
        return page("account/sign_in.html", form=form, status=UNPROCESSABLE)
    typed = Typed(form.login.data or "", form.password.data or "", form.totp.data or "")
    try:
        opened = _open(typed)
    except (SignInRefused, SignInTooSoon) as error:
        blame(form, error, otherwise="login")
        answer = page("account/sign_in.html", form=form, status=getattr(error, "status", UNPROCESSABLE))
        if wait := error.facts.get("seconds"):
            answer.headers["Retry-After"] = str(wait)
        return answer
    sessions.begin(opened)
    return _after_sign_in(form, typed)


def sign_out() -> Response:
    """End this session on the server and in the browser."""
    with house().unit_of_work() as uow:
        service.close_session(uow, staff().user_id, current_session().id_hash, now())
    sessions.end()
    return see_other("account.sign_in")


def overview() -> Response:
    """Show the person's account: roles, unit, where they are signed in."""
    with house().reading() as db:
        mine = rows.sessions_of(db, staff().user_id, now())
        has_totp = rows.has_second_factor(db, staff().user_id)
    return page("account/overview.html", sessions=mine, current=current_session().id_hash, has_totp=has_totp)


def extend_session() -> Response:
    """Keep this session alive, and say for how many seconds."""
    with house().unit_of_work() as uow:
        service.touch(uow, current_session().id_hash, now())
    return jsonify(seconds=sessions.seconds_left())


def end_session(id_hash: str) -> Response:
    """End one of the person's own sessions; anybody else's is not found."""
    with house().unit_of_work() as uow:
        found(service.close_session(uow, staff().user_id, id_hash, now()) or None)
    flash(_("Đã kết thúc phiên đó."), "success")
    return see_other("account.overview")


def end_other_sessions() -> Response:
    """End every session of the person but this one."""
    with house().unit_of_work() as uow:
        ended = service.close_others(uow, staff(), current_session().id_hash, now())
    flash(_("Đã kết thúc %(n)s phiên khác.", n=ended), "success")
    return see_other("account.overview")


def change_password() -> Response:
    """Show the form for an own password."""
    return _password_page(PasswordForm())


def save_password() -> Response:
    """Set the own password; every session ends, and this browser gets a new one."""
    form = PasswordForm()
    if form.validate() and form.new.data != form.again.data:
        form.again.errors = [_("Hai lần nhập mật khẩu mới không giống nhau. Vui lòng nhập lại.")]
    if form.errors:
        return _password_page(form, status=UNPROCESSABLE)
    try:
        with house().unit_of_work() as uow:
            accounts.change_password(uow, staff(), current=form.current.data or "", new=form.new.data or "", at=now())
            opened = service.reopen(uow, staff().user_id, now(), lifetime=_lifetime(), visitor=sessions.visitor())
    except RuleBroken as error:
        blame(form, error, otherwise="new")
        return _password_page(form, status=UNPROCESSABLE)
    sessions.begin(opened)
    flash(_("Đã đổi mật khẩu. Các phiên khác đã kết thúc."), "success")
    return see_other(home_of(staff()))


def home_of(person: Staff) -> str:
    """Return the endpoint where a person's work begins: the first of the homes they may open."""
    return next(home for home in HOMES if access_of(current_app, home).admits(person))


def _password_page(form: PasswordForm, status: int = 200) -> Response:
    first = current_session().must_change_password
    return page("account/password.html", status=status, form=form, first=first)


def _open(typed: Typed) -> Opened:
    """Return the session of who typed the right things. Raises SignInTooSoon or SignInRefused."""
    visitor = sessions.visitor()
    with house().reading() as db:
        verdict = signing_in.check(db, house().vault, typed, now(), visitor=visitor)
    with house().unit_of_work() as uow:
        if verdict.user_id is not None:
            return signing_in.admit(uow, verdict, now(), lifetime=_lifetime(), visitor=visitor)
        signing_in.refuse(uow, typed, now(), visitor=visitor)
    # Raised after the block: the failure has to be counted, so its transaction must not be rolled back.
    raise SignInRefused


def _after_sign_in(form: SignInForm, typed: Typed) -> Response:
    kept = typed_before(form.resend.data or "")
    if kept is not None:
        return page("account/resend.html", typed=kept, after_login=True)
    target = local_path(form.next.data)
    if target:
        return redirect(target, code=303)
    with house().reading() as db:
        person = found(rows.staff_by_login(db, typed.account, now()))
    return redirect(url_for(home_of(person)), code=303)


def _lifetime() -> timedelta:
    return timedelta(hours=house().settings.session_hours)
