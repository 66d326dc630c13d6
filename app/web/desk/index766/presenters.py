"""The 766 index as a page shows it: points with a comma, what is missing in words, each count with its list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from app.domain.index_766 import GROUPS, Ground
from app.domain.index_lines import Index766, IndexLine, Status, Sum
from app.domain.vietnamese_format import told_number
from app.i18n import gettext as _
from app.web.filters import number


@dataclass(frozen=True, slots=True)
class ShownCount:
    """One count and, where dossiers were counted, the address of their list."""

    text: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class ShownComponent:
    """One line of the page."""

    code: str
    title: str
    status: str
    said: str
    numerator: ShownCount
    denominator: ShownCount
    rate: str
    score: str
    other: str
    maximum: str
    official: str
    reading: str


@dataclass(frozen=True, slots=True)
class ShownSum:
    """Points of a group or of the whole."""

    title: str
    score: str
    reachable: str
    maximum: str
    official: str


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A group with its components."""

    number: int
    sum: ShownSum
    lines: tuple[ShownComponent, ...]


def groups_of(found: Index766, opens: Callable[[str], str]) -> tuple[ShownGroup, ...]:
    """Return the groups in their order; `opens` gives the address of the list behind a figure."""
    return tuple(
        ShownGroup(
            group,
            sum_of(found.group(group)),
            tuple(_line(line, opens) for line in found.lines if line.component.group == group),
        )
        for group in GROUPS
    )


def sum_of(total: Sum) -> ShownSum:
    """Return a sum in words."""
    return ShownSum(
        _(total.title) if total.title else _("Tổng cộng"),
        points(total.score),
        points(total.reachable),
        points(total.maximum),
        points(total.official),
    )


def points(value: Decimal | None) -> str:
    """Return points the Vietnamese way, without needless zeros; a dash for none."""
    if value is None:
        return "–"
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return text.replace(".", ",")


def _line(line: IndexLine, opens: Callable[[str], str]) -> ShownComponent:
    component = line.component
    return ShownComponent(
        component.code,
        _(component.title),
        line.status,
        _said(line),
        *_counts(line, opens),
        _value(line),
        points(line.score),
        points(line.other_score) if line.other_score not in {None, line.score} else "",
        points(component.maximum) if component.scoring else "–",
        points(line.official),
        _(component.reading) if component.reading else "",
    )


def _value(line: IndexLine) -> str:
    """Return the rate, or of a mean time its days."""
    if line.days is not None:
        return _("%(days)s ngày", days=told_number(line.days))
    return f"{line.rate.percent}\N{NO-BREAK SPACE}%" if line.rate and line.rate.denominator else "–"


def _said(line: IndexLine) -> str:
    match line.status:
        case Status.COUNTED:
            return _("Đếm được")
        case Status.ENTERED:
            return _("Số liệu nhập")
        case Status.MISSING:
            return _("Chưa có số liệu")
        case Status.NOT_ARISEN:
            return _("Không phát sinh")
        case Status.INFO:
            return _("Chỉ để biết")


def _counts(line: IndexLine, opens: Callable[[str], str]) -> tuple[ShownCount, ShownCount]:
    if line.rate is None:
        return ShownCount("–"), ShownCount("–")
    formula = line.component.formula if line.component.ground is Ground.FACTS else None
    return (
        ShownCount(number(line.rate.numerator), opens(formula.numerator.id) if formula else ""),
        ShownCount(number(line.rate.denominator), opens(formula.denominator.id) if formula else ""),
    )
