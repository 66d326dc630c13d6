"""The work list as it is shown (danh sách việc): tabs, filters, rows with what is left and what comes next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for

from app.domain.channels import Channel, Source
from app.domain.people import Role, Staff
from app.i18n import LazyText
from app.i18n import gettext as _
from app.i18n import lazy_gettext as _l
from app.queries.inbox import Choice, ListQuery, Tab
from app.queries.work_rows import WorkRow
from app.web.desk.presenters.marks import CodeText, Mark, answer_clock, code_text, late_by, time_left
from app.web.desk.presenters.next_act import NextAct, next_act
from app.web.filters import vn_day_month, vn_time
from app.web.labels import Label, channel_label, state_label
from workflows.calendar import WorkingCalendar
from workflows.deadlines import Standing
from workflows.errors import CalendarYearMissing
from workflows.states import State

ANSWER_MINUTES = 480  # the eight marks of an online filing's answer, an hour each
_PART = {"late": Tab.OVERDUE, "soon": Tab.SOON}
TAB_WORDS: Mapping[Tab, LazyText] = {
    Tab.TODAY: _l("Việc hôm nay"),
    Tab.INTAKE: _l("Chờ tiếp nhận"),
    Tab.PROCESSING: _l("Đang xử lý"),
    Tab.SUPPLEMENT: _l("Chờ bổ sung"),
    Tab.SOON: _l("Sắp đến hạn"),
    Tab.OVERDUE: _l("Quá hạn"),
    Tab.HAND_OVER: _l("Chờ bàn giao"),
    Tab.DIGITIZE: _l("Chờ số hóa"),
    Tab.SIGN: _l("Trình ký"),
    Tab.ISSUE: _l("Chờ phát hành"),
    Tab.RETURN: _l("Chờ trả kết quả"),
}


@dataclass(frozen=True, slots=True)
class TabLink:
    """One tab with its count; overdue and due soon carry their colour when there is something."""

    key: str
    text: str
    count: int
    address: str
    tone: str
    current: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """One select above the list."""

    name: str
    label: str
    every: str
    choices: tuple[Choice, ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row of the list, every word chosen."""

    ref: str
    address: str
    code: CodeText
    code_note: str
    subject: str
    submitter: str
    procedure: str
    case: str
    channel: Label
    promised: str
    promised_note: str
    left: Mark
    eight: int | None
    flags: str
    step: str
    holder: str
    holder_note: str
    next: NextAct


@dataclass(frozen=True, slots=True)
class WorklistPage:
    """The whole page."""

    title: str
    caption: str
    tab: str
    query: str
    may_receive: bool
    tabs: tuple[TabLink, ...]
    filters: tuple[Filter, ...]
    mine_only: bool
    count_words: str
    rows: tuple[ShownRow, ...]
    page: int
    pages: int
    page_address: Callable[[int], str]
    download: str | None
    today: tuple[Any, ...]
    calendar_notes: tuple[Any, ...]
    empty_title: str
    empty_sentence: str


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads the list, when, and by which calendar remaining time is counted."""

    staff: Staff
    calendar: WorkingCalendar
    at: datetime


def shown_rows(rows: Sequence[WorkRow], reader: Reader) -> tuple[ShownRow, ...]:
    """Return the rows as the list shows them."""
    return tuple(_shown(row, reader) for row in rows)


def tab_links(counts: Mapping[Tab, int], current: Tab | None) -> tuple[TabLink, ...]:
    """Return the tabs in their order with their counts."""
    tones = {tab: tone for tone, tab in _PART.items()}
    return tuple(
        TabLink(
            key=tab.value,
            text=str(TAB_WORDS[tab]),
            count=count,
            address=url_for("desk.worklist", nhom=tab.value),
            tone=tones.get(tab, ""),
            current=tab is current,
        )
        for tab, count in counts.items()
    )


def filters(query: ListQuery, procedures: tuple[Choice, ...], holders: tuple[Choice, ...]) -> tuple[Filter, ...]:
    """Return the three selects: procedure, channel, holder."""
    channels = tuple(Choice(str(number), str(channel_label(number).text)) for number in (1, 2, 3))
    return (
        Filter("thu_tuc", _("Thủ tục"), _("Mọi thủ tục"), procedures, query.procedure),
        Filter("kenh", _("Kênh nộp"), _("Mọi kênh"), channels, str(query.channel or "")),
        Filter("nguoi_giu", _("Người đang giữ"), _("Mọi người giữ"), holders, str(query.holder or "")),
    )


def may_receive(staff: Staff) -> bool:
    """Tell whether the person receives at a desk."""
    return staff.has(Role.CLERK)


def _shown(row: WorkRow, reader: Reader) -> ShownRow:
    left, eight = _left(row, reader)
    holder, note = _holder(row, reader.staff)
    promised, promised_note = _promised(row)
    return ShownRow(
        ref=row.number,
        address=url_for("desk.dossier", ref=row.number),
        code=code_text(row.number),
        code_note=_code_note(row),
        subject=row.subject or row.summary,
        submitter=_submitter(row),
        procedure=row.procedure,
        case=row.case_name,
        channel=channel_label(row.channel),
        promised=promised,
        promised_note=promised_note,
        left=left,
        eight=eight,
        flags=_flags(row),
        step=_step(row),
        holder=holder,
        holder_note=note,
        next=next_act(row, reader.staff),
    )


def _flags(row: WorkRow) -> str:
    """What is told of a dossier wherever it is listed: a second request, late entry, another system's data."""
    again = _("bổ sung %(n)s lần: tính trễ", n=row.supplement_requests) if row.supplement_requests > 1 else ""
    moved_in = _("dữ liệu chuyển vào") if row.source == Source.IMPORTED else ""
    return " · ".join(filter(None, [again, _("nhập muộn") if row.is_late_entry else "", moved_in]))


def _code_note(row: WorkRow) -> str:
    if row.code:
        return ""
    place = _("Cổng DVC") if row.source == "national_portal" else _("Nộp")
    return f"{place} · {vn_time(row.filed_at)} {vn_day_month(row.filed_at)}"


def _submitter(row: WorkRow) -> str:
    if row.authorised:
        return _("ủy quyền: %(name)s", name=row.authorised)
    if row.applicant and row.applicant != row.subject:
        return _("nộp: %(name)s", name=row.applicant)
    return _("tự nộp")


def _promised(row: WorkRow) -> tuple[str, str]:
    if row.received_at is None:
        return _("Chưa hẹn"), ""
    if row.is_suspended:
        return _("Đang dừng"), ""
    moment = row.promised_at or row.due_at or row.first_due_at
    return (vn_day_month(moment), vn_time(moment)) if moment else (_("Chưa xác định"), "")


def _left(row: WorkRow, reader: Reader) -> tuple[Mark, int | None]:
    """Return what is left in words, and for an online filing not answered yet the hours used of the eight."""
    if State(row.state) is State.FILED:
        if row.answer_due_at is None:
            return Mark("plain", "inbox", _("Mới nộp")), None
        used = ANSWER_MINUTES - _between(reader.calendar, reader.at, row.answer_due_at)
        hours = min(8, max(0, -(-used // 60))) if row.channel == Channel.ONLINE else None
        return answer_clock(used), hours
    if row.received_at is None:
        return Mark("pause", "pause-circle", _("Chờ bổ sung")), None
    if row.ended_at is not None:
        return time_left(Standing(row.standing), None), None
    if row.is_suspended:
        words = _("Tạm dừng") if State(row.state) is State.PROCESSING else str(state_label(row.state).text)
        return Mark("pause", "pause-circle", words), None
    return _running(row, reader), None


def _running(row: WorkRow, reader: Reader) -> Mark:
    if row.due_at is None:
        return time_left(Standing.UNKNOWN, None)
    if row.due_at <= reader.at:
        return late_by(row.promised_at or row.due_at, reader.at)
    until = row.promised_at if row.promised_at and row.promised_at > reader.at else row.due_at
    return time_left(Standing.IN_TERM, _between(reader.calendar, reader.at, until))


def _between(calendar: WorkingCalendar, start: datetime, end: datetime) -> int:
    """Working minutes; a year that nobody has entered counts as nothing rather than break the list."""
    try:
        return calendar.working_minutes_between(start, end)
    except CalendarYearMissing:
        return 0


def _step(row: WorkRow) -> str:
    state = State(row.state)
    if state is State.PROCESSING:
        return row.step or str(state_label(row.state).text)
    if state is State.RECEIVED and row.is_certified_here:
        return _("Chờ ký chứng thực")
    if state is State.RECEIVED:
        return _("Chờ số hóa") if row.to_digitize else _("Chờ bàn giao")
    words = {State.FILED: _("Chờ tiếp nhận"), State.FINISHED: _("Chờ trả kết quả")}
    return words.get(state) or str(state_label(row.state).text)


def _holder(row: WorkRow, staff: Staff) -> tuple[str, str]:
    state = State(row.state)
    if state in (State.AWAITING_SUPPLEMENT, State.AWAITING_INTAKE_SUPPLEMENT, State.AWAITING_PAYMENT):
        return _("Người nộp"), _("hạn %(day)s", day=vn_day_month(row.answer_by)) if row.answer_by else ""
    if row.holder_user_id in staff.hands:
        return _("Bạn"), ""
    if row.holder:
        return row.holder, row.holder_title or ""
    if state is State.FILED:
        return _("Chưa ai nhận"), ""
    return row.holder_unit or "", ""
