"""Where the list behind a number opens (địa chỉ danh sách): for files that are made outside of a request.

Pages make the same addresses from their routes; a test holds both together.
"""

from __future__ import annotations

from urllib.parse import urlencode

from app.domain.periods import Period, months_in
from app.domain.reports import MONTH, Opens, ReportUnit
from app.domain.vietnamese_format import short_date

REPORTS = "/mot-cua/bao-cao"


def lists_of(base: str, unit: ReportUnit, period: Period, by: str) -> Opens:
    """Return the addresses of a report's lists, under the address that people reach the house by."""

    def opens(figure: str, key: str | None) -> str:
        stretch, row = row_of(period, by, key)
        dong = {} if row is None else {"dong": row}
        return f"{base.rstrip('/')}{REPORTS}/so/{figure}?{urlencode({**_asked(unit, stretch, by), **dong})}"

    return opens


def row_of(period: Period, by: str, key: str | None) -> tuple[Period, str | None]:
    """Return the period and the key by which the lists of a row are asked; a month is a period, not a key."""
    if by != MONTH or key is None:
        return period, key
    return next(one for one in months_in(period) if f"{one.first_day}" == key), None


def page_of(base: str, unit: ReportUnit, period: Period, by: str, form: str = "") -> str:
    """Return the address of form 06a, or of another `form`, as its QR carries it."""
    path = f"{REPORTS}/bieu/{form}" if form else REPORTS
    return f"{base.rstrip('/')}{path}?{urlencode(_asked(unit, period, by))}"


def _asked(unit: ReportUnit, period: Period, by: str) -> dict[str, str]:
    days = {"tu": short_date(period.first_day), "den": short_date(period.last_day)}
    return {**days, "don_vi": unit.code, "theo": str(by)}
