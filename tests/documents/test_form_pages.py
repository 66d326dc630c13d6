"""A printed form's page read the quick way is the tree that WeasyPrint's own reader makes."""

from __future__ import annotations

from typing import Any

import pytest

from app.adapters.pdf_layouts import LAYOUTS
from app.adapters.weasy import HTML, FormPage
from tests.documents.gallery import FORMS


def _told(element: Any) -> tuple[object, ...]:
    """An element, its attributes and texts, and all below it; spaces between tags are told alike."""
    texts = tuple(" ".join((text or "").split()) for text in (element.text, element.tail))
    children = tuple(_told(child) for child in element if isinstance(child.tag, str))
    return element.tag, dict(element.attrib), texts, children


@pytest.mark.parametrize("name", FORMS)
def test_a_form_s_page_has_the_same_tree(printer, name):
    form = FORMS[name]
    html = printer._pages.get_template(LAYOUTS[type(form)].template).render(form=form)
    ours, theirs = FormPage(html, "form:", printer.assets), HTML(string=html)
    assert _told(ours.etree_element) == _told(theirs.etree_element)
