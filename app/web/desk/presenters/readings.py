"""The readings of the law side by side (các cách đọc luật): which due time and which standing each gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.i18n import gettext as _
from app.queries.dossier_values import ClockShown
from app.web.desk.presenters.marks import Mark, time_left
from app.web.filters import vn_datetime
from workflows.deadlines import Projection, Standing
from workflows.first_day import is_given_back
from workflows.readings import Readings


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """One reading: what it is, where it stands in the law, and what both clocks say under it."""

    name: str
    basis: str
    committed: str
    committed_standing: Mark
    statutory: str
    statutory_standing: Mark


def reading_lines(clock: ClockShown, *, asked_again: bool) -> tuple[ReadingLine, ...]:
    """Return the readings of a clock that stood still; none where all say the same because nothing did."""
    ours, law = clock.readings, clock.readings_by_law
    if ours is None:
        return ()
    return (
        _line(_("Trừ thời gian chờ"), _("công thức của Cổng Dịch vụ công quốc gia"), ours.subtract,
              law.subtract if law else None),
        _line(_("Tính lại từ đầu"), _("Nghị định 61/2018 Điều 19 khoản 4; Nghị định 297/2025"), ours.restart,
              law.restart if law else None),
        *_first_day(ours, law),
        _national(ours, law, asked_again=asked_again),
    )  # fmt: skip


def _first_day(ours: Readings, law: Readings | None) -> tuple[ReadingLine, ...]:
    """Return the other reading of the day of reception, where it gives another due."""
    if all(_same_due(one.first_day, one.subtract) for one in (ours, law) if one):
        return ()
    name = _("Không trả lại ngày tiếp nhận") if is_given_back(date.max.toordinal()) else _("Trả lại cả ngày tiếp nhận")
    basis = _("Bộ luật Dân sự Điều 147 khoản 2: ngày đầu không tính; phần dừng trong ngày ấy luật không nói")
    return (_line(name, basis, ours.first_day, law.first_day if law else None),)


def _same_due(one: Projection, other: Projection) -> bool:
    return (one.due_at, one.if_resumed) == (other.due_at, other.if_resumed)


def _line(name: str, basis: str, ours: Projection, law: Projection | None) -> ReadingLine:
    return ReadingLine(
        name, basis, _due(ours), _standing(ours.standing), _due(law) if law else "", _standing(law and law.standing)
    )


def _national(ours: Readings, law: Readings | None, *, asked_again: bool) -> ReadingLine:
    basis = _("yêu cầu bổ sung từ hai lần là trễ hạn") if asked_again else _("một lần bổ sung: trừ thời gian chờ")
    return ReadingLine(
        _("Chấm điểm quốc gia"), basis, "", _standing(ours.national), "", _standing(law.national if law else None)
    )


def _due(projection: Projection) -> str:
    due = projection.promised_at or projection.due_at
    return vn_datetime(due) if due else _("đang dừng")


def _standing(standing: Standing | None) -> Mark:
    if standing is None:
        return Mark("plain", "dash", _("không có"))
    if standing is Standing.IN_TERM:
        return Mark("ok", "check-circle", _("Trong hạn"))
    if standing is Standing.OVERDUE:
        return Mark("late", "exclamation-octagon-fill", _("Quá hạn"))
    return time_left(standing, None)
