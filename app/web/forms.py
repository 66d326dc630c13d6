"""From a broken rule to its field: what every area's forms share."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash
from wtforms import Field, Form, ValidationError

from app.domain.vietnamese import has_invisible
from app.i18n import gettext as _
from workflows.errors import RuleBroken


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


def checked(check: Callable[[str], str]) -> Callable[[Form, Field], None]:
    """Return a validator that runs `check` on what was typed."""
    return lambda _form, field: run(field, check)
