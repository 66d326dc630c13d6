"""The way of a dossier through its internal process (đường đi của hồ sơ): what is done, where it is, what comes."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.version_parts import StepLine
from app.i18n import gettext as _
from app.queries.dossier_values import DossierFile, HopShown
from app.web.desk.presenters.marks import duration
from app.web.filters import vn_day_month, vn_time
from app.web.labels import role_label

PAST, NOW, AHEAD = "is-past", "is-now", "is-ahead"


@dataclass(frozen=True, slots=True)
class PathStep:
    """One step: its name, who, two lines of times, and whether it is past, now or ahead."""

    name: str
    who: str
    lines: tuple[str, ...]
    css: str


def path_of(file: DossierFile) -> tuple[PathStep, ...]:
    """Return the frozen steps with the last stay at each; nothing before reception."""
    last = {hop.step_ordinal: hop for hop in file.hops}
    return tuple(_step(file, step, last.get(step.ordinal)) for step in file.steps)


def _step(file: DossierFile, step: StepLine, hop: HopShown | None) -> PathStep:
    if hop is None:
        minutes = (duration(step.minutes),) if step.minutes else ()
        return PathStep(step.name, _place(step), minutes, AHEAD)
    who = " · ".join(filter(None, [hop.person, hop.unit]))
    came = _("nhận %(at)s", at=_moment(hop))
    if hop.left_at is None and file.ended_at is None:
        due = (_("hạn %(at)s", at=f"{vn_day_month(hop.due_at)} {vn_time(hop.due_at)}"),) if hop.due_at else ()
        return PathStep(step.name, who, (came, *due), NOW)
    outcomes = {"early": _("xong, trước hạn"), "on_time": _("xong, đúng hạn"), "late": _("xong, quá hạn")}
    return PathStep(step.name, who, (came, outcomes.get(hop.outcome, _("đã xong"))), PAST)


def _place(step: StepLine) -> str:
    return step.unit_key or str(role_label(step.role).text)


def _moment(hop: HopShown) -> str:
    return f"{vn_day_month(hop.handed_at)} {vn_time(hop.handed_at)}"
