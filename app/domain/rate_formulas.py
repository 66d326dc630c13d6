"""The rates of the mission (tỷ lệ): each with its text, its reading, and the other readings that the law allows.

Where a text is read in two ways both stand here; the one among `RATES` is the default, the others are shown beside
it. Dossiers whose standing cannot be told are in no rate of time; they are counted apart on the form.
"""

from __future__ import annotations

from app.domain.figures import (
    EARLY,
    ENDED_AT,
    IN_PERIOD,
    LATE,
    ON_TIME,
    ONLINE,
    RECEIVED_AT,
    RESOLVED,
    STATE,
    Figure,
)
from app.domain.formulas import Formula, checked
from app.domain.predicates import Fact, Predicate, and_, eq, gt, in_, lt, not_, or_
from workflows.deadlines import Standing
from workflows.errors import N_
from workflows.states import State

INDEX_766 = "QĐ 766/QĐ-TTg"
FINISHED = and_(RESOLVED, in_(STATE, State.FINISHED.value, State.RETURNED.value))
RESULT_DUE = eq(Fact("result_required"), True)
RESULT_DIGITIZED = or_(eq(Fact("result_electronic"), True), eq(Fact("result_digitized"), True))
_DUE_PAPERS, _DONE_PAPERS = Fact("components_due"), Fact("components_digitized")
TO_DIGITIZE = and_(IN_PERIOD, or_(gt(_DUE_PAPERS, 0), RESULT_DUE))
WHOLLY_DIGITIZED = and_(TO_DIGITIZE, not_(lt(_DONE_PAPERS, _DUE_PAPERS)), or_(not_(RESULT_DUE), RESULT_DIGITIZED))
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
    others: tuple[str, ...] = (),
) -> Formula:
    numerator = Figure(f"{name}.numerator", title, part, source, weight=weights[0])
    denominator = Figure(f"{name}.denominator", title, whole, source, weight=weights[1])
    return Formula(name, title, numerator, denominator, source, reading, other_readings=others)


_RESTART = Fact("restart_standing")
_RESTART_KNOWN = and_(
    RESOLVED,
    not_(lt(ENDED_AT, RECEIVED_AT)),
    in_(_RESTART, Standing.EARLY.value, Standing.ON_TIME.value, Standing.LATE.value),
)
CERTIFICATION_FIELD = "Chứng thực"
_NOT_CERTIFICATION = not_(eq(Fact("field"), CERTIFICATION_FIELD))
_NOT_WITHDRAWN = not_(eq(STATE, State.WITHDRAWN.value))
RESULT_WHERE_DUE = or_(not_(RESULT_DUE), eq(Fact("result_electronic"), True))

RATES: tuple[Formula, ...] = (
    _rate(
        "online_submission",
        N_("Hồ sơ nộp trực tuyến"),
        and_(IN_PERIOD, ONLINE),
        IN_PERIOD,
        source=f"{INDEX_766}, 3.3",
        reading=N_("Kênh nộp là trực tuyến, trên hồ sơ tiếp nhận trong kỳ; kể cả nộp có cán bộ hỗ trợ."),
        others=("online_submission_with_result",),
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
        reading=N_(
            "Giấy tờ đã số hóa trên giấy tờ phải số hóa của hồ sơ tiếp nhận trong kỳ. Không nằm trong mẫu số: giấy tờ "
            "được miễn có lý do, và giấy tờ của thủ tục chỉ xem rồi trả lại (chứng thực)."
        ),
        weights=("components_digitized", "components_due"),
    ),
    _rate(
        "digitization_results",
        N_("Kết quả giải quyết được số hóa"),
        and_(FINISHED, RESULT_DUE, RESULT_DIGITIZED),
        and_(FINISHED, RESULT_DUE),
        source=f"{INDEX_766}, 4.2",
        reading=N_("Hồ sơ có kết quả trong kỳ mà kết quả là bản điện tử hoặc bản giấy đã quét."),
    ),
    _rate(
        "digitized_dossiers",
        N_("Hồ sơ được số hóa"),
        WHOLLY_DIGITIZED,
        TO_DIGITIZE,
        source=f"{INDEX_766}, 4.2",
        reading=N_(
            "Đủ cả hai: mọi giấy tờ phải số hóa và kết quả (nếu có); trên hồ sơ tiếp nhận trong kỳ có giấy tờ phải "
            "số hóa hoặc có kết quả."
        ),
        others=("digitized_dossiers_components_only",),
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
        and_(FINISHED, RESULT_DUE, eq(Fact("result_electronic"), True)),
        and_(FINISHED, RESULT_DUE),
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
        others=("online_payment_of_those_paid",),
    ),
    _rate(
        "on_time_committed",
        N_("Đúng hạn theo thời hạn cam kết"),
        or_(EARLY, ON_TIME),
        or_(EARLY, ON_TIME, LATE),
        source="TT 01/2018/TT-VPCP, chỉ số 1",
        reading=N_("Giải quyết trước hạn và đúng hạn, trên hồ sơ đã giải quyết trong kỳ biết được hạn."),
        others=(
            "on_time_committed_restart",
            "on_time_committed_without_withdrawn",
            "on_time_committed_without_certification",
        ),
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

OTHER_READINGS: tuple[Formula, ...] = (
    _rate(
        "online_submission_with_result",
        N_("Hồ sơ nộp trực tuyến, cách hiểu chặt"),
        and_(IN_PERIOD, ONLINE, RESULT_WHERE_DUE),
        IN_PERIOD,
        source=f"{INDEX_766}, 3.3",
        reading=N_("Kênh trực tuyến và đã có kết quả điện tử nếu thủ tục có kết quả; trên hồ sơ tiếp nhận trong kỳ."),
    ),
    _rate(
        "digitized_dossiers_components_only",
        N_("Hồ sơ được số hóa, chỉ xét thành phần"),
        and_(TO_DIGITIZE, not_(lt(_DONE_PAPERS, _DUE_PAPERS))),
        TO_DIGITIZE,
        source=f"{INDEX_766}, 4.2",
        reading=N_("Chỉ xét giấy tờ phải số hóa, không xét kết quả."),
    ),
    _rate(
        "on_time_committed_restart",
        N_("Đúng hạn, tính lại từ đầu sau bổ sung"),
        and_(_RESTART_KNOWN, not_(eq(_RESTART, Standing.LATE.value))),
        _RESTART_KNOWN,
        source="NĐ 61/2018/NĐ-CP, Điều 19.4",
        reading=N_(
            "Thời hạn tính lại từ đầu sau khi bổ sung đủ, thay vì trừ thời gian chờ; lần bổ sung thứ hai vẫn trễ."
        ),
    ),
    _rate(
        "on_time_committed_without_withdrawn",
        N_("Đúng hạn, không kể hồ sơ rút"),
        and_(or_(EARLY, ON_TIME), _NOT_WITHDRAWN),
        and_(or_(EARLY, ON_TIME, LATE), _NOT_WITHDRAWN),
        source="TT 01/2018/TT-VPCP, chỉ số 1",
        reading=N_("Hồ sơ công dân rút không tính là đã giải quyết."),
    ),
    _rate(
        "on_time_committed_without_certification",
        N_("Đúng hạn, không kể chứng thực"),
        and_(or_(EARLY, ON_TIME), _NOT_CERTIFICATION),
        and_(or_(EARLY, ON_TIME, LATE), _NOT_CERTIFICATION),
        source="TT 01/2018/TT-VPCP, chỉ số 1",
        reading=N_("Chứng thực xong trong ngày nên tách riêng khi so các xã, phường."),
    ),
    _rate(
        "online_payment_of_those_paid",
        N_("Thanh toán trực tuyến trên hồ sơ đã có kết quả"),
        and_(FINISHED, gt(Fact("fee_vnd"), 0), eq(Fact("paid_online"), True)),
        and_(FINISHED, gt(Fact("fee_vnd"), 0)),
        source=f"{INDEX_766}, 3.6",
        reading=N_("Trên hồ sơ có kết quả trong kỳ, thay vì hồ sơ tiếp nhận trong kỳ."),
    ),
)

checked((*RATES, *OTHER_READINGS))
