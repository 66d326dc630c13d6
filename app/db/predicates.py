"""Conditions over facts as SQL (điều kiện thành SQL): the tree of `app.domain.predicates` on the table of facts.

SQL knows a third answer, NULL; each comparison of a column that may be NULL is therefore asked together with
"is it known", which gives the same two values as `evaluate` also below a negation.
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
    """Return the condition on `DossierFact`. Raises UnknownFact for a name that is no column or bound."""
    match predicate:
        case Every(parts):
            return and_(true(), *(condition(part, bounds) for part in parts))
        case Some(parts):
            return or_(false(), *(condition(part, bounds) for part in parts))
        case Not(part):
            return not_(condition(part, bounds))
        case Known(fact):
            return column_of(fact.name).is_not(None)
        case In(left, values):
            return _guarded(column_of(left.name).in_(values), left)
        case Compare(left, sign, right):
            compared = _COMPARE[sign](column_of(left.name), _operand(right, bounds))
            return _guarded(compared, left, right)


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
