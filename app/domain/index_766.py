"""The service-quality index (bộ chỉ số phục vụ người dân, doanh nghiệp): QĐ 766/QĐ-TTg, its components and maxima.

Official points are the portal's; ours are estimates beside them. What this house cannot know (publication on time,
synchronization, complaints) is entered or imported, and missing until then, never zero. Score rules as the formula
document and the observed scores agree on them; where they differ (4.2) both are kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from app.domain.figures import COUNTED, EARLY, IN_PERIOD, IN_TERM, LATE, ON_TIME, ONLINE, OVERDUE, Figure
from app.domain.formulas import Formula, Scoring, Zero, checked
from app.domain.predicates import Fact, Predicate, and_, eq, gt, lt, not_, or_
from app.domain.rate_formulas import FINISHED, INDEX_766, RESULT_DUE, RESULT_WHERE_DUE, WHOLLY_DIGITIZED
from workflows.errors import N_


class Ground(StrEnum):
    """Where the counts of a component come from."""

    FACTS = "facts"  # dossiers of this house
    CATALOGUE = "catalogue"  # procedures offered by this house
    ENTERED = "entered"  # outside this house: entered or imported
    BOTH = "both"  # dossiers of this house and a count that is entered
    KNOWN = "known"  # procedures, where the catalogue says enough of them; entered where it does not
    INFO = "info"  # told, not scored


@dataclass(frozen=True, slots=True)
class Component:
    """One component: its maximum and rule, where its counts come from, and its formula where dossiers are counted."""

    code: str
    group: int
    title: str
    ground: Ground
    scoring: Scoring | None = None
    zero: Zero = Zero.NOT_ARISEN
    formula: Formula | None = None
    reading: str = ""
    other_scoring: Scoring | None = None
    version: str = "1"

    @property
    def maximum(self) -> Decimal:
        """The most points it can give; 0 for what is only told."""
        return self.scoring.maximum if self.scoring else Decimal(0)


GROUPS: Mapping[int, tuple[str, Decimal]] = {
    1: (N_("Công khai, minh bạch"), Decimal(18)),
    2: (N_("Tiến độ, kết quả giải quyết"), Decimal(20)),
    3: (N_("Dịch vụ trực tuyến, thanh toán trực tuyến"), Decimal(22)),
    4: (N_("Số hóa hồ sơ"), Decimal(22)),
    5: (N_("Mức độ hài lòng"), Decimal(18)),
}
_FEE, _VNEID = gt(Fact("fee_vnd"), 0), eq(Fact("vneid_verified"), True)
_PAID = eq(Fact("paid_online"), True)
PAID_ONLINE, BY_VNEID = and_(_FEE, _PAID), _VNEID


def _points(maximum: int, full_at: str = "1") -> Scoring:
    return Scoring(Decimal(maximum), Decimal(full_at))


def _counted(
    code: str, title: str, part: Predicate, whole: Predicate, *, reading: str, scoring: Scoring
) -> Component:
    name, source = f"index_766.{code}", f"{INDEX_766}, {code}"
    formula = Formula(
        name,
        title,
        Figure(f"{name}.numerator", title, and_(whole, part), source),
        Figure(f"{name}.denominator", title, whole, source),
        source,
        reading,
        scoring=scoring,
    )
    return Component(code, int(code[0]), title, Ground.FACTS, scoring, formula=formula, reading=reading)


def _entered(
    code: str, title: str, maximum: int, full_at: str = "1", *, needs: str, zero: Zero = Zero.NOT_ARISEN
) -> Component:
    """Return a component that this house cannot know; `needs` says which two counts are missing, and who has them."""
    return Component(code, int(code[0]), title, Ground.ENTERED, _points(maximum, full_at), zero, reading=needs)


def is_for_citizens(subject: str) -> bool | None:
    """Tell whether a procedure is done by citizens, by the subjects its catalogue names; None where it names none."""
    named = subject.casefold()
    return any(word in named for word in ("công dân", "cá nhân", "hộ gia đình")) if named.strip() else None


_PUBLIC = (
    _entered(
        "1.1",
        N_("Thủ tục được công bố đúng hạn"),
        6,
        needs=N_("Cần nhập: thủ tục công bố đúng hạn, trên thủ tục công bố trong kỳ; số của nơi công bố."),
    ),
    _entered(
        "1.2",
        N_("Thủ tục được cập nhật, công khai đúng hạn"),
        4,
        needs=N_("Cần nhập: thủ tục công khai đúng hạn, trên thủ tục phải công khai trong kỳ; chỉ cấp tỉnh."),
    ),
    Component(
        "1.3",
        1,
        N_("Thủ tục công khai đủ nội dung"),
        Ground.CATALOGUE,
        _points(2),
        reading=N_(
            "Thủ tục đang mở mà danh mục không còn nội dung chưa xác định, trên mọi thủ tục đang mở, tính đến nay."
        ),
    ),
    _entered(
        "1.4",
        N_("Hồ sơ đồng bộ lên Cổng Dịch vụ công quốc gia"),
        6,
        needs=N_("Cần nhập: hồ sơ Cổng đã nhận, trên số lớn hơn giữa Cổng và Hệ thống báo cáo; số của Cổng quốc gia."),
    ),
)
_PROGRESS = (
    _counted(
        "2.1",
        N_("Hồ sơ xử lý trước hạn, đúng hạn"),
        or_(EARLY, ON_TIME, and_(IN_TERM, lt(Fact("supplement_requests"), 2))),
        COUNTED,
        reading=N_(
            "Đã giải quyết không trễ hoặc còn trong hạn, trên mọi hồ sơ nhận và xử lý trong kỳ; "
            "quá một lần yêu cầu bổ sung là trễ."
        ),
        scoring=_points(20),
    ),
    Component(
        "2.2",
        2,
        N_("Thời gian giải quyết trung bình"),
        Ground.INFO,
        reading=N_("Từ tiếp nhận đến có kết quả, theo giờ thực, trên hồ sơ có kết quả trong kỳ; không chấm điểm."),
    ),
)
_ONLINE = (
    Component(
        "3.1",
        3,
        N_("Thủ tục cung cấp trực tuyến"),
        Ground.CATALOGUE,
        _points(2, "0.80"),
        reading=N_("Thủ tục đang mở có kênh trực tuyến, trên mọi thủ tục đang mở."),
    ),
    Component(
        "3.2",
        3,
        N_("Dịch vụ trực tuyến có phát sinh hồ sơ"),
        Ground.CATALOGUE,
        _points(4),
        reading=N_("Dịch vụ trực tuyến có ít nhất một hồ sơ trực tuyến trong kỳ, trên mọi dịch vụ trực tuyến."),
    ),
    _counted(
        "3.3",
        N_("Hồ sơ nộp trực tuyến"),
        and_(ONLINE, RESULT_WHERE_DUE),
        IN_PERIOD,
        reading=N_(
            "Kênh trực tuyến và đã có kết quả điện tử nếu thủ tục có kết quả; "
            "trên hồ sơ tiếp nhận trong kỳ. Không nhân tỷ lệ đồng bộ."
        ),
        scoring=_points(6, "0.50"),
    ),
    _entered(
        "3.5",
        N_("Thủ tục có nghĩa vụ tài chính được tích hợp thanh toán"),
        2,
        "0.80",
        needs=N_("Cần nhập: thủ tục đã đồng bộ dữ liệu phí, trên thủ tục có phí; số của Cổng quốc gia."),
    ),
    Component(
        "3.5b",
        3,
        N_("Thủ tục có giao dịch thanh toán trực tuyến"),
        Ground.CATALOGUE,
        _points(2, "0.80"),
        reading=N_(
            "Thủ tục đang mở có phí, lệ phí mà trong kỳ có hồ sơ thanh toán trực tuyến, "
            "trên mọi thủ tục đang mở có phí, lệ phí."
        ),
        version="2",
    ),
    _counted(
        "3.6",
        N_("Hồ sơ thanh toán trực tuyến"),
        _PAID,
        and_(IN_PERIOD, _FEE),
        reading=N_("Trên hồ sơ tiếp nhận trong kỳ có phí, lệ phí lớn hơn 0."),
        scoring=_points(6),
    ),
)
_DIGITIZED = _counted(
    "4.2",
    N_("Hồ sơ thực hiện số hóa"),
    WHOLLY_DIGITIZED,
    IN_PERIOD,
    reading=N_(
        "Đủ cả thành phần và kết quả; trên mọi hồ sơ tiếp nhận trong kỳ. "
        "Điểm theo mức đã quan sát; văn bản ghi đủ điểm từ 80%."
    ),
    scoring=_points(4),
)
_DIGITAL = (
    _counted(
        "4.1",
        N_("Hồ sơ cấp kết quả điện tử"),
        eq(Fact("result_electronic"), True),
        and_(FINISHED, RESULT_DUE),
        reading=N_("Kết quả là bản điện tử có chữ ký số, trên hồ sơ có kết quả trong kỳ; bản quét không tính."),
        scoring=_points(6),
    ),
    Component(
        _DIGITIZED.code,
        4,
        _DIGITIZED.title,
        Ground.FACTS,
        _DIGITIZED.scoring,
        formula=_DIGITIZED.formula,
        reading=_DIGITIZED.reading,
        other_scoring=_points(4, "0.80"),
    ),
    _entered(
        "4.2b",
        N_("Chứng thực bản sao điện tử từ bản chính"),
        2,
        needs=N_("Cần nhập: bản sao chứng thực điện tử đã cấp, trên số phải cấp; văn bản không nêu mẫu số."),
    ),
    _counted(
        "4.3",
        N_("Khai thác, sử dụng lại dữ liệu số hóa"),
        gt(Fact("components_reused"), 0),
        IN_PERIOD,
        reading=N_("Có ít nhất một giấy tờ dùng lại, trên hồ sơ tiếp nhận trong kỳ."),
        scoring=_points(2, "0.80"),
    ),
    _entered(
        "4.4",
        N_("Hồ sơ số hóa kết nối, chia sẻ để tái sử dụng"),
        4,
        needs=N_("Cần nhập: hồ sơ lấy giấy tờ từ kho cá nhân hoặc đã chia sẻ kết quả, trên mọi hồ sơ; số của Cổng."),
    ),
    Component(
        "4.5a",
        4,
        N_("Thủ tục kết nối dữ liệu dân cư"),
        Ground.KNOWN,
        _points(2),
        reading=N_(
            "Thủ tục của công dân mà trong kỳ có hồ sơ xác thực bằng VNeID, trên mọi thủ tục đang mở của công dân; "
            "danh mục chưa ghi đối tượng thực hiện của mọi thủ tục thì cần nhập."
        ),
        version="2",
    ),
    _counted(
        "4.5b",
        N_("Hồ sơ sử dụng dữ liệu dân cư"),
        _VNEID,
        IN_PERIOD,
        reading=N_("Hồ sơ xác thực bằng VNeID, trên hồ sơ tiếp nhận trong kỳ."),
        scoring=_points(2),
    ),
)
_IN_TIME = _counted(
    "5.4",
    N_("Hài lòng trong tiếp nhận, giải quyết thủ tục"),
    not_(or_(LATE, OVERDUE)),
    COUNTED,
    reading=N_(
        "100% trừ tỷ lệ hồ sơ trễ và tỷ lệ hồ sơ bị phản ánh, không hài lòng; số hồ sơ bị phản ánh do người nhập."
    ),
    scoring=_points(6, "0.90"),
)
_SATISFACTION = (
    Component("5.1", 5, N_("Phân loại phản ánh, kiến nghị"), Ground.INFO),
    _entered(
        "5.2",
        N_("Phản ánh, kiến nghị xử lý đúng hạn"),
        6,
        needs=N_("Cần nhập: phản ánh xử lý đúng hạn hoặc còn hạn, trên mọi phản ánh; không có phản ánh thì đủ điểm."),
        zero=Zero.FULL,
    ),
    _entered(
        "5.3",
        N_("Hài lòng trong xử lý phản ánh, kiến nghị"),
        6,
        needs=N_("Cần nhập: phản ánh không bị chê, không lặp lại, không trễ, trên mọi phản ánh; không có thì đủ điểm."),
        zero=Zero.FULL,
    ),
    Component(
        _IN_TIME.code,
        5,
        _IN_TIME.title,
        Ground.BOTH,
        _IN_TIME.scoring,
        Zero.NOTHING,
        formula=_IN_TIME.formula,
        reading=_IN_TIME.reading,
    ),
)
COMPONENTS: tuple[Component, ...] = (*_PUBLIC, *_PROGRESS, *_ONLINE, *_DIGITAL, *_SATISFACTION)
FORMULAS = checked(component.formula for component in COMPONENTS if component.formula)
BY_CODE: Mapping[str, Component] = {component.code: component for component in COMPONENTS}
