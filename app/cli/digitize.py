"""`motcua digitize`: photographs, scans and PDFs in, one PDF/A-2 with a Vietnamese text layer out."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from app.adapters.scanning.run import Source
from app.adapters.scanning.run import digitize as scan
from app.cli import common
from app.clock import SystemClock
from app.domain.scan_rules import least_dpi
from app.domain.scans import LEAST_DPI, Digitized
from workflows.calendar import VIETNAM

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.option("--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The PDF/A to write.")
@click.option(
    "--paper",
    default="ordinary",
    show_default=True,
    help="ordinary (200 dpi), other (300), or the code of a type of paper, whose row says.",
)
@common.json_option
def digitize(*, files: tuple[Path, ...], output: Path, paper: str) -> None:
    """Combine scans and photographs into one searchable PDF/A-2, upright, straight, without blank pages."""
    if not output.parent.is_dir():
        raise click.BadParameter(f"không có thư mục {output.parent}", param_hint="--output")
    sources = [Source(file.name, file.read_bytes()) for file in files]
    found = scan(sources, output, least_dpi=_least(paper))
    common.answer(document_of(found), _lines(found, output))


def _least(paper: str) -> int:
    today = SystemClock().now().astimezone(VIETNAM).date()
    return LEAST_DPI[paper] if paper in LEAST_DPI else least_dpi(paper, today)


def document_of(found: Digitized) -> dict[str, Any]:
    """Return the answer in the shape of docs/schemas/digitize.schema.json."""
    return {
        "pages": found.pages,
        "blank": found.blank,
        "dpi": found.dpi,
        "text_layer": found.text_layer,
        "pdfa": found.pdfa,
        "warnings": [asdict(warned) for warned in found.warnings],
    }


def _lines(found: Digitized, output: Path) -> list[str]:
    layer = "có lớp chữ" if found.text_layer else "không có lớp chữ"
    summary = f"{output}: {found.pages} trang, bỏ {found.blank} trang trắng, {found.dpi} dpi, {found.pdfa}, {layer}"
    return [summary, *(f"! {warned.file}: {warned.reason}" for warned in found.warnings)]
