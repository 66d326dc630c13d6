"""Doors of the accounts (tài khoản cán bộ): list, new, roles, one-time password, closing."""

from __future__ import annotations

from flask import Response, flash, request

from app.domain import checks
from app.domain.people import Role
from app.i18n import gettext as _
from app.queries import administration as rows
from app.services import accounts
from app.services.accounts import NewAccount
from app.web.admin.forms import RolesForm, UserForm
from app.web.context import house, now, staff
from app.web.forms import blame
from app.web.responses import found, page, see_other
from workflows.errors import RuleBroken

UNPROCESSABLE = 422


def users() -> Response:
    """Show the accounts of the authority."""
    with house().reading() as db:
        listed = rows.users_of(db, staff())
    return page("admin/users.html", users=listed)


def new_user() -> Response:
    """Show the form for a new account."""
    return page("admin/user_new.html", form=UserForm(units=unit_choices()))


def create_user() -> Response:
    """Make an account and show its one-time password, once."""
    form = UserForm(units=unit_choices())
    if not form.validate():
        return page("admin/user_new.html", status=UNPROCESSABLE, form=form)
    try:
        made = _create(form)
    except RuleBroken as error:
        blame(form, error, otherwise="login")
        return page("admin/user_new.html", status=UNPROCESSABLE, form=form)
    return page("admin/user_password.html", made=made, is_new=True)


def user(user_id: int) -> Response:
    """Show one account with its roles."""
    with house().reading() as db:
        row = found(rows.user_of(db, staff(), user_id))
    return page("admin/user.html", row=row, form=RolesForm(roles=[str(role) for role in row.roles]))


def save_roles(user_id: int) -> Response:
    """Set the roles, after the administrator's own password."""
    with house().reading() as db:
        row = found(rows.user_of(db, staff(), user_id))
    form = RolesForm()
    if not form.validate():
        return page("admin/user.html", status=UNPROCESSABLE, row=row, form=form)
    try:
        with house().unit_of_work() as uow:
            accounts.prove_self(uow, staff(), form.current.data or "")
            accounts.set_roles(uow, staff(), user_id, [Role(value) for value in form.roles.data or ()], at=now())
    except RuleBroken as error:
        blame(form, error, otherwise="roles")
        return page("admin/user.html", status=UNPROCESSABLE, row=row, form=form)
    flash(_("Đã đổi vai trò của %(name)s; người này phải đăng nhập lại.", name=row.name), "success")
    return see_other("admin.user", user_id=user_id)


def reset_password(user_id: int) -> Response:
    """Give an account a new one-time password and show it, once."""
    with house().unit_of_work() as uow:
        made = accounts.reset_password(uow, staff(), user_id, now())
    return page("admin/user_password.html", made=made, is_new=False)


def save_active(user_id: int) -> Response:
    """Close an account or open it again."""
    active = request.form.get("active") == "1"
    with house().unit_of_work() as uow:
        accounts.set_active(uow, staff(), user_id, active, at=now())
    flash(_("Đã mở lại tài khoản.") if active else _("Đã khóa tài khoản; mọi phiên đã kết thúc."), "success")
    return see_other("admin.user", user_id=user_id)


def unit_choices() -> list[tuple[int, str]]:
    """Return the units of the authority as choices, indented like the tree."""
    with house().reading() as db:
        return [(row.unit_id, "\u2003" * row.depth + row.name) for row in rows.units_of(db, staff())]


def _create(form: UserForm) -> NewAccount:
    phone = form.phone.data or ""
    with house().unit_of_work() as uow:
        return accounts.create_account(
            uow,
            accounts.administering(staff()),
            now(),
            login=form.login.data or "",
            name=form.name.data or "",
            title=form.title.data or "",
            phone=checks.phone(phone, where="phone") if phone.strip() else "",
            unit_id=form.unit_id.data,
            roles=[Role(value) for value in form.roles.data or ()],
        )
