"""The internal process: its order, its sum against the committed limit, its due times."""

from __future__ import annotations

import pytest

from tests.core.days import DESK, local
from workflows.errors import StepsBroken, StepsTooLong
from workflows.limits import TimeLimit
from workflows.steps import Step, check_steps, opening_minutes, step_due_at

THREE_DAYS = TimeLimit.parse("3 working days")
PROCESS = (
    Step(1, "Tiếp nhận, chuyển xử lý", "clerk", "desk", 240),
    Step(2, "Thẩm định", "officer", "division", 720),
    Step(3, "Ký duyệt", "leader", "authority", 384),
    Step(4, "Đóng dấu, trả kết quả", "records", "desk", 96),
)


def test_steps_that_fill_the_limit_exactly_pass_in_their_order():
    assert check_steps(tuple(reversed(PROCESS)), THREE_DAYS) == PROCESS


def test_steps_longer_than_the_committed_limit_are_refused_naming_the_step():
    longer = (*PROCESS, Step(5, "Gửi bản sao", "clerk", "desk", 30))
    with pytest.raises(StepsTooLong) as refused:
        check_steps(longer, THREE_DAYS)
    assert str(refused.value) == (
        "Tổng thời gian các bước là 24,5 giờ làm việc, vượt thời hạn cam kết 03 ngày làm việc (24 giờ) "
        "từ bước 5 “Gửi bản sao”. Vui lòng rút ngắn các bước."
    )
    assert refused.value.where == "steps.5"
    with pytest.raises(StepsTooLong, match="từ bước 2 “Thẩm định”"):
        check_steps(PROCESS, TimeLimit.parse("1 working day"))


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ((), "cần ít nhất một bước"),
        ((Step(1, " ", "clerk", "desk", 60),), "chưa có tên"),
        ((Step(1, "Tiếp nhận", "clerk", "desk", 0),), "lớn hơn 0"),
        ((Step(1, "Tiếp nhận", "clerk", "desk", -5),), "lớn hơn 0"),
        ((Step(1, "A", "clerk", "desk", 5), Step(1, "B", "clerk", "desk", 5)), "“B” trùng số thứ tự với bước “A”"),
    ],
)
def test_a_process_that_cannot_be_is_refused(steps, words):
    with pytest.raises(StepsBroken, match=words):
        check_steps(steps, THREE_DAYS)


def test_eight_written_hours_last_one_day_of_the_desk():
    entered = local("Monday 2026-04-20 09:00")
    assert step_due_at(480, entered, DESK) == local("Tuesday 2026-04-21 09:00")


def test_steps_that_fit_their_limit_end_with_it_however_short_the_days_of_the_desk():
    """What was checked in written hours is spent in hours of the desk under one reading: it still fits."""
    spent = sum(opening_minutes(step.minutes, DESK) for step in check_steps(PROCESS, THREE_DAYS))
    assert spent <= 3 * DESK.minutes_a_day


def test_steps_follow_each_other_over_days_off():
    entered = local("Friday 2026-04-24 13:30")
    times = tuple(entered := step_due_at(step.minutes, entered, DESK) for step in PROCESS)
    assert times == (
        local("Tuesday 2026-04-28 07:45"),  # 225 desk minutes: Friday's 210, Monday off, 15 more
        local("Wednesday 2026-04-29 11:30"),
        local("Monday 2026-05-04 10:00"),
        local("Monday 2026-05-04 11:30"),
    )
