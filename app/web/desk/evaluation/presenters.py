"""The evaluation as pages show it: each index with the counts it was made of, each count with its list or source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.domain.entered_figures import EVALUATION_ITEMS, ITEMS, Entered
from app.domain.evaluation import OFFICER_BANDS, OFFICER_INDICES, Grade, grade
from app.domain.evaluation_forms import COMPLETE, EVALUATION, OFFERED, OFFERED_ONLINE
from app.domain.officer_evaluation import HELD, INDICES, SETTLED, Officer
from app.domain.periods import Period
from app.domain.vietnamese_format import told_number
from app.i18n import gettext as _
from app.queries.evaluation import UnitEvaluation
from app.web.filters import number, vn_date

Opens = Callable[[int, str], str]  # the list behind a person's column
CATALOGUE = {"6": (OFFERED, COMPLETE), "9": (OFFERED, OFFERED_ONLINE)}
DOSSIERS_OF = {"7": "evaluation.2.", "9": "evaluation.online"}


@dataclass(frozen=True, slots=True)
class Part:
    """One count that an index was made of: its list, or who told it and when."""

    title: str
    text: str
    address: str = ""
    said: str = ""
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class IndexShown:
    """One index of the unit."""

    number: str
    title: str
    points: str
    parts: tuple[Part, ...]
    is_missing: bool


@dataclass(frozen=True, slots=True)
class GradeShown:
    """The points and the grade, or which indices are missing."""

    points: str
    reachable: str
    words: str
    missing: str


@dataclass(frozen=True, slots=True)
class OfficerShown:
    """One person: the counts of the table, the indices, the grade."""

    user_id: int
    login: str
    name: str
    cells: tuple[tuple[str, str], ...]
    indices: tuple[str, ...]
    grade: GradeShown


def indices_of(found: UnitEvaluation, opens: Callable[[str], str]) -> tuple[IndexShown, ...]:
    """Return the nine indices; `opens` gives the address of the list behind a figure."""
    shown = []
    for column in EVALUATION.told[:9]:
        place, value = column.id.rpartition(".")[2], found.told[column.id]
        title = _(column.title)
        shown.append(IndexShown(place, title, points(value), _parts(found, place, opens), value is None))
    return tuple(shown)


def grade_of(told: Grade) -> GradeShown:
    """Return a grade in words."""
    words = _(told.words) if told.words else ""
    return GradeShown(points(told.points), points(told.reachable), words, ", ".join(told.missing))


def points(value: Decimal | None) -> str:
    """Return points the Vietnamese way; a dash for none."""
    return "–" if value is None else told_number(value)


def items() -> tuple[tuple[str, str], ...]:
    """Return what can be entered for the evaluation."""
    return tuple((item.id, _(item.title)) for item in EVALUATION_ITEMS)


def said_of(one: Entered) -> str:
    """Return where an entered figure comes from."""
    return _("%(source)s, ngày %(day)s, %(by)s nhập", source=one.source, day=vn_date(one.told_on), by=one.by)


def officers_of(
    found: Iterable[Officer], period: Period, address: Opens
) -> tuple[OfficerShown, ...]:
    """Return people as lines; `address` gives the list of a person's column."""
    return tuple(officer_of(one, period, address, TABLE) for one in found)


def officer_of(
    one: Officer, period: Period, address: Opens, columns: Iterable[str]
) -> OfficerShown:
    """Return one person with these columns."""
    marks = grade(one.told, OFFICER_INDICES, OFFICER_BANDS, period.first_day)
    return OfficerShown(
        one.user_id,
        one.login,
        one.name,
        tuple((number(one.cells[name]), address(one.user_id, name)) for name in columns),
        tuple(points(one.told[column.id]) for column in INDICES),
        grade_of(marks),
    )


TABLE = (
    *("steps", "steps_late", "sent_back", "dossiers", "late", "late_own", "late_elsewhere", "late_no_step"),
    "late_in_hand",
)
TITLES: Mapping[str, str] = {column.id: column.title for column in (*HELD, *SETTLED)}


def _parts(found: UnitEvaluation, place: str, opens: Callable[[str], str]) -> tuple[Part, ...]:
    return (*_counted(found, place, opens), *_catalogue(found, place), *_entered(found, place))


def _counted(found: UnitEvaluation, place: str, opens: Callable[[str], str]) -> tuple[Part, ...]:
    begins = DOSSIERS_OF.get(place, f"evaluation.{place}.")
    wanted = [one for one in EVALUATION.columns if one.id.startswith(begins)]
    if place == "9":
        wanted = [one for one in EVALUATION.columns if one.id == "evaluation.received"] + wanted
    return tuple(Part(_(one.title), number(found.cells[one.id]), opens(one.id)) for one in wanted)


def _catalogue(found: UnitEvaluation, place: str) -> tuple[Part, ...]:
    titles = {
        OFFERED: _("Thủ tục đang mở"),
        COMPLETE: _("Thủ tục đủ nội dung trong danh mục"),
        OFFERED_ONLINE: _("Thủ tục nộp trực tuyến được"),
    }
    said = _("danh mục, tính đến nay")
    return tuple(
        Part(titles[name], points(found.known.get(name)), said=said, is_missing=found.known.get(name) is None)
        for name in CATALOGUE.get(place, ())
    )


def _entered(found: UnitEvaluation, place: str) -> tuple[Part, ...]:
    parts = []
    for item in ITEMS.values():
        if not item.id.startswith(f"tt01.{place}."):
            continue
        told = found.entered.get(item.id)
        title = _(item.title).partition(": ")[2]
        if told is None:
            parts.append(Part(title, "–", said=_("chưa nhập"), is_missing=True))
        else:
            parts.append(Part(title, number(told.value), said=said_of(told)))
    return tuple(parts)
