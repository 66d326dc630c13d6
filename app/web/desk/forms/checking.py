"""From rules to fields (kiểm tra ô nhập): a domain check as validator, a broken rule beside its field."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from wtforms import Field, Form, IntegerField, ValidationError

from app.i18n import gettext as _
from workflows.errors import RuleBroken

Check = Callable[[str], str]


class WholeNumber(IntegerField):
    """A whole number; dots and spaces between thousands are dropped, anything else is named in Vietnamese."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep the number typed, or None when the field is empty. Raises ValueError with what to type."""
        text = "".join(valuelist[:1]).replace(".", "").replace("\u00a0", "").replace(" ", "")
        self.data = None
        if text:
            if not (text.isascii() and text.isdigit() and len(text) <= 12):
                raise ValueError(_("Nhập một số nguyên, chỉ gồm chữ số."))
            self.data = int(text)


def sentence(error: RuleBroken) -> str:
    """Return the error's sentence in the reader's language, with its facts put in."""
    return _(error.sentence).format(**error.facts)


def run(field: Field, check: Check) -> None:
    """Keep what `check` makes of the typed text. Raises ValidationError in the words of the broken rule."""
    try:
        field.data = check(field.data or "")
    except RuleBroken as error:
        raise ValidationError(sentence(error)) from error


def checked(check: Check) -> Callable[[Form, Field], None]:
    """Return a validator that runs `check` on what was typed and keeps the clean value it answers."""

    def validate(_form: Form, field: Field) -> None:
        run(field, check)

    return validate


def blame(form: Form, error: RuleBroken, *, otherwise: str) -> None:
    """Put a broken rule beside the field it names, or beside `otherwise` when it names none of ours."""
    name = error.where if error.where in form else otherwise
    form[name].errors = [*form[name].errors, sentence(error)]


def problems(*forms: Form) -> tuple[tuple[str, str], ...]:
    """Return (id of the field, first sentence) of every wrong field, for the summary above the form."""
    return tuple((field.id, str(field.errors[0])) for form in forms for field in form if field.errors)


def words(pairs: Iterable[tuple[object, str]]) -> list[tuple[str, str]]:
    """Return choices (value, words) with the words said in the reader's language."""
    return [(str(value), _(text)) for value, text in pairs]
