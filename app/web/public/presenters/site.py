"""The head and foot of each citizen page, and the week of the desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from app.i18n import gettext as _
from app.i18n import pgettext
from app.queries.front import Front

WITHOUT_A_DESK = Front(0, "", "", "", "", "", "", False)


@dataclass(frozen=True, slots=True)
class Site:
    """Whose pages these are: the desk's name, its province, where it is and how to call it."""

    desk_name: str
    province: str
    address: str
    phone: str
    is_demo: bool

    @property
    def phone_link(self) -> str:
        """The phone number as `tel:` wants it."""
        return "".join(letter for letter in self.phone if letter.isdigit() or letter == "+")


@dataclass(frozen=True, slots=True)
class HoursLine:
    """Neighbouring days with the same hours: "Thứ Hai – thứ Sáu"; "07:30 – 11:30" and "13:30 – 17:00"."""

    days: str
    spans: tuple[str, ...]


def site_of(fronts: Sequence[Front]) -> Site:
    """Return the site of the first authority; a house before its first run has only its product's name."""
    front = fronts[0] if fronts else WITHOUT_A_DESK
    return Site(front.desk or _("Một cửa"), front.province, front.address, front.phone, front.is_demo)


def hours_lines(weekly: Sequence[str]) -> tuple[HoursLine, ...]:
    """Return the week in as few lines as it has different days."""
    lines, first = [], 0
    for spans, same in groupby(weekly):
        last = first + len(list(same)) - 1
        lines.append(HoursLine(_span_of_days(first, last), _spans(spans)))
        first = last + 1
    return tuple(lines)


def _spans(text: str) -> tuple[str, ...]:
    return tuple(span.replace("-", " – ") for span in text.split())


def _span_of_days(first: int, last: int) -> str:
    names = (
        pgettext("weekday", "thứ Hai"),
        pgettext("weekday", "thứ Ba"),
        pgettext("weekday", "thứ Tư"),
        pgettext("weekday", "thứ Năm"),
        pgettext("weekday", "thứ Sáu"),
        pgettext("weekday", "thứ Bảy"),
        pgettext("weekday", "Chủ nhật"),
    )
    begin = names[first][0].upper() + names[first][1:]
    return begin if first == last else f"{begin} – {names[last]}"
