"""Forms of the mission (biểu theo nhiệm vụ): work done online by level, limits shortened, certification apart."""

from __future__ import annotations

from datetime import date

from app.domain.figures import (
    COUNTED,
    DUE_AT,
    EARLY,
    IN_PERIOD,
    LATE,
    ON_TIME,
    ONLINE,
    PENDING,
    RESOLVED,
    Figure,
)
from app.domain.predicates import Fact, Predicate, and_, eq, known, lt, not_, or_
from app.domain.rate_formulas import CERTIFICATION_FIELD, FINISHED, RESULT_WHERE_DUE
from app.domain.table_form import Distance, Goal, Known, LevelTarget, Share, TableForm
from workflows.errors import N_

# Targets of a plan, to be held against its text; a province that set others writes rows of its own dates.
_PLAN, _SINCE = "QĐ 749/QĐ-TTg (mục tiêu đến 2025, cần đối chiếu)", date(2020, 6, 3)
ONLINE_TARGETS = (
    LevelTarget("province", 90, _PLAN, _SINCE),
    LevelTarget("department", 90, _PLAN, _SINCE),
    LevelTarget("commune", 60, _PLAN, _SINCE),
)


def _figures(form: str, source: str, *columns: tuple[str, str, Predicate]) -> tuple[Figure, ...]:
    return tuple(Figure(f"{form}.{name}", title, counted, source) for name, title, counted in columns)


_PAPERLESS = and_(FINISHED, ONLINE, not_(lt(Fact("components_digitized"), Fact("components_due"))), RESULT_WHERE_DUE)
ONLINE_WORK = TableForm(
    "online",
    N_("Xử lý trên môi trường điện tử theo cấp"),
    _PLAN,
    _figures(
        "online_work",
        _PLAN,
        ("finished", N_("Hồ sơ có kết quả"), FINISHED),
        ("paperless", N_("Xử lý trọn trên môi trường điện tử"), _PAPERLESS),
        ("partly", N_("Còn khâu trên giấy"), and_(FINISHED, not_(_PAPERLESS))),
        ("received", N_("Tiếp nhận trong kỳ"), IN_PERIOD),
        ("online", N_("Trong đó nộp trực tuyến"), and_(IN_PERIOD, ONLINE)),
    ),
    (("online_work.finished", ("online_work.paperless", "online_work.partly")),),
    (
        Share(
            "online_work.share",
            N_("Tỷ lệ xử lý trọn (%)"),
            ((100, "online_work.paperless"),),
            ("online_work.finished",),
        ),
        Goal("online_work.goal", N_("Mục tiêu của cấp (%)"), ONLINE_TARGETS),
        Distance("online_work.distance", N_("Hơn, kém mục tiêu (điểm %)"), "online_work.share", "online_work.goal"),
        Share(
            "online_work.filed",
            N_("Cách hiểu khác: chỉ xét nộp trực tuyến (%)"),
            ((100, "online_work.online"),),
            ("online_work.received",),
        ),
    ),
    (
        N_(
            "Xử lý trọn: nộp trực tuyến, mọi giấy tờ phải số hóa đã số hóa, và kết quả điện tử nếu thủ tục có kết quả; "
            "trên hồ sơ có kết quả trong kỳ."
        ),
        N_("Mục tiêu có khi dòng là đơn vị; tỉnh đặt mức khác thì thay bằng dòng dữ liệu có ngày hiệu lực."),
    ),
)

_COMMITTED = "Thời hạn cam kết, NĐ 61/2018/NĐ-CP và các quyết định rút ngắn"
_BOTH = and_(IN_PERIOD, known(DUE_AT), known(Fact("statutory_due_at")))
_SHORTER = and_(_BOTH, lt(DUE_AT, Fact("statutory_due_at")))
_IN_TIME = or_(EARLY, ON_TIME)
MEAN, LEAST, MOST = "shortened.mean", "shortened.least", "shortened.most"
SHORTENED = TableForm(
    "shortened",
    N_("Rút ngắn thời hạn giải quyết"),
    _COMMITTED,
    _figures(
        "shortened",
        _COMMITTED,
        ("received", N_("Tiếp nhận trong kỳ"), IN_PERIOD),
        ("shorter", N_("Có hạn cam kết ngắn hơn luật định"), _SHORTER),
        ("same", N_("Hạn cam kết bằng luật định"), and_(_BOTH, not_(_SHORTER))),
        ("unknown", N_("Không rõ một trong hai hạn"), and_(IN_PERIOD, not_(_BOTH))),
        ("settled", N_("Hồ sơ rút ngắn đã giải quyết"), and_(_SHORTER, or_(_IN_TIME, LATE))),
        ("in_time", N_("Trong đó đúng hạn cam kết"), and_(_SHORTER, _IN_TIME)),
    ),
    (("shortened.received", ("shortened.shorter", "shortened.same", "shortened.unknown")),),
    (
        Share(
            "shortened.share",
            N_("Tỷ lệ hồ sơ được rút ngắn (%)"),
            ((100, "shortened.shorter"),),
            ("shortened.shorter", "shortened.same"),
        ),
        Share(
            "shortened.kept",
            N_("Giữ được hạn rút ngắn (%)"),
            ((100, "shortened.in_time"),),
            ("shortened.settled",),
        ),
        Known(MEAN, N_("Mức rút ngắn bình quân một hồ sơ (%)")),
        Known(LEAST, N_("Mức rút ngắn ít nhất (%)")),
        Known(MOST, N_("Mức rút ngắn nhiều nhất (%)")),
    ),
    (
        N_("Mức rút ngắn của một hồ sơ: hạn cam kết so với luật định, theo bản thủ tục và kênh nộp lúc tiếp nhận."),
        N_("Bình quân, ít nhất, nhiều nhất: trên hồ sơ tiếp nhận trong kỳ có thời hạn luật định; không rút ngắn là 0."),
    ),
)

_CERTIFICATION = eq(Fact("field"), CERTIFICATION_FIELD)
_APART = "TT 01/2020/TT-VPCP; chứng thực tách riêng"


def _apart(name: str, titles: tuple[str, ...], which: Predicate) -> tuple[Figure, ...]:
    counted = (COUNTED, RESOLVED, _IN_TIME, LATE, PENDING)
    parts = ("counted", "settled", "in_time", "late", "pending")
    return _figures(
        f"apart.{name}",
        _APART,
        *((part, title, and_(one, which)) for part, title, one in zip(parts, titles, counted, strict=True)),
    )


def _in_time(name: str, title: str) -> Share:
    judged = (f"apart.{name}.in_time", f"apart.{name}.late")
    return Share(f"apart.{name}.share", title, ((100, judged[0]),), judged)


CERTIFICATION = TableForm(
    "certification",
    N_("Chứng thực tách riêng"),
    _APART,
    (
        *_figures("apart", _APART, ("counted", N_("Nhận giải quyết, tổng số"), COUNTED)),
        *_apart(
            "certification",
            (
                N_("Chứng thực: nhận"),
                N_("Chứng thực: đã giải quyết"),
                N_("Chứng thực: trước và đúng hạn"),
                N_("Chứng thực: quá hạn"),
                N_("Chứng thực: đang giải quyết"),
            ),
            _CERTIFICATION,
        ),
        *_apart(
            "others",
            (
                N_("Lĩnh vực khác: nhận"),
                N_("Lĩnh vực khác: đã giải quyết"),
                N_("Lĩnh vực khác: trước và đúng hạn"),
                N_("Lĩnh vực khác: quá hạn"),
                N_("Lĩnh vực khác: đang giải quyết"),
            ),
            not_(_CERTIFICATION),
        ),
    ),
    (
        ("apart.counted", ("apart.certification.counted", "apart.others.counted")),
        ("apart.certification.counted", ("apart.certification.settled", "apart.certification.pending")),
        ("apart.others.counted", ("apart.others.settled", "apart.others.pending")),
    ),
    (
        _in_time("certification", N_("Chứng thực: đúng hạn (%)")),
        _in_time("others", N_("Lĩnh vực khác: đúng hạn (%)")),
    ),
    (N_("Chứng thực xong trong ngày nên kéo tỷ lệ đúng hạn chung lên; biểu này cho thấy hai phần riêng."),),
)
