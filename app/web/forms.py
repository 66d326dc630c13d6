"""From a broken rule to its field: what every area's forms share."""

from __future__ import annotations

from collections.abc import Callable

from wtforms import Field, Form, ValidationError

from app.i18n import gettext as _
from workflows.errors import RuleBroken


def sentence_of(error: RuleBroken) -> str:
    """Return the error's sentence in the reader's language with its facts put in."""
    return _(error.sentence).format_map(error.facts)


def blame(form: Form, error: RuleBroken, *, otherwise: str) -> None:
    """Put a broken rule beside the field it names, or beside `otherwise` when it names none of this form."""
    field = form[error.where if error.where in form else otherwise]
    field.errors = [*field.errors, sentence_of(error)]


def checked(check: Callable[[str], str]) -> Callable[[Form, Field], None]:
    """Return a validator that keeps the clean value `check` answers, or says what it refused."""

    def validate(_form: Form, field: Field) -> None:
        try:
            field.data = check(field.data or "")
        except RuleBroken as error:
            raise ValidationError(sentence_of(error)) from error

    return validate
