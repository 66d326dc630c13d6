"""A form drawn with remembered styles is the form that WeasyPrint draws alone, byte for byte."""

from __future__ import annotations

import pytest

from app.adapters import weasy_styles
from app.adapters.pdf import PdfPrinter
from tests.documents.gallery import FORMS, TEMPLATES


@pytest.fixture(scope="module")
def forgetful() -> PdfPrinter:
    return PdfPrinter(TEMPLATES)


@pytest.mark.parametrize("name", ["mau-01", "mau-02", "mau-03", "phieu-ban-giao", "mau-06"])
def test_a_form_is_the_same_with_and_without_memory(printer, forgetful, name):
    printer.render(FORMS[name])
    remembered = printer.render(FORMS[name])
    weasy_styles.take_back()
    try:
        anew = forgetful.render(FORMS[name])
    finally:
        weasy_styles.repair()
    assert remembered == anew


def test_memory_does_not_grow_with_forms(printer):
    printer.render(FORMS["mau-01"])
    before = len(printer._font_config._known)
    printer.render(FORMS["mau-01"])
    assert len(printer._font_config._known) == before
