"""Words: Vietnamese is the source, English is complete, placeholders survive, the language is per task."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from jinja2 import Environment

from app import i18n
from app.i18n import extraction

SOURCE = """
from app.i18n import N_, gettext as _, ngettext, pgettext

class Late(Exception):
    sentence = "Hồ sơ trễ {days} ngày."

TITLE = N_("Tra cứu")
print(_("Còn %(n)s giờ", n=3), pgettext("state", "Đã trả"), ngettext("%(n)s hồ sơ", "%(n)s hồ sơ", 2))
"""
PAGE = "<h1>{{ _('Việc của tôi') }}</h1>{% trans n=3 %}{{ n }} hồ sơ đến hạn{% endtrans %}"
FORM = "{{ _('Không dịch biểu mẫu') }}"
TEXTS = {
    ("Hồ sơ trễ {days} ngày.", None),
    ("Tra cứu", None),
    ("Còn %(n)s giờ", None),
    ("Đã trả", "state"),
    (("%(n)s hồ sơ", "%(n)s hồ sơ"), None),
    ("Việc của tôi", None),
    ("%(n)s hồ sơ đến hạn", None),
}


@pytest.fixture
def small_house(tmp_path: Path) -> Path:
    for name, content in {
        "app/late.py": SOURCE,
        "templates/desk/page.html": PAGE,
        "templates/documents/form.html": FORM,
    }.items():
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(content, "utf-8")
    return tmp_path


def stored(folder: Path, translations: dict[str, str], *, fuzzy: bool = False) -> Path:
    catalogue = Catalog(locale="en", fuzzy=False)
    for message in extraction.source_texts(folder):
        if message.id:
            said = translations.get(message.id) if isinstance(message.id, str) else ("%(n)s file", "%(n)s files")
            flags = ["fuzzy"] if fuzzy else []
            catalogue.add(message.id, said or message.id, flags=flags, context=message.context)
    for extra in translations.keys() - {message.id for message in catalogue if isinstance(message.id, str)}:
        catalogue.add(extra, translations[extra])
    path = folder / "en.po"
    with path.open("wb") as out:
        write_po(out, catalogue)
    return path


def test_texts_are_found_in_calls_templates_and_sentences_but_not_in_statutory_forms(small_house):
    found = {(message.id, message.context) for message in extraction.source_texts(small_house) if message.id}
    assert found == TEXTS


def test_a_complete_catalogue_has_no_problems(small_house):
    assert extraction.problems(small_house, stored(small_house, {})) == []


@pytest.mark.parametrize(
    ("translations", "fuzzy", "said"),
    [
        ({"Còn %(n)s giờ": "%(m)s hours left"}, False, "other placeholders"),
        ({"Hồ sơ trễ {days} ngày.": "Late."}, False, "other placeholders"),
        ({"Bỏ rồi": "Gone"}, False, "unused"),
        ({}, True, "fuzzy"),
    ],
)
def test_what_keeps_the_catalogue_from_being_complete_is_named(small_house, translations, fuzzy, said):
    problems = extraction.problems(small_house, stored(small_house, translations, fuzzy=fuzzy))
    assert problems
    assert [line for line in problems if not line.startswith(said)] == []


def test_a_missing_catalogue_is_missing_everything(small_house):
    problems = extraction.problems(small_house, small_house / "none.po")
    assert len(problems) == len(TEXTS)
    assert all(line.startswith("missing") for line in problems)


def test_update_keeps_translations_and_drops_what_is_unused(small_house):
    path = stored(small_house, {"Tra cứu": "Look up", "Bỏ rồi": "Gone"})
    extraction.update(small_house, path)
    catalogue = extraction.read_catalogue(path)
    assert catalogue.get("Tra cứu").string == "Look up"
    assert catalogue.get("Bỏ rồi") is None


def test_vietnamese_is_its_own_translation_with_its_facts():
    assert i18n.gettext("Còn %(n)s giờ", n=3) == "Còn 3 giờ"
    assert i18n.gettext("100 %") == "100 %"
    assert i18n.gettext("") == ""


def test_an_unknown_language_is_vietnamese():
    with i18n.use_locale("fr"):
        assert i18n.current_locale() == "vi"


def test_each_task_speaks_its_own_language():
    with i18n.use_locale("en"), ThreadPoolExecutor(1) as pool:
        assert i18n.current_locale() == "en"
        assert pool.submit(i18n.current_locale).result() == "vi"


def test_a_lazy_label_is_said_when_it_is_shown():
    label = i18n.lazy_gettext("Còn %(n)s giờ", n=2)
    assert f"{label}" == "Còn 2 giờ"
    assert label == "Còn 2 giờ"
    assert "Hạn: " + label == "Hạn: Còn 2 giờ"


def test_templates_speak_through_the_same_words():
    environment = Environment(autoescape=True)
    i18n.install(environment)
    assert environment.from_string(PAGE).render() == "<h1>Việc của tôi</h1>3 hồ sơ đến hạn"
