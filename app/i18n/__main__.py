"""`python -m app.i18n extract|check|update`: keeps the English catalogue complete."""

from __future__ import annotations

import sys

import click

from app.i18n import extraction


@click.group()
def catalogue() -> None:
    """Look after the English catalogue, app/translations/en.po."""


@catalogue.command()
def extract() -> None:
    """Print every text of the source, one per line."""
    for message in extraction.source_texts():
        if message.id:
            click.echo(message.id if isinstance(message.id, str) else " | ".join(message.id))


@catalogue.command()
def check() -> None:
    """Print what is missing, fuzzy, unused or has other placeholders; exit 1 when anything is."""
    found = extraction.problems()
    for line in found:
        click.echo(line)
    click.echo(f"{len(found)} problem(s)", err=True)
    sys.exit(1 if found else 0)


@catalogue.command()
def update() -> None:
    """Write the catalogue anew from the source, keeping translations that are still wanted."""
    click.echo(f"{extraction.update()} text(s) without translation", err=True)


if __name__ == "__main__":
    catalogue()
