"""The desk's and the head's overview as shown (số và biểu đồ): each number with the address of its own list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from flask import url_for

from app.i18n import gettext as _
from app.queries.slices import NOBODY, Cut, Load, Slice
from app.web.filters import number, vn_day_month, vn_weekday

DAYS = 7
BAR = 220  # width of a bar in a table, in units of its drawing


@dataclass(frozen=True, slots=True)
class Card:
    """One number with its words, icon and look; `address` opens the dossiers it counts."""

    title: str
    value: str
    address: str
    icon: str
    css: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a chart and the row of its table."""

    label: str
    words: str
    count: int
    address: str
    is_today: bool = False


@dataclass(frozen=True, slots=True)
class LoadRow:
    """One holder or step: all, late, and both as widths of a bar."""

    name: str
    total: str
    late: str
    address: str
    late_address: str
    width: float
    late_width: float


def address_of(asked: Slice) -> str:
    """Return the address of a slice's list."""
    key = {"khoa": asked.key} if asked.key else {}
    return url_for("desk.overview_list", cut=asked.cut.value, **key)


def day_key(day: date) -> str:
    """Return a day as slices name it."""
    return f"{day:%Y%m%d}"


def cuts_of_today(day: date) -> tuple[Slice, ...]:
    """Return what the desk wants to know of a day."""
    key = day_key(day)
    happened = (Slice(Cut.RECEIVED, key), Slice(Cut.ENDED, key), Slice(Cut.RETURNED, key))
    return (*happened, Slice(Cut.DUE_DAY, key), Slice(Cut.OVERDUE), Slice(Cut.SUSPENDED))


# What stands in the bar, with its look; together they are all that is open.
BAR_PARTS = {
    Cut.IN_TERM: "is-con-han",
    Cut.SOON: "is-sap-den-han",
    Cut.OVERDUE: "is-qua-han",
    Cut.SUSPENDED: "is-tam-dung",
    Cut.NO_DUE: "is-khong-ro-han",
}
STANDING_CUTS = tuple(BAR_PARTS)


def days_ahead(day: date) -> tuple[Slice, ...]:
    """Return the due days of the week to come, today first."""
    return tuple(Slice(Cut.DUE_DAY, day_key(day + timedelta(days=ahead))) for ahead in range(DAYS))


def title_of(asked: Slice, holder: str = "") -> str:
    """Return what a slice counts, in words."""
    words = {
        Cut.OPEN: _("Đang giải quyết"),
        Cut.IN_TERM: _("Còn hạn"),
        Cut.SOON: _("Sắp đến hạn"),
        Cut.OVERDUE: _("Quá hạn lúc này"),
        Cut.SUSPENDED: _("Đang tạm dừng"),
        Cut.NO_DUE: _("Chưa rõ hạn"),
        Cut.RECEIVED: _("Tiếp nhận ngày %(day)s", day=_day_words(asked.key)),
        Cut.ENDED: _("Giải quyết xong ngày %(day)s", day=_day_words(asked.key)),
        Cut.RETURNED: _("Trả kết quả ngày %(day)s", day=_day_words(asked.key)),
        Cut.DUE_DAY: _("Đến hạn ngày %(day)s", day=_day_words(asked.key)),
        Cut.HOLDER: _("Đang giữ: %(name)s", name=holder),
        Cut.HOLDER_LATE: _("Đang giữ, quá hạn: %(name)s", name=holder),
        Cut.STEP: _("Đang ở bước: %(step)s", step=asked.key),
        Cut.STEP_LATE: _("Quá hạn bước: %(step)s", step=asked.key),
    }
    return words[asked.cut]


LOOKS = {
    Cut.RECEIVED: ("box-arrow-in-down", ""),
    Cut.ENDED: ("check2-circle", ""),
    Cut.RETURNED: ("check2-all", ""),
    Cut.DUE_DAY: ("calendar-event", "soon"),
    Cut.OVERDUE: ("exclamation-octagon-fill", "late"),
    Cut.SUSPENDED: ("pause-circle", ""),
    Cut.IN_TERM: ("check-circle", ""),
    Cut.SOON: ("hourglass-split", "soon"),
    Cut.NO_DUE: ("question-circle", ""),
    Cut.OPEN: ("folder2-open", ""),
}


def title_today(asked: Slice) -> str:
    """Return what a slice of today counts, in words."""
    words = {
        Cut.RECEIVED: _("Tiếp nhận hôm nay"),
        Cut.ENDED: _("Giải quyết xong hôm nay"),
        Cut.RETURNED: _("Trả kết quả hôm nay"),
        Cut.DUE_DAY: _("Đến hạn hôm nay"),
    }
    return words.get(asked.cut) or title_of(asked)


def cards(counts: Mapping[Slice, int], cuts: tuple[Slice, ...]) -> tuple[Card, ...]:
    """Return a card for each slice, a day's being today; a zero is calm whatever it counts."""
    return tuple(
        Card(
            title_today(one),
            number(counts[one]),
            address_of(one),
            LOOKS[one.cut][0],
            LOOKS[one.cut][1] if counts[one] else "",
        )
        for one in cuts
    )


def columns(counts: Mapping[Slice, int], day: date) -> tuple[Column, ...]:
    """Return the week ahead as columns of a chart."""
    shown = []
    for ahead, one in enumerate(days_ahead(day)):
        due = day + timedelta(days=ahead)
        words = f"{vn_weekday(due)}, {vn_day_month(due)}"
        shown.append(Column(vn_day_month(due), words, counts[one], address_of(one), ahead == 0))
    return tuple(shown)


def loads(found: tuple[Load, ...], whole: Cut, late: Cut) -> tuple[LoadRow, ...]:
    """Return holders or steps with their bars, against the fullest."""
    most = max((load.total for load in found), default=1) or 1
    return tuple(
        LoadRow(
            load.name or _("chưa giao ai"),
            number(load.total),
            number(load.late),
            address_of(Slice(whole, load.key)),
            address_of(Slice(late, load.key)),
            round(BAR * load.total / most, 1),
            round(BAR * load.late / most, 1),
        )
        for load in found
    )


def bottleneck(steps: tuple[Load, ...]) -> Load | None:
    """Return the step with the most dossiers past its own time, the fullest of equals; None where none is late."""
    late = [step for step in steps if step.late]
    return max(late, key=lambda step: (step.late, step.total)) if late else None


def holder_name(found: tuple[Load, ...], key: str) -> str:
    """Return the name of a holder whose list is opened."""
    named = {load.key: load.name for load in found}
    return named.get(key) or (_("chưa giao ai") if key == NOBODY else _("cán bộ khác"))


def _day_words(key: str) -> str:
    return f"{key[6:8]}/{key[4:6]}/{key[:4]}"
