"""How long such dossiers usually take, as a chart with its table, this dossier marked."""

from __future__ import annotations

from dataclasses import dataclass

from app.i18n import gettext as _
from app.queries.tracking import Tracked
from app.queries.usual_time import LONGEST, UsualTime
from app.web.filters import vn_date
from workflows.states import OPEN_STATES


@dataclass(frozen=True, slots=True)
class UsualShown:
    """The sentence, the bars (label, count, is this dossier's), the caption of the table."""

    sentence: str
    rows: tuple[tuple[str, int, bool], ...]
    caption: str


def usual_shown(usual: UsualTime, dossier: Tracked) -> UsualShown:
    """Return the chart; the bar that an open dossier has reached is marked."""
    mine = _days_used(dossier) if dossier.state in OPEN_STATES else 0
    labels = [str(number) for number in range(1, LONGEST)] + [f"{LONGEST}+"]
    return UsualShown(
        _(
            "Một nửa số hồ sơ xong trong %(half)s ngày làm việc, chín phần mười xong trong %(most)s ngày.",
            half=usual.half,
            most=usual.most,
        ),
        tuple(
            (label, count, number == mine)
            for number, (label, count) in enumerate(zip(labels, usual.counts, strict=True), 1)
        ),
        _(
            "%(n)s hồ sơ cùng thủ tục từ %(since)s; không tính ngày chờ bổ sung",
            n=usual.total,
            since=vn_date(usual.since),
        ),
    )


def _days_used(dossier: Tracked) -> int:
    clock = dossier.clockwork
    if clock is None:
        return 0
    return min(max(-(-clock.projection.consumed_minutes // clock.minutes_a_day), 1), LONGEST)
