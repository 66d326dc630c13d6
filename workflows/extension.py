"""The one new appointment the law allows (hẹn lại ngày trả kết quả, Mẫu 04)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from workflows.deadlines import Projection
from workflows.due import Due
from workflows.errors import ExtensionNotLater, ExtensionTooLate, ExtensionTwice
from workflows.instants import day_of, day_vi, moment_vi
from workflows.ledger import Extension, Ledger


def due_to_extend(projection: Projection) -> Due | None:
    """Return the due that a new appointment would replace; of a clock that stands still, the one foretold."""
    if projection.due_day and projection.due_at and projection.promised_at:
        return Due(projection.due_day, projection.due_at, projection.promised_at)
    return projection.if_resumed


def is_a_day_before(projection: Projection, at: datetime) -> bool:
    """Return whether a new appointment may still be made: at the latest one day before expiry.

    Of a clock that stands still, the due it would have if it ran again now. False where no due is known.
    Legal basis: NĐ 61/2018 art. 19.9, carried on under NĐ 118/2025.
    """
    due = due_to_extend(projection)
    return due is not None and day_of(at) < due.due_day


def extended(ledger: Ledger, projection: Projection, extension: Extension) -> Ledger:
    """Return the ledger with its extension; the old due stays derivable (`Projection.original`).

    `projection` is of the same ledger at `extension.at`.
    Raises ExtensionTwice, ExtensionTooLate, ExtensionNotLater.
    """
    if ledger.extension is not None:
        raise ExtensionTwice(where="new_due_at", new_due=moment_vi(ledger.extension.new_due_at))
    due = due_to_extend(projection)
    if due is None or not is_a_day_before(projection, extension.at):
        day = day_vi(due.due_day) if due else "chưa xác định"
        raise ExtensionTooLate(where="at", due_day=day, at=moment_vi(extension.at))
    if extension.new_due_at <= due.due_at:
        raise ExtensionNotLater(
            where="new_due_at", new_due=moment_vi(extension.new_due_at), due_day=day_vi(due.due_day)
        )
    return replace(ledger, extension=extension)

