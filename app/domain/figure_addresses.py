"""Where the list behind a number opens (địa chỉ danh sách): for files that are made outside of a request.

Pages make the same addresses from their routes; a test holds both together.
"""

from __future__ import annotations

from urllib.parse import urlencode

from app.domain.periods import Period
from app.domain.reports import Opens, ReportUnit, RowsBy
from app.domain.vietnamese_format import short_date

REPORTS = "/mot-cua/bao-cao"


def lists_of(base: str, unit: ReportUnit, period: Period, by: RowsBy) -> Opens:
    """Return the addresses of a report's lists, under the address that people reach the house by."""
    asked = _asked(unit, period, by)

    def opens(figure: str, key: str | None) -> str:
        row = {} if key is None else {"dong": key}
        return f"{base.rstrip('/')}{REPORTS}/so/{figure}?{urlencode({**asked, **row})}"

    return opens


def page_of(base: str, unit: ReportUnit, period: Period, by: RowsBy, form: str = "") -> str:
    """Return the address of form 06a, or of another `form`, as its QR carries it."""
    path = f"{REPORTS}/bieu/{form}" if form else REPORTS
    return f"{base.rstrip('/')}{path}?{urlencode(_asked(unit, period, by))}"


def _asked(unit: ReportUnit, period: Period, by: RowsBy) -> dict[str, str]:
    days = {"tu": short_date(period.first_day), "den": short_date(period.last_day)}
    return {**days, "don_vi": unit.code, "theo": by.value}
