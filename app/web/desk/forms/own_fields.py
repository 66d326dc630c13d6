"""A procedure's own fields (trường riêng của thủ tục) as a form, built from the definitions of its version.

One definition: {"key", "label", "kind": text | long | date | birth | number | choice, "required", "choices", "hint"}.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from wtforms import Field, SelectField, StringField, TextAreaField

from app.domain import checks
from app.i18n import gettext as _
from app.web.desk.forms.checking import WholeNumber, named
from app.web.forms import Form, birth, checked

PREFIX = "own-"
WIDTHS = {"date": "f-3", "birth": "f-3", "number": "f-3", "choice": "f-4", "long": "f-12"}


def own_form(definitions: Iterable[Mapping[str, Any]], formdata: Any, data: Mapping[str, str]) -> Form:
    """Return the form of `definitions`, filled from what was typed or else from `data` (key → text)."""
    fields = {definition["key"]: _field(definition) for definition in definitions}
    form_class: type[Form] = type("OwnForm", (Form,), fields)
    return form_class(formdata, prefix=PREFIX, data=data)


def width(definitions: Iterable[Mapping[str, Any]]) -> Callable[[Field], str]:
    """Return a function giving a field's columns in the grid by the kind it was defined with."""
    kinds = {f"{PREFIX}{definition['key']}": definition.get("kind", "text") for definition in definitions}
    return lambda field: WIDTHS.get(kinds.get(field.name, ""), "f-6")


def answers(form: Form) -> dict[str, str]:
    """Return what was filled in, key → text; empty answers are left out."""
    return {field.short_name: str(field.data) for field in form if field.data not in (None, "")}


def _field(definition: Mapping[str, Any]) -> Any:
    label, hint = definition["label"], definition.get("hint", "")
    kind = definition.get("kind", "text")
    if kind == "choice":
        options = named([("", _("Chọn")), *((choice, choice) for choice in definition.get("choices", ()))])
        return SelectField(label, [_required(definition)], description=hint, choices=options)
    if kind == "number":
        return WholeNumber(label, description=hint)
    field_class = TextAreaField if kind == "long" else StringField
    return field_class(label, [_checker(definition, kind)], description=hint)


def _checker(definition: Mapping[str, Any], kind: str) -> Callable[[Form, Field], None]:
    if kind == "birth":
        return birth
    return _date(definition) if kind == "date" else _required(definition)


def _required(definition: Mapping[str, Any]) -> Callable[[Form, Field], None]:
    longest = checks.TEXT_LONGEST if definition.get("kind") == "long" else 500
    where, must = definition["key"], bool(definition.get("required"))
    what = definition["label"][:1].lower() + definition["label"][1:]
    return checked(lambda typed: checks.text(typed, what=what, where=where, longest=longest, required=must))


def _date(definition: Mapping[str, Any]) -> Callable[[Form, Field], None]:
    where, what = definition["key"], definition["label"][:1].lower() + definition["label"][1:]

    def check(typed: str) -> str:
        must = bool(definition.get("required"))
        if not checks.text(typed, what=what, where=where, required=must):
            return ""
        return f"{checks.day(typed, where=where):%d/%m/%Y}"

    return checked(check)
