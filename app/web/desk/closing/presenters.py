"""A restatement as a page shows it (điều chỉnh): cells before and after, moves in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.closing import TITLES, Placed, Restatement
from app.domain.event_kinds import title
from app.i18n import gettext as _
from app.web.filters import number


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One cell whose number differs."""

    title: str
    told: str
    now: str


@dataclass(frozen=True, slots=True)
class ShownMove:
    """One dossier that stands elsewhere now."""

    number: str
    before: str
    now: str
    event: str
    actor: str
    at: datetime | None


def cells_of(changed: Restatement) -> tuple[ShownChange, ...]:
    """Return the cells that changed, in the order of the form."""
    return tuple(
        ShownChange(_(TITLES[name]), number(told), number(now)) for name, (told, now) in changed.changed.items()
    )


def moves_of(changed: Restatement) -> tuple[ShownMove, ...]:
    """Return the moves in words."""
    return tuple(
        ShownMove(move.number, _place(move.before), _place(move.now), _(title(move.kind)), move.actor, move.at)
        for move in changed.moves
    )


def _place(place: Placed | None) -> str:
    if place is None:
        return _("không có trong biểu")
    cells = f"{_(TITLES[place.came])}; {_(TITLES[place.stood])}"
    return f"{cells} ({place.row})" if place.row else cells
