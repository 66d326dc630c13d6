"""Why this date (vì sao hẹn ngày này): the clock's trace as a band and as a table, under either reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from app.i18n import gettext as _
from app.queries.dossier_values import ClockShown, DossierFile
from app.web.desk.presenters.marks import Mark
from app.web.desk.presenters.readings import ReadingLine, reading_lines
from app.web.filters import number, vn_day_month, vn_time
from workflows.deadlines import Projection, TraceLine
from workflows.ledger import Reading

WIDTH = 1000
RUNNING = "Thời gian giải quyết"


@dataclass(frozen=True, slots=True)
class WhyLine:
    """One row of the table."""

    span: str
    what: Mark
    why: str
    hours: str
    total: str


@dataclass(frozen=True, slots=True)
class Why:
    """The band (parts and marks at 0–1000), its words, the rows, and the other reading."""

    reading: str
    other_words: str
    other_address: str
    parts: tuple[tuple[int, int, str], ...]
    marks: tuple[tuple[int, str, str], ...]
    band_words: str
    lines: tuple[WhyLine, ...]
    readings: tuple[ReadingLine, ...] = ()


def why_of(file: DossierFile, at: datetime, reading: Reading) -> Why | None:
    """Return the explanation of the committed clock, or None without one."""
    clock = file.clock
    if clock is None:
        return None
    # A finished clock is drawn up to its end: weeks of nothing after it would flatten what counted.
    upto = file.ended_at or at
    here = _("xong %(at)s", at=vn_day_month(upto)) if file.ended_at else _("bây giờ %(at)s", at=vn_time(at))
    scale = _Scale(*_ends(clock, upto))
    other = Reading.RESTART if reading is Reading.SUBTRACT else Reading.SUBTRACT
    return Why(
        reading=_reading_words(reading),
        other_words=_other_words(other, clock.other) if clock.other else "",
        other_address=url_for("desk.dossier", ref=file.number, cach=other.value) if clock.other else "",
        parts=tuple(part for line in clock.committed.trace for part in _parts(line, scale, upto)),
        marks=_marks(clock, scale, (upto, here)),
        band_words=_band_words(clock),
        lines=_lines(clock.committed.trace),
        readings=reading_lines(clock, asked_again=file.supplement_requests > 1),
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    start: datetime
    end: datetime

    def of(self, moment: datetime) -> int:
        whole = (self.end - self.start).total_seconds() or 1
        share = (moment - self.start).total_seconds() / whole
        return max(0, min(WIDTH, round(WIDTH * share)))


def _ends(clock: ClockShown, at: datetime) -> tuple[datetime, datetime]:
    moments = [clock.started_at, at, *(line.end for line in clock.committed.trace)]
    if clock.statutory and clock.statutory.due_at:
        moments.append(clock.statutory.due_at)
    return min(moments), max(moments)


def _parts(line: TraceLine, scale: _Scale, at: datetime) -> list[tuple[int, int, str]]:
    """Return the stretches of one line; what runs is cut at now into done and planned."""
    start, end = scale.of(line.start), scale.of(line.end)
    if line.end <= line.start:
        return []
    if line.what == RUNNING:
        now = min(max(scale.of(at), start), end)
        cut = [(start, now, "run"), (now, end, "plan")]
        return [part for part in cut if part[0] < part[1]]
    if line.minutes:
        return [(start, end, "stop")]
    return [(start, end, "off")] if line.what.startswith("Nghỉ:") else []


def _marks(clock: ClockShown, scale: _Scale, here: tuple[datetime, str]) -> tuple[tuple[int, str, str], ...]:
    due = clock.committed.promised_at or clock.committed.due_at
    law = clock.statutory.due_at if clock.statutory else None
    found = [(scale.of(here[0]), "now", here[1])]
    if law is not None:
        found.append((scale.of(law), "law", _("theo luật %(day)s", day=_due_day(clock.statutory))))
    if due is not None and not (law and abs(scale.of(due) - scale.of(law)) < WIDTH // 10):
        found.append((scale.of(due), "due", _("hẹn trả %(day)s", day=vn_day_month(due))))
    return tuple(found)


def _due_day(projection: Projection | None) -> str:
    return vn_day_month(projection.due_day or projection.due_at) if projection else ""


def _band_words(clock: ClockShown) -> str:
    start = vn_day_month(clock.started_at)
    due = clock.committed.promised_at or clock.committed.due_at
    if due is None:
        return _("Dải thời gian từ %(start)s; đồng hồ đang dừng", start=start)
    return _("Dải thời gian từ %(start)s đến hẹn trả %(due)s", start=start, due=vn_day_month(due))


def _lines(trace: tuple[TraceLine, ...]) -> tuple[WhyLine, ...]:
    total, found = 0, []
    for line in trace:
        runs = line.what == RUNNING
        total += line.minutes if runs else 0
        words = line.why if runs else f"{line.what}. {line.why}"
        found.append(WhyLine(_span(line), _mark(line), words, _spent(line), _hours(total)))
    return tuple(found)


def _spent(line: TraceLine) -> str:
    if line.what == RUNNING:
        return _hours(line.minutes)
    return _("không tính %(h)s", h=_hours(line.minutes)) if line.minutes else "–"


def _mark(line: TraceLine) -> Mark:
    if line.what == RUNNING:
        return Mark("done", "play-fill", _("Chạy"))
    if line.what.startswith("Hạn trả"):
        return Mark("ok", "flag-fill", _("Hẹn trả"))
    if line.what.startswith("Nghỉ"):
        return Mark("plain", "dash-circle", _("Nghỉ"))
    if line.what.startswith("Kết thúc"):
        return Mark("done", "check2-all", _("Kết thúc"))
    if line.minutes:
        return Mark("pause", "pause-circle", _("Tạm dừng"))
    return Mark("plain", "dot", _("Mốc"))


def _span(line: TraceLine) -> str:
    start = f"{vn_day_month(line.start)} {vn_time(line.start)}"
    return start if line.end <= line.start else f"{start} – {vn_day_month(line.end)} {vn_time(line.end)}"


def _hours(minutes: int) -> str:
    return number(minutes / 60, 0 if minutes % 60 == 0 else 1)


def _reading_words(reading: Reading) -> str:
    if reading is Reading.SUBTRACT:
        return _("Đọc theo cách trừ thời gian chờ")
    return _("Đọc theo cách tính lại từ đầu")


def _other_words(other: Reading, projection: Projection) -> str:
    due = projection.promised_at or projection.due_at
    day = vn_day_month(due) if due else _("đang dừng")
    if other is Reading.RESTART:
        return _("cách tính lại từ đầu: %(day)s", day=day)
    return _("cách trừ thời gian chờ: %(day)s", day=day)
