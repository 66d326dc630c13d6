"""The quiet column of the work list (hôm nay): counts, money, the next day off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import url_for

from app.domain.people import Role, Staff
from app.i18n import gettext as _
from app.queries.inbox import Tab
from app.queries.today import TodayNumbers
from app.web.filters import money, number, vn_day_month, vn_weekday
from workflows.calendar import VIETNAM, WorkingCalendar
from workflows.errors import CalendarYearMissing

DAYS_AHEAD = 14


@dataclass(frozen=True, slots=True)
class Fact:
    """One line: a name, a value, perhaps a link to the list it counts."""

    name: str
    value: str
    css: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One small table of the column."""

    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class DayNote:
    """A day off ahead, because promises skip it."""

    day: str
    words: str


def blocks(numbers: TodayNumbers, counts: Mapping[Tab, int], staff: Staff) -> tuple[Block, ...]:
    """Return the blocks: my own day, the whole desk's, and the money taken in."""
    mine = (
        Fact(_("Tiếp nhận"), number(numbers.received)),
        Fact(_("Trả kết quả"), number(numbers.returned)),
    )
    desk = (
        Fact(_("Tiếp nhận"), number(numbers.received_here)),
        _counted(_("Chờ trả lời"), counts, Tab.INTAKE),
        _counted(_("Sắp đến hạn"), counts, Tab.SOON),
        _counted(_("Quá hạn"), counts, Tab.OVERDUE),
    )
    found = [Block(_("Tôi, hôm nay"), mine), Block(_("Cả đơn vị"), desk)]
    if staff.has(Role.CLERK, Role.CASHIER):
        found.append(Block(_("Tiền thu hôm nay"), _till(numbers)))
    return tuple(found)


def days_off(calendar: WorkingCalendar, at: datetime) -> tuple[DayNote, ...]:
    """Return the holidays of the next two weeks."""
    today = at.astimezone(VIETNAM).date()
    try:
        spans = calendar.blocks_between(today, today + timedelta(days=DAYS_AHEAD))
    except CalendarYearMissing:
        return ()
    return tuple(
        DayNote(
            _("%(day)s nghỉ", day=_span(block.first, block.last)),
            _("%(name)s; ngày hẹn đã tự bỏ qua.", name=block.entry.name),
        )
        for block in spans
        if block.entry.kind.is_off
    )


def _counted(name: str, counts: Mapping[Tab, int], tab: Tab) -> Fact:
    return Fact(name, number(counts.get(tab, 0)), address=url_for("desk.worklist", nhom=tab.value))


def _till(numbers: TodayNumbers) -> tuple[Fact, ...]:
    return (
        Fact(_("Tiền mặt"), money(numbers.cash_vnd)),
        Fact(_("Chuyển khoản, QR"), money(numbers.transfer_vnd)),
        Fact(_("Cộng"), money(numbers.money_vnd), "is-total"),
    )


def _span(first: date, last: date) -> str:
    if first == last:
        words = f"{vn_weekday(first)} {vn_day_month(first)}"
        return words[:1].upper() + words[1:]
    return f"{vn_day_month(first)} – {vn_day_month(last)}"
