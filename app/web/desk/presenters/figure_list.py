"""The list behind a number in words (danh sách sau con số), on screen and as a file."""

from __future__ import annotations

from app.adapters.figure_sheet import ListWords
from app.domain.figure_book import FORMULAS
from app.domain.figures import CELLS_06A
from app.i18n import gettext as _
from app.queries.figure_lists import Asked
from app.web.labels import CHANNELS, STANDINGS, STATES

_PART_OF_RATE = {formula.numerator.id for formula in FORMULAS.values()}
_WHOLE_OF_RATE = {formula.denominator.id for formula in FORMULAS.values()}
_COLUMN = {cell.id: cell.column for cell in CELLS_06A}


def list_title(asked: Asked) -> str:
    """Return what was counted: the figure's name, its column on the form, its row."""
    figure = asked.figure
    name = _(figure.title)
    if figure.id in _PART_OF_RATE:
        name = _("%(title)s: hồ sơ đạt", title=name)
    elif column := _COLUMN.get(figure.id):
        name = f"({column}) {name}"
    elif figure.id in _WHOLE_OF_RATE:
        name = _("%(title)s: hồ sơ được tính", title=name)
    if asked.key is None:
        return name
    return f"{name}, {asked.key or _('Chưa xác định lĩnh vực')}"


def list_words() -> ListWords:
    """Return the words of the list as a file, in the reader's language."""
    heads = (
        *(_("Mã hồ sơ"), _("Thủ tục"), _("Lĩnh vực"), _("Đơn vị giải quyết"), _("Kênh nộp")),
        *(_("Trạng thái cuối kỳ"), _("Tình trạng hạn"), _("Tiếp nhận"), _("Hạn"), _("Kết thúc"), _("Tính vào số")),
        _("Chuyển từ hệ thống cũ"),
    )
    return ListWords(
        heads,
        {int(code): str(label.text) for code, label in CHANNELS.items()},
        {str(code): str(label.text) for code, label in STATES.items()},
        {str(code): str(label.text) for code, label in STANDINGS.items()},
    )
