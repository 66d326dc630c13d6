"""What the desk's forms share beside `app.web.forms`: whole numbers, checks with more than a text, the summary."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from wtforms import Field, Form, IntegerField, ValidationError
from wtforms.fields.choices import SelectChoice

from app.i18n import gettext as _
from app.web.forms import sentence_of
from workflows.errors import RuleBroken


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


Check = Callable[[str], str]


def run(field: Field, check: Check) -> None:
    """Keep what `check` makes of the typed text. Raises ValidationError in the words of the broken rule."""
    try:
        field.data = check(field.data or "")
    except RuleBroken as error:
        raise ValidationError(sentence_of(error)) from error


def problems(*forms: Form) -> tuple[tuple[str, str], ...]:
    """Return (id of the field, first sentence) of every wrong field, for the summary above the form."""
    return tuple((field.id, str(field.errors[0])) for form in forms for field in form if field.errors)


def offered(pairs: Iterable[tuple[object, str]]) -> list[SelectChoice]:
    """Return choices of (value, words), the words said in the reader's language."""
    return [SelectChoice(str(value), _(text) if text else "") for value, text in pairs]


def named(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    """Return choices whose words are names out of the data, the same in every language."""
    return [SelectChoice(value, text) for value, text in pairs]
