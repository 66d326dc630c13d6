"""Signed reports in words: the state with icon and look, the cells that moved since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from app.domain.closed_forms import CLOSED_FORMS
from app.domain.closing import FORM
from app.domain.reports import RowsBy
from app.domain.table_reports import FORMS
from app.i18n import gettext as _
from app.queries.signed_reports import SignedFile
from app.services.release_times import BEFORE_END
from app.web.filters import number, vn_date, vn_datetime


@dataclass(frozen=True, slots=True)
class State:
    """How far a report is: a word, an icon, a look."""

    text: str
    icon: str
    css: str


@dataclass(frozen=True, slots=True)
class MovedCell:
    """One cell that tells another number now."""

    title: str
    told: str
    now: str
    address: str


@dataclass(frozen=True, slots=True)
class ReportShown:
    """One report of the list or page."""

    id: int
    title: str
    version: int
    state: State
    prepared_by: str
    prepared_at: datetime
    signed_by: str
    signed_at: datetime | None
    is_waiting: bool
    is_held: bool
    told: tuple[str, ...]
    moved: tuple[MovedCell, ...]
    address: str
    file: str


@dataclass(frozen=True, slots=True)
class Proof:
    """Until when a timestamp proves, in words; `ends_soon` asks somebody to act."""

    words: str
    ends_soon: bool


def proof_told(until: datetime, at: datetime) -> Proof:
    """Return until when the timestamp of a signed report proves its time, from three months before with what to do."""
    if at < until - BEFORE_END:
        return Proof(_("Dấu thời gian chứng minh được đến ngày %(day)s.", day=vn_date(until)), False)
    ends = _("Dấu thời gian chỉ chứng minh được đến ngày %(day)s.", day=vn_date(until))
    return Proof(f"{ends} {_('Vui lòng lưu bản giấy có dấu, hoặc trình ký bản mới trước ngày đó.')}", True)


def report_shown(one: SignedFile) -> ReportShown:
    """Return a report in words; each moved cell opens its list as it counts now."""
    shown = one.shown
    days = {"tu": vn_date(one.period.first_day), "den": vn_date(one.period.last_day), "don_vi": one.unit.code}
    titles = {name: _(title) for name, title in CLOSED_FORMS[shown.form].titles.items()}
    return ReportShown(
        shown.id,
        _(shown.title),
        shown.version,
        _state(one),
        shown.prepared_by,
        shown.prepared_at,
        shown.signed_by,
        shown.signed_at,
        shown.state == "prepared",
        _is_held(one),
        _told(one),
        tuple(
            MovedCell(titles[name], number(told), number(now), url_for("desk.figure_list", figure=name, nay=1, **days))
            for name, (told, now) in shown.changed.items()
        ),
        url_for("desk.signed_report", report_id=shown.id),
        url_for("desk.signed_report_pdf", report_id=shown.id),
    )


def forms() -> tuple[tuple[str, str], ...]:
    """Return the forms that can be put to sign."""
    return tuple((name, _(CLOSED_FORMS[name].title)) for name in (FORM, *FORMS))


def kinds() -> tuple[tuple[str, str], ...]:
    """Return what the rows of a signed form can stand for."""
    return (
        (RowsBy.FIELD.value, _("Lĩnh vực")),
        (RowsBy.UNIT.value, _("Đơn vị")),
        (RowsBy.PROCEDURE.value, _("Thủ tục")),
    )


def _is_held(one: SignedFile) -> bool:
    return bool(one.shown.signing and one.shown.signing.state == "held")


def _told(one: SignedFile) -> tuple[str, ...]:
    """Return what is to be said of the signature: cut off, held with its tries, timed, or given out without."""
    signing = one.shown.signing
    if signing is None:
        return ()
    match signing.state:
        case "intended":
            began = vn_datetime(signing.intended_at)
            return (_("Lần ký bắt đầu lúc %(at)s chưa lưu được tệp; ký lại vẫn là bản này.", at=began),)
        case "held":
            tries = _("Đã ký, chưa nơi nào cấp dấu thời gian; đã thử lại %(n)s lần.", n=number(signing.tries))
            return (tries, *((_("Lỗi gần nhất: %(error)s", error=signing.error),) if signing.error else ()))
        case "timed":
            return (_("Có dấu thời gian của nơi cấp."),)
        case "untimed":
            return (_("Phát hành không có dấu thời gian: %(reason)s", reason=signing.reason),)
        case _:
            return ()


def _state(one: SignedFile) -> State:
    if _is_held(one):
        return State(_("Đã ký, chờ dấu thời gian"), "clock-history", "mc-state-soon")
    if one.shown.state == "prepared":
        return State(_("Chờ ký"), "pen", "mc-state-soon")
    if one.shown.changed:
        return State(_("Đã ký, số liệu đã thay đổi sau khi ký"), "arrow-repeat", "mc-state-late")
    return State(_("Đã ký"), "patch-check", "mc-state-done")
