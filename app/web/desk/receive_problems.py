"""What keeps a reception from being made (chỗ cần sửa): every wrong field with the place to mend it."""

from __future__ import annotations

from collections.abc import Mapping

from app.i18n import gettext as _
from app.web.desk.forms.checking import problems
from app.web.desk.receive_entry import Entry
from app.web.forms import sentence_of
from workflows.errors import RuleBroken

Problems = tuple[tuple[str, str], ...]
# Where a service says the mistake is, and which field of the page that is.
PLACES: Mapping[str, str] = {
    "applicant.": "",
    "authorised.": "",
    "subject.": "subject_",
    "own.": "own-",
    "component.": "component-",
}
OTHERS: Mapping[str, str] = {
    "components": "part-components",
    "received_at": "true_time",
    "channel": "channel",
    "procedure": "procedure",
    "amount_vnd": "fee_exemption",
}


def problems_of(entry: Entry) -> Problems:
    """Return what is wrong before the services are asked; the law's part is theirs."""
    early = _kept_errors(entry)
    entry.form.validate()
    for field, errors in early:
        entry.form[field].errors = [*errors, *(known for known in entry.form[field].errors if known not in errors)]
    entry.own.validate()
    if entry.procedure is None and not entry.form.procedure.errors:
        entry.form.procedure.errors = [_("Chưa chọn thủ tục. Gõ tắt hoặc chọn trong danh sách.")]
    return (*problems(entry.form, entry.own), *_missing_papers(entry))


def blamed(entry: Entry, error: RuleBroken) -> Problems:
    """Put the broken rule beside its field and return it for the summary."""
    place, said = place_of(error.where), sentence_of(error)
    for form in (entry.form, entry.own):
        for field in form:
            if field.id == place:
                field.errors = [*field.errors, said]
    return ((place, said),)


def place_of(where: str | None) -> str:
    """Return the id on the page for what a service names, e.g. "applicant.phone" or "component.3"."""
    name = where or ""
    for prefix, here in PLACES.items():
        if name.startswith(prefix):
            return here + name.removeprefix(prefix)
    return OTHERS.get(name, name or "receive-title")


def _missing_papers(entry: Entry) -> Problems:
    """Each required paper that is neither there nor exempt; the services refuse it too."""
    if entry.procedure is None:
        return ()
    required = {paper.ordinal: paper.name for paper in entry.procedure.papers if paper.required}
    return tuple(
        (
            f"c{paper.ordinal}-have",
            _("Thành phần %(n)s: chưa có %(name)s", n=paper.ordinal, name=required[paper.ordinal]),
        )
        for paper in entry.papers
        if not paper.have and paper.ordinal in required
    )


def _kept_errors(entry: Entry) -> list[tuple[str, list[str]]]:
    """Validation clears errors; those found while reading (card, procedure, time) are set again after it."""
    return [(field.name, list(field.errors)) for field in entry.form if field.errors]
