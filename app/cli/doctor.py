"""`motcua doctor`: what this machine has, what it lacks, and the next step for each."""

from __future__ import annotations

import click

from app.cli import checkup, common


@click.command()
@common.json_option
def doctor() -> None:
    """Look at the machine, the settings, the home and the database. Exit 1 when something must be mended."""
    findings = checkup.findings(common.settings())
    broken = [one for one in findings if one.mark is checkup.Mark.BROKEN]
    document = {"ok": not broken, "checks": [one.document() for one in findings]}
    common.answer(document, [str(one) for one in findings])
    if broken:
        common.negative()
