"""Score rules of the evaluation (thang điểm, TT 01/2018/TT-VPCP art. 13): two points, one or none, from a line alone.

Each rule reads cells that dossiers were counted into and figures that people entered. Where one of the entered ones
is missing the rule gives nothing at all: a survey that nobody made is no zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from app.domain.table_form import ONE, Line

ELIGIBLE_ONLINE = 20  # percent of the procedures, index 9
SOON_SETTLED = 90  # percent of the complaints, index 8
WHOLE_CYCLE: Mapping[str, int] = {"province": 20, "department": 20, "commune": 100}  # percent, index 5


@dataclass(frozen=True, slots=True)
class Bodies:
    """Index 4, bodies contacted: none two points, the desk alone one, `more` (entered) none."""

    id: str
    title: str
    none: str
    desk: str
    more: str

    def told(self, line: Line) -> Decimal | None:
        """Return the average; those with more contacts are taken off the dossiers of the desk first."""
        more, none, desk = line.known.get(self.more), line.cells[self.none], line.cells[self.desk]
        if more is None or not none + desk:
            return None
        left = max(none + desk - int(more), 0)
        at_none = min(none, left)
        return _average(2 * at_none + (left - at_none), none + desk)


@dataclass(frozen=True, slots=True)
class Attitude:
    """Index 7: early and not complained of two points, on time one; late or complained of (entered) none."""

    id: str
    title: str
    early: str
    on_time: str
    late: str
    complained: str

    def told(self, line: Line) -> Decimal | None:
        """Return the average; where only a count is known, complaints are taken off the early dossiers first."""
        early, on_time, late = (line.cells[name] for name in (self.early, self.on_time, self.late))
        complained = line.known.get(self.complained)
        if complained is None or not early + on_time + late:
            return None
        left_early = max(early - int(complained), 0)
        left_on_time = max(on_time - max(int(complained) - early, 0), 0)
        return _average(2 * left_early + left_on_time, early + on_time + late)


@dataclass(frozen=True, slots=True)
class WholeCycle:
    """Index 5: the share of procedures handled wholly at the desk, by the level of the unit."""

    id: str
    title: str
    all: str
    whole: str
    at_desk: str

    def told(self, line: Line) -> Decimal | None:
        """Return the points; None where a count is missing or the level has no threshold."""
        every, whole, at_desk = (line.known.get(name) for name in (self.all, self.whole, self.at_desk))
        share = WHOLE_CYCLE.get(line.level)
        if not every or whole is None or share is None:
            return None
        if 100 * whole >= share * every:
            return Decimal(2)
        return None if at_desk is None else Decimal(at_desk == every)


@dataclass(frozen=True, slots=True)
class Published:
    """Index 6: posted at the office (entered) and complete in the catalogue (counted): both, one, or neither."""

    id: str
    title: str
    all: str
    posted: str
    offered: str
    complete: str

    def told(self, line: Line) -> Decimal | None:
        """Return the points; None where a count is missing."""
        every, posted = line.known.get(self.all), line.known.get(self.posted)
        offered, complete = line.known.get(self.offered), line.known.get(self.complete)
        if not every or posted is None or not offered or complete is None:
            return None
        return Decimal((posted == every) + (complete == offered))


@dataclass(frozen=True, slots=True)
class Complaints:
    """Index 8: none, or all settled on time, two points; from 90 percent on one; a prolonged one spoils it."""

    id: str
    title: str
    all: str
    on_time: str
    prolonged: str

    def told(self, line: Line) -> Decimal | None:
        """Return the points; None where a count is missing. No complaint at all is two points."""
        every, on_time, prolonged = (line.known.get(name) for name in (self.all, self.on_time, self.prolonged))
        if every is not None and every == 0:
            return Decimal(2)
        if every is None or on_time is None or prolonged is None:
            return None
        if prolonged or 100 * on_time < SOON_SETTLED * every:
            return Decimal(0)
        return Decimal(2 if on_time == every else 1)


@dataclass(frozen=True, slots=True)
class Online:
    """Index 9: the share of dossiers filed online and of procedures that can be; one late online dossier spoils it."""

    id: str
    title: str
    part: str
    whole: str
    late: str
    offered: str
    online: str

    def told(self, line: Line) -> Decimal | None:
        """Return the points; None where nothing was received, or two would hang on a catalogue nobody knows."""
        whole, part = line.cells[self.whole], line.cells[self.part]
        if not whole:
            return None
        if line.cells[self.late] or 100 * part < 15 * whole:
            return Decimal(0)
        if 100 * part < 30 * whole:
            return Decimal(1)
        offered, online = line.known.get(self.offered), line.known.get(self.online)
        if not offered or online is None:
            return None
        return Decimal(2 if 100 * online >= ELIGIBLE_ONLINE * offered else 1)


def _average(points: int, of: int) -> Decimal:
    return (Decimal(points) / of).quantize(ONE, ROUND_HALF_UP)
