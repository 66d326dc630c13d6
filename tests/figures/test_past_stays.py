"""A report of the past is counted from what was true then: what happens later to its dossiers does not change it."""

from __future__ import annotations

from datetime import date, timedelta

from app.domain.periods import Period
from app.queries import figures
from app.queries.report_scope import report_unit
from app.services import processing, waiting
from tests.support.seeded import *  # noqa: F403 - the planted house, by name in its __all__
from tests.support.seeded import Desk

MONDAY = Period(date(2026, 11, 23), date(2026, 11, 24))


def counted(desk: Desk, period: Period) -> dict[str, int]:
    """The cells of a period that are not zero."""
    with desk.house.reading() as session:
        cells = figures.form06a(session, report_unit(session, "H99.105"), period).total.cells
    return {name: count for name, count in cells.items() if count}


def test_what_happens_later_leaves_the_report_as_it_was(desk: Desk) -> None:
    codes = [desk.receive().code for _ in range(3)]
    monday = counted(desk, MONDAY)
    assert monday == {"received_total": 3, "received_direct_post": 3, "pending_total": 3, "pending_in_term": 3}
    desk.clock.advance(timedelta(days=1))
    with desk.house.unit_of_work() as uow:
        staff, at = desk.staff("clerk"), desk.clock.now()
        waiting.withdraw(uow, staff, codes[0], desk.version(codes[0]), reason="Nộp nhầm", at=at)
    desk.digitize(codes[1])
    with desk.house.unit_of_work() as uow:
        processing.forward(uow, desk.staff("clerk"), codes[1], desk.version(codes[1]), at=desk.clock.now())
    desk.clock.advance(timedelta(days=30))
    assert counted(desk, MONDAY) == monday


def test_the_next_period_takes_over_what_was_pending(desk: Desk) -> None:
    code = desk.receive().code
    desk.receive()
    desk.clock.advance(timedelta(days=1))
    with desk.house.unit_of_work() as uow:
        staff, at = desk.staff("clerk"), desk.clock.now()
        waiting.withdraw(uow, staff, code, desk.version(code), reason="Nộp nhầm", at=at)
    tuesday = Period(date(2026, 11, 24), date(2026, 11, 25))
    assert counted(desk, tuesday) == {
        "received_total": 2,
        "carried_over": 2,
        "resolved_total": 1,
        "resolved_early": 1,
        "pending_total": 1,
        "pending_in_term": 1,
    }
    assert counted(desk, MONDAY)["pending_total"] == counted(desk, tuesday)["carried_over"]
