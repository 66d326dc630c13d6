"""From a broken rule to its field: what every area's forms share."""

from __future__ import annotations

from collections.abc import Callable

import wtforms
from flask import flash
from flask_wtf import FlaskForm
from wtforms import Field, ValidationError

from app.domain import checks
from app.domain.vietnamese import has_invisible
from app.i18n import gettext as _
from app.web.context import now
from workflows.calendar import VIETNAM
from workflows.errors import RuleBroken


class _OurWords:
    """What the library itself says of a value: always that it was not among the choices, in the reader's language."""

    def gettext(self, _sentence: str) -> str:
        return _("Giá trị này không có trong danh sách (có thể danh sách vừa đổi). Vui lòng chọn lại.")

    def ngettext(self, sentence: str, _plural: str, _n: int) -> str:
        return self.gettext(sentence)


_WORDS = _OurWords()


class Form(wtforms.Form):
    """A form of ours; the token of the page is checked by the application."""

    class Meta:
        """What the library asks of a form: its words."""

        def get_translations(self, _form: object) -> _OurWords:
            """Return our words in the place of the library's English."""
            return _WORDS


class PostedForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """The same, filled from the request that sent it."""

    class Meta(Form.Meta):
        """The library's settings for a posted form, with our words."""


def sentence_of(error: RuleBroken) -> str:
    """Return the error's sentence in the reader's language with its facts put in."""
    return _(error.sentence).format_map(error.facts)


def blame(form: Form, error: RuleBroken, *, otherwise: str) -> None:
    """Put a broken rule beside the field it names, or beside `otherwise` when it names none of this form."""
    field = form[error.where if error.where in form else otherwise]
    field.errors = [*field.errors, sentence_of(error)]


def run(field: Field, check: Callable[[str], str]) -> None:
    """Keep the clean value that `check` answers, and tell of what nobody saw. Raises ValidationError."""
    typed = field.data or ""
    try:
        field.data = check(typed)
    except RuleBroken as error:
        raise ValidationError(sentence_of(error)) from error
    if has_invisible(typed):
        flash(_("Đã bỏ ký tự ẩn trong ô “%(field)s”; vui lòng đọc lại.", field=field.label.text), "info")


def birth(_form: wtforms.Form, field: Field) -> None:
    """Check a birth: a day, a month or only a year, not ahead of today."""
    today = now().astimezone(VIETNAM).date()
    run(field, lambda typed: checks.birth(typed, today=today))


def checked(check: Callable[[str], str]) -> Callable[[Form, Field], None]:
    """Return a validator that runs `check` on what was typed."""
    return lambda _form, field: run(field, check)
