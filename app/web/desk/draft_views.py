"""Doors of the clerk's drafts (nháp): kept at every pause, taken up again after an interruption."""

from __future__ import annotations

from flask import flash, jsonify, request
from werkzeug.wrappers import Response

from app.i18n import gettext as _
from app.services import drafts
from app.services.drafts import DraftOwner, DraftRow
from app.web.context import house, now, staff
from app.web.desk.receive_entry import kept_fields
from app.web.filters import vn_datetime
from app.web.numbers import whole
from app.web.responses import see_other
from workflows.calendar import VIETNAM

KIND = "receive"


def save_draft() -> Response:
    """Keep what is typed and say when: for the script, which calls a moment after the last key."""
    draft_id = _save()
    return jsonify(saved=f"{now().astimezone(VIETNAM):%H:%M:%S}", draft=draft_id)


def keep() -> Response:
    """Keep what is typed and leave the form (Esc)."""
    _save()
    flash(_("Đã giữ nháp. Mở lại từ trang Tiếp nhận."), "success")
    return see_other("desk.worklist")


def discard_draft(draft_id: int) -> Response:
    """Forget a draft."""
    with house().unit_of_work() as uow:
        drafts.discard_draft(uow, draft_id, _owner(), now())
    flash(_("Đã bỏ nháp."), "success")
    return see_other("desk.receive")


def described(row: DraftRow) -> str:
    """Return what a draft is about: procedure, name, when it was kept."""
    fields = dict(row.data.get("fields", []))
    about = ", ".join(filter(None, [fields.get("procedure"), fields.get("name")])) or _("chưa có tên")
    return _("%(about)s – lưu %(at)s", about=about, at=vn_datetime(row.updated_at))


def _save() -> int:
    data = {"fields": kept_fields(request.form)}
    draft_id = request.form.get("draft", type=whole)
    with house().unit_of_work() as uow:
        if draft_id is None:
            return drafts.open_draft(uow, kind=KIND, user_id=staff().user_id, data=data, at=now()).id
        drafts.save_draft(uow, draft_id, _owner(), data, expected_version=None, at=now())
    return draft_id


def _owner() -> DraftOwner:
    return DraftOwner(user_id=staff().user_id)
