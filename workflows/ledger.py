"""The suspension ledger of a dossier's clock (sổ tạm dừng thời hạn): what happened, never how late it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from operator import attrgetter
from types import MappingProxyType

from workflows.errors import (
    EndBeforeStart,
    RuleBroken,
    SuspensionAfterEnd,
    SuspensionBackwards,
    SuspensionBeforeStart,
    SuspensionsOverlap,
)
from workflows.instants import local, moment_vi


class Effect(StrEnum):
    """What the legal ground of a suspension allows the clock to do (tác động của căn cứ)."""

    SUBTRACT = "subtract"  # the time is given back, under every reading
    RESTART = "restart"  # a full new limit under the reading that knows it, else given back
    NONE = "none"  # the clock runs on


class Reading(StrEnum):
    """How an authority reads the law on a ground that may restart (cách hiểu)."""

    SUBTRACT = "subtract"  # the national on-time formula
    RESTART = "restart"  # NĐ 61/2018 art. 19.4; NĐ 297/2025 art. 6.3


SUPPLEMENT, PAYMENT = "supplement", "payment"
# No text gives a general pause for verification, consultation or a failing system: the clock runs on.
EFFECTS = MappingProxyType(
    {
        SUPPLEMENT: Effect.RESTART,
        PAYMENT: Effect.SUBTRACT,
        "public_notice": Effect.SUBTRACT,
        "verification": Effect.NONE,
        "consultation": Effect.NONE,
        "system_failure": Effect.NONE,
    }
)


def effect_of(ground: str) -> Effect:
    """Return what a ground does by default; a ground of the authority's own follows the reading."""
    return EFFECTS.get(ground, Effect.RESTART)


@dataclass(frozen=True, slots=True)
class Suspension:
    """One interval in which the dossier waited; an `end` of None is still open."""

    start: datetime
    end: datetime | None
    ground: str
    effect: Effect = Effect.SUBTRACT


@dataclass(frozen=True, slots=True)
class Extension:
    """The one new appointment the law allows (hẹn lại, Mẫu 04): when it was made, for when, and why."""

    at: datetime
    new_due_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """All that the clock of one dossier is derived from. Instants are aware; suspensions are put in order.

    `started_at` is the reception of the complete dossier or, regardless of boundary, its receipt by the
    competent agency (NĐ 118/2025 art. 17.3 as amended by 309/2026). `declared_due_at` is an imported due
    time; at local midnight it means the end of the day before.

    Raises NaiveTime, EndBeforeStart, SuspensionBackwards, SuspensionBeforeStart, SuspensionAfterEnd,
    SuspensionsOverlap.
    """

    started_at: datetime
    suspensions: tuple[Suspension, ...] = ()
    extension: Extension | None = None
    ended_at: datetime | None = None
    declared_due_at: datetime | None = None

    def __post_init__(self) -> None:
        _check_zones(self)
        if self.ended_at is not None and self.ended_at < self.started_at:
            raise EndBeforeStart(
                where="finished", ended_at=moment_vi(self.ended_at), started_at=moment_vi(self.started_at)
            )
        if not self.suspensions:
            return
        in_order = tuple(sorted(self.suspensions, key=attrgetter("start")))
        object.__setattr__(self, "suspensions", in_order)
        for suspension in in_order:
            _check_interval(self, suspension)
        # What does not stop the clock may go on beside what does: consultation beside a supplement.
        for first, second in pairwise(one for one in in_order if one.effect is not Effect.NONE):
            _check_apart(first, second)

    def as_of(self, at: datetime) -> Ledger:
        """Return the ledger as it was known at an instant: without what came later, open what ended later.

        With it the standing at the end of a past period is reckoned with the due time known then.
        """
        return replace(
            self,
            suspensions=tuple(_known(one, at) for one in self.suspensions if one.start <= at),
            extension=self.extension if self.extension and self.extension.at <= at else None,
            ended_at=self.ended_at if self.ended_at and self.ended_at <= at else None,
        )


def _known(suspension: Suspension, at: datetime) -> Suspension:
    return suspension if suspension.end and suspension.end <= at else replace(suspension, end=None)


def _check_zones(ledger: Ledger) -> None:
    instants = [ledger.started_at, ledger.ended_at, ledger.declared_due_at]
    for suspension in ledger.suspensions:
        instants += [suspension.start, suspension.end]
    if ledger.extension:
        instants += [ledger.extension.at, ledger.extension.new_due_at]
    for instant in instants:
        if instant is not None:
            local(instant)


def _check_interval(ledger: Ledger, suspension: Suspension) -> None:
    start, end = suspension.start, suspension.end
    if end is not None and end <= start:
        raise _refused(SuspensionBackwards, start=start, end=end)
    if start < ledger.started_at:
        raise _refused(SuspensionBeforeStart, start=start, started_at=ledger.started_at)
    if ledger.ended_at is not None and max(start, end or start) > ledger.ended_at:
        raise _refused(SuspensionAfterEnd, start=start, ended_at=ledger.ended_at)


def _check_apart(first: Suspension, second: Suspension) -> None:
    if first.end is None or second.start < first.end:
        end = "nay" if first.end is None else moment_vi(first.end)
        raise SuspensionsOverlap(
            where="suspend",
            first_start=moment_vi(first.start),
            first_end=end,
            second_start=moment_vi(second.start),
        )


def _refused(error: type[RuleBroken], **instants: datetime) -> RuleBroken:
    return error(where="suspend", **{name: moment_vi(instant) for name, instant in instants.items()})
