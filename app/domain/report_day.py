"""Report day (ngày báo cáo): how far each unit's report is, and what is odd about its numbers before it is taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.periods import Period, report_month_before, report_month_of
from app.domain.reports import sums_of
from workflows.errors import N_, RuleBroken

DAYS_AHEAD = 5  # from this many days before the last day of the month, lists are to be cleaned
JUMP, JUMP_FROM = 2.0, 30  # twice as many or half as many, where there were enough to say so


class ReportState(StrEnum):
    """Chưa gửi, đã gửi, trả lại, đã chốt."""

    NOT_SENT = "not_sent"
    SENT = "sent"
    RETURNED = "returned"
    CLOSED = "closed"


class NotToSend(RuleBroken):
    """A report is sent once its period is over, while it is not closed, and again only after it was returned."""

    code = "report_not_to_send"
    sentence = N_("Báo cáo này {why}. Vui lòng chọn kỳ khác hoặc chờ đơn vị cấp trên trả lại.")


class NotToReturn(RuleBroken):
    """Only a report that was sent and is not closed can be given back."""

    code = "report_not_to_return"
    sentence = N_("Chỉ trả lại được báo cáo đã gửi và chưa chốt.")


@dataclass(frozen=True, slots=True)
class Odd:
    """One thing to look at: the cell it is about, and words with numbers."""

    cell: str
    sentence: str
    facts: Mapping[str, str]


SUMS = N_("Các ô không cộng lại bằng tổng.")
UNKNOWN = N_("{n} hồ sơ không rõ hạn.")
ZERO = N_("Không có hồ sơ nào, kỳ trước có {before}.")
JUMPED = N_("Số nhận {now}, kỳ trước {before}.")
OPENING = N_("Tồn đầu kỳ {now} khác tồn cuối kỳ đã chốt {before}.")
CHANGED = N_("Số nhận lúc gửi {before}, nay là {now}.")


def oddities(
    cells: Mapping[str, int],
    before: Mapping[str, int] | None = None,
    closed_pending: int | None = None,
    sent: Mapping[str, int] | None = None,
) -> tuple[Odd, ...]:
    """Return what a report should be asked about: sums, unknown, zero, jumps, the opening balance, late changes."""
    found = []
    if any(whole != sum(parts) for _column, whole, parts in sums_of(cells)):
        found.append(Odd("received_total", SUMS, {}))
    if unknown := cells["resolved_unknown"] + cells["pending_unknown"]:
        found.append(Odd("pending_unknown", UNKNOWN, {"n": str(unknown)}))
    if before is not None:
        found.extend(_against(cells["received_total"], before["received_total"]))
    if closed_pending is not None and closed_pending != cells["carried_over"]:
        found.append(Odd("carried_over", OPENING, {"now": str(cells["carried_over"]), "before": str(closed_pending)}))
    if sent is not None and sent["received_total"] != cells["received_total"]:
        told = {"now": str(cells["received_total"]), "before": str(sent["received_total"])}
        found.append(Odd("received_total", CHANGED, told))
    return tuple(found)


def last_month(today: date) -> Period:
    """Return the report month that is over: from its last day's morrow on it is to be sent."""
    return report_month_before(report_month_of(today))


def subject_of(unit_code: str, period: Period) -> tuple[str, str]:
    """Return the event chain of one unit's report of one period."""
    return "report_day", f"{unit_code}:{period.first_day}:{period.end_day}"


def is_cleaning(today: date) -> bool:
    """Tell whether the month's lists are to be cleaned: its last five days."""
    return (report_month_of(today).last_day - today).days < DAYS_AHEAD


def _against(now: int, before: int) -> list[Odd]:
    told = {"now": str(now), "before": str(before)}
    if now == 0 and before > 0:
        return [Odd("received_total", ZERO, told)]
    if before >= JUMP_FROM and not before / JUMP <= now <= before * JUMP:
        return [Odd("received_total", JUMPED, told)]
    return []
