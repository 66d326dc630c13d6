"""Figures of reports as data (chỉ tiêu báo cáo): what is counted, by which law, as conditions over facts.

Every figure is read on the facts as they were just before the end of the period. The thirteen columns of form
II.06a follow law.md 7.2: (3) = (4) + (5) + (6), (7) = (8) + (9) + (10), (11) = (12) + (13), (3) = (7) + (11);
dossiers whose standing cannot be told are counted in the totals and apart, never dropped, so that the
identities hold by construction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.channels import Channel
from app.domain.predicates import (
    Bound,
    Fact,
    Predicate,
    and_,
    eq,
    ge,
    gt,
    in_,
    known,
    lt,
    not_,
    or_,
)
from workflows.deadlines import Standing
from workflows.errors import N_
from workflows.states import OPEN_STATES, State

FORM_06A = "Biểu số II.06a/VPCP/KSTT, TT 01/2020/TT-VPCP (cần đối chiếu TT 09/2026/TT-BTP)"
START, END = Bound("start"), Bound("end")
RECEIVED_AT, ENDED_AT, DUE_AT = Fact("received_at"), Fact("ended_at"), Fact("due_at")
STATE, CHANNEL, STANDING = Fact("state"), Fact("channel"), Fact("standing")


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a report: how many dossiers meet `counted`, or the sum of a fact (`weight`) over them.

    `column` is its number on the printed form, 0 where the form has none.
    """

    id: str
    title: str
    counted: Predicate
    source: str
    column: int = 0
    weight: str = ""


@dataclass(frozen=True, slots=True)
class RateFigure:
    """A rate (tỷ lệ): the numerator is a part of the denominator; `reading` says how the law was read."""

    id: str
    title: str
    numerator: Figure
    denominator: Figure
    source: str
    reading: str
    version: str = "1"


# ── Form II.06a ──────────────────────────────────────────────────────────────────────────────────────────
IN_PERIOD = and_(ge(RECEIVED_AT, START), lt(RECEIVED_AT, END))
CARRIED_OVER = and_(lt(RECEIVED_AT, START), not_(lt(ENDED_AT, START)))
COUNTED = or_(IN_PERIOD, CARRIED_OVER)
ENDED = lt(ENDED_AT, END)
RESOLVED = and_(COUNTED, ENDED)
PENDING = and_(COUNTED, not_(ENDED))
ONLINE = eq(CHANNEL, Channel.ONLINE.value)
# A finish before the reception tells nothing about being early.
_JUDGED = and_(RESOLVED, not_(lt(ENDED_AT, RECEIVED_AT)))
_EARLY = and_(_JUDGED, eq(STANDING, Standing.EARLY.value))
_ON_TIME = and_(_JUDGED, eq(STANDING, Standing.ON_TIME.value))
_LATE = and_(_JUDGED, eq(STANDING, Standing.LATE.value))
# Closed without a time of closing: neither resolved nor waiting, until somebody says when.
_LIVING = or_(in_(STATE, *sorted(state.value for state in OPEN_STATES)), known(ENDED_AT))
_SUSPENDED = eq(Fact("is_suspended"), True)
_IN_TERM = and_(PENDING, _LIVING, or_(_SUSPENDED, ge(DUE_AT, END)))
_OVERDUE = and_(PENDING, _LIVING, not_(_SUSPENDED), lt(DUE_AT, END))


def _cell(name: str, title: str, counted: Predicate, column: int = 0) -> Figure:
    return Figure(name, title, counted, FORM_06A, column)


CELLS_06A: tuple[Figure, ...] = (
    _cell("received_total", N_("Nhận giải quyết, tổng số"), COUNTED, 3),
    _cell("received_online", N_("Nhận trong kỳ, trực tuyến"), and_(IN_PERIOD, ONLINE), 4),
    _cell("received_direct_post", N_("Nhận trong kỳ, trực tiếp và bưu chính"), and_(IN_PERIOD, not_(ONLINE)), 5),
    _cell("carried_over", N_("Từ kỳ trước chuyển qua"), CARRIED_OVER, 6),
    _cell("resolved_total", N_("Đã giải quyết, tổng số"), RESOLVED, 7),
    _cell("resolved_early", N_("Đã giải quyết trước hạn"), _EARLY, 8),
    _cell("resolved_on_time", N_("Đã giải quyết đúng hạn"), _ON_TIME, 9),
    _cell("resolved_late", N_("Đã giải quyết quá hạn"), _LATE, 10),
    _cell(
        "resolved_unknown",
        N_("Đã giải quyết, không rõ hạn"),
        and_(RESOLVED, not_(or_(_EARLY, _ON_TIME, _LATE))),
    ),
    _cell("pending_total", N_("Đang giải quyết, tổng số"), PENDING, 11),
    _cell("pending_in_term", N_("Đang giải quyết trong hạn"), _IN_TERM, 12),
    _cell("pending_overdue", N_("Đang giải quyết quá hạn"), _OVERDUE, 13),
    _cell("pending_unknown", N_("Đang giải quyết, không rõ hạn"), and_(PENDING, not_(or_(_IN_TERM, _OVERDUE)))),
)

# ── Rates ────────────────────────────────────────────────────────────────────────────────────────────────
INDEX_766 = "QĐ 766/QĐ-TTg"
_FINISHED = and_(RESOLVED, in_(STATE, State.FINISHED.value, State.RETURNED.value))
_RESULT_DUE = eq(Fact("result_required"), True)
_RESULT_DIGITIZED = or_(eq(Fact("result_electronic"), True), eq(Fact("result_digitized"), True))
_DUE_PAPERS, _DONE_PAPERS = Fact("components_due"), Fact("components_digitized")
_TO_DIGITIZE = and_(IN_PERIOD, or_(gt(_DUE_PAPERS, 0), _RESULT_DUE))
_WHOLLY_DIGITIZED = and_(_TO_DIGITIZE, not_(lt(_DONE_PAPERS, _DUE_PAPERS)), or_(not_(_RESULT_DUE), _RESULT_DIGITIZED))
_STATUTORY = Fact("statutory_standing")
_STATUTORY_KNOWN = and_(
    RESOLVED,
    not_(lt(ENDED_AT, RECEIVED_AT)),
    in_(_STATUTORY, Standing.EARLY.value, Standing.ON_TIME.value, Standing.LATE.value),
)


def _rate(
    name: str,
    title: str,
    part: Predicate,
    whole: Predicate,
    *,
    source: str,
    reading: str,
    weights: tuple[str, str] = ("", ""),
) -> RateFigure:
    numerator = Figure(f"{name}.numerator", title, part, source, weight=weights[0])
    denominator = Figure(f"{name}.denominator", title, whole, source, weight=weights[1])
    return RateFigure(name, title, numerator, denominator, source, reading)


RATES: tuple[RateFigure, ...] = (
    _rate(
        "online_submission",
        N_("Hồ sơ nộp trực tuyến"),
        and_(IN_PERIOD, ONLINE),
        IN_PERIOD,
        source=f"{INDEX_766}, 3.3",
        reading=N_("Kênh nộp là trực tuyến, trên hồ sơ tiếp nhận trong kỳ; kể cả nộp có cán bộ hỗ trợ."),
    ),
    _rate(
        "online_submission_without_assisted",
        N_("Hồ sơ nộp trực tuyến, không kể nộp có hỗ trợ"),
        and_(IN_PERIOD, ONLINE, eq(Fact("is_assisted"), False)),
        IN_PERIOD,
        source=f"{INDEX_766}, 3.3",
        reading=N_("Như trên, trừ hồ sơ do cán bộ nộp hộ; mẫu số không đổi."),
    ),
    _rate(
        "digitization_components",
        N_("Thành phần hồ sơ được số hóa"),
        and_(IN_PERIOD, gt(_DUE_PAPERS, 0)),
        and_(IN_PERIOD, gt(_DUE_PAPERS, 0)),
        source=f"{INDEX_766}, 4.2",
        reading=N_("Đếm từng giấy tờ phải số hóa của hồ sơ tiếp nhận trong kỳ; giấy tờ được miễn không tính."),
        weights=("components_digitized", "components_due"),
    ),
    _rate(
        "digitization_results",
        N_("Kết quả giải quyết được số hóa"),
        and_(_FINISHED, _RESULT_DUE, _RESULT_DIGITIZED),
        and_(_FINISHED, _RESULT_DUE),
        source=f"{INDEX_766}, 4.2",
        reading=N_("Hồ sơ có kết quả trong kỳ mà kết quả là bản điện tử hoặc bản giấy đã quét."),
    ),
    _rate(
        "digitized_dossiers",
        N_("Hồ sơ được số hóa"),
        _WHOLLY_DIGITIZED,
        _TO_DIGITIZE,
        source=f"{INDEX_766}, 4.2",
        reading=N_("Đủ cả hai: mọi giấy tờ phải số hóa và kết quả (nếu có); trên hồ sơ tiếp nhận trong kỳ."),
    ),
    _rate(
        "reuse",
        N_("Hồ sơ dùng lại giấy tờ đã số hóa"),
        and_(IN_PERIOD, gt(Fact("components_reused"), 0)),
        IN_PERIOD,
        source=f"{INDEX_766}, 4.3",
        reading=N_("Có ít nhất một giấy tờ dùng lại, trên hồ sơ tiếp nhận trong kỳ."),
    ),
    _rate(
        "electronic_results",
        N_("Hồ sơ cấp kết quả điện tử"),
        and_(_FINISHED, _RESULT_DUE, eq(Fact("result_electronic"), True)),
        and_(_FINISHED, _RESULT_DUE),
        source=f"{INDEX_766}, 4.1",
        reading=N_("Kết quả là bản điện tử có chữ ký số, trên hồ sơ có kết quả trong kỳ; bản quét không tính."),
    ),
    _rate(
        "online_payment",
        N_("Hồ sơ thanh toán trực tuyến"),
        and_(IN_PERIOD, gt(Fact("fee_vnd"), 0), eq(Fact("paid_online"), True)),
        and_(IN_PERIOD, gt(Fact("fee_vnd"), 0)),
        source=f"{INDEX_766}, 3.6",
        reading=N_("Trên hồ sơ tiếp nhận trong kỳ có phí, lệ phí lớn hơn 0."),
    ),
    _rate(
        "on_time_committed",
        N_("Đúng hạn theo thời hạn cam kết"),
        or_(_EARLY, _ON_TIME),
        or_(_EARLY, _ON_TIME, _LATE),
        source="TT 01/2018/TT-VPCP, chỉ số 1",
        reading=N_("Giải quyết trước hạn và đúng hạn, trên hồ sơ đã giải quyết trong kỳ biết được hạn."),
    ),
    _rate(
        "on_time_statutory",
        N_("Đúng hạn theo thời hạn luật định"),
        and_(_STATUTORY_KNOWN, not_(eq(_STATUTORY, Standing.LATE.value))),
        _STATUTORY_KNOWN,
        source="TT 01/2018/TT-VPCP, chỉ số 1",
        reading=N_("Như trên, so với thời hạn của pháp luật trước khi rút ngắn."),
    ),
)

FIGURES: Mapping[str, Figure] = {
    figure.id: figure
    for figure in (*CELLS_06A, *(part for rate in RATES for part in (rate.numerator, rate.denominator)))
}
