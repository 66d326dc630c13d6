"""Draw every printed form with invented data so that a person can look at it.

python -m tests.documents.gallery OUTDIR [NAME…]
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from app.adapters.pdf import PdfPrinter
from tests.documents.samples import SLIPS
from tests.documents.samples_a4 import A4_FORMS
from tests.support.pdf_pages import page_count, to_png

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "documents"
FORMS = SLIPS | A4_FORMS
_DPI = 110


def main(arguments: list[str]) -> None:
    """Write NAME.pdf and NAME-1.png, NAME-2.png … and print milliseconds per form (second drawing)."""
    folder, wanted = Path(arguments[0]), arguments[1:]
    folder.mkdir(parents=True, exist_ok=True)
    printer = PdfPrinter(TEMPLATES)
    for name, form in FORMS.items():
        if not wanted or name in wanted:
            draw(printer, form, folder / name)


def draw(printer: PdfPrinter, form: object, target: Path) -> None:
    """One form to PDF and pictures beside it."""
    printer.render(form)
    started = time.perf_counter()
    pdf = printer.render(form)
    spent = (time.perf_counter() - started) * 1000
    target.with_suffix(".pdf").write_bytes(pdf)
    for page in range(page_count(pdf)):
        target.with_name(f"{target.name}-{page + 1}.png").write_bytes(to_png(pdf, page, dpi=_DPI))
    line = f"{target.name}: {page_count(pdf)} pages, {len(pdf) // 1024} KB, {spent:.0f} ms warm\n"
    sys.stdout.write(line)


if __name__ == "__main__":
    main(sys.argv[1:])
