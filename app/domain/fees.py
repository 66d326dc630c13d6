"""Fees (phí, lệ phí): what the lines of a procedure come to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from app.domain.fee_reductions import stated_in

PER_PIECE = frozenset({"copy", "page"})


class FeeTerms(Protocol):
    """One line: whole đồng, whose channel (None: every one), per what, and under which condition."""

    @property
    def channel(self) -> int | None: ...  # noqa: D102 - said above

    @property
    def amount_vnd(self) -> int | None: ...  # noqa: D102 - said above

    @property
    def per(self) -> str: ...  # noqa: D102 - said above

    @property
    def condition(self) -> str: ...  # noqa: D102 - said above


def amount_of(line: FeeTerms, quantity: int) -> int:
    """Return what one line comes to in whole đồng; only fees per copy or page are multiplied."""
    return (line.amount_vnd or 0) * (quantity if line.per in PER_PIECE else 1)


def due_vnd(lines: Iterable[FeeTerms], channel: int, *, quantity: int, exemption: str = "") -> int:
    """Return the sum of the lines of a channel in whole đồng, less what an exemption's own words lift.

    A line with a condition is the clerk's to add.
    """
    full = sum(amount_of(line, quantity) for line in lines if line.channel in (None, channel) and not line.condition)
    return full - stated_in(exemption).lifted(full) if exemption else full
