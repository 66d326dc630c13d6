"""A restatement as a page shows it (điều chỉnh): cells before and after with their lists, moves in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from app.domain.closed_entries import Entry, EntryChange
from app.domain.closed_forms import CLOSED_FORMS
from app.domain.closing import Placed, Restatement
from app.domain.event_kinds import title
from app.i18n import gettext as _
from app.queries.figure_lists import asked_for
from app.web.desk.presenters.figure_list import list_title
from app.web.filters import number


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One cell whose number differs, with the lists of both numbers."""

    title: str
    told: str
    told_address: str
    now: str
    now_address: str


@dataclass(frozen=True, slots=True)
class ShownMove:
    """One dossier that stands elsewhere now."""

    number: str
    before: str
    now: str
    event: str
    actor: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """One entered figure as told and now, with the source and the person of now."""

    title: str
    place: str
    told: str
    now: str
    source: str
    by: str


def forms() -> tuple[tuple[str, str], ...]:
    """Return the forms that a closing keeps."""
    return tuple((form.id, _(form.title)) for form in CLOSED_FORMS.values())


def cells_of(changed: Restatement, address: Mapping[str, str]) -> tuple[ShownChange, ...]:
    """Return the cells that changed, in the order of the form; `address` asks for its unit and period."""
    return tuple(
        ShownChange(
            _cell(name),
            number(told),
            url_for("desk.figure_list", figure=name, **address),
            number(now),
            url_for("desk.figure_list", figure=name, nay=1, **address),
        )
        for name, (told, now) in changed.changed.items()
    )


def moves_of(changed: Restatement) -> tuple[ShownMove, ...]:
    """Return the moves in words: of each dossier the cells that it left and those that it came to."""
    return tuple(
        ShownMove(
            move.number,
            _left(move.before, move.now),
            _left(move.now, move.before),
            _(title(move.kind)),
            move.actor,
            move.at,
        )
        for move in changed.moves
    )


def entries_of(changes: Iterable[EntryChange]) -> tuple[ShownEntry, ...]:
    """Return the entered figures that are not those that were told, in words."""
    return tuple(
        ShownEntry(
            _(one.now.title),
            " ".join((one.now.unit, one.now.login)).strip(),
            _numbers(one.told) if one.told else _("chưa nhập"),
            _numbers(one.now),
            one.now.source,
            one.now.by,
        )
        for one in changes
    )


def _numbers(entry: Entry) -> str:
    return "/".join(map(number, entry.numbers))


def _left(place: Placed | None, other: Placed | None) -> str:
    """Return the cells of one side that the other has not."""
    if place is None:
        return _("không có trong biểu")
    beside = other.cells if other else {}
    cells = [_told(name, amount) for name, amount in place.cells.items() if beside.get(name) != amount]
    if other is None or other.row != place.row:
        cells.append(place.row or _("Chưa xác định lĩnh vực"))
    return "; ".join(cells) or "–"


def _told(name: str, amount: int) -> str:
    return _cell(name) if amount == 1 else f"{_cell(name)} ({number(amount)})"


def _cell(name: str) -> str:
    return list_title(asked_for(name))
