"""Conditions over facts (điều kiện trên dữ kiện): one small tree that Python evaluates and SQL compiles.

A formula of a report is such a tree. `evaluate` reads it here, `app.db.predicates` turns the same tree into
SQL, and a property test shows that both pick the same dossiers. Two-valued: a comparison with a fact that is
not known is false, and its negation true; there is no third answer that could drop a dossier from a report.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, TypeAlias

Value: TypeAlias = str | int | bool | datetime
Facts: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of a dossier, by its name in the table of facts."""

    name: str


@dataclass(frozen=True, slots=True)
class Bound:
    """A value that comes with the question, not with the formula: the start or end of the period."""

    name: str


class Sign(Enum):
    """How two values are compared."""

    EQ = "="
    LT = "<"
    LE = "<="
    GT = ">"
    GE = ">="


Operand: TypeAlias = Fact | Bound | Value


@dataclass(frozen=True, slots=True)
class Compare:
    """A comparison; false where a fact in it is not known."""

    left: Fact
    sign: Sign
    right: Operand


@dataclass(frozen=True, slots=True)
class In:
    """The fact is one of these values."""

    left: Fact
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """The fact has a value at all."""

    fact: Fact


@dataclass(frozen=True, slots=True)
class Every:
    """Every part holds; true of no parts."""

    parts: tuple[Predicate, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one part holds; false of no parts."""

    parts: tuple[Predicate, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Predicate


Predicate: TypeAlias = Compare | In | Known | Every | Some | Not

_COMPARE: Mapping[Sign, Callable[[Any, Any], bool]] = {
    Sign.EQ: operator.eq,
    Sign.LT: operator.lt,
    Sign.LE: operator.le,
    Sign.GT: operator.gt,
    Sign.GE: operator.ge,
}


class UnknownFact(LookupError):
    """A formula names a fact or bound that nobody gave: a defect of the formula, never a false."""


def eq(left: Fact, right: Operand) -> Predicate:
    """Return: the fact equals this."""
    return Compare(left, Sign.EQ, right)


def lt(left: Fact, right: Operand) -> Predicate:
    """Return: the fact is less than (earlier than) this."""
    return Compare(left, Sign.LT, right)


def gt(left: Fact, right: Operand) -> Predicate:
    """Return: the fact is more than (later than) this."""
    return Compare(left, Sign.GT, right)


def ge(left: Fact, right: Operand) -> Predicate:
    """Return: the fact is at least this."""
    return Compare(left, Sign.GE, right)


def in_(left: Fact, *values: Value) -> Predicate:
    """Return: the fact is one of these."""
    return In(left, values)


def known(fact: Fact) -> Predicate:
    """Return: the fact has a value."""
    return Known(fact)


def and_(*parts: Predicate) -> Predicate:
    """Return: all of these hold."""
    return Every(parts)


def or_(*parts: Predicate) -> Predicate:
    """Return: any of these holds."""
    return Some(parts)


def not_(part: Predicate) -> Predicate:
    """Return: this does not hold."""
    return Not(part)


def evaluate(predicate: Predicate, facts: Facts, bounds: Facts) -> bool:
    """Tell whether the condition holds for these facts. Raises UnknownFact for a name that is not there."""
    match predicate:
        case Every(parts):
            return all(evaluate(part, facts, bounds) for part in parts)
        case Some(parts):
            return any(evaluate(part, facts, bounds) for part in parts)
        case Not(part):
            return not evaluate(part, facts, bounds)
        case Known(fact):
            return _value(fact, facts, bounds) is not None
        case In(left, values):
            return _value(left, facts, bounds) in values
        case Compare(left, sign, right):
            pair = _value(left, facts, bounds), _value(right, facts, bounds)
            return None not in pair and _COMPARE[sign](*pair)


ALWAYS: Predicate = Every(())
NEVER: Predicate = Some(())


@dataclass(frozen=True, slots=True)
class Settled:
    """Conditions whose answer is known already, wherever one of them is asked within another."""

    held: tuple[Predicate, ...] = ()
    denied: tuple[Predicate, ...] = ()

    def left_of(self, predicate: Predicate) -> Predicate:
        """Return what is left to ask of a condition: the same answer where this is settled, in fewer steps."""
        if predicate in self.held:
            return ALWAYS
        if predicate in self.denied:
            return NEVER
        match predicate:
            case Every(parts):
                return self._joined(parts, Every, ALWAYS, NEVER)
            case Some(parts):
                return self._joined(parts, Some, NEVER, ALWAYS)
            case Not(part):
                left = self.left_of(part)
                return {ALWAYS: NEVER, NEVER: ALWAYS}.get(left) or Not(left)
            case _:
                return predicate

    def _joined(
        self, parts: tuple[Predicate, ...], kind: type[Every] | type[Some], idle: Predicate, decides: Predicate
    ) -> Predicate:
        left = tuple(one for one in map(self.left_of, parts) if one != idle)
        if decides in left:
            return decides
        return left[0] if len(left) == 1 else kind(left)


def names_in(predicate: Predicate) -> Iterator[str]:
    """Yield the name of each fact that the condition reads."""
    match predicate:
        case Every(parts) | Some(parts):
            for part in parts:
                yield from names_in(part)
        case Not(part):
            yield from names_in(part)
        case Known(fact):
            yield fact.name
        case In(left, _):
            yield left.name
        case Compare(left, _, right):
            yield left.name
            if isinstance(right, Fact):
                yield right.name


def _value(operand: Operand, facts: Facts, bounds: Facts) -> Any:
    if not isinstance(operand, Fact | Bound):
        return operand
    given = facts if isinstance(operand, Fact) else bounds
    if operand.name not in given:
        raise UnknownFact(operand.name)
    return given[operand.name]
