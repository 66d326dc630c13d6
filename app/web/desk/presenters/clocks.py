"""The clocks of a dossier (đồng hồ): the papers on their way, the step, the commitment, the law."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.forwarding import time_on
from app.i18n import gettext as _
from app.queries.dossier_values import ClockShown, DossierFile
from app.web.desk.presenters.marks import Mark, duration, late_by, time_left
from app.web.filters import vn_date_words, vn_datetime, vn_time
from app.web.labels import unconfirmed_words
from workflows.deadlines import Projection, Standing
from workflows.instants import day_of

FULL = 300  # width of the bar
FINAL = frozenset({Standing.EARLY, Standing.ON_TIME, Standing.LATE})


@dataclass(frozen=True, slots=True)
class ClockFace:
    """One clock: what it is, until when, what is left, the share used (of 300), and the rest in words."""

    title: str
    when: str
    left: Mark
    share: int | None
    words: str


def clock_faces(file: DossierFile, at: datetime) -> tuple[ClockFace, ...]:
    """Return the clocks that this dossier has."""
    return (*_forwarding(file, at), *_limits(file, at))


def forward_mark(due_at: datetime, at: datetime) -> Mark:
    """Return how much time papers have that are to be handed on by `due_at`."""
    if at >= due_at:
        return late_by(due_at, at)
    if day_of(at) == day_of(due_at):
        return Mark("soon", "hourglass-split", _("Hôm nay"))
    return Mark("ok", "check-circle", _("Còn hạn"))


def _forwarding(file: DossierFile, at: datetime) -> tuple[ClockFace, ...]:
    due_at = file.forward_due_at
    if due_at is None:
        return ()
    cutoff = f"{time_on(day_of(due_at)).cutoff:%H:%M}"
    words = _("Nhận đến %(cutoff)s chuyển trong ngày, sau đó đầu giờ ngày làm việc kế tiếp", cutoff=cutoff)
    face = ClockFace(_("Chuyển hồ sơ giấy"), vn_datetime(due_at), forward_mark(due_at, at), None, words)
    return (face,)


def _limits(file: DossierFile, at: datetime) -> tuple[ClockFace, ...]:
    clock = file.clock
    if clock is None:
        return ()
    faces = [_committed(clock, at)]
    if clock.statutory is not None:
        faces.append(_statutory(clock, clock.statutory, at))
    if clock.step_due_at is not None and file.ended_at is None:
        faces.insert(0, _step(file, clock, clock.step_due_at, at))
    return tuple(faces)


def _step(file: DossierFile, clock: ClockShown, due_at: datetime, at: datetime) -> ClockFace:
    left = clock.step_minutes - clock.step_used
    standing = Standing.IN_TERM if at < due_at else Standing.OVERDUE
    name = file.hops[-1].step_name if file.hops else ""
    used = duration(max(clock.step_used, 0))
    return ClockFace(
        title=_("Bước: %(name)s", name=name),
        when=vn_datetime(due_at),
        left=time_left(standing, left),
        share=_share(clock.step_used, clock.step_minutes),
        words=_("Đã dùng %(used)s trên %(all)s", used=used, all=duration(clock.step_minutes)),
    )


def _committed(clock: ClockShown, at: datetime) -> ClockFace:
    promised = ", ".join(filter(None, [clock.committed_limit, clock.decision]))
    words = ". ".join(filter(None, [promised, unconfirmed_words(clock.committed)]))
    return _face(_("Hẹn trả (cam kết)"), clock.committed, words, at=at)


def _statutory(clock: ClockShown, projection: Projection, at: datetime) -> ClockFace:
    words = _("%(limit)s theo quy trình công bố", limit=clock.statutory_limit)
    return _face(_("Theo luật"), projection, words, at=at)


def _face(title: str, projection: Projection, words: str, *, at: datetime) -> ClockFace:
    due = projection.promised_at or projection.due_at
    left = projection.remaining_minutes
    whole = projection.consumed_minutes + (left or 0)
    is_late = projection.standing is Standing.OVERDUE
    return ClockFace(
        title=title,
        when=f"{vn_time(due)} {vn_date_words(due)}" if due else "",
        left=late_by(due, at) if due and is_late else time_left(projection.standing, left),
        share=_share(projection.consumed_minutes, whole)
        if left is not None and projection.standing not in FINAL
        else None,
        words=words,
    )


def _share(used: int, whole: int) -> int:
    return FULL if whole <= 0 else max(0, min(FULL, round(FULL * used / whole)))
