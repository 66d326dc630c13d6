"""Within what time the desk answers and the applicant completes (thời hạn trả lời, thời hạn bổ sung): dated rows.

Another text, or a province, writes a new row. Sources: law2.md 1.2; NĐ 297/2025 art. 6.3–6.4 binds its own group of
procedures and serves as the default elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.channels import Channel
from workflows.calendar import WorkingCalendar
from workflows.deadlines import project
from workflows.instants import day_of
from workflows.ledger import Ledger
from workflows.limits import TimeLimit


@dataclass(frozen=True, slots=True)
class AnswerTimes:
    """The times in force from a day on.

    `online` and `paper` bound receiving, asking or refusing a filing; `returned` bounds, from the start of the clock,
    giving back with reasons what an examination finds unfit; `supplement_days` are the applicant's working days.
    A filing of the last `closing_minutes` of a day counts from the next opening.
    """

    online: TimeLimit
    paper: TimeLimit
    returned: TimeLimit
    supplement_days: int
    closing_minutes: int
    effective_from: date
    source: str


ANSWER_TIMES: tuple[AnswerTimes, ...] = (
    AnswerTimes(
        online=TimeLimit.parse("8 working hours"),
        paper=TimeLimit.parse("1 working day"),
        returned=TimeLimit.parse("3 working days"),
        supplement_days=15,
        closing_minutes=0,
        effective_from=date(2018, 6, 21),
        source="NĐ 61/2018 Điều 19.4; Nghị quyết dùng dữ liệu thay giấy tờ (đến 28/02/2027); NĐ 297/2025 Điều 6.3–6.4",
    ),
)


def times_on(day: date, rows: Sequence[AnswerTimes] = ANSWER_TIMES) -> AnswerTimes:
    """Return the row in force on a day; before the first one, the first."""
    ordered = sorted(rows, key=lambda row: row.effective_from)
    held = [row for row in ordered if row.effective_from <= day]
    return held[-1] if held else ordered[0]


def answer_due(
    channel: Channel, filed_at: datetime, calendar: WorkingCalendar, rows: Sequence[AnswerTimes] = ANSWER_TIMES
) -> datetime:
    """Return by when a filing is answered: an open minute. Raises CalendarYearMissing."""
    times = times_on(day_of(filed_at), rows)
    limit = times.online if channel is Channel.ONLINE else times.paper
    return _promised(limit, _counted_from(filed_at, calendar, times.closing_minutes), calendar)


def is_returned_in_time(
    started_at: datetime, at: datetime, calendar: WorkingCalendar, rows: Sequence[AnswerTimes] = ANSWER_TIMES
) -> bool:
    """Tell whether a dossier sent back for papers at `at` is so within the law's time from the start of its clock."""
    due = project(times_on(day_of(at), rows).returned, Ledger(started_at), calendar, at=started_at).due_at
    return due is None or at < due


def _promised(limit: TimeLimit, start: datetime, calendar: WorkingCalendar) -> datetime:
    return project(limit, Ledger(start), calendar, at=start).promised_at or start


def _counted_from(filed_at: datetime, calendar: WorkingCalendar, closing_minutes: int) -> datetime:
    closes = calendar.closing(day_of(filed_at))
    if closes is None or calendar.working_minutes_between(filed_at, max(closes, filed_at)) >= closing_minutes:
        return filed_at
    return closes
