"""What happens in the demo (kịch bản mẫu): which dossier comes when, by which channel, and how it goes.

Drawn from a seeded dice: the same calendar day gives the same demo. Four months, one full day of 150 with
six of ten certified copies, the rest as a small commune has them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from app.domain.channels import Channel
from workflows.calendar import VIETNAM, WorkingCalendar

TOTAL = 600
FULL_DAY = 150
SPAN_DAYS = 120
_SATURDAY = 5
COPIES = "2.000815"  # chứng thực bản sao từ bản chính
_OPEN_MINUTES = (*range(7 * 60 + 32, 11 * 60 + 20), *range(13 * 60 + 32, 16 * 60 + 40))

# Procedure codes by how often a commune sees them; electronic originals are the exception that grows.
PAPER = {"1.001193": 12, "1.000656": 5, "1.000894": 6, "2.000884": 10, "2.001035": 5, "1.004222": 6, "1.004194": 5}
ELECTRONIC = {"1.004873": 8, "2.000635": 8, "2.002516": 2, "1.010833": 2}
SLOW = {"1.004884": 4, "1.001022": 2, "1.001699": 3, "1.013978": 4}
DEPARTMENT = {"1.012783": 3, "1.013831": 3, "1.000045": 4, "1.004756": 2}


@dataclass(frozen=True, slots=True)
class Plan:
    """One dossier to come: when, where, which procedure, and what befalls it.

    `fate`: smooth, late, supplement, withdrawn, stopped, payment, refused, intake_supplement, waiting, extended.
    """

    number: int
    at: datetime
    authority: str
    procedure: str
    channel: Channel
    fate: str
    haste: float  # share of the allotted time that each step takes


def plans(calendar: WorkingCalendar, now: datetime, *, total: int = TOTAL, full_day: int = FULL_DAY) -> list[Plan]:
    """Return the plans in the order of their coming; the full day is the last working day before today."""
    dice = Random(20261122)
    days = _working_days(calendar, now)
    full = [days[-1]] * min(full_day, total // 4)
    others = [dice.choice(days[:-1]) for _ in range(total - len(full) - _today_share(total))]
    today = [now.astimezone(VIETNAM).date()] * _today_share(total)
    moments = sorted([*_at(dice, full), *_at(dice, others), *_before(dice, today, now)])
    return [_plan(dice, number, at, at.date() == days[-1], now) for number, at in enumerate(moments, start=1)]


def _plan(dice: Random, number: int, at: datetime, on_full_day: bool, now: datetime) -> Plan:
    if on_full_day and dice.random() < 0.6:
        return Plan(number, at, "H99.105", COPIES, Channel.DIRECT, "smooth", dice.uniform(0.2, 0.9))
    department = dice.random() < 0.1
    recent = now - at < timedelta(days=16)
    kinds: Mapping[str, int] = DEPARTMENT if department else PAPER | SLOW | (ELECTRONIC if recent else {})
    procedure = dice.choices(list(kinds), weights=list(kinds.values()))[0]
    channel = dice.choices((Channel.DIRECT, Channel.ONLINE, Channel.POST), weights=(62, 33, 5))[0]
    if procedure in {"2.000884"} or (procedure in {"1.004222", "1.004194"} and channel is Channel.POST):
        channel = Channel.DIRECT
    is_today = at.date() == now.astimezone(VIETNAM).date()
    if is_today and at.weekday() >= _SATURDAY:  # the desk is closed: only the internet brings dossiers
        channel, procedure, department = Channel.ONLINE, "1.004873", False
    fate = _fate(dice, channel)
    if is_today and channel is Channel.ONLINE:
        fate = "waiting"
    haste = dice.uniform(1.3, 2.4) if fate == "late" else dice.uniform(0.25, 0.95)
    return Plan(number, at, "H99.12" if department else "H99.105", procedure, channel, fate, haste)


def _fate(dice: Random, channel: Channel) -> str:
    fates = {"smooth": 74, "late": 7, "supplement": 7, "withdrawn": 2, "stopped": 1, "payment": 2, "extended": 1}
    if channel is Channel.ONLINE:
        fates |= {"refused": 4, "intake_supplement": 5, "smooth": 64}
    return dice.choices(list(fates), weights=list(fates.values()))[0]


def _working_days(calendar: WorkingCalendar, now: datetime) -> list[date]:
    today = now.astimezone(VIETNAM).date()
    span = (today - timedelta(days=back) for back in range(SPAN_DAYS, 0, -1))
    return [day for day in span if calendar.contains_year(day.year) and calendar.is_working_day(day)]


def _today_share(total: int) -> int:
    return max(2, total // 40)


def _at(dice: Random, days: list[date]) -> Iterator[datetime]:
    for day in days:
        minute = dice.choice(_OPEN_MINUTES)
        yield datetime.combine(day, time(minute // 60, minute % 60, dice.randint(0, 59)), VIETNAM)


def _before(dice: Random, days: list[date], now: datetime) -> Iterator[datetime]:
    """Filings of today, all of them in the past hours: online filings come at any hour."""
    for _ in days:
        yield (now - timedelta(minutes=dice.randint(5, 300), seconds=dice.randint(0, 59))).astimezone(VIETNAM)
