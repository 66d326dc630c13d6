"""What every command shares: opening the house, `--json`, times, answers and refusals.

Answers go to stdout, messages to stderr. Exit 0: done; 1: a negative answer; 2: bad usage or input.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any, Final, NoReturn, TypeVar

import click

from app import settings as app_settings
from app.logging import configure
from workflows.calendar import VIETNAM

DONE: Final = 0
NEGATIVE: Final = 1
REFUSED: Final = 2
JSON_FLAG: Final = "motcua.json"

Command = TypeVar("Command", bound=Callable[..., Any])


def json_option(command: Command) -> Command:
    """Give a command `--json`; `answer()` then prints its document instead of its lines."""
    return click.option(
        "--json",
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=_remember_json,
        help="Print exactly one JSON document.",
    )(command)


def _remember_json(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    context.meta[JSON_FLAG] = wanted


def wants_json() -> bool:
    """Return whether the running command was asked for JSON."""
    return bool(click.get_current_context().meta.get(JSON_FLAG))


def answer(document: Any, lines: Sequence[str] = ()) -> None:
    """Print the answer on stdout: `document` under `--json`, `lines` for people otherwise."""
    if wants_json():
        click.echo(as_json(document))
    else:
        click.echo("\n".join(lines) if lines else as_json(document))


def tell(message: str) -> None:
    """Say something to the person at the terminal (stderr): progress, notices."""
    click.echo(message, err=True)


def negative() -> NoReturn:
    """End with exit code 1: the command was carried out and its answer is no."""
    raise click.exceptions.Exit(NEGATIVE)


def as_json(document: Any) -> str:
    """Return `document` as JSON; instants become ISO 8601 in Vietnam time."""
    return json.dumps(document, ensure_ascii=False, indent=2, default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(VIETNAM).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, Path | Enum):
        return str(value.value if isinstance(value, Enum) else value)
    raise TypeError(f"{type(value).__name__} has no place in an answer")


class Instant(click.ParamType):
    """A point in time, ISO 8601; without zone it is read as Vietnam time. Comes back aware."""

    name = "TIME"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Return the aware instant, or refuse with an example."""
        if isinstance(value, datetime):
            return value
        try:
            at = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} không phải là thời điểm; ví dụ 2026-11-23T08:30", param, ctx)
        return at if at.utcoffset() is not None else at.replace(tzinfo=VIETNAM)


class Day(click.ParamType):
    """A local day, ISO 8601 (YYYY-MM-DD)."""

    name = "DAY"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day, or refuse with an example."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} không phải là ngày; ví dụ 2026-11-23", param, ctx)


def settings(**overrides: Any) -> app_settings.Settings:
    """Return the settings of this process and send the log to stderr.

    Raises SettingsInvalid; `main` shows all its problems and exits 2.
    """
    chosen = app_settings.from_environment(**{k: v for k, v in overrides.items() if v is not None})
    configure(chosen.log_format)
    return chosen


def is_terminal() -> bool:
    """Return whether a person watches: progress bars belong there only."""
    return sys.stderr.isatty()
