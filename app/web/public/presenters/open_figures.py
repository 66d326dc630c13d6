"""Open figures as anybody sees them (số liệu công khai): small counts are withheld, and said to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.adapters.spreadsheet import Column, Sheet
from app.domain.reports import CountedRow
from app.domain.statistics import FEWEST_FOR_A_RATE, FEWEST_IN_PUBLIC, withheld
from app.i18n import gettext as _
from app.queries.open_figures import OpenFigures
from app.web.filters import number, percent

TOLD = ("received_total", "resolved_total", "resolved_late", "pending_overdue")


@dataclass(frozen=True, slots=True)
class OpenRow:
    """One field: what may be told of it, and its on-time rate where there is enough to tell one."""

    label: str
    cells: tuple[str, ...]
    on_time: str


@dataclass(frozen=True, slots=True)
class OpenShown:
    """The table, the four numbers of the authority, the months that may be told."""

    rows: tuple[OpenRow, ...]
    total: OpenRow
    months: tuple[tuple[str, int, bool], ...]
    has_withheld: bool


def open_shown(found: OpenFigures) -> OpenShown:
    """Return the figures with disclosure control."""
    told = _merged(found.rows)
    hidden = {name: withheld([row.cells[name] for row in told]) for name in TOLD}
    rows = tuple(
        OpenRow(
            row.label or _("Chưa xác định lĩnh vực"),
            tuple(_cell(row.cells[name], hides=place in hidden[name]) for name in TOLD),
            _("không nêu") if place in hidden["resolved_late"] | hidden["resolved_total"] else _on_time(row.cells),
        )
        for place, row in enumerate(told)
    )
    total = OpenRow(_("Tổng cộng"), tuple(number(found.total[name]) for name in TOLD), _on_time(found.total))
    months = tuple(
        (str(period.first_day.month), received, period == found.period)
        for period, received, _online in found.year
        if received == 0 or received >= FEWEST_IN_PUBLIC
    )
    return OpenShown(rows, total, months, any(hidden.values()) or len(months) < len(found.year))


def open_sheet(shown: OpenShown) -> Sheet:
    """Return the same table for a file; what the page withholds, the file withholds."""
    heads = (
        _("Lĩnh vực"),
        _("Nhận giải quyết"),
        _("Đã giải quyết"),
        _("Xong quá hạn"),
        _("Quá hạn cuối kỳ"),
        _("Đúng hạn"),
    )
    rows = [(row.label, *row.cells, row.on_time) for row in (*shown.rows, shown.total)]
    return Sheet("So lieu", (), tuple(Column(head, 20) for head in heads), rows)


def _merged(rows: tuple[CountedRow, ...]) -> list[CountedRow]:
    """Return the rows with all fields of fewer than five dossiers as one: a row of secrets tells nothing."""
    small = [row for row in rows if row.cells["received_total"] < FEWEST_IN_PUBLIC]
    if len(small) < 2:
        return list(rows)
    sums = {name: sum(row.cells[name] for row in small) for name in small[0].cells}
    others = CountedRow("", _("Các lĩnh vực khác (%(n)s)", n=len(small)), sums)
    return [*(row for row in rows if row not in small), others]


def _cell(count: int, *, hides: bool) -> str:
    if not hides:
        return number(count)
    return _("dưới %(n)s", n=FEWEST_IN_PUBLIC) if count < FEWEST_IN_PUBLIC else _("không nêu")


def _on_time(counts: Mapping[str, int]) -> str:
    judged = counts["resolved_early"] + counts["resolved_on_time"] + counts["resolved_late"]
    if judged < FEWEST_FOR_A_RATE:
        return _("không nêu")
    return percent(1 - counts["resolved_late"] / judged)
