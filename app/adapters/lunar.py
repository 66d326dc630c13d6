"""Lunar holidays of a year (ngày lễ theo âm lịch), from the `holidays` package; it knows no swaps."""

from __future__ import annotations

from datetime import date
from importlib import import_module

from workflows.errors import N_, RuleBroken

_NEW_YEAR, _ANCESTORS = "Lunar New Year", "Hung Kings' Commemoration Day"


class YearNotProposed(RuleBroken):
    """The tables of lunar days do not reach this year, or the package is not installed."""

    code = "year_not_proposed"
    sentence = N_("Chưa dự kiến được lịch nghỉ năm {year}: không có ngày âm lịch. Vui lòng nhập lịch từ tệp.")


def lunar_days(year: int) -> tuple[date, date]:
    """Return the first day of the lunar year and the tenth of its third month. Raises YearNotProposed."""
    try:
        known = import_module("holidays").Vietnam(years=year)
    except ImportError:
        raise YearNotProposed(where="year", year=year) from None
    named = {name: day for day, names in known.items() for name in names.split("; ")}
    if _NEW_YEAR not in named or _ANCESTORS not in named:
        raise YearNotProposed(where="year", year=year)
    return named[_NEW_YEAR], named[_ANCESTORS]
