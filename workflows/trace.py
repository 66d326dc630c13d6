"""Why this date (vì sao có ngày hẹn này): the way from reception to due, in words a citizen understands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from operator import attrgetter

from workflows.calendar import DayBlock, WorkingCalendar
from workflows.due import Due, due_of
from workflows.instants import MINUTES_A_DAY, day_vi, end_of, from_minute, moment_vi
from workflows.ledger import Extension, Ledger
from workflows.limits import LimitUnit, TimeLimit, label_vi
from workflows.walk import Passage, Turn, Walk

_BLDS = "Bộ luật Dân sự 2015"
_RUNNING = "Cơ quan giải quyết đang thụ lý; thời hạn được tính."
_COUNTED_THROUGH = (LimitUnit.DAYS, LimitUnit.MONTHS, LimitUnit.HOURS)  # days off count in these
_GROUNDS = {
    "supplement": "yêu cầu bổ sung hồ sơ",
    "payment": "thực hiện nghĩa vụ tài chính",
    "public_notice": "niêm yết, công khai",
    "verification": "thẩm tra, xác minh",
    "consultation": "lấy ý kiến cơ quan khác",
    "system_failure": "sự cố hệ thống",
}
_PASSAGES = {
    Turn.GAVE_BACK: (
        "Dừng tính thời hạn: {ground}",
        "Thời gian dừng được trả lại: hạn từ {old} thành {new}.",
    ),
    Turn.RESTARTED: (
        "Dừng và tính lại từ đầu: {ground}",
        "Tính lại đủ thời hạn khi hồ sơ đã đầy đủ: hạn từ {old} thành {new} (NĐ 61/2018, Điều 19 khoản 4).",
    ),
    Turn.HELD: (
        "Đang dừng tính thời hạn: {ground}",
        "Khi còn dừng thì chưa có ngày hẹn; nếu tiếp tục ngay lúc này thì hạn là {new}.",
    ),
    Turn.RAN_ON: (
        "Không dừng thời hạn: {ground}",
        "Pháp luật không quy định dừng thời hạn vì lý do này.",
    ),
    Turn.TOO_LATE: ("Dừng sau khi hết hạn: {ground}", "Hạn {old} đã qua nên không được kéo dài."),
}
_UNMOVED = "Hạn vẫn là {old}: không ngày, giờ nào của thời hạn hết trong lúc dừng."


@dataclass(frozen=True, slots=True)
class TraceLine:
    """One step of the reckoning: from when to when, what happened, how many minutes ran or stood, and why."""

    start: datetime
    end: datetime
    what: str
    minutes: int
    why: str


def trace(
    limit: TimeLimit | None, ledger: Ledger, calendar: WorkingCalendar, walked: Walk
) -> tuple[TraceLine, ...]:
    """Return the steps of the reckoning in the order of time.

    The lines named “Thời gian giải quyết” add up to the whole limit as it was used.
    """
    reception = _reception(limit, ledger, walked)
    if not walked.is_known:
        return (reception,)
    due = due_of(walked.end, walked, calendar)
    beginning = _beginning(limit, walked, calendar, declared=ledger.declared_due_at)
    way = [*_runs(walked), *(_passage(passage, walked) for passage in walked.passages)]
    way += _days_off(limit, calendar, walked, due)
    way.sort(key=attrgetter("start"))
    ending = [] if walked.ended is None else [_ending(walked, walked.ended)]
    return (reception, beginning, *way, _due(due, walked), *ending)


def _reception(limit: TimeLimit | None, ledger: Ledger, walked: Walk) -> TraceLine:
    start = from_minute(walked.start)
    if limit is None and ledger.declared_due_at is None:
        return TraceLine(start, start, "Tiếp nhận hồ sơ", 0, "Chưa xác định được thời hạn giải quyết.")
    words = f"Thời hạn giải quyết: {label_vi(limit)}." if limit else "Thời hạn theo dữ liệu chuyển đến."
    return TraceLine(start, start, "Tiếp nhận hồ sơ", 0, words)


def _beginning(
    limit: TimeLimit | None, walked: Walk, calendar: WorkingCalendar, *, declared: datetime | None
) -> TraceLine:
    """Return the line that says from when, and by which rule, the limit is counted."""
    start = from_minute(walked.start)
    if declared is not None or limit is None:
        return TraceLine(start, start, "Giữ ngày hẹn của hệ thống nguồn", 0, "Ngày hẹn đã báo cho người nộp.")
    if limit.unit is LimitUnit.SAME_DAY:
        return TraceLine(start, start, *_same_day(limit, start, calendar))
    if limit.unit is LimitUnit.HOURS:
        why = f"Tính từ thời điểm tiếp nhận ({_BLDS}, Điều 147)."
        return TraceLine(start, start, "Đếm liên tục từng giờ", 0, why)
    if limit.unit is LimitUnit.WORKING_HOURS:
        opens = from_minute(calendar.minute_after(walked.start, 1) - 1)
        what = "Đếm giờ từ lúc tiếp nhận" if opens == start else "Đếm giờ từ lúc mở cửa kế tiếp"
        return TraceLine(opens, opens, what, 0, f"Chỉ tính giờ làm việc ({_BLDS}, Điều 147).")
    first = date.fromordinal(walked.start // MINUTES_A_DAY)
    why = f"Ngày tiếp nhận không tính vào thời hạn ({_BLDS}, Điều 147)."
    if limit.unit is LimitUnit.WORKING_DAYS:
        following = end_of(date.fromordinal(calendar.next_working_day(first).toordinal() - 1))
        return TraceLine(following, following, "Đếm từ ngày làm việc kế tiếp", 0, why)
    return TraceLine(end_of(first), end_of(first), "Đếm từ ngày kế tiếp, cả ngày nghỉ", 0, why)


def _same_day(limit: TimeLimit, start: datetime, calendar: WorkingCalendar) -> tuple[str, int, str]:
    cutoff = f"{limit.cutoff:%H:%M}"
    if not calendar.is_working_day(start.date()):
        return "Trả trong ngày làm việc kế tiếp", 0, "Ngày tiếp nhận không phải là ngày làm việc."
    if limit.cutoff is not None and start.time() > limit.cutoff:
        return "Trả trong ngày làm việc kế tiếp", 0, f"Hồ sơ nhận sau {cutoff}."
    return "Trả trong ngày", 0, f"Hồ sơ nhận trước hoặc đúng {cutoff}."


def _runs(walked: Walk) -> Iterator[TraceLine]:
    """Yield the stretches in which the clock ran, up to the due."""
    begun = walked.start
    for held, shut in [*walked.still, (walked.end, walked.end)]:
        if held > begun:
            ran = walked.ruler.measure(held) - walked.ruler.measure(begun)
            yield TraceLine(from_minute(begun), from_minute(held), "Thời gian giải quyết", ran, _RUNNING)
        if walked.is_open and (held, shut) == walked.still[-1]:
            return
        begun = shut


def _passage(passage: Passage, walked: Walk) -> TraceLine:
    """Return the line of one entry of the ledger."""
    start, end, entry = from_minute(passage.start), from_minute(passage.end), passage.entry
    old, new = _end_vi(passage.before, walked), _end_vi(passage.after, walked)
    if isinstance(entry, Extension):
        why = f"Hạn cũ {old} được lưu lại; hạn mới {new}. Chỉ được hẹn lại một lần."
        return TraceLine(start, end, f"Hẹn lại ngày trả: {entry.reason}", 0, why)
    ground = _GROUNDS.get(entry.ground, entry.ground)
    stood = walked.ruler.measure(passage.end) - walked.ruler.measure(passage.start)
    what, why = _PASSAGES[passage.turn]
    if passage.turn is Turn.GAVE_BACK and passage.before == passage.after:
        why = _UNMOVED
    return TraceLine(start, end, what.format(ground=ground), stood, why.format(old=old, new=new))


def _days_off(
    limit: TimeLimit | None, calendar: WorkingCalendar, walked: Walk, due: Due
) -> Iterator[TraceLine]:
    """Yield the days that did not count, and the worked Saturdays that did."""
    first, last = date.fromordinal(walked.start // MINUTES_A_DAY), due.due_day
    if limit is not None and limit.unit in _COUNTED_THROUGH:
        if not limit.is_by_day or walked.position >= last.toordinal():
            return
        first = date.fromordinal(walked.position)
        what = f"Ngày cuối {day_vi(first)} là ngày nghỉ, chuyển sang ngày làm việc kế tiếp"
        yield TraceLine(end_of(first), end_of(last), what, 0, f"Theo {_BLDS}, Điều 148 khoản 5.")
    for block in calendar.blocks_between(first, last):
        yield _block(block)
    weekends = calendar.weekly_days_off_between(first, last)
    if weekends:
        start = end_of(first)
        what = f"Nghỉ hằng tuần: {weekends} ngày"
        yield TraceLine(start, due.due_at, what, 0, "Không phải là ngày làm việc.")


@lru_cache(maxsize=4096)
def _block(block: DayBlock) -> TraceLine:
    entry = block.entry
    start = from_minute(block.first.toordinal() * MINUTES_A_DAY)
    if entry.kind.is_off:
        what, why = f"Nghỉ: {entry.name} ({entry.source})", "Không tính vào thời hạn."
    else:
        what, why = f"Làm bù: {entry.name} ({entry.source})", "Tính như ngày làm việc."
    if not entry.confirmed:
        why = "Dự kiến, chưa có thông báo chính thức: ngày hẹn có thể thay đổi."
    return TraceLine(start, end_of(block.last), what, 0, why)


def _due(due: Due, walked: Walk) -> TraceLine:
    start = due.promised_at
    what = "Hạn trả kết quả" if not walked.is_open else "Hạn trả kết quả nếu tiếp tục ngay lúc này"
    if walked.is_by_day:
        why = f"Hẹn trả lúc {start:%H:%M}, trong giờ làm việc; thời hạn hết lúc 24:00 ({_BLDS}, Điều 148)."
        return TraceLine(start, due.due_at, f"{what}: {day_vi(due.due_day)}", 0, why)
    # A limit of hours may run out while the desk is closed: the promise then comes after it.
    begun = min(start, due.due_at)
    why = f"Tính đến từng phút; hẹn trả trong giờ làm việc: {moment_vi(start)}."
    return TraceLine(begun, due.due_at, f"{what}: {moment_vi(due.due_at)}", 0, why)


def _ending(walked: Walk, ended: int) -> TraceLine:
    at, lead = from_minute(ended), walked.lead(ended)
    unit = "ngày" if walked.is_by_day else "phút"
    words = "Đúng hạn."
    if lead:
        words = f"Trước hạn {lead} {unit}." if lead > 0 else f"Quá hạn {-lead} {unit}."
    return TraceLine(at, at, "Kết thúc giải quyết", walked.consumed(ended), words)


def _end_vi(end: int, walked: Walk) -> str:
    """Return an end of the limit in words: its day, or its instant for limits by hour."""
    if walked.is_by_day:
        return day_vi(date.fromordinal((end - 1) // MINUTES_A_DAY))
    return moment_vi(from_minute(end))
