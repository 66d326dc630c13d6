"""`motcua due`: a due time from its facts alone, with every step of the reckoning."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from app.cli.calendars import load_calendar
from app.cli.common import Instant, answer, json_option, settings
from app.clock import SystemClock
from workflows.deadlines import Projection, TraceLine, project
from workflows.due import Due
from workflows.instants import day_vi, moment_vi
from workflows.ledger import SUPPLEMENT, Extension, Ledger, Reading, Suspension, effect_of
from workflows.limits import TimeLimit, check_committed


class Suspended(click.ParamType):
    """A suspension written `FROM/TO@GROUND`; open when TO is left out. Comes back as the core's value."""

    name = "FROM/TO@GROUND"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Suspension:
        """Return the suspension with what its ground does by default, or refuse with an example."""
        if isinstance(value, Suspension):
            return value
        interval, _, ground = value.partition("@")
        begun, slash, ended = interval.partition("/")
        if not slash or not begun.strip():
            self.fail(
                f"{value!r} không phải là một lần dừng; ví dụ 2026-04-20T10:00/2026-04-22T09:00@supplement, "
                "hoặc 2026-04-20T10:00/@supplement khi còn đang dừng",
                param,
                ctx,
            )
        start = Instant().convert(begun.strip(), param, ctx)
        end = Instant().convert(ended.strip(), param, ctx) if ended.strip() else None
        ground = ground.strip() or SUPPLEMENT
        return Suspension(start, end, ground, effect_of(ground))


class Extended(click.ParamType):
    """A new appointment written `MADE/NEW_DUE@REASON`. Comes back as the core's value."""

    name = "MADE/NEW_DUE@REASON"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Extension:
        """Return the extension, or refuse with an example."""
        if isinstance(value, Extension):
            return value
        moments, _, reason = value.partition("@")
        made, slash, new_due = moments.partition("/")
        if not slash:
            self.fail(f"{value!r} không phải là một lần hẹn lại; ví dụ 2026-04-20T10:00/2026-04-28", param, ctx)
        made_at, due_at = (Instant().convert(text.strip(), param, ctx) for text in (made, new_due))
        return Extension(made_at, due_at, reason.strip())


@click.command()
@click.option("--received", type=Instant(), required=True, help="When the complete dossier was received.")
@click.option("--competent", type=Instant(), help="When the competent agency had it: the limit begins there.")
@click.option("--limit", "limit_text", required=True, help='The committed limit, e.g. "3 working days".')
@click.option("--statutory-limit", "statutory_text", help="The limit of the law, where it is another one.")
@click.option("--cutoff", help="Cut-off hour of same-day results, HH:MM (default 15:00).")
@click.option("--suspend", "suspensions", type=Suspended(), multiple=True, help="May be given several times.")
@click.option("--extend", "extension", type=Extended(), help="The new appointment; its due is exclusive, 24:00.")
@click.option("--reading", type=click.Choice([reading.value for reading in Reading]), default=Reading.SUBTRACT.value)
@click.option("--at", type=Instant(), help="Seen at this instant (default: now, or the last instant given).")
@click.option("--finished", type=Instant(), help="When the dossier was resolved.")
@click.option("--calendar", "calendar_name", help="Name of a calendar of the house.")
@json_option
def due(
    *,
    received: datetime,
    competent: datetime | None,
    limit_text: str,
    statutory_text: str | None,
    cutoff: str | None,
    suspensions: tuple[Suspension, ...],
    extension: Extension | None,
    reading: str,
    at: datetime | None,
    finished: datetime | None,
    calendar_name: str | None,
) -> None:
    """Compute a due time, with its trace."""
    limit = TimeLimit.parse(limit_text, cutoff=cutoff)
    statutory = TimeLimit.parse(statutory_text, cutoff=cutoff) if statutory_text else limit
    check_committed(limit, statutory)
    if competent and competent < received:
        raise click.BadParameter("có trước lúc tiếp nhận", param_hint="--competent")
    ledger = Ledger(competent or received, suspensions, extension, ended_at=finished)
    calendar = load_calendar(settings(), calendar_name)
    seen = at or finished or max(SystemClock().now(), _last_instant(ledger))
    chosen = Reading(reading)
    promised = project(limit, ledger, calendar, at=seen, reading=chosen, with_trace=True)
    by_law = project(statutory, ledger, calendar, at=seen, reading=chosen)
    answer(document(promised, by_law), _lines(promised, by_law))


def document(promised: Projection, by_law: Projection) -> dict[str, Any]:
    """Return the answer in the shape of docs/schemas/due.schema.json; instants are still instants."""
    return {
        "due_day": promised.due_day,
        "due_at": promised.due_at,
        "promised_at": promised.promised_at,
        "statutory_due_at": by_law.due_at,
        "consumed_minutes": promised.consumed_minutes,
        "remaining_minutes": promised.remaining_minutes,
        "standing": promised.standing,
        "if_resumed": _if_resumed(promised.if_resumed),
        "unconfirmed_days": list(promised.unconfirmed),
        "trace": [_line(line) for line in promised.trace],
    }


def _if_resumed(due_then: Due | None) -> dict[str, Any] | None:
    if due_then is None:
        return None
    return {"due_day": due_then.due_day, "due_at": due_then.due_at, "promised_at": due_then.promised_at}


def _line(line: TraceLine) -> dict[str, Any]:
    return {"from": line.start, "to": line.end, "what": line.what, "minutes": line.minutes, "why": line.why}


def _last_instant(ledger: Ledger) -> datetime:
    stops = (one.end or one.start for one in ledger.suspensions)
    return max([ledger.started_at, *stops, *([ledger.extension.at] if ledger.extension else [])])


def _lines(promised: Projection, by_law: Projection) -> list[str]:
    """Return the answer for a person at the terminal."""
    lines = [f"{moment_vi(line.start)}  {line.what}. {line.why}" for line in promised.trace]
    if promised.due_day and promised.promised_at:
        lines += ["", f"Hẹn trả: {moment_vi(promised.promised_at)}; hạn hết ngày {day_vi(promised.due_day)}"]
    if by_law.due_at and by_law.due_at != promised.due_at:
        lines.append(f"Thời hạn luật định: {moment_vi(by_law.due_at)}")
    if promised.unconfirmed:
        lines.append("Có ngày nghỉ mới là dự kiến: " + ", ".join(day_vi(day) for day in promised.unconfirmed))
    return [*lines, f"Tình trạng: {promised.standing.value}"]
