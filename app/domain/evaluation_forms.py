"""Evaluation of a unit (đánh giá, TT 01/2018/TT-VPCP arts. 13–15): nine indices, from dossiers, catalogue and entries.

Each dossier earns two, one or no points; an index is their average, one decimal. What is asked of citizens, of boards
and of the book of complaints is entered with its source; until then the index is left out and named, never zero.
"""

from __future__ import annotations

from app.domain.evaluation_scores import Attitude, Bodies, Complaints, Online, Published, WholeCycle
from app.domain.figures import COUNTED, IN_PERIOD, LATE, ONLINE, OVERDUE, RESOLVED, STANDING, Figure
from app.domain.predicates import Fact, Predicate, and_, eq, gt, not_, or_
from app.domain.table_form import ONE, Most, Share, Sum, TableForm
from workflows.deadlines import Standing
from workflows.errors import N_

TT_01_INDICES = "TT 01/2018/TT-VPCP, Điều 13–15"
OFFERED, COMPLETE, OFFERED_ONLINE = "catalogue.offered", "catalogue.complete", "catalogue.online"
_STATUTORY, _ASKED = Fact("statutory_standing"), Fact("supplement_requests")


def _column(name: str, title: str, counted: Predicate) -> Figure:
    return Figure(f"evaluation.{name}", title, counted, TT_01_INDICES)


def _judged(name: str, titles: tuple[str, str, str, str], parts: tuple[Predicate, ...]) -> tuple[Figure, ...]:
    """Return two points, one, none, and not to be told: together every settled dossier."""
    judged = tuple(and_(RESOLVED, part) for part in parts)
    unknown = and_(RESOLVED, not_(or_(*parts)))
    return tuple(
        _column(f"{name}.{place}", title, part)
        for place, title, part in zip(("two", "one", "none", "unknown"), titles, (*judged, unknown), strict=True)
    )


def _standings(fact: Fact) -> tuple[Predicate, ...]:
    return tuple(eq(fact, one.value) for one in (Standing.EARLY, Standing.ON_TIME, Standing.LATE))


_WHOLE = _judged(
    "1",
    (
        N_("So với luật: ngắn hơn"),
        N_("So với luật: bằng"),
        N_("So với luật: dài hơn"),
        N_("So với luật: không rõ"),
    ),
    _standings(_STATUTORY),
)
_OWN = _judged(
    "2",
    (
        N_("So với hạn giao đơn vị: ngắn hơn"),
        N_("So với hạn giao đơn vị: bằng"),
        N_("So với hạn giao đơn vị: dài hơn"),
        N_("So với hạn giao đơn vị: không rõ"),
    ),
    _standings(STANDING),
)
_CONTACTS = _judged(
    "3",
    (
        N_("Không phải bổ sung"),
        N_("Bổ sung một lần"),
        N_("Bổ sung quá một lần"),
        N_("Số lần bổ sung không rõ"),
    ),
    (eq(_ASKED, 0), eq(_ASKED, 1), gt(_ASKED, 1)),
)
_UNTOUCHED = and_(RESOLVED, ONLINE, eq(Fact("result_electronic"), True))
_BODIES = (
    _column("4.none", N_("Nộp trực tuyến, kết quả điện tử"), _UNTOUCHED),
    _column("4.desk", N_("Liên hệ một cửa"), and_(RESOLVED, not_(_UNTOUCHED))),
)
_SETTLED = _column("settled", N_("Hồ sơ đã giải quyết"), RESOLVED)
_ONLINE = (
    _column("received", N_("Tiếp nhận trong kỳ"), IN_PERIOD),
    _column("online", N_("Tiếp nhận trực tuyến trong kỳ"), and_(IN_PERIOD, ONLINE)),
    _column("online_late", N_("Hồ sơ trực tuyến quá hạn"), and_(COUNTED, ONLINE, or_(LATE, OVERDUE))),
)


def _index(name: str, title: str) -> Share:
    two, one, none = (f"evaluation.{name}.{part}" for part in ("two", "one", "none"))
    return Share(f"evaluation.{name}", title, ((2, two), (1, one)), (two, one, none), ONE)


_INDICES = (
    _index("1", N_("Chỉ số 1, tổng thời gian")),
    _index("2", N_("Chỉ số 2, thời gian của đơn vị")),
    _index("3", N_("Chỉ số 3, số lần liên hệ")),
    Bodies(
        "evaluation.4",
        N_("Chỉ số 4, số cơ quan phải liên hệ"),
        "evaluation.4.none",
        "evaluation.4.desk",
        "tt01.4.more",
    ),
    WholeCycle("evaluation.5", N_("Chỉ số 5, khép kín tại một cửa"), "tt01.5.all", "tt01.5.whole", "tt01.5.desk"),
    Published("evaluation.6", N_("Chỉ số 6, công khai"), "tt01.6.all", "tt01.6.posted", OFFERED, COMPLETE),
    Attitude(
        "evaluation.7",
        N_("Chỉ số 7, thái độ"),
        "evaluation.2.two",
        "evaluation.2.one",
        "evaluation.2.none",
        "tt01.7.complained",
    ),
    Complaints(
        "evaluation.8", N_("Chỉ số 8, xử lý phản ánh"), "tt01.8.all", "tt01.8.on_time", "tt01.8.prolonged"
    ),
    Online(
        "evaluation.9",
        N_("Chỉ số 9, dịch vụ trực tuyến"),
        "evaluation.online",
        "evaluation.received",
        "evaluation.online_late",
        OFFERED,
        OFFERED_ONLINE,
    ),
)
_NAMES = tuple(index.id for index in _INDICES)

EVALUATION = TableForm(
    "evaluation",
    N_("Đánh giá giải quyết thủ tục hành chính"),
    TT_01_INDICES,
    (_SETTLED, *_WHOLE, *_OWN, *_CONTACTS, *_BODIES, *_ONLINE),
    tuple((_SETTLED.id, tuple(part.id for part in parts)) for parts in (_WHOLE, _OWN, _CONTACTS, _BODIES)),
    (
        *_INDICES,
        Sum("evaluation.points", N_("Cộng điểm các chỉ số có dữ liệu"), _NAMES),
        Most("evaluation.most", N_("Điểm tối đa của các chỉ số đó"), _NAMES, 2),
    ),
    (
        N_("Chỉ số 2 đọc theo hạn cam kết của đơn vị giải quyết; theo từng bước xử lý xem ở đánh giá cán bộ."),
        N_("Chỉ số 3 lấy số lần yêu cầu bổ sung làm số lần liên hệ, không xét lỗi của người nộp."),
        N_(
            "Chỉ số 4: nộp trực tuyến và nhận kết quả điện tử là không liên hệ cơ quan nào; "
            "phần hơn một cơ quan là số nhập."
        ),
        N_(
            "Chỉ số 5, 6, 8 và số phản ánh của chỉ số 4, 7 là số liệu nhập có nguồn; "
            "chưa nhập là chưa có, không phải 0."
        ),
        N_("Chỉ số 7: hồ sơ trễ không có điểm; chỉ biết số phản ánh thì trừ vào hồ sơ trước hạn trước."),
        N_("Xếp loại khi đủ chín chỉ số."),
    ),
)
