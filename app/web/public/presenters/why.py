"""Why this date (vì sao hẹn ngày này): the ledger and the calendar as a month that a citizen can count along."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.i18n import gettext as _
from app.queries.clockwork import CalendarDay, Clockwork
from app.web.filters import vn_date, vn_weekday
from app.web.labels import unconfirmed_words
from app.web.public.presenters.words import days_words, limit_words
from workflows.calendar import VIETNAM
from workflows.deadlines import TraceLine
from workflows.limits import LimitUnit


@dataclass(frozen=True, slots=True)
class DayShown:
    """One cell of the calendar: its number, its word, its class in the style sheet."""

    day: date
    words: str
    note: str
    css: str


@dataclass(frozen=True, slots=True)
class TraceShown:
    """One line of the reckoning."""

    when: str
    what: str
    amount: str


@dataclass(frozen=True, slots=True)
class Why:
    """The sentence, the calendar, what moved the date, the lines of the reckoning."""

    sentence: str
    weeks: tuple[tuple[DayShown, ...], ...]
    first: date
    last: date
    changes: tuple[str, ...]
    trace: tuple[TraceShown, ...]
    unit_head: str


@dataclass(frozen=True, slots=True)
class Shares:
    """Working time used: ours and the citizen's, in minutes and in words."""

    ours: int
    yours: int
    ours_words: str
    yours_words: str


def why(clock: Clockwork, *, now: datetime) -> Why:
    """Return the explanation of the promise of one dossier."""
    days = clock.days
    return Why(
        _sentence(clock),
        _weeks(clock, now=now) if _by_working_day(clock) else (),
        days[0].day if days else now.date(),
        days[-1].day if days else now.date(),
        tuple(_changes(clock)),
        tuple(_line(line, clock) for line in clock.projection.trace),
        _("Thời gian"),
    )


def shares(clock: Clockwork) -> Shares | None:
    """Return whose time it was; None while nothing waited for the citizen."""
    if not clock.waited_for_citizen:
        return None
    a_day = clock.minutes_a_day
    ours = max(clock.projection.consumed_minutes, 0)
    return Shares(ours, clock.waited_for_citizen, days_words(ours, a_day), days_words(clock.waited_for_citizen, a_day))


def _by_working_day(clock: Clockwork) -> bool:
    return clock.limit.unit is LimitUnit.WORKING_DAYS and bool(clock.days)


def _sentence(clock: Clockwork) -> str:
    rules = {
        LimitUnit.WORKING_DAYS: _(
            "đếm từ ngày làm việc sau hôm nhận đủ hồ sơ. Ngày nghỉ và những ngày chờ bạn không đếm."
        ),
        LimitUnit.DAYS: _("đếm từ hôm sau ngày nhận đủ hồ sơ, cả ngày nghỉ. Những ngày chờ bạn không đếm."),
        LimitUnit.MONTHS: _("đếm từ hôm sau ngày nhận đủ hồ sơ, cả ngày nghỉ. Những ngày chờ bạn không đếm."),
        LimitUnit.WORKING_HOURS: _("chỉ đếm giờ làm việc, từ lúc nhận đủ hồ sơ."),
        LimitUnit.HOURS: _("đếm liên tục từng giờ từ lúc nhận đủ hồ sơ."),
        LimitUnit.SAME_DAY: _("kể từ lúc nhận đủ hồ sơ; nhận muộn thì trả ngày làm việc kế tiếp."),
    }
    if clock.limit.unit is LimitUnit.SAME_DAY:
        promise = _("Chúng tôi cam kết xong trong ngày,")
        return f"{promise} {rules[clock.limit.unit]}"
    promise = _("Chúng tôi cam kết xong trong %(limit)s,", limit=limit_words(clock.limit))
    return f"{promise} {rules[clock.limit.unit]}"


def _changes(clock: Clockwork) -> Iterator[str]:
    """Yield what moved the date, and what the law would allow."""
    due, first = clock.projection.due_at, clock.first_due_at
    if due and first and due != first:
        yield _("Hẹn đầu tiên là %(day)s.", day=_long(_last_day(first)))
    if clock.ledger.extension:
        yield _("Đã xin lỗi và hẹn lại: %(reason)s", reason=clock.ledger.extension.reason)
    if clock.statutory_due_day and clock.statutory_due_day != clock.projection.due_day:
        yield _("Luật cho phép đến %(day)s.", day=_long(clock.statutory_due_day))
    if note := unconfirmed_words(clock.projection):
        yield note


def _last_day(due_at: datetime) -> date:
    """Return the day that an exclusive end belongs to: 24:00 of a day is the next day's midnight."""
    return (due_at - timedelta(minutes=1)).astimezone(VIETNAM).date()


def _long(day: date) -> str:
    return f"{vn_weekday(day)} {vn_date(day)}"


def _weeks(clock: Clockwork, *, now: datetime) -> tuple[tuple[DayShown, ...], ...]:
    """Return whole weeks around the reckoned days; the days outside are pale.

    Nothing where counting along does not reach the promise: a picture that contradicts the date explains nothing.
    """
    cells = {cell.day: cell for cell in _cells(clock, now=now)}
    if not _adds_up(clock):
        return ()
    first = min(cells) - timedelta(days=min(cells).weekday())
    weeks = (max(cells) - first).days // 7 + 1
    days = [first + timedelta(days=ahead) for ahead in range(weeks * 7)]
    shown = [cells.get(day) or DayShown(day, _day_number(day, first), "", "is-out") for day in days]
    return tuple(tuple(shown[start : start + 7]) for start in range(0, len(shown), 7))


def _adds_up(clock: Clockwork) -> bool:
    if clock.ledger.extension or clock.ledger.declared_due_at:
        return True
    counted = [one.day for one in clock.days[1:] if one.counts and not _waits(clock, one)]
    return counted[clock.limit.amount - 1 : clock.limit.amount] == [clock.projection.due_day]


def _cells(clock: Clockwork, *, now: datetime) -> Iterator[DayShown]:
    today, counted = now.astimezone(VIETNAM).date(), 0
    for one in clock.days:
        waits = _waits(clock, one)
        if one.counts and not waits and one.day > clock.days[0].day and counted < clock.limit.amount:
            counted += 1
            yield _work(clock, one, counted, today)
        else:
            yield _other(clock, one, waits=waits, today=today)


def _waits(clock: Clockwork, one: CalendarDay) -> bool:
    """Tell whether this working day was given back because the dossier waited for the citizen."""
    return one.counts and any(
        stop.start.astimezone(VIETNAM).date() < one.day
        and (stop.end is None or one.day <= stop.end.astimezone(VIETNAM).date())
        for stop in clock.ledger.suspensions
    )


def _work(clock: Clockwork, one: CalendarDay, counted: int, today: date) -> DayShown:
    note = _("ngày %(n)s", n=counted)
    css = "is-work" if one.day <= today else "is-next"
    if one.day == clock.projection.due_day:
        note, css = _("%(note)s hẹn trả", note=note), f"{css} is-promise"
    return _cell(clock, one, note, css, today)


def _other(clock: Clockwork, one: CalendarDay, *, waits: bool, today: date) -> DayShown:
    if one.day == clock.days[0].day:
        return _cell(clock, one, _("nhận"), "is-start", today)
    if one.day == clock.projection.due_day:
        return _cell(clock, one, _("hẹn trả"), "is-next is-promise", today)
    if one.day == clock.statutory_due_day:
        return _cell(clock, one, _("hạn luật"), "is-law", today)
    if waits:
        return _cell(clock, one, _("chờ bạn"), "is-you", today)
    if not one.counts:
        return _cell(clock, one, _("nghỉ lễ") if one.name else _("nghỉ"), "", today)
    return _cell(clock, one, "", "is-out", today)


def _cell(clock: Clockwork, one: CalendarDay, note: str, css: str, today: date) -> DayShown:
    if one.day == today:
        today_words = _("hôm nay")
        note, css = f"{note} {today_words}".strip(), f"{css} is-today".strip()
    return DayShown(one.day, _day_number(one.day, clock.days[0].day), note, css)


def _day_number(day: date, first: date) -> str:
    return f"{day.day}/{day.month}" if day.day == 1 or day == first else str(day.day)


def _line(line: TraceLine, clock: Clockwork) -> TraceShown:
    start, end = line.start.astimezone(VIETNAM), _shown_end(line.end)
    when = f"{start:%d/%m}, {start:%H:%M}" if line.start == line.end else f"{start:%d/%m} – {end:%d/%m}"
    if line.start != line.end and start.date() == end.date():
        when = f"{start:%d/%m}"
    amount = days_words(line.minutes, clock.minutes_a_day) if line.minutes else ""
    return TraceShown(when, f"{line.what}. {line.why}" if line.why else line.what, amount)


def _shown_end(end: datetime) -> datetime:
    there = end.astimezone(VIETNAM)
    return there - timedelta(minutes=1) if (there.hour, there.minute) == (0, 0) else there
