"""The list behind a number in words (danh sách sau con số), on screen and as a file."""

from __future__ import annotations

from collections.abc import Iterable

from app.adapters.spreadsheet import Column, Sheet
from app.domain.figure_book import FORMULAS
from app.domain.figures import CELLS_06A
from app.i18n import gettext as _
from app.queries.figure_lists import Asked, FigureRow
from app.web.filters import vn_date, vn_datetime
from app.web.labels import channel_label, standing_label, state_label

_PART_OF_RATE = {formula.numerator.id for formula in FORMULAS.values()}
_COLUMN = {cell.id: cell.column for cell in CELLS_06A}


def list_title(asked: Asked) -> str:
    """Return what was counted: the figure's name, its column on the form, its row."""
    figure = asked.figure
    name = _(figure.title)
    if figure.id in _PART_OF_RATE:
        name = _("%(title)s: hồ sơ đạt", title=name)
    elif column := _COLUMN.get(figure.id):
        name = f"({column}) {name}"
    elif figure.id not in _COLUMN:
        name = _("%(title)s: hồ sơ được tính", title=name)
    if asked.key is None:
        return name
    return f"{name}, {asked.key or _('Chưa xác định lĩnh vực')}"


def list_sheet(rows: Iterable[FigureRow]) -> Sheet:
    """Return the rows for a file; instants in Vietnam time, words as on screen."""
    heads = (
        *(_("Mã hồ sơ"), _("Thủ tục"), _("Lĩnh vực"), _("Đơn vị giải quyết"), _("Kênh nộp")),
        *(_("Trạng thái cuối kỳ"), _("Tình trạng hạn"), _("Tiếp nhận"), _("Hạn"), _("Kết thúc"), _("Tính vào số")),
    )
    return Sheet("Danh sach", (), tuple(Column(head, 20) for head in heads), [_cells(row) for row in rows])


def _cells(row: FigureRow) -> tuple[str | int, ...]:
    words = (channel_label(row.channel).text, state_label(row.state).text, standing_label(row.standing).text)
    times = (vn_datetime(row.received_at), vn_date(row.due_day) or vn_datetime(row.due_at), vn_datetime(row.ended_at))
    return (row.number, row.procedure, row.field, row.unit, *(str(word) for word in words), *times, row.amount)
