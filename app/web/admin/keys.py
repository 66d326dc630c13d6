"""Doors of the register of keys (khóa ký): whose key lies where, a new one, one taken out of use."""

from __future__ import annotations

from flask import Response, flash

from app.domain import checks
from app.domain.signing_keys import KeyKind, KeyPlace, place_elsewhere
from app.i18n import gettext as _
from app.queries import signing_authorities, signing_keys
from app.services import signing_keys as service
from app.web.admin.keys_forms import KINDS, KeyForm
from app.web.context import house, now, staff
from app.web.forms import blame
from app.web.responses import page, see_other
from app.web.uploads import uploaded
from signing import SigningError
from workflows.errors import RuleBroken

UNPROCESSABLE = 422


def keys() -> Response:
    """Show the keys of the agency, and the form for a new one."""
    return _show(_form())


def register_key() -> Response:
    """Read the certificate where the key lies, and keep both; nothing is kept of a PIN."""
    form = _form()
    if not form.validate():
        return _show(form, UNPROCESSABLE)
    try:
        place = _place(form)
        certificate = house().keyring.certificate(place, form.pin.data or "")
        with house().unit_of_work() as uow:
            service.register(uow, staff(), place, certificate, now(), user_id=form.user_id)
    except RuleBroken as error:
        blame(form, error, otherwise="address")
        return _show(form, UNPROCESSABLE)
    except SigningError as error:
        field = form.pin if error.code == "pin_wrong" else form.file if place.kind is KeyKind.FILE else form.address
        field.errors = [*field.errors, str(error)]
        return _show(form, UNPROCESSABLE)
    flash(_("Đã đăng ký khóa. Khóa trước của cùng người ký thôi dùng từ phút này."), "success")
    return see_other("admin.keys")


def retire_key(key_id: int) -> Response:
    """Take a key out of use."""
    with house().unit_of_work() as uow:
        service.retire(uow, staff(), key_id, now())
    flash(_("Khóa thôi dùng từ phút này; văn bản đã ký vẫn giữ nguyên."), "success")
    return see_other("admin.keys")


def _place(form: KeyForm) -> KeyPlace:
    kind = KeyKind(form.kind.data)
    if kind is not KeyKind.FILE:
        return place_elsewhere(kind, form.address.data or "")
    sent = uploaded("file")
    if sent is None:
        raise checks.Missing(where="file", what=_("tệp khóa"))
    return KeyPlace(kind, p12=sent.content)


def _form() -> KeyForm:
    with house().reading() as db:
        people = list(signing_authorities.people(db, staff()))
    return KeyForm(people=people, agency=staff().root_unit_name)


def _show(form: KeyForm, status: int = 200) -> Response:
    with house().reading() as db:
        listed = signing_keys.register_of(db, staff())
    return page("admin/keys.html", status=status, rows=listed, form=form, kinds=KINDS, at=now())
