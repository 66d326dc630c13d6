"""Report day in words (ngày báo cáo): states with icons, what is odd, dossiers to clean by holder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from flask import url_for

from app.db.unit_of_work import UnitOfWork
from app.domain.figures import CELLS_06A
from app.domain.periods import Period
from app.domain.report_day import ReportState
from app.i18n import gettext as _
from app.queries.report_day import BoardRow, UntidyRow
from app.web.filters import number, vn_date

Act = Callable[[UnitOfWork], None]
CELLS = tuple((cell.id, cell.title) for cell in CELLS_06A)
_TITLES = dict(CELLS)
SHOWN = ("received_total", "carried_over", "resolved_total", "pending_total", "pending_overdue")


@dataclass(frozen=True, slots=True)
class State:
    """One of the four states: word, icon, look."""

    text: str
    icon: str
    css: str


@dataclass(frozen=True, slots=True)
class RowShown:
    """One unit of the board."""

    code: str
    name: str
    state: State
    since: datetime | None
    cells: tuple[tuple[str, str], ...]
    odd: tuple[tuple[str, str], ...]
    returned: str
    reminders: int
    flags: int
    flags_address: str
    address: str
    is_waited_for: bool
    is_sent: bool


@dataclass(frozen=True, slots=True)
class HolderShown:
    """One holder's dossiers to clean."""

    name: str
    rows: tuple[tuple[UntidyRow, str], ...]


def state_of(state: ReportState) -> State:
    """Return a state's word, icon and look."""
    known = {
        ReportState.NOT_SENT: State(_("Chưa gửi"), "circle", "mc-state-soon"),
        ReportState.SENT: State(_("Đã gửi"), "send-check", "mc-state-ok"),
        ReportState.RETURNED: State(_("Trả lại"), "arrow-return-left", "mc-state-late"),
        ReportState.CLOSED: State(_("Đã chốt"), "lock-fill", "mc-state-done"),
    }
    return known[state]


def tally(rows: tuple[BoardRow, ...]) -> tuple[tuple[State, int], ...]:
    """Return how many reports stand in each state."""
    return tuple((state_of(state), sum(row.state is state for row in rows)) for state in ReportState)


def rows(found: tuple[BoardRow, ...], period: Period) -> tuple[RowShown, ...]:
    """Return the board's rows; each number opens its list."""
    days = {"tu": vn_date(period.first_day), "den": vn_date(period.last_day)}
    return tuple(_row(row, days) for row in found)


def untidy(found: tuple[UntidyRow, ...]) -> tuple[HolderShown, ...]:
    """Return what is to be cleaned, holder by holder."""
    words = {
        "result_out": _("đã có kết quả nhưng chưa kết thúc"),
        "expired": _("hết hạn bổ sung"),
        "no_due": _("không có hạn"),
        "overdue": _("quá hạn, chưa có lý do"),
        "not_synced": _("chưa thấy ở Cổng quốc gia"),
    }
    return tuple(
        HolderShown(name or _("chưa giao ai"), tuple((row, words[row.reason]) for row in group))
        for name, group in groupby(found, key=lambda row: row.holder)
    )


def _row(row: BoardRow, days: dict[str, str]) -> RowShown:
    def opens(figure: str) -> str:
        return url_for("desk.figure_list", figure=figure, don_vi=row.code, **days)

    return RowShown(
        row.code,
        row.name,
        state_of(row.state),
        row.since,
        tuple((number(row.cells[name]), opens(name)) for name in SHOWN),
        tuple((_(odd.sentence).format(**odd.facts), opens(odd.cell)) for odd in row.odd),
        f"{_(_TITLES[row.returned_cell])}: {row.reason}" if row.returned_cell in _TITLES else "",
        row.reminders,
        row.flags,
        url_for("desk.flags", don_vi=row.code, **days),
        url_for("desk.reports", don_vi=row.code, **days),
        row.state in {ReportState.NOT_SENT, ReportState.RETURNED},
        row.state is ReportState.SENT,
    )
