"""How values look to people (định dạng hiển thị): Vietnam dates and hours, vi-VN numbers, money, masked numbers.

Every instant is turned to Asia/Ho_Chi_Minh here and nowhere else; None is shown as nothing.
"""

from __future__ import annotations

from datetime import date, datetime

from flask import Flask

from app.domain import event_kinds
from app.domain.process_fit import hours_of
from app.i18n import gettext as _
from app.i18n import pgettext
from app.web import labels
from workflows.calendar import VIETNAM

VISIBLE_DIGITS = 4


def vn_date(value: date | datetime | None) -> str:
    """Return 20/11/2026."""
    return "" if value is None else f"{_local_day(value):%d/%m/%Y}"


def vn_day_month(value: date | datetime | None) -> str:
    """Return 20/11, for columns of a list."""
    return "" if value is None else f"{_local_day(value):%d/%m}"


def vn_time(value: datetime | None) -> str:
    """Return 08:42, Vietnam time."""
    return "" if value is None else f"{value.astimezone(VIETNAM):%H:%M}"


def vn_datetime(value: datetime | None) -> str:
    """Return 08:42 20/11/2026, hour first as forms print it."""
    return "" if value is None else f"{value.astimezone(VIETNAM):%H:%M %d/%m/%Y}"


def vn_weekday(value: date | datetime | None) -> str:
    """Return the day of the week in words: thứ Hai … Chủ nhật."""
    if value is None:
        return ""
    names = (
        pgettext("weekday", "thứ Hai"),
        pgettext("weekday", "thứ Ba"),
        pgettext("weekday", "thứ Tư"),
        pgettext("weekday", "thứ Năm"),
        pgettext("weekday", "thứ Sáu"),
        pgettext("weekday", "thứ Bảy"),
        pgettext("weekday", "Chủ nhật"),
    )
    return names[_local_day(value).weekday()]


def vn_date_words(value: date | datetime | None) -> str:
    """Return thứ Sáu, 20/11/2026."""
    return "" if value is None else f"{vn_weekday(value)}, {vn_date(value)}"


def iso(value: date | datetime | None) -> str:
    """Return the machine form for `<time datetime>`: Vietnam time with its offset, or the plain day."""
    if value is None:
        return ""
    return value.astimezone(VIETNAM).isoformat(timespec="minutes") if isinstance(value, datetime) else value.isoformat()


def number(value: float | None, decimals: int = 0) -> str:
    """Return 1.234,5 as vi-VN writes it: dot between thousands, comma before decimals."""
    if value is None:
        return ""
    return f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


def money(value: int | None) -> str:
    """Return 12.000 đ, whole đồng."""
    return "" if value is None else f"{number(value)}\N{NO-BREAK SPACE}đ"


def percent(value: float | None, decimals: int = 1) -> str:
    """Return 97,5 % of a rate 0–1; a rate without denominator is "không phát sinh", never 0 % (design 2.5)."""
    return _("không phát sinh") if value is None else f"{number(value * 100, decimals)}\N{NO-BREAK SPACE}%"


def masked(value: str | None) -> str:
    """Return a number with all but its last four characters hidden: ••••••••0123."""
    if not value:
        return ""
    hidden = max(len(value) - VISIBLE_DIGITS, 0)
    return "•" * hidden + value[hidden:]


def file_size(value: int | None) -> str:
    """Return 240 KB or 1,5 MB, of 1024."""
    if value is None:
        return ""
    kilobytes = value / 1024
    return f"{number(max(kilobytes, 1))} KB" if kilobytes < 1024 else f"{number(kilobytes / 1024, 1)} MB"


def last_block(code: str | None) -> tuple[str, str]:
    """Return a dossier code as (the front, the last block), so that a list can show the block bold."""
    front, dash, block = (code or "").rpartition("-")
    return front + dash, block


def event_title(kind: str) -> str:
    """Return the words people read for an event kind."""
    return _(event_kinds.title(kind))


def _local_day(value: date | datetime) -> date:
    return value.astimezone(VIETNAM).date() if isinstance(value, datetime) else value


FILTERS = (
    vn_date,
    vn_day_month,
    vn_time,
    vn_datetime,
    vn_weekday,
    vn_date_words,
    iso,
    number,
    money,
    percent,
    masked,
    file_size,
    last_block,
    event_title,
    hours_of,
    labels.state_label,
    labels.standing_label,
    labels.channel_label,
    labels.role_label,
    labels.day_kind_label,
)


def install(app: Flask) -> None:
    """Give every template these filters, each under its function's name."""
    for show in FILTERS:
        app.jinja_env.filters[show.__name__] = show
