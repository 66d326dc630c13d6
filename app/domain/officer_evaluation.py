"""Evaluation of a person (đánh giá cán bộ, TT 01/2018/TT-VPCP art. 14): stays at steps, and the dossiers of them.

Two kinds of evidence: each stay that ended in the period at the person's hands, and each dossier that was settled in
it and passed through them. A column is a condition over one of the two; the number is the length of its list.
Imported dossiers have no stays here, so nobody is judged by another system's work.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.channels import Channel
from app.domain.evaluation_scores import Attitude, Bodies
from app.domain.table_form import ONE, Column, Line, Share, Told
from workflows.deadlines import Standing
from workflows.errors import N_

EARLY, ON_TIME, LATE = Standing.EARLY.value, Standing.ON_TIME.value, Standing.LATE.value
COMPLAINED, MORE = "tt01.7.complained", "tt01.4.more"


@dataclass(frozen=True, slots=True)
class Held:
    """One stay at a step that ended; `outcome` compares minutes used with those allotted, empty where unknown."""

    user_id: int
    number: str
    step: str
    handed_at: datetime
    left_at: datetime
    due_at: datetime | None
    outcome: str
    was_sent_back: bool  # the next hands gave it back to be mended


@dataclass(frozen=True, slots=True)
class Settled:
    """One dossier settled in the period that passed through a person; stays are counted to the period's end.

    Whoever held it at its due time is told apart from whose step was late: a step may be late long before the dossier
    is, and a dossier may become late in the hands of somebody whose own step was in time.
    """

    user_id: int
    number: str
    received_at: datetime
    ended_at: datetime
    standing: str
    statutory: str
    supplements: int
    channel: int
    is_electronic: bool
    own_late: int
    own_not_early: int
    own_unknown: int
    others_late: int
    own_at_due: int  # stays of this person that lay over the moment in which the dossier became late
    others_at_due: int


@dataclass(frozen=True, slots=True)
class HeldColumn:
    """A count of stays."""

    id: str
    title: str
    test: Callable[[Held], bool]


@dataclass(frozen=True, slots=True)
class SettledColumn:
    """A count of dossiers."""

    id: str
    title: str
    test: Callable[[Settled], bool]


HELD: tuple[HeldColumn, ...] = (
    HeldColumn("steps", N_("Lượt xử lý"), lambda _one: True),
    HeldColumn("steps_early", N_("Lượt trước hạn bước"), lambda one: one.outcome == EARLY),
    HeldColumn("steps_on_time", N_("Lượt đúng hạn bước"), lambda one: one.outcome == ON_TIME),
    HeldColumn("steps_late", N_("Lượt quá hạn bước"), lambda one: one.outcome == LATE),
    HeldColumn("steps_unknown", N_("Lượt không rõ hạn"), lambda one: one.outcome not in {EARLY, ON_TIME, LATE}),
    HeldColumn("sent_back", N_("Bị trả lại để sửa"), lambda one: one.was_sent_back),
)


def _late(one: Settled) -> bool:
    return one.standing == LATE


def _untouched(one: Settled) -> bool:
    return one.channel == Channel.ONLINE.value and one.is_electronic


SETTLED: tuple[SettledColumn, ...] = (
    SettledColumn("dossiers", N_("Hồ sơ đã qua tay"), lambda _one: True),
    SettledColumn("early", N_("Trước hạn"), lambda one: one.standing == EARLY),
    SettledColumn("on_time", N_("Đúng hạn"), lambda one: one.standing == ON_TIME),
    SettledColumn("late", N_("Quá hạn"), _late),
    SettledColumn("unknown", N_("Không rõ hạn"), lambda one: one.standing not in {EARLY, ON_TIME, LATE}),
    SettledColumn(
        "late_own", N_("Quá hạn: bước của người này"), lambda one: _late(one) and one.own_late > 0
    ),
    SettledColumn(
        "late_elsewhere",
        N_("Quá hạn: chỉ bước khác"),
        lambda one: _late(one) and not one.own_late and one.others_late > 0,
    ),
    SettledColumn(
        "late_no_step",
        N_("Quá hạn: không bước nào"),
        lambda one: _late(one) and not one.own_late and not one.others_late,
    ),
    SettledColumn(
        "late_in_hand", N_("Quá hạn: lúc đến hạn do người này giữ"), lambda one: _late(one) and one.own_at_due > 0
    ),
    SettledColumn(
        "late_in_other_hands",
        N_("Quá hạn: lúc đến hạn do người khác giữ"),
        lambda one: _late(one) and not one.own_at_due and one.others_at_due > 0,
    ),
    SettledColumn(
        "late_in_no_hand",
        N_("Quá hạn: lúc đến hạn không ai giữ, hoặc không rõ"),
        lambda one: _late(one) and not one.own_at_due and not one.others_at_due,
    ),
    SettledColumn("law_shorter", N_("So với luật: ngắn hơn"), lambda one: one.statutory == EARLY),
    SettledColumn("law_equal", N_("So với luật: bằng"), lambda one: one.statutory == ON_TIME),
    SettledColumn("law_longer", N_("So với luật: dài hơn"), lambda one: one.statutory == LATE),
    SettledColumn(
        "law_unknown", N_("So với luật: không rõ"), lambda one: one.statutory not in {EARLY, ON_TIME, LATE}
    ),
    SettledColumn(
        "own_shorter",
        N_("Mọi bước của người này trước hạn"),
        lambda one: not one.own_unknown and not one.own_late and not one.own_not_early,
    ),
    SettledColumn(
        "own_equal",
        N_("Không bước nào quá hạn, có bước đúng hạn"),
        lambda one: not one.own_unknown and not one.own_late and one.own_not_early > 0,
    ),
    SettledColumn("own_longer", N_("Có bước quá hạn"), lambda one: one.own_late > 0),
    SettledColumn("own_unknown", N_("Có bước không rõ hạn"), lambda one: not one.own_late and one.own_unknown > 0),
    SettledColumn("asked_none", N_("Không phải bổ sung"), lambda one: one.supplements == 0),
    SettledColumn("asked_once", N_("Bổ sung một lần"), lambda one: one.supplements == 1),
    SettledColumn("asked_more", N_("Bổ sung quá một lần"), lambda one: one.supplements > 1),
    SettledColumn("bodies_none", N_("Nộp trực tuyến, kết quả điện tử"), _untouched),
    SettledColumn("bodies_desk", N_("Liên hệ một cửa"), lambda one: not _untouched(one)),
)
HELD_BY_ID: Mapping[str, HeldColumn] = {one.id: one for one in HELD}
SETTLED_BY_ID: Mapping[str, SettledColumn] = {one.id: one for one in SETTLED}


def _share(name: str, title: str, two: str, one: str, none: str) -> Share:
    return Share(name, title, ((2, two), (1, one)), (two, one, none), ONE)


INDICES: tuple[Column, ...] = (
    _share("officer.1", N_("Chỉ số 1, tổng thời gian"), "law_shorter", "law_equal", "law_longer"),
    _share("officer.2", N_("Chỉ số 2, thời gian ở người này"), "own_shorter", "own_equal", "own_longer"),
    _share("officer.3", N_("Chỉ số 3, số lần liên hệ"), "asked_none", "asked_once", "asked_more"),
    Bodies("officer.4", N_("Chỉ số 4, số cơ quan phải liên hệ"), "bodies_none", "bodies_desk", MORE),
    Attitude("officer.7", N_("Chỉ số 7, thái độ"), "early", "on_time", "late", COMPLAINED),
)


@dataclass(frozen=True, slots=True)
class Officer:
    """One person of a period: every count by its column, and the indices that are known."""

    user_id: int
    login: str
    name: str
    cells: Mapping[str, int]
    told: Told


def counted(held: Sequence[Held], settled: Sequence[Settled]) -> Mapping[str, int]:
    """Return each column's count of one person's stays and dossiers."""
    return {
        **{column.id: sum(map(column.test, held)) for column in HELD},
        **{column.id: sum(map(column.test, settled)) for column in SETTLED},
    }


def indices(cells: Mapping[str, int], known: Told, day: date) -> Told:
    """Return the indices of one person; what nobody entered stays unknown. `day` begins the period."""
    asked = Line(cells, "", day, {}, known)
    return {column.id: column.told(asked) for column in INDICES}
