"""The English catalogue: every text of the source translated, none fuzzy, none left over."""

from __future__ import annotations

import re

from app.i18n import extraction


def test_the_english_catalogue_is_complete():
    assert extraction.problems() == []


def test_every_name_that_texts_are_called_by_is_looked_for():
    names = {alias for path in (extraction.ROOT / "app").rglob("*.py")
             for alias in re.findall(r"\b(?:lazy_)?n?p?gettext as (\w+)", path.read_text("utf-8"))}
    assert names - set(extraction.KEYWORDS) == {"stdlib_gettext"}
