"""Which step of a late dossier overran its share most (bước gây quá hạn), read for many dossiers at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from app.db.models import DossierFact, Hop
from app.db.sql_words import among, local_minute
from app.domain.simulation import CauseOf, Stay, Tally, culprit
from app.queries.simulation_judge import Judge, Late, Stops
from workflows.limits import WRITTEN_DAY


def blame_steps(judge: Judge, asked: Select[Any], late: Mapping[int, Late]) -> None:
    """Put late dossiers under their step, and under its unit instead of the settling one; `asked` is `stays_of`."""
    hops, tally = judge.stream(asked, list(late)) if late else (), judge.tally
    blamed: Counter[tuple[str, int, int, int]] = Counter()  # step, settling unit, its own unit, days late
    for dossier_id, rows in groupby(hops, key=itemgetter(0)):
        late_days, stops = late[dossier_id]
        unit_id, stays = _stays(judge, list(rows), stops)
        worst = culprit(stays, tally.limit)
        if worst is not None:
            blamed[worst.step, unit_id, worst.unit_id, late_days] += 1
    for (step, unit_id, own_unit_id, late_days), count in blamed.items():
        tally.blame(CauseOf.STEP, step, late_days, count)
        tally.blame(CauseOf.UNIT, str(unit_id), late_days, -count)
        tally.blame(CauseOf.UNIT, str(own_unit_id), late_days, count)


def blame_nobody(tally: Tally) -> None:
    """Put what no step tells about under an empty one."""
    late = tally.late_by
    named = [one for (by, _), one in tally.causes.items() if by is CauseOf.STEP]
    rest = sum(late.values()) - sum(one.dossiers for one in named)
    days = sum(days * count for days, count in late.items()) - sum(one.late_days for one in named)
    if rest:
        tally.blame(CauseOf.STEP, "", 0, rest)
        tally.causes[CauseOf.STEP, ""].late_days = days


def stays_of(stands: ColumnElement[bool]) -> Select[Any]:
    """Return the question for the stays of some dossiers until their end; built once for all of them."""
    since, left, ended = map(local_minute, (Hop.handed_at, Hop.left_at, DossierFact.ended_at))
    columns = Hop.dossier_id, DossierFact.settling_unit_id, ended, Hop.step_name, Hop.unit_id, since, left
    asked = select(*columns, Hop.allotted_minutes).join(DossierFact, DossierFact.dossier_id == Hop.dossier_id)
    begun = Hop.handed_at < DossierFact.ended_at
    return asked.where(among(Hop.dossier_id, "ids"), stands, begun).order_by(Hop.dossier_id, Hop.ordinal)


def _stays(judge: Judge, rows: Sequence[Any], stops: Stops) -> tuple[int, list[Stay]]:
    """Return the settling unit of a dossier and its stays; all instants are local minutes."""
    settling: int = rows[0][1]
    calendar = judge.of_unit(settling).calendar
    worked, minutes_a_day = calendar.worked_before, calendar.minutes_a_day
    stays: list[Stay] = []
    at = by_then = -1
    for _, _, ended, name, unit_id, since, left, allotted in rows:
        before = by_then if since == at else worked(since)  # mostly it came when the stay before ended
        at = ended if left is None else min(left, ended)
        by_then = worked(at)
        used = by_then - before
        for held, shut in stops:
            if held < at and shut > since:
                used -= worked(min(shut, at)) - worked(max(held, since))
        stays.append(Stay(name, unit_id, used * WRITTEN_DAY // minutes_a_day, allotted))  # as steps are written
    return settling, stays
