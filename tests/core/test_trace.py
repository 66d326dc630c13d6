"""Why this date: the lines a citizen reads, and that they add up."""

from __future__ import annotations

import pytest

from tests.core.days import DAYS, DESK, YEARS, day, holiday, local
from workflows.calendar import DayEntry, DayKind, OpeningHours, WorkingCalendar
from workflows.deadlines import project
from workflows.ledger import Effect, Extension, Ledger, Reading, Suspension, effect_of
from workflows.limits import LimitUnit, TimeLimit


def told(limit, received, *stops, reading=Reading.SUBTRACT, at=None, calendar=DESK, **ledger):
    start = local(received)
    whole = Ledger(start, tuple(stops), **ledger)
    seen = at or max([start, *(one.end or one.start for one in stops)])
    parsed = TimeLimit.parse(limit) if limit else None
    return project(parsed, whole, calendar, at=seen, reading=reading, with_trace=True).trace


def words(lines):
    return [line.what for line in lines]


def stop(start, end, ground="supplement"):
    return Suspension(local(start), local(end) if end else None, ground, effect_of(ground))


def test_the_way_over_the_day_of_culture():
    lines = told("5 working days", "Thursday 2026-11-19 09:00")
    assert words(lines) == [
        "Tiếp nhận hồ sơ",
        "Đếm từ ngày làm việc kế tiếp",
        "Thời gian giải quyết",
        "Nghỉ hằng tuần: 2 ngày",
        "Nghỉ: Ngày Văn hóa Việt Nam (Nghị quyết 28/2026/QH16)",
        "Hạn trả kết quả: thứ Sáu, 27/11/2026",
    ]
    assert lines[0].why == "Thời hạn giải quyết: 05 ngày làm việc."
    assert lines[1].why == "Ngày tiếp nhận không tính vào thời hạn (Bộ luật Dân sự 2015, Điều 147)."
    assert (lines[4].start, lines[4].end) == (local("Tuesday 2026-11-24 00:00"), local("Wednesday 2026-11-25 00:00"))
    assert lines[-1].end == local("Saturday 2026-11-28 00:00")


@pytest.mark.parametrize(
    ("limit", "received", "what"),
    [
        ("3 days", "Monday 2026-04-20 09:00", "Đếm từ ngày kế tiếp, cả ngày nghỉ"),
        ("1 month", "Monday 2026-04-20 09:00", "Đếm từ ngày kế tiếp, cả ngày nghỉ"),
        ("2 working hours", "Monday 2026-04-20 09:00", "Đếm giờ từ lúc tiếp nhận"),
        ("2 working hours", "Monday 2026-04-20 12:00", "Đếm giờ từ lúc mở cửa kế tiếp"),
        ("24 hours", "Monday 2026-04-20 12:00", "Đếm liên tục từng giờ"),
        ("same day", "Monday 2026-04-20 14:00", "Trả trong ngày"),
        ("same day", "Monday 2026-04-20 15:30", "Trả trong ngày làm việc kế tiếp"),
        ("same day", "Saturday 2026-11-21 09:00", "Trả trong ngày làm việc kế tiếp"),
    ],
)
def test_how_the_limit_is_counted_is_said_first(limit, received, what):
    assert told(limit, received)[1].what == what


def test_a_last_day_off_is_explained():
    lines = told("5 days", "Monday 2026-04-20 09:00")
    assert "Ngày cuối thứ Bảy, 25/04/2026 là ngày nghỉ, chuyển sang ngày làm việc kế tiếp" in words(lines)
    assert lines[-1].what == "Hạn trả kết quả: thứ Ba, 28/04/2026"
    counted_through = told("3 days", "Monday 2026-04-20 09:00")
    assert not [line for line in counted_through if "nghỉ," in line.what or line.what.startswith("Nghỉ")]


@pytest.mark.parametrize(
    ("one", "reading", "what", "why"),
    [
        (
            stop("Tuesday 2026-04-21 10:00", "Wednesday 2026-04-22 10:00"),
            Reading.SUBTRACT,
            "Dừng tính thời hạn: yêu cầu bổ sung hồ sơ",
            "Thời gian dừng được trả lại: hạn từ thứ Năm, 23/04/2026 thành thứ Sáu, 24/04/2026.",
        ),
        (
            stop("Tuesday 2026-04-21 10:00", "Wednesday 2026-04-22 10:00"),
            Reading.RESTART,
            "Dừng và tính lại từ đầu: yêu cầu bổ sung hồ sơ",
            (
                "Tính lại đủ thời hạn khi hồ sơ đã đầy đủ: hạn từ thứ Năm, 23/04/2026 thành thứ Ba, 28/04/2026 "
                "(NĐ 61/2018, Điều 19 khoản 4)."
            ),
        ),
        (
            stop("Monday 2026-04-20 10:00", "Tuesday 2026-04-21 10:00"),
            Reading.SUBTRACT,
            "Dừng tính thời hạn: yêu cầu bổ sung hồ sơ",
            "Hạn vẫn là thứ Năm, 23/04/2026: không ngày, giờ nào của thời hạn hết trong lúc dừng.",
        ),
        (
            stop("Tuesday 2026-04-21 10:00", None, "payment"),
            Reading.SUBTRACT,
            "Đang dừng tính thời hạn: thực hiện nghĩa vụ tài chính",
            "Khi còn dừng thì chưa có ngày hẹn; nếu tiếp tục ngay lúc này thì hạn là thứ Năm, 23/04/2026.",
        ),
        (
            stop("Tuesday 2026-04-21 10:00", "Wednesday 2026-04-22 10:00", "consultation"),
            Reading.SUBTRACT,
            "Không dừng thời hạn: lấy ý kiến cơ quan khác",
            "Pháp luật không quy định dừng thời hạn vì lý do này.",
        ),
        (
            stop("Friday 2026-04-24 10:00", "Tuesday 2026-04-28 10:00", "căn cứ riêng"),
            Reading.SUBTRACT,
            "Dừng sau khi hết hạn: căn cứ riêng",
            "Hạn thứ Năm, 23/04/2026 đã qua nên không được kéo dài.",
        ),
    ],
)
def test_every_kind_of_stop_is_told_with_its_reason(one, reading, what, why):
    lines = told("3 working days", "Monday 2026-04-20 09:00", one, reading=reading)
    (line,) = [line for line in lines if line.start == one.start and line.what == what]
    assert line.why == why


def test_a_held_clock_shows_no_time_after_the_stop():
    lines = told("3 working days", "Monday 2026-04-20 09:00", stop("Tuesday 2026-04-21 10:00", None))
    assert [line.minutes for line in lines if line.what == "Thời gian giải quyết"] == [510]
    assert lines[-1].what == "Hạn trả kết quả nếu tiếp tục ngay lúc này: thứ Năm, 23/04/2026"


def test_extension_and_end_are_told():
    lines = told(
        "3 working days",
        "Monday 2026-04-20 09:00",
        at=local("Wednesday 2026-05-06 09:00"),
        extension=Extension(local("Tuesday 2026-04-21 09:00"), local("Thursday 2026-04-30 00:00"), "chờ ý kiến"),
        ended_at=local("Tuesday 2026-05-05 10:00"),
    )
    (extension,) = [line for line in lines if line.what == "Hẹn lại ngày trả: chờ ý kiến"]
    assert extension.why == (
        "Hạn cũ thứ Năm, 23/04/2026 được lưu lại; hạn mới thứ Tư, 29/04/2026. Chỉ được hẹn lại một lần."
    )
    assert (lines[-1].what, lines[-1].why) == ("Kết thúc giải quyết", "Quá hạn 6 ngày.")


@pytest.mark.parametrize(
    ("limit", "finished", "why"),
    [
        ("3 working days", "Thursday 2026-04-23 10:00", "Đúng hạn."),
        ("3 working days", "Tuesday 2026-04-21 10:00", "Trước hạn 2 ngày."),
        ("2 working hours", "Monday 2026-04-20 11:07", "Quá hạn 7 phút."),
    ],
)
def test_the_end_is_told_in_the_unit_of_the_limit(limit, finished, why):
    lines = told(limit, "Monday 2026-04-20 09:00", at=local(finished), ended_at=local(finished))
    assert lines[-1].why == why


def test_what_is_unknown_or_declared_is_said():
    assert words(told(None, "Monday 2026-04-20 09:00")) == ["Tiếp nhận hồ sơ"]
    declared = told(None, "Monday 2026-04-20 09:00", declared_due_at=local("Thursday 2026-04-23 00:00"))
    assert declared[1].what == "Giữ ngày hẹn của hệ thống nguồn"


def test_an_expected_day_and_a_worked_saturday_are_told():
    expected = DayEntry(day("Monday 2026-08-24"), DayKind.CLOSURE, "Chuyển trụ sở", "dự thảo", confirmed=False)
    desk = WorkingCalendar("Dự kiến", OpeningHours.office(), days=[*DAYS, expected], years=YEARS)
    lines = told("3 working days", "Thursday 2026-08-20 09:00", calendar=desk)
    by_what = {line.what: line.why for line in lines}
    assert by_what["Làm bù: Làm bù (thông báo nghỉ lễ hằng năm)"] == "Tính như ngày làm việc."
    assert by_what["Nghỉ: Chuyển trụ sở (dự thảo)"].startswith("Dự kiến, chưa có thông báo chính thức")


@pytest.mark.parametrize("unit", LimitUnit)
@pytest.mark.parametrize("reading", Reading)
def test_lines_stand_in_the_order_of_time_and_carry_words(unit, reading):
    stops = [
        stop("Tuesday 2026-04-21 10:00", "Wednesday 2026-04-22 10:00"),
        stop("Thursday 2026-04-23 10:00", "Tuesday 2026-04-28 10:00", "payment"),
        Suspension(local("Wednesday 2026-05-06 08:00"), None, "public_notice", Effect.SUBTRACT),
    ]
    amount = {LimitUnit.SAME_DAY: 1, LimitUnit.MONTHS: 2}.get(unit, 200)
    lines = told(str(TimeLimit(amount, unit)), "Monday 2026-04-20 09:00", *stops, reading=reading)
    way = lines[2:-1]
    assert [line.start for line in way] == sorted(line.start for line in way)
    assert all(line.what and line.why and line.start <= line.end for line in lines)


def test_the_minutes_of_the_stretches_are_those_of_the_limit():
    held = stop("Monday 2026-04-20 10:00", "Tuesday 2026-04-21 10:00")
    lines = told("8 working hours", "Monday 2026-04-20 09:00", held)
    assert [line.minutes for line in lines if line.what == "Thời gian giải quyết"] == [60, 420]


def test_a_holiday_is_named_with_its_source():
    rows = [holiday("2026-04-21", "Nghỉ bão số 3", "Công điện 12")]
    desk = WorkingCalendar("Bão", OpeningHours.office(), days=rows, years=[2026])
    lines = told("2 working days", "Monday 2026-04-20 09:00", calendar=desk)
    assert "Nghỉ: Nghỉ bão số 3 (Công điện 12)" in words(lines)
