"""Conditions over facts as SQL (điều kiện thành SQL): the tree of `app.domain.predicates` on the table of facts.

SQL knows a third answer, NULL. Where a row is picked it counts as no, as `evaluate` says; below a negation it would
stay NULL, so there each comparison of a column that may be NULL is asked together with "is it known".
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, false, not_, or_, true
from sqlalchemy.orm import InstrumentedAttribute

from app.db.models import DossierFact
from app.domain.predicates import (
    Bound,
    Compare,
    Every,
    Fact,
    Facts,
    In,
    Known,
    Not,
    Operand,
    Predicate,
    Sign,
    Some,
    UnknownFact,
)

_COMPARE: Mapping[Sign, Callable[[Any, Any], Any]] = {
    Sign.EQ: operator.eq,
    Sign.LT: operator.lt,
    Sign.LE: operator.le,
    Sign.GT: operator.gt,
    Sign.GE: operator.ge,
}


def condition(predicate: Predicate, bounds: Facts) -> ColumnElement[bool]:
    """Return the condition on `DossierFact`, to pick rows by (WHERE, CASE), not to be negated.

    Raises UnknownFact for a name that is no column or bound.
    """
    match predicate:
        case Every(parts):
            return and_(true(), *(condition(part, bounds) for part in parts))
        case Some(parts):
            return or_(false(), *(condition(part, bounds) for part in parts))
        case Not(part):
            return not_(_two_valued(part, bounds))
        case _:
            return _asked(predicate, bounds)


def _two_valued(predicate: Predicate, bounds: Facts) -> ColumnElement[bool]:
    match predicate:
        case Every(parts):
            return and_(true(), *(_two_valued(part, bounds) for part in parts))
        case Some(parts):
            return or_(false(), *(_two_valued(part, bounds) for part in parts))
        case Not(part):
            return not_(_two_valued(part, bounds))
        case In(left, _):
            return _guarded(_asked(predicate, bounds), left)
        case Compare(left, _, right):
            return _guarded(_asked(predicate, bounds), left, right)
        case _:
            return _asked(predicate, bounds)


def _asked(predicate: Compare | In | Known, bounds: Facts) -> ColumnElement[bool]:
    match predicate:
        case Known(fact):
            return column_of(fact.name).is_not(None)
        case In(left, values):
            return column_of(left.name).in_(values)
        case Compare(left, sign, right):
            compared: ColumnElement[bool] = _COMPARE[sign](column_of(left.name), _operand(right, bounds))
            return compared


def column_of(name: str) -> InstrumentedAttribute[Any]:
    """Return the column that holds a fact. Raises UnknownFact."""
    column = getattr(DossierFact, name, None)
    if not isinstance(column, InstrumentedAttribute):
        raise UnknownFact(name)
    return column


def _guarded(compared: ColumnElement[bool], *operands: Operand) -> ColumnElement[bool]:
    """Return the comparison, false where one of its columns is NULL."""
    facts = [column_of(operand.name) for operand in operands if isinstance(operand, Fact)]
    known = [column.is_not(None) for column in facts if column.property.columns[0].nullable]
    return and_(*known, compared)


def _operand(operand: Operand, bounds: Facts) -> Any:
    if isinstance(operand, Fact):
        return column_of(operand.name)
    if not isinstance(operand, Bound):
        return operand
    if operand.name not in bounds:
        raise UnknownFact(operand.name)
    return bounds[operand.name]
