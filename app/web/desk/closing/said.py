"""What is said when a figure was entered (đã ghi số liệu): of a closed period, too, that what was told stays told."""

from __future__ import annotations

from flask import flash

from app.i18n import gettext as _
from app.queries.closed_reports import closed_of
from app.web.context import house
from app.web.desk.report_asked import ReportAsked


def say_entered(sentence: str, asked: ReportAsked) -> None:
    """Say that a figure was kept, and where it shows if the period is closed."""
    flash(sentence, "success")
    with house().reading() as db:
        closed = closed_of(db, asked.unit, asked.period)
    if closed:
        told = _("Kỳ này đã chốt: số đã báo cáo giữ nguyên, số vừa nhập nêu ở trang “Thay đổi sau khi chốt”.")
        flash(told, "warning")
