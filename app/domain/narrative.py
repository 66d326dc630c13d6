"""The month's report in words (báo cáo lời, TT 01/2018/TT-VPCP art. 11): sentences whose numbers are cells of forms.

What the house cannot know (causes, what was done, what is asked for) stays as a line to be written by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.evaluation import Grade
from app.domain.periods import Period
from app.domain.rate_formulas import RATES
from app.domain.rates import Rate
from app.domain.reports import Form06a, ReportUnit
from app.domain.vietnamese_format import number, short_date, told_number

TO_WRITE = "…………………………………………………………………………………"


@dataclass(frozen=True, slots=True)
class MonthFacts:
    """All that the month's report tells: the form, the month before, rates, parts, the portal, the evaluation."""

    unit: ReportUnit
    period: Period
    form: Form06a
    before: Mapping[str, int]
    rates: Mapping[str, Rate]
    certification: Mapping[str, int]
    delay: Mapping[str, int]
    portal: tuple[tuple[str, int, int], ...]  # cells told by the portal: title, ours, theirs
    portal_source: str
    grade: Grade
    page: str


@dataclass(frozen=True, slots=True)
class Section:
    """One heading with its sentences; `to_write` marks lines for the hand."""

    title: str
    lines: tuple[str, ...]
    to_write: bool = False


def sections(facts: MonthFacts) -> tuple[Section, ...]:
    """Return the report's sections in their order."""
    return (
        Section("I. Tiếp nhận, giải quyết hồ sơ", _handling(facts)),
        Section("II. Chứng thực và các lĩnh vực khác", _certification(facts.certification)),
        Section("III. Hồ sơ quá hạn", _delay(facts.delay), to_write=bool(facts.delay["delay.late"])),
        Section("IV. Trực tuyến, số hóa, thanh toán, đúng hạn", _rates(facts.rates)),
        Section("V. Đối chiếu với Cổng Dịch vụ công quốc gia", _portal(facts)),
        Section("VI. Kết quả đánh giá", _grade(facts.grade)),
        Section("VII. Khó khăn, vướng mắc; kiến nghị", (), to_write=True),
    )


def closing_line(facts: MonthFacts) -> str:
    """Return whence the numbers come, and where each opens its list."""
    days = f"từ ngày {short_date(facts.period.first_day)} đến ngày {short_date(facts.period.last_day)}"
    return f"Số liệu {days}, theo dữ kiện cuối kỳ. {facts.form.standing}. Mở từng số tại {facts.page}"


def _handling(facts: MonthFacts) -> tuple[str, ...]:
    cells = facts.form.total.cells
    told = {name: number(count) for name, count in cells.items()}
    received = (
        f"1. Nhận giải quyết {told['received_total']} hồ sơ (trực tuyến {told['received_online']}; "
        f"trực tiếp, bưu chính {told['received_direct_post']}; kỳ trước chuyển qua {told['carried_over']}); "
        f"{_against(cells['received_total'], facts.before['received_total'])} kỳ trước."
    )
    in_time = Rate(cells["resolved_early"] + cells["resolved_on_time"], _judged(cells))
    resolved = (
        f"2. Đã giải quyết {told['resolved_total']} hồ sơ: trước hạn {told['resolved_early']}, đúng hạn "
        f"{told['resolved_on_time']}, quá hạn {told['resolved_late']}; trước và đúng hạn {_rate(in_time)}."
    )
    pending = (
        f"3. Đang giải quyết {told['pending_total']} hồ sơ: trong hạn {told['pending_in_term']}, "
        f"quá hạn {told['pending_overdue']}; "
        f"{_against(cells['pending_total'], facts.before['pending_total'])} kỳ trước."
    )
    unknown = f"4. Không rõ hạn: {number(facts.form.unknown)} hồ sơ, chưa được in bản chính thức."
    return (received, resolved, pending, *((unknown,) if facts.form.unknown else ()))


def _judged(cells: Mapping[str, int]) -> int:
    return cells["resolved_early"] + cells["resolved_on_time"] + cells["resolved_late"]


def _certification(cells: Mapping[str, int]) -> tuple[str, ...]:
    def part(name: str, words: str) -> str:
        told = {key: cells[f"apart.{name}.{key}"] for key in ("counted", "settled", "in_time", "late", "pending")}
        in_time = Rate(told["in_time"], told["in_time"] + told["late"])
        return (
            f"{words}: nhận {number(told['counted'])}, đã giải quyết {number(told['settled'])} "
            f"(trước và đúng hạn {_rate(in_time)}), đang giải quyết {number(told['pending'])}."
        )

    return (part("certification", "Chứng thực"), part("others", "Các lĩnh vực khác"))


def _delay(cells: Mapping[str, int]) -> tuple[str, ...]:
    if not cells["delay.late"]:
        return ("Không có hồ sơ quá hạn trong kỳ.",)
    told = {name.partition(".")[2]: number(count) for name, count in cells.items()}
    causes = (
        f"Quá hạn {told['late']} hồ sơ: yêu cầu bổ sung quá một lần {told['asked_again']}; "
        f"có một lần bổ sung {told['asked_once']}; không bổ sung, đã giải quyết trễ {told['settled']}; "
        f"không bổ sung, còn đang xử lý {told['pending']}."
    )
    return (causes, "Nguyên nhân, trách nhiệm, việc đã làm:")


def _rates(found: Mapping[str, Rate]) -> tuple[str, ...]:
    return tuple(f"{formula.title}: {_rate(found[formula.id])}." for formula in RATES)


def _portal(facts: MonthFacts) -> tuple[str, ...]:
    if not facts.portal:
        return ("Chưa có số liệu của Cổng Dịch vụ công quốc gia để đối chiếu.",)
    differing = [
        f"{title}: ở đây {number(ours)}, ở Cổng {number(theirs)}, chênh {number(ours - theirs)}."
        for title, ours, theirs in facts.portal
        if ours != theirs
    ]
    return (
        f"Đối chiếu {len(facts.portal)} ô ({facts.portal_source}); khác {len(differing)} ô.",
        *differing,
    )


def _grade(told: Grade) -> tuple[str, ...]:
    if told.points is None:
        return ("Chưa đủ số liệu để đánh giá theo TT 01/2018/TT-VPCP.",)
    verdict = told.words or f"chưa xếp loại, thiếu chỉ số {', '.join(told.missing)}"
    return (f"Đạt {told_number(told.points)} trên {told_number(told.reachable)} điểm tính được: {verdict}.",)


def _rate(rate: Rate) -> str:
    counts = f"{number(rate.numerator)}/{number(rate.denominator)}"
    return f"{counts}, đạt {rate.percent}%" if rate.percent is not None else f"{counts}, không phát sinh"


def _against(now: int, before: int) -> str:
    if now == before:
        return "bằng"
    return f"{'tăng' if now > before else 'giảm'} {number(abs(now - before))} so với {number(before)} của"

