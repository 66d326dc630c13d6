"""The evenings of the demo (chốt sổ cuối ngày): each clerk closes the drawer, so that only today's money is open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from app.domain.people import Staff
from app.queries.cash_desk import open_sheet
from app.seed.demo_cast import Cast
from app.services import cash_sheets
from app.wiring import House
from workflows.calendar import VIETNAM

_EVENING = time(17, 20)


def evenings(house: House, cast: Cast, since: datetime) -> Iterator[datetime]:
    """Yield the end of each day from `since` on; every drawer that money went into is closed at it."""
    day = since.astimezone(VIETNAM).date()
    while True:
        at = yield datetime.combine(day, _EVENING, VIETNAM)
        for clerk in cast.clerks():
            _close(house, clerk, at)
        day += timedelta(days=1)


def _close(house: House, clerk: Staff, at: datetime) -> None:
    with house.reading() as session:
        sheet = open_sheet(session, clerk)
    if sheet.movements:
        with house.unit_of_work() as uow:
            cash_sheets.close(
                uow, clerk, counted_vnd=sheet.cash_vnd, shown_movements=len(sheet.movements), reason="", at=at
            )
