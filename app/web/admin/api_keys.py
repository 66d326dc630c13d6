"""Doors of the keys of linked systems (khóa kết nối): list, give one (shown once), take one back."""

from __future__ import annotations

from flask import Response, flash, request

from app.domain.api_scopes import PER_MINUTE, Scope, scopes_of
from app.domain.people import Actor
from app.i18n import LazyText, lazy_gettext
from app.i18n import gettext as _
from app.queries.api_keys import keys_for, units_with_keys
from app.services import api_keys as service
from app.web.context import house, now, staff
from app.web.forms import sentence_of
from app.web.numbers import whole
from app.web.responses import found, page, see_other
from workflows.errors import RuleBroken
from workflows.states import ActorKind

UNPROCESSABLE = 422
MOST_A_MINUTE = 10_000
SCOPES: dict[Scope, LazyText] = {
    Scope.TRACKING: lazy_gettext("Tra cứu hồ sơ bằng mã và mã bí mật"),
    Scope.CATALOGUE: lazy_gettext("Danh mục thủ tục"),
    Scope.FIGURES: lazy_gettext("Số liệu, báo cáo"),
    Scope.STATUS: lazy_gettext("Trạng thái hồ sơ của đơn vị"),
}


def api_keys() -> Response:
    """Show the keys, and the form for a new one."""
    return _page()


def give_key() -> Response:
    """Give a key and show it, this once."""
    with house().reading() as db:
        units = dict(units_with_keys(db, staff()))
    unit_id = request.form.get("unit_id", 0, type=whole)
    if unit_id not in units:
        return _page((("unit_id", _("Chọn đơn vị được cấp khóa.")),), status=UNPROCESSABLE)
    often = request.form.get("per_minute", 0, type=whole)
    if not 0 < often <= MOST_A_MINUTE:
        return _page((("per_minute", _("Số lượt mỗi phút từ 1 đến 10.000.")),), status=UNPROCESSABLE)
    try:
        rights = scopes_of(tuple(request.form.getlist("scope")))
        with house().unit_of_work() as uow:
            name = request.form.get("name", "")
            key = service.give(uow, unit_id, name, rights, per_minute=often, at=now(), by=_by())
    except RuleBroken as error:
        return _page(((error.where or "name", sentence_of(error)),), status=UNPROCESSABLE)
    return _page(given=key)


def take_back_key(key_id: int) -> Response:
    """End a key at once."""
    with house().reading() as db:
        row = found(next((one for one in keys_for(db, staff()) if one.id == key_id), None))
    try:
        with house().unit_of_work() as uow:
            service.take_back(uow, row.unit_id, row.name, at=now(), by=_by())
    except RuleBroken as error:
        flash(sentence_of(error), "danger")
    else:
        flash(_("Đã thu hồi khóa “%(name)s”.", name=row.name), "success")
    return see_other("admin.api_keys")


def _page(errors: tuple[tuple[str, str], ...] = (), *, given: str = "", status: int = 200) -> Response:
    with house().reading() as db:
        rows, units = keys_for(db, staff()), units_with_keys(db, staff())
    return page(
        "admin/api_keys.html",
        status=status,
        keys=rows,
        units=units,
        scopes=tuple((scope.value, str(words)) for scope, words in SCOPES.items()),
        words={scope.value: str(words) for scope, words in SCOPES.items()},
        errors=errors,
        given=given,
        typed=request.form,
        chosen=request.form.getlist("scope"),
        per_minute=request.form.get("per_minute", PER_MINUTE),
    )


def _by() -> Actor:
    return Actor(ActorKind.STAFF, staff().name, staff().user_id, staff().unit_id)
