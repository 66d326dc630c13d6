"""A state in word, icon and tone (trạng thái): never colour alone; only what wants attention is filled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.i18n import gettext as _
from workflows.calendar import VIETNAM
from workflows.deadlines import Standing

# Tone and icon of a paper by its kind.
PAPER_MARKS = {
    "missing": ("late", "x-octagon-fill"),
    "paper": ("soon", "file-earmark"),
    "scanned": ("ok", "file-earmark-check"),
    "electronic": ("done", "file-earmark-text"),
    "reused": ("ok", "recycle"),
    "exempt": ("ok", "shield-check"),
}
WORKING_DAY_MINUTES = 480
SOON_MINUTES = WORKING_DAY_MINUTES


@dataclass(frozen=True, slots=True)
class Mark:
    """One state to show. `tone`: ok, soon, late, pause, done or plain."""

    tone: str
    icon: str
    text: str


@dataclass(frozen=True, slots=True)
class CodeText:
    """A dossier code cut for the eye: unit and date small, the last block bold."""

    head: str
    tail: str

    @property
    def whole(self) -> str:
        """The code as it is stored and typed."""
        return self.head + self.tail


def code_text(code: str) -> CodeText:
    """Cut "H44.105-261118-0041" before its last block; a filing number likewise."""
    head, dash, tail = code.rpartition("-")
    return CodeText(head + dash, tail)


def duration(minutes: int) -> str:
    """Return working time in words: days of eight hours and hours, or hours and minutes, or minutes."""
    if minutes >= WORKING_DAY_MINUTES:
        days, rest = divmod(minutes, WORKING_DAY_MINUTES)
        hours = rest // 60
        return _("%(d)s ngày %(h)s giờ", d=days, h=hours) if hours else _("%(d)s ngày", d=days)
    if minutes >= 60:
        hours, rest = divmod(minutes, 60)
        return _("%(h)s giờ %(m)s", h=hours, m=f"{rest:02d}") if rest else _("%(h)s giờ", h=hours)
    return _("%(n)s phút", n=minutes)


def time_left(standing: Standing, remaining_minutes: int | None, *, paused_word: str = "") -> Mark:
    """Return what the "Còn lại" column says; minutes are working minutes, negative when late."""
    if standing in _FINAL:
        return _final(standing)
    if standing is Standing.SUSPENDED:
        return Mark("pause", "pause-circle", paused_word or _("Tạm dừng"))
    if standing is Standing.OVERDUE:
        return Mark("late", "exclamation-octagon-fill", _("Quá hạn %(t)s", t=duration(-(remaining_minutes or 0))))
    if remaining_minutes is None:
        return Mark("plain", "question-circle", _("Chưa xác định"))
    if remaining_minutes <= SOON_MINUTES:
        return Mark("soon", "hourglass-split", _("Còn %(t)s", t=duration(max(remaining_minutes, 0))))
    return Mark("ok", "check-circle", _("Còn %(t)s", t=duration(remaining_minutes)))


def late_by(promised_at: datetime, at: datetime) -> Mark:
    """Return how late an open dossier is: in days of the calendar, or within the day in hours."""
    days = (at.astimezone(VIETNAM).date() - promised_at.astimezone(VIETNAM).date()).days
    said = _("%(d)s ngày", d=days) if days else duration(int((at - promised_at).total_seconds() // 60))
    return Mark("late", "exclamation-octagon-fill", _("Quá hạn %(t)s", t=said))


_FINAL = frozenset({Standing.EARLY, Standing.ON_TIME, Standing.LATE, Standing.UNKNOWN})


def _final(standing: Standing) -> Mark:
    return {
        Standing.EARLY: Mark("done", "check2-all", _("Xong trước hạn")),
        Standing.ON_TIME: Mark("done", "check2-all", _("Xong đúng hạn")),
        Standing.LATE: Mark("late", "exclamation-octagon-fill", _("Xong quá hạn")),
        Standing.UNKNOWN: Mark("plain", "question-circle", _("Chưa xác định")),
    }[standing]


def answer_clock(used_minutes: int, *, allowed: int = WORKING_DAY_MINUTES) -> Mark:
    """Return what is left of the eight working hours in which an online filing is answered."""
    left = allowed - used_minutes
    if left < 0:
        return Mark("late", "exclamation-octagon-fill", _("Quá giờ trả lời"))
    tone, icon = ("soon", "hourglass-split") if left <= 120 else ("ok", "check-circle")
    return Mark(tone, icon, _("Trả lời: %(t)s", t=duration(left)))


def copy_mark(state: str) -> Mark:
    """Return how far a copy can be relied on."""
    return {
        "unchecked": Mark("soon", "eye", _("Chưa đối chiếu")),
        "compared": Mark("ok", "check-circle", _("Đã đối chiếu")),
        "certified": Mark("done", "patch-check", _("Bản sao điện tử đã ký")),
        "issued": Mark("done", "patch-check", _("Kết quả do cơ quan cấp")),
    }[state]
