"""What every figure is asked with: whose, of which days."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from app.cli.common import Day


def unit_and_period(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options every figure is asked with: whose, of which days."""
    for option in (
        click.option("--to", "end_day", type=Day(), required=True, help="The day after the last one."),
        click.option("--from", "first_day", type=Day(), required=True, help="The first day of the period."),
        click.option("--descendants", is_flag=True, help="With every unit below it."),
        click.option("--unit", "unit_code", required=True, metavar="CODE", help="Electronic identifier of the unit."),
    ):
        command = option(command)
    return command
