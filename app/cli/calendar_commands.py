"""`motcua calendar`: what a change would move, before it is made; the days as a file."""

from __future__ import annotations

import csv
import sys
from datetime import date

import click

from app.cli.common import Day, answer, json_option
from app.cli.home import opened_house
from app.db.calendars import DEFAULT_CALENDAR
from app.domain.vietnamese_format import number, short_moment
from app.queries.calendar_admin import days_of
from app.queries.calendar_preview import Preview, preview
from workflows.calendar import DayEntry, DayKind

KINDS = [kind.value for kind in DayKind]


@click.group()
def calendar() -> None:
    """Working calendars: preview a change, export the days."""


@calendar.command("preview")
@click.option("--day", "days", type=Day(), multiple=True, help="A day to add; may be given several times.")
@click.option("--kind", type=click.Choice(KINDS), default=DayKind.CLOSURE.value, show_default=True, help="What it is.")
@click.option("--remove", "removed", type=Day(), multiple=True, help="A day to take out.")
@click.option("--calendar", "name", default=DEFAULT_CALENDAR, show_default=True)
@json_option
def preview_command(*, days: tuple[date, ...], kind: str, removed: tuple[date, ...], name: str) -> None:
    """Which due times of open dossiers a change would move; nothing is written."""
    if not days and not removed:
        raise click.UsageError("cần --day hoặc --remove")
    added = [DayEntry(day, DayKind(kind), "xem trước", "xem trước") for day in days]
    with opened_house() as house, house.reading() as session:
        found = preview(
            session, house.calendars, added=added, removed=(*removed, *days), name=name, at=house.clock.now()
        )
    answer(_document(found), _lines(found))


@calendar.command("export")
@click.option("--calendar", "name", default=DEFAULT_CALENDAR, show_default=True)
def export_command(*, name: str) -> None:
    """The days of a calendar as CSV, as `motcua import calendar` reads them."""
    with opened_house() as house, house.reading() as session:
        rows = days_of(session, name)
    writer = csv.writer(sys.stdout)
    writer.writerow(["date", "kind", "name", "source", "confirmed", "entered_by"])
    writer.writerows(
        [row.day, row.kind.value, row.name, row.source, "yes" if row.confirmed else "no", row.entered_by]
        for row in rows
    )


def _document(found: Preview) -> dict[str, object]:
    return {
        "calendar": found.calendar,
        "dossiers": found.dossiers,
        "moved": found.moved,
        "unreckoned": found.unreckoned,
        "is_whole": found.is_whole,
        "first": [{"code": move.code, "old_due_at": move.old_due_at, "due_at": move.due_at} for move in found.first],
    }


def _lines(found: Preview) -> list[str]:
    told = [f"{number(found.moved)} trên {number(found.dossiers)} hồ sơ đang giải quyết sẽ đổi hạn"]
    if found.unreckoned:
        told.append(f"{number(found.unreckoned)} hồ sơ có hạn rơi vào năm chưa có lịch")
    for move in found.first:
        old, new = (short_moment(one) if one else "–" for one in (move.old_due_at, move.due_at))
        told.append(f"{move.code}  {old} → {new}")
    return told
