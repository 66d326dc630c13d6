"""The five steps every dossier walks, as a bar: filed, received, in work, result ready, handed over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.i18n import gettext as _
from app.queries.tracking import Progress, Tracked
from workflows.states import State

DONE, NOW, AHEAD = "done", "now", ""
# How far each state has come; an ended dossier stays where it was when it ended.
_REACHED = {
    State.FILED: 0,
    State.AWAITING_INTAKE_SUPPLEMENT: 0,
    State.NOT_ACCEPTED: 0,
    State.RECEIVED: 1,
    State.PROCESSING: 2,
    State.AWAITING_SUPPLEMENT: 2,
    State.AWAITING_PAYMENT: 2,
    State.FINISHED: 3,
    State.RETURNED: 4,
}
_ENDED_EARLY = frozenset({State.NOT_ACCEPTED, State.WITHDRAWN, State.STOPPED})


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step of the bar; `place` is done, now or nothing yet."""

    words: str
    place: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ProgressShown:
    """What the page says when only the number is known."""

    number: str
    receiving_unit: str
    steps: tuple[StepShown, ...]
    has_ended: bool
    changed_on: date


def progress_shown(found: Progress) -> ProgressShown:
    """Return the bar of a number alone: no dates but that of the last change."""
    reached = _reached(found.state, was_received=found.was_received)
    return ProgressShown(
        found.number,
        found.receiving_unit,
        _bar(found.state, reached, ()),
        found.state in _ENDED_EARLY,
        found.changed_on,
    )


def steps_of(dossier: Tracked) -> tuple[StepShown, ...]:
    """Return the bar with the day of each step that was reached."""
    reached = _reached(dossier.state, was_received=dossier.received_at is not None)
    begun = next((line.at for line in reversed(dossier.history) if line.kind == "dossier:forwarded"), None)
    ready = dossier.ended_at if dossier.state in (State.FINISHED, State.RETURNED) else None
    return _bar(dossier.state, reached, (dossier.filed_at, dossier.received_at, begun, ready, dossier.returned_at))


def _reached(state: State, *, was_received: bool) -> int:
    return _REACHED.get(state, 2 if was_received else 0)


def _bar(state: State, reached: int, times: tuple[datetime | None, ...]) -> tuple[StepShown, ...]:
    words = (_("Đã nộp"), _("Đã tiếp nhận"), _("Đang xử lý"), _("Có kết quả"), _("Đã trả"))
    return tuple(
        StepShown(step, _place(state, number, reached), times[number] if times and number <= reached else None)
        for number, step in enumerate(words)
    )


def _place(state: State, number: int, reached: int) -> str:
    if number < reached or (number == reached and (state is State.RETURNED or state in _ENDED_EARLY)):
        return DONE
    return NOW if number == reached else AHEAD
