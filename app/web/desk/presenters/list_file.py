"""A list as a CSV file for office software (tải danh sách): UTF-8 with its mark, text cells stay text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from app.i18n import gettext as _
from app.web.desk.presenters.worklist import ShownRow

# A cell beginning so would be computed by a spreadsheet; an apostrophe keeps it text.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def list_csv(rows: Iterable[ShownRow]) -> bytes:
    """Return the rows with a head line."""
    out = io.StringIO()
    writer = csv.writer(out)
    who = (_("Mã hồ sơ"), _("Chủ hồ sơ"), _("Người nộp"), _("Thủ tục"), _("Trường hợp"), _("Kênh nộp"))
    when = (_("Hẹn trả"), _("Giờ"), _("Còn lại"), _("Bước"), _("Người đang giữ"))
    writer.writerow((*who, *when))
    for row in rows:
        cells = (row.ref, row.subject, row.submitter, row.procedure, row.case, str(row.channel.text))
        times = (row.promised, row.promised_note, row.left.text, row.step, row.holder)
        writer.writerow([as_text(cell) for cell in cells + times])
    return out.getvalue().encode("utf-8-sig")


def as_text(cell: str) -> str:
    """Return `cell` so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
