"""Formulas read from data (dữ liệu công thức): conditions by name, built from each other and from facts.

`{"conditions": {NAME: CONDITION}, "formulas": [{"id", "title", "source", "numerator", "denominator", …}]}`. A
condition is the name of another as `"$NAME"`, or a list: `["and", …]`, `["or", …]`, `["not", C]`,
`["known", FACT]`, `["in", FACT, VALUE…]`, or `["=", FACT, VALUE]` with one of = < <= > >=; a value is a plain
value, `"@start"` or `"@end"`, or `{"fact": NAME}`. What cannot be counted with is refused by its own name.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from app.domain import figures
from app.domain.fact_kinds import BOUNDS, FACTS, Kind
from app.domain.figures import Figure
from app.domain.formulas import FROM_THE_BEGINNING, Formula, FormulaInvalid, Scoring, Zero, checked
from app.domain.predicates import Bound, Compare, Fact, Operand, Predicate, Sign, and_, in_, known, not_, or_

BUILT_IN: Mapping[str, Predicate] = {
    "counted": figures.COUNTED,
    "in_period": figures.IN_PERIOD,
    "carried_over": figures.CARRIED_OVER,
    "resolved": figures.RESOLVED,
    "pending": figures.PENDING,
    "online": figures.ONLINE,
    "early": figures.EARLY,
    "on_time": figures.ON_TIME,
    "late": figures.LATE,
}
_SIGNS = {sign.value: sign for sign in Sign}
_TYPES = {Kind.TEXT: str, Kind.NUMBER: int, Kind.FLAG: bool, Kind.INSTANT: datetime}
DEEPEST = 40


def read_formulas(text: str) -> tuple[Formula, ...]:
    """Return the formulas of a JSON document, checked. Raises FormulaInvalid with the name of what is wrong."""
    try:
        told = json.loads(text)
    except ValueError as wrong:
        raise _invalid("tệp", f"không phải JSON đọc được ({wrong})") from None
    if not isinstance(told, dict) or not isinstance(told.get("formulas"), list):
        raise _invalid("tệp", "thiếu danh sách “formulas”")
    conditions = _Conditions(told.get("conditions") or {})
    return checked(_formula(row, conditions) for row in told["formulas"])


class _Conditions:
    """The named conditions of one document; each is read once, and knows who is asking for it."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        self._told = told
        self._read: dict[str, Predicate] = dict(BUILT_IN)

    def named(self, name: str, asking: tuple[str, ...]) -> Predicate:
        """Return the condition of this name; `asking` are the names on the way here."""
        if name in asking:
            raise _invalid(name, "vòng lặp: " + " → ".join((*asking[asking.index(name) :], name)))
        if name in self._told and name in BUILT_IN:
            raise _invalid(name, "tên này đã có nghĩa sẵn")
        if name not in self._read:
            if name not in self._told:
                raise _invalid(asking[-1], f"không có điều kiện “{name}”")
            self._read[name] = self.read(self._told[name], (*asking, name))
        return self._read[name]

    def read(self, told: Any, asking: tuple[str, ...]) -> Predicate:
        """Return the condition that is written here."""
        if len(asking) > DEEPEST:
            raise _invalid(asking[0], "lồng quá sâu")
        if isinstance(told, str) and told.startswith("$"):
            return self.named(told[1:], asking)
        if not isinstance(told, list) or not told or not isinstance(told[0], str):
            raise _invalid(asking[-1], f"không đọc được điều kiện {json.dumps(told, ensure_ascii=False)}")
        return self._made(told[0], told[1:], asking)

    def _made(self, word: str, rest: Sequence[Any], asking: tuple[str, ...]) -> Predicate:
        if word in {"and", "or"}:
            parts = [self.read(part, asking) for part in rest]
            return and_(*parts) if word == "and" else or_(*parts)
        if word == "not" and len(rest) == 1:
            return not_(self.read(rest[0], asking))
        if word == "known" and len(rest) == 1:
            return known(_fact(rest[0], asking[-1]))
        if word == "in" and len(rest) > 1:
            fact = _fact(rest[0], asking[-1])
            return in_(fact, *(_value(value, fact, asking[-1]) for value in rest[1:]))
        if word in _SIGNS and len(rest) == 2:
            fact = _fact(rest[0], asking[-1])
            return Compare(fact, _SIGNS[word], _operand(rest[1], fact, asking[-1]))
        raise _invalid(asking[-1], f"không có phép “{word}” với {len(rest)} phần")


def _formula(told: Any, conditions: _Conditions) -> Formula:
    if not isinstance(told, dict) or not isinstance(told.get("id"), str):
        raise _invalid("tệp", "một công thức không có “id”")
    name = told["id"]
    for needed in ("title", "source", "numerator", "denominator"):
        if needed not in told:
            raise _invalid(name, f"thiếu “{needed}”")
    whole = conditions.read(told["denominator"], (name,))
    part = and_(whole, conditions.read(told["numerator"], (name,)))  # a part of the whole, by construction
    title, source = str(told["title"]), str(told["source"])
    return Formula(
        name,
        title,
        Figure(f"{name}.numerator", title, part, source),
        Figure(f"{name}.denominator", title, whole, source),
        source,
        str(told.get("reading", "")),
        version=str(told.get("version", "1")),
        effective_from=_day(told.get("effective_from"), name) or FROM_THE_BEGINNING,
        effective_to=_day(told.get("effective_to"), name),
        zero=_zero(told.get("zero", Zero.NOT_ARISEN.value), name),
        scoring=_scoring(told, name),
    )


def _fact(told: Any, formula: str) -> Fact:
    if not isinstance(told, str) or told not in FACTS:
        raise _invalid(formula, f"không có dữ kiện “{told}” ở hồ sơ")
    return Fact(told)


def _operand(told: Any, fact: Fact, formula: str) -> Operand:
    if isinstance(told, dict) and set(told) == {"fact"}:
        other = _fact(told["fact"], formula)
        if FACTS[other.name] is not FACTS[fact.name]:
            raise _invalid(formula, f"“{fact.name}” không so được với “{other.name}”")
        return other
    if isinstance(told, str) and told[:1] == "@":
        if BOUNDS.get(told[1:]) is not FACTS[fact.name]:
            raise _invalid(formula, f"“{fact.name}” không so được với “{told}”")
        return Bound(told[1:])
    return _value(told, fact, formula)


def _value(told: Any, fact: Fact, formula: str) -> str | int | bool | datetime:
    kind = FACTS[fact.name]
    value: Any = _instant(told) if kind is Kind.INSTANT else told
    if type(value) is _TYPES[kind] and isinstance(value, str | int | datetime):
        return value
    raise _invalid(formula, f"“{fact.name}” là {kind.value}, không so được với “{told}”")


def _instant(told: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(told)
    except (TypeError, ValueError):
        return None
    return at if at.tzinfo else None


def _day(told: Any, formula: str) -> date | None:
    try:
        return date.fromisoformat(told) if told is not None else None
    except (TypeError, ValueError):
        raise _invalid(formula, f"“{told}” không phải ngày dạng 2026-11-22") from None


def _zero(told: Any, formula: str) -> Zero:
    try:
        return Zero(told)
    except ValueError:
        raise _invalid(formula, f"mẫu số 0 không xử lý được theo “{told}”") from None


def _scoring(told: Mapping[str, Any], formula: str) -> Scoring | None:
    if told.get("maximum") is None:
        return None
    try:
        maximum, full_at = Decimal(str(told["maximum"])), Decimal(str(told.get("full_at", 1)))
    except InvalidOperation:
        raise _invalid(formula, "điểm tối đa và mức đạt đủ điểm phải là số") from None
    if maximum <= 0 or not 0 < full_at <= 1:
        raise _invalid(formula, "điểm tối đa phải lớn hơn 0, mức đạt đủ điểm trong khoảng 0 đến 1")
    return Scoring(maximum, full_at)


def _invalid(where: str, problem: str) -> FormulaInvalid:
    return FormulaInvalid(where=where, formula=where, problem=problem)
