"""One printer for all tests of forms, and each sample form drawn once."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

import pytest

from app.adapters.pdf import PdfPrinter
from tests.documents.gallery import FORMS, TEMPLATES


@pytest.fixture(scope="session")
def printer() -> PdfPrinter:
    return PdfPrinter(TEMPLATES)


@pytest.fixture(scope="session")
def drawn(printer) -> Callable[[str], bytes]:
    """The PDF of a sample form by its name."""
    kept: dict[str, bytes] = {}

    def draw(name: str) -> bytes:
        if name not in kept:
            kept[name] = printer.render(FORMS[name])
        return kept[name]

    return draw


@pytest.fixture(scope="session")
def text_of() -> Callable[[bytes], str]:
    """What a reader copies out of a PDF: poppler's text, lines joined by single spaces."""

    def read(pdf: bytes) -> str:
        done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
        return " ".join(done.stdout.decode().split())

    return read
