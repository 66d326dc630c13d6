"""Ours beside the portal's as a page shows it: each cell with its list, its source, the difference with its sign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for

from app.domain.flags import BY_ID
from app.i18n import gettext as _
from app.queries.portal_comparison import Comparison, PortalCell
from app.web.desk.evaluation.presenters import said_of
from app.web.filters import number


@dataclass(frozen=True, slots=True)
class CellShown:
    """One cell of both sides."""

    title: str
    ours: str
    address: str
    theirs: str
    said: str
    difference: str
    differs: bool


def cells_of(found: Comparison, address: Mapping[str, str]) -> tuple[CellShown, ...]:
    """Return the cells in their order."""
    return tuple(_cell(one, url_for("desk.figure_list", figure=one.figure.id, **address)) for one in found.cells)


def dossiers_of(found: Comparison) -> tuple[tuple[str, str], ...]:
    """Return the dossiers that differ, each with its sentence."""
    return tuple((one.numbers[0], _(BY_ID[one.rule].sentence).format(**one.facts)) for one in found.differing)


def _cell(one: PortalCell, address: str) -> CellShown:
    difference = one.difference
    signed = "–" if difference is None else f"{'+' if difference > 0 else ''}{number(difference)}"
    return CellShown(
        f"({one.figure.column}) {_(one.figure.title)}",
        number(one.ours),
        address,
        number(one.theirs.value) if one.theirs else _("chưa nhập"),
        said_of(one.theirs) if one.theirs else "",
        signed,
        bool(difference),
    )
