"""By when papers received at a desk are on their way to whoever settles them (chuyển hồ sơ giấy): dated rows.

Data go at once; paper has a day. Another text, or a province, writes a new row. Source: law2.md 1.2.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from app.domain.channels import Channel
from workflows.calendar import WorkingCalendar
from workflows.instants import day_of, local


@dataclass(frozen=True, slots=True)
class ForwardTime:
    """The time in force from a day on.

    Papers received up to `cutoff` go by the closing of that working day, later ones at the beginning of the next:
    within its first `morning_minutes` of opening time, or by its closing where that is 0.
    """

    cutoff: time
    morning_minutes: int
    effective_from: date
    source: str


FORWARD_TIMES: tuple[ForwardTime, ...] = (
    ForwardTime(
        cutoff=time(15, 0),
        morning_minutes=60,
        effective_from=date(2018, 6, 21),
        source="NĐ 61/2018 Điều 18; NĐ 118/2025 Điều 18.2, 18.3 (NĐ 309/2026 Điều 9)",
    ),
)


def time_on(day: date, rows: Sequence[ForwardTime] = FORWARD_TIMES) -> ForwardTime:
    """Return the row in force on a day; before the first one, the first."""
    ordered = sorted(rows, key=lambda row: row.effective_from)
    return next((row for row in reversed(ordered) if row.effective_from <= day), ordered[0])


def forward_due(
    channel: Channel,
    received_at: datetime,
    calendar: WorkingCalendar,
    rows: Sequence[ForwardTime] = FORWARD_TIMES,
) -> datetime | None:
    """Return by when the papers of a dossier are handed on, by the receiving desk's calendar; None for online ones.

    The day of reception counts where it is a working day and the desk is open after the papers came. Later receptions
    never have an earlier due. Raises CalendarYearMissing.
    """
    if channel is Channel.ONLINE:
        return None
    day = day_of(received_at)
    row, closes = time_on(day, rows), calendar.closing(day)
    in_time = local(received_at).time().replace(second=0, microsecond=0) <= row.cutoff
    if closes and in_time and received_at < closes and calendar.is_working_day(day):
        return closes
    following = calendar.next_working_day(day)
    if not row.morning_minutes:
        return calendar.closing(following)
    return calendar.add_working_minutes(calendar.opening(following)[0][0], row.morning_minutes)
