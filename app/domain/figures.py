"""Figures of reports as data (chỉ tiêu báo cáo): what is counted, by which law, as conditions over facts.

Every figure is read on the facts as they were just before the end of the period. The thirteen columns of form
II.06a follow law.md 7.2: (3) = (4) + (5) + (6), (7) = (8) + (9) + (10), (11) = (12) + (13), (3) = (7) + (11);
dossiers whose standing cannot be told are counted in the totals and apart, never dropped, so that the
identities hold by construction.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.channels import Channel
from app.domain.predicates import (
    Bound,
    Fact,
    Predicate,
    and_,
    eq,
    ge,
    in_,
    known,
    lt,
    not_,
    or_,
)
from workflows.deadlines import Standing
from workflows.errors import N_
from workflows.states import OPEN_STATES

FORM_06A = "Biểu số II.06a/VPCP/KSTT, TT 01/2020/TT-VPCP (cần đối chiếu TT 09/2026/TT-BTP)"
START, END = Bound("start"), Bound("end")
RECEIVED_AT, ENDED_AT, DUE_AT = Fact("received_at"), Fact("ended_at"), Fact("due_at")
STATE, CHANNEL, STANDING = Fact("state"), Fact("channel"), Fact("standing")


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a report: how many dossiers meet `counted`, or the sum of a fact (`weight`) over them.

    With `distinct` it is how many values of that fact they have (procedures rather than dossiers).
    `column` is its number on the printed form, 0 where the form has none.
    """

    id: str
    title: str
    counted: Predicate
    source: str
    column: int = 0
    weight: str = ""
    distinct: str = ""


# ── Form II.06a ──────────────────────────────────────────────────────────────────────────────────────────
IN_PERIOD = and_(ge(RECEIVED_AT, START), lt(RECEIVED_AT, END))
ENDED_BEFORE = lt(ENDED_AT, START)
CARRIED_OVER = and_(lt(RECEIVED_AT, START), not_(ENDED_BEFORE))
COUNTED = or_(IN_PERIOD, CARRIED_OVER)
ENDED = lt(ENDED_AT, END)
RESOLVED = and_(COUNTED, ENDED)
PENDING = and_(COUNTED, not_(ENDED))
ONLINE = eq(CHANNEL, Channel.ONLINE.value)
# A finish before the reception tells nothing about being early.
BACKWARDS = lt(ENDED_AT, RECEIVED_AT)
JUDGED = and_(RESOLVED, not_(BACKWARDS))
EARLY = and_(JUDGED, eq(STANDING, Standing.EARLY.value))
ON_TIME = and_(JUDGED, eq(STANDING, Standing.ON_TIME.value))
LATE = and_(JUDGED, eq(STANDING, Standing.LATE.value))
# Closed without a time of closing: neither resolved nor waiting, until somebody says when.
LIVING = or_(in_(STATE, *sorted(state.value for state in OPEN_STATES)), known(ENDED_AT))
SUSPENDED = eq(Fact("is_suspended"), True)
IN_TERM = and_(PENDING, LIVING, or_(SUSPENDED, ge(DUE_AT, END)))
OVERDUE = and_(PENDING, LIVING, not_(SUSPENDED), lt(DUE_AT, END))


def _cell(name: str, title: str, counted: Predicate, column: int = 0) -> Figure:
    return Figure(name, title, counted, FORM_06A, column)


CELLS_06A: tuple[Figure, ...] = (
    _cell("received_total", N_("Nhận giải quyết, tổng số"), COUNTED, 3),
    _cell("received_online", N_("Nhận trong kỳ, trực tuyến"), and_(IN_PERIOD, ONLINE), 4),
    _cell("received_direct_post", N_("Nhận trong kỳ, trực tiếp và bưu chính"), and_(IN_PERIOD, not_(ONLINE)), 5),
    _cell("carried_over", N_("Từ kỳ trước chuyển qua"), CARRIED_OVER, 6),
    _cell("resolved_total", N_("Đã giải quyết, tổng số"), RESOLVED, 7),
    _cell("resolved_early", N_("Đã giải quyết trước hạn"), EARLY, 8),
    _cell("resolved_on_time", N_("Đã giải quyết đúng hạn"), ON_TIME, 9),
    _cell("resolved_late", N_("Đã giải quyết quá hạn"), LATE, 10),
    _cell(
        "resolved_unknown",
        N_("Đã giải quyết, không rõ hạn"),
        and_(RESOLVED, not_(or_(EARLY, ON_TIME, LATE))),
    ),
    _cell("pending_total", N_("Đang giải quyết, tổng số"), PENDING, 11),
    _cell("pending_in_term", N_("Đang giải quyết trong hạn"), IN_TERM, 12),
    _cell("pending_overdue", N_("Đang giải quyết quá hạn"), OVERDUE, 13),
    _cell("pending_unknown", N_("Đang giải quyết, không rõ hạn"), and_(PENDING, not_(or_(IN_TERM, OVERDUE)))),
)
