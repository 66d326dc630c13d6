"""A figure as it is typed, read from the form; what cannot be read keeps what was typed."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from app.domain import checks
from app.domain.entered_figures import FigureWrong, NewFigure

LONGEST = 60


@dataclass(frozen=True, slots=True)
class Typed:
    """The form as it was sent."""

    item: str = ""
    login: str = ""
    value: str = ""
    source: str = ""
    told_on: str = ""


def typed() -> Typed:
    """Return what was sent; a source that is too long is refused by the rule, not cut."""
    texts = {name: request.form.get(name, "").strip()[:LONGEST] for name in Typed.__dataclass_fields__}
    return Typed(**{**texts, "source": request.form.get("source", "").strip()})


def figure_of(values: Typed) -> NewFigure:
    """Return the figure. Raises FigureWrong or NotADate with the field to mend."""
    plain = values.value.replace(".", "").replace("\N{NO-BREAK SPACE}", "")
    if not (plain.isascii() and plain.isdigit() and len(plain) < 11):
        raise FigureWrong(where="value", problem=f"“{values.value}” không phải số nguyên không âm")
    told_on = checks.day(values.told_on, where="told_on")
    return NewFigure(values.item, int(plain), values.source, told_on, values.login)
