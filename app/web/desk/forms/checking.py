"""What the desk's forms share beside `app.web.forms`: whole numbers, choices, the summary."""

from __future__ import annotations

import re
from collections.abc import Iterable

from wtforms import Form, IntegerField
from wtforms.fields.choices import SelectChoice

from app.i18n import gettext as _

_WHOLE = re.compile(r"[0-9]{1,12}|[0-9]{1,3}(?:[. \u00a0][0-9]{3}){1,3}")
_PARTING = re.compile(r"[. \u00a0]")


class WholeNumber(IntegerField):
    """A whole number; a dot or space may part thousands, and only those: "1.5" is no way to write fifteen."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep the number typed, or None when the field is empty. Raises ValueError with what to type."""
        text = "".join(valuelist[:1]).strip()
        self.data = None
        if text:
            if text.isascii() and text.isdigit() and len(text) > 12:
                raise ValueError(_("Số này quá lớn. Vui lòng kiểm tra lại."))
            if not _WHOLE.fullmatch(text):
                raise ValueError(_("Nhập một số nguyên, chỉ gồm chữ số."))
            self.data = int(_PARTING.sub("", text))


def problems(*forms: Form) -> tuple[tuple[str, str], ...]:
    """Return (id of the field, first sentence) of every wrong field, for the summary above the form."""
    return tuple((field.id, str(field.errors[0])) for form in forms for field in form if field.errors)


def offered(pairs: Iterable[tuple[object, str]]) -> list[SelectChoice]:
    """Return choices of (value, words), the words said in the reader's language."""
    return [SelectChoice(str(value), _(text) if text else "") for value, text in pairs]


def named(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    """Return choices whose words are names out of the data, the same in every language."""
    return [SelectChoice(value, text) for value, text in pairs]
