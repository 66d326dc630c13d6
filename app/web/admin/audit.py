"""Door of the log (nhật ký): what was done to the house, and whether the chain's newest links hold."""

from __future__ import annotations

from flask import Response, request, url_for

from app.i18n import lazy_gettext as _
from app.queries import audit_log
from app.web.admin.log_words import subject_words, told
from app.web.context import house
from app.web.responses import page

KINDS = (
    ("", _("Mọi sự kiện")),
    ("user:", _("Tài khoản và vai trò")),
    ("session:", _("Đăng nhập")),
    ("unit:", _("Đơn vị")),
    ("procedure:", _("Thủ tục")),
    ("calendar:", _("Lịch làm việc")),
    ("house:", _("Hệ thống")),
)


def audit() -> Response:
    """Show the house's events of one kind, and the state of the chain."""
    kind, number = request.args.get("loai", ""), request.args.get("trang", "1")
    kind = kind if kind in dict(KINDS) else ""
    with house().reading() as db:
        listed = audit_log.house_events(
            db, kind=kind, page=int(number) if number.isdecimal() and len(number) < 7 else 1
        )
        state = audit_log.chain_state(db)
    return page(
        "admin/audit.html",
        listed=listed,
        state=state,
        kinds=KINDS,
        kind=kind,
        subject_words=subject_words,
        told=told,
        address=lambda wanted: url_for("admin.audit", loai=kind, trang=wanted),
    )
