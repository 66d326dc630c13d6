"""What is typed for the index, read from the form; what cannot be read keeps what was typed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from flask import request

from app.domain.index_entries import EntryWrong, NewEntry

LONGEST = 40


@dataclass(frozen=True, slots=True)
class Typed:
    """The form as it was sent."""

    component: str = ""
    numerator: str = ""
    denominator: str = ""
    official_score: str = ""
    source: str = ""


def typed() -> Typed:
    """Return what was sent; a source that is too long is refused by the rule, not cut."""
    texts = {name: request.form.get(name, "").strip()[:LONGEST] for name in Typed.__dataclass_fields__}
    return Typed(**{**texts, "source": request.form.get("source", "").strip()})


def entry_of(values: Typed) -> NewEntry:
    """Return the entry. Raises EntryWrong with the field to mend."""
    return NewEntry(
        values.component,
        _whole(values.numerator, "numerator"),
        _whole(values.denominator, "denominator"),
        _points(values.official_score),
        values.source,
    )


def _whole(text: str, where: str) -> int | None:
    plain = text.replace(".", "").replace("\N{NO-BREAK SPACE}", "")
    if plain and not (plain.isascii() and plain.isdigit() and len(plain) < 11):
        raise EntryWrong(where=where, problem=f"“{text}” không phải số nguyên không âm")
    return int(plain) if plain else None


def _points(text: str) -> Decimal | None:
    if not text:
        return None
    try:
        points = Decimal(text.replace(",", "."))
        if points.is_finite() and points == round(points, 2):
            return points
    except InvalidOperation:
        pass
    raise EntryWrong(where="official_score", problem=f"điểm “{text}” phải là số có nhiều nhất hai chữ số thập phân")
