"""Words for people (bản dịch): a thin layer over gettext.

Vietnamese is the language of the source, so a message is its own Vietnamese translation; English comes
from `app/translations/en.po`. The language in force is a context variable: each request and each task
has its own. `python -m app.i18n check` fails when the English catalogue is not complete.
"""

from __future__ import annotations

import gettext as stdlib_gettext
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

__all__ = [
    "DEFAULT_LOCALE",
    "LOCALES",
    "N_",
    "LazyText",
    "current_locale",
    "gettext",
    "install",
    "lazy_gettext",
    "lazy_pgettext",
    "ngettext",
    "npgettext",
    "pgettext",
    "set_locale",
    "use_locale",
]

DEFAULT_LOCALE: Final = "vi"
LOCALES: Final = {"vi": "Tiếng Việt", "en": "English"}
TRANSLATIONS: Final = Path(__file__).parent.parent / "translations"

_locale: ContextVar[str] = ContextVar("motcua_locale", default=DEFAULT_LOCALE)


def N_(message: str) -> str:  # noqa: N802 - the mark that gettext's own manual uses
    """Return `message` as it is: marks a constant for translation at the place where it is shown."""
    return message


def current_locale() -> str:
    """Return the tag of the language in force: `vi` unless someone chose another."""
    return _locale.get()


def set_locale(tag: str) -> None:
    """Choose the language of the running request or task; an unknown tag means Vietnamese."""
    _locale.set(tag if tag in LOCALES else DEFAULT_LOCALE)


@contextmanager
def use_locale(tag: str) -> Iterator[None]:
    """Speak another language inside a `with` block."""
    token = _locale.set(tag if tag in LOCALES else DEFAULT_LOCALE)
    try:
        yield
    finally:
        _locale.reset(token)


def gettext(message: str, /, **facts: object) -> str:
    """Return `message` in the language in force, its named placeholders filled with `facts`."""
    # gettext keeps its header under the empty message: nobody wants to read that on a page.
    return _filled(_catalogue().gettext(message), facts) if message else ""


def ngettext(singular: str, plural: str, n: int, /, **facts: object) -> str:
    """Return the form that fits `n`, which also fills the placeholder `%(n)s`."""
    return _filled(_catalogue().ngettext(singular, plural, n), {"n": n, **facts})


def pgettext(context: str, message: str, /, **facts: object) -> str:
    """Return `message` as it is said in `context` (the same word may translate differently)."""
    return _filled(_catalogue().pgettext(context, message), facts)


def npgettext(context: str, singular: str, plural: str, n: int, /, **facts: object) -> str:
    """Return the form that fits `n` as it is said in `context`."""
    return _filled(_catalogue().npgettext(context, singular, plural, n), {"n": n, **facts})


class LazyText:
    """A text that is translated when it is shown: for labels of forms, built once at import."""

    __slots__ = ("_say",)

    def __init__(self, say: Callable[[], str]) -> None:
        self._say = say

    def __str__(self) -> str:
        return self._say()

    def __repr__(self) -> str:
        return f"LazyText({self._say()!r})"

    def __eq__(self, other: object) -> bool:
        return str(self) == str(other) if isinstance(other, str | LazyText) else NotImplemented

    def __hash__(self) -> int:
        return hash(str(self))

    def __len__(self) -> int:
        return len(str(self))

    def __contains__(self, part: str) -> bool:
        return part in str(self)

    def __mod__(self, facts: object) -> str:
        return str(self) % facts

    def __add__(self, other: object) -> str:
        return str(self) + str(other)

    def __radd__(self, other: object) -> str:
        return str(other) + str(self)

    def __getattr__(self, name: str) -> Any:
        # The methods of a string, for templates and libraries that call them (`.strip`, `.format`).
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(str(self), name)


def lazy_gettext(message: str, /, **facts: object) -> LazyText:
    """Return a text that translates `message` each time it is shown."""
    return LazyText(lambda: gettext(message, **facts))


def lazy_pgettext(context: str, message: str, /, **facts: object) -> LazyText:
    """Return a text that translates `message` in `context` each time it is shown."""
    return LazyText(lambda: pgettext(context, message, **facts))


def install(environment: Any) -> None:
    """Give a Jinja environment the `_()`, `pgettext()` and `{% trans %}` of this module."""
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_callables(
        lambda message: gettext(message),
        lambda singular, plural, n: _catalogue().ngettext(singular, plural, n),
        newstyle=True,
        pgettext=lambda context, message: pgettext(context, message),
        npgettext=lambda context, singular, plural, n: _catalogue().npgettext(context, singular, plural, n),
    )


def _filled(text: str, facts: dict[str, Any]) -> str:
    return text % facts if facts else text


def _catalogue() -> stdlib_gettext.NullTranslations:
    return _read(_locale.get())


@lru_cache(maxsize=len(LOCALES))
def _read(tag: str) -> stdlib_gettext.NullTranslations:
    """Return the catalogue of one language; Vietnamese needs none."""
    source = TRANSLATIONS / f"{tag}.po"
    if tag == DEFAULT_LOCALE or not source.exists():
        return stdlib_gettext.NullTranslations()
    compiled = BytesIO()
    with source.open("rb") as stored:
        write_mo(compiled, read_po(stored, locale=tag))
    compiled.seek(0)
    return stdlib_gettext.GNUTranslations(compiled)
