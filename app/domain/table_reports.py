"""Reports as tables (các biểu khác): columns of figures over rows, each with its sums; data like the formulas.

The 18-column variant is the local form that provinces keep for the 766 index: what waits for its applicant stands
apart from what is worked on, and a stopped dossier is not a settled one. Its unknown columns keep the sums true.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.channels import Channel
from app.domain.evaluation_forms import EVALUATION
from app.domain.figures import (
    CARRIED_OVER,
    CELLS_06A,
    COUNTED,
    EARLY,
    IN_PERIOD,
    IN_TERM,
    LATE,
    ON_TIME,
    ONLINE,
    OVERDUE,
    PENDING,
    RESOLVED,
    STATE,
    Figure,
)
from app.domain.mission_forms import CERTIFICATION, ONLINE_WORK, SHORTENED
from app.domain.predicates import Fact, Predicate, and_, eq, gt, in_, not_, or_
from app.domain.rate_formulas import FINISHED
from app.domain.table_form import TableForm
from workflows.errors import N_
from workflows.states import State

LOCAL = "Biểu mở rộng của địa phương, phục vụ QĐ 766/QĐ-TTg"
TT_01 = "TT 01/2018/TT-VPCP"


_WAITS = in_(STATE, State.AWAITING_SUPPLEMENT.value, State.AWAITING_PAYMENT.value)
_SETTLED = and_(RESOLVED, not_(eq(STATE, State.STOPPED.value)))
_WORKED_ON = and_(PENDING, not_(_WAITS))
_PAUSED = or_(and_(PENDING, _WAITS), and_(RESOLVED, eq(STATE, State.STOPPED.value)))
_IN_TIME, _TOO_LATE = or_(IN_TERM, EARLY, ON_TIME), or_(OVERDUE, LATE)


def _column(name: str, title: str, counted: Predicate, place: int = 0) -> Figure:
    return Figure(f"v18.{name}", title, counted, LOCAL, place)


_18 = (
    _column("received", N_("Tiếp nhận, tổng số"), COUNTED, 3),
    _column("carried_over", N_("Tiếp nhận, kỳ trước"), CARRIED_OVER, 4),
    _column("in_period", N_("Tiếp nhận trong kỳ, tổng số"), IN_PERIOD, 5),
    _column("online", N_("Tiếp nhận trong kỳ, trực tuyến"), and_(IN_PERIOD, ONLINE), 6),
    _column(
        "direct", N_("Tiếp nhận trong kỳ, trực tiếp"), and_(IN_PERIOD, eq(Fact("channel"), Channel.DIRECT.value)), 7
    ),
    _column("post", N_("Tiếp nhận trong kỳ, bưu chính"), and_(IN_PERIOD, eq(Fact("channel"), Channel.POST.value)), 8),
    _column("settled", N_("Đã xử lý, tổng số"), _SETTLED, 9),
    _column("settled_early", N_("Đã xử lý trước hạn"), and_(_SETTLED, EARLY), 10),
    _column("settled_in_term", N_("Đã xử lý trong hạn"), and_(_SETTLED, ON_TIME), 11),
    _column("settled_late", N_("Đã xử lý quá hạn"), and_(_SETTLED, LATE), 12),
    _column("worked_on", N_("Đang xử lý, tổng số"), _WORKED_ON, 13),
    _column("worked_on_in_term", N_("Đang xử lý trong hạn"), and_(_WORKED_ON, IN_TERM), 14),
    _column("worked_on_late", N_("Đang xử lý quá hạn"), and_(_WORKED_ON, OVERDUE), 15),
    _column("paused", N_("Tạm dừng, tổng số"), _PAUSED, 16),
    _column("paused_in_term", N_("Tạm dừng trong hạn"), and_(_PAUSED, _IN_TIME), 17),
    _column("paused_late", N_("Tạm dừng quá hạn"), and_(_PAUSED, _TOO_LATE), 18),
    _column("unknown", N_("Không rõ hạn"), and_(COUNTED, not_(or_(_IN_TIME, _TOO_LATE)))),
)

_LATE_NOW = and_(COUNTED, _TOO_LATE)
_AGAIN = gt(Fact("supplement_requests"), 1)
_ASKED = eq(Fact("supplement_requests"), 1)


def _cause(name: str, title: str, counted: Predicate) -> Figure:
    return Figure(f"delay.{name}", title, counted, "Biểu nguyên nhân quá hạn, TT 02/2017/TT-VPCP")


_DELAY = (
    _cause("late", N_("Hồ sơ quá hạn, tổng số"), _LATE_NOW),
    _cause("asked_again", N_("Yêu cầu bổ sung quá một lần"), and_(_LATE_NOW, _AGAIN)),
    _cause("asked_once", N_("Có một lần yêu cầu bổ sung"), and_(_LATE_NOW, _ASKED)),
    _cause("settled", N_("Không bổ sung, đã giải quyết trễ"), and_(_LATE_NOW, not_(or_(_AGAIN, _ASKED)), RESOLVED)),
    _cause("pending", N_("Không bổ sung, còn đang xử lý"), and_(_LATE_NOW, not_(or_(_AGAIN, _ASKED)), PENDING)),
)


def _yearly(name: str, title: str, counted: Predicate) -> Figure:
    return Figure(f"yearly.{name}", title, counted, f"{TT_01}, Điều 11")


_YEARLY = (
    _yearly("received", N_("Tiếp nhận trong kỳ"), IN_PERIOD),
    _yearly("online", N_("Trong đó trực tuyến"), and_(IN_PERIOD, ONLINE)),
    _yearly("settled", N_("Đã giải quyết"), RESOLVED),
    _yearly("in_time", N_("Trước và đúng hạn"), or_(EARLY, ON_TIME)),
    _yearly("late", N_("Giải quyết quá hạn"), LATE),
    _yearly("electronic", N_("Kết quả điện tử"), and_(FINISHED, eq(Fact("result_electronic"), True))),
    _yearly("pending", N_("Chuyển kỳ sau"), PENDING),
)

FORMS: Mapping[str, TableForm] = {
    form.id: form
    for form in (
        TableForm(
            "06b",
            N_("Biểu tổng hợp II.06b theo đơn vị"),
            "TT 01/2020/TT-VPCP (cần đối chiếu TT 09/2026/TT-BTP)",
            CELLS_06A,
            (
                ("received_total", ("received_online", "received_direct_post", "carried_over")),
                ("resolved_total", ("resolved_early", "resolved_on_time", "resolved_late", "resolved_unknown")),
                ("pending_total", ("pending_in_term", "pending_overdue", "pending_unknown")),
                ("received_total", ("resolved_total", "pending_total")),
            ),
        ),
        TableForm(
            "18",
            N_("Biểu 18 cột"),
            LOCAL,
            _18,
            (
                ("v18.received", ("v18.carried_over", "v18.in_period")),
                ("v18.in_period", ("v18.online", "v18.direct", "v18.post")),
                ("v18.received", ("v18.settled", "v18.worked_on", "v18.paused")),
            ),
        ),
        TableForm(
            "delay",
            N_("Nguyên nhân quá hạn"),
            "TT 02/2017/TT-VPCP",
            _DELAY,
            (("delay.late", ("delay.asked_again", "delay.asked_once", "delay.settled", "delay.pending")),),
        ),
        TableForm("yearly", N_("Tổng hợp một cửa trong năm"), f"{TT_01}, Điều 11", _YEARLY),
        EVALUATION,
        ONLINE_WORK,
        SHORTENED,
        CERTIFICATION,
    )
}
