"""Reminders as each authority wants them (nhắc hạn của từng cơ quan): its own rungs and hours, else the house's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.db.models import Setting
from app.domain import ladder
from app.domain.ladder import Rung

Choice = TypeVar("Choice")
LADDER, STUCK_HOURS = "warn_ladder", "stuck_hours"
QUIET_HOURS = 24  # working hours: three days at the desk, unless somebody says otherwise


@dataclass(frozen=True, slots=True)
class Choices(Generic[Choice]):
    """What the house does as a rule, and what single authorities do instead."""

    usual: Choice
    own: dict[int, Choice]

    def of(self, unit_id: int) -> Choice:
        """Return what one authority does."""
        return self.own.get(unit_id, self.usual)

    def groups(self, unit_id: InstrumentedAttribute[int]) -> Iterator[tuple[Choice, tuple[ColumnElement[bool], ...]]]:
        """Yield each choice with the condition that a unit has made it: few authorities depart from the rule."""
        yield self.usual, (unit_id.not_in(self.own),) if self.own else ()
        for choice in {repr(one): one for one in self.own.values()}.values():
            yield choice, (unit_id.in_([unit for unit, theirs in self.own.items() if theirs == choice]),)


def ladders(session: Session) -> Choices[tuple[Rung, ...]]:
    """Return the ladders in force. Raises LadderNotUnderstood."""
    return _choices(session, LADDER, ladder.DEFAULT_LADDER, ladder.ladder_of)


def quiet_minutes(session: Session) -> Choices[int]:
    """Return the working minutes of silence after which a dossier counts as stuck."""
    return _choices(session, STUCK_HOURS, QUIET_HOURS * 60, lambda hours: hours * 60)


def _choices(session: Session, name: str, usual: Choice, read: Callable[[Any], Choice]) -> Choices[Choice]:
    asked = select(Setting.unit_id, Setting.value).where(Setting.name == name)
    stored = {unit_id: read(value) for unit_id, value in session.execute(asked) if value is not None}
    return Choices(stored.pop(None, usual), {unit: choice for unit, choice in stored.items() if unit is not None})
