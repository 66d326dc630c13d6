"""Doors of the words of attestations (lời chứng): what is printed now, what will be, and writing new words down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import flash, request
from werkzeug.wrappers import Response

from app.domain import checks
from app.domain.attestation_words import BLANKS, filled
from app.domain.certification import Kind
from app.domain.people import Role
from app.i18n import gettext as _
from app.queries import attestation_words as queries
from app.services import attestation_words as service
from app.services.attestation_words import NewWords
from app.web.context import house, now, staff
from app.web.desk.certify.presenters import kind_words
from app.web.desk.frame import desk_page
from app.web.desk.refusals import status_of
from app.web.forms import sentence_of
from app.web.responses import see_other
from workflows.calendar import VIETNAM
from workflows.errors import RuleBroken


@dataclass(frozen=True, slots=True)
class WordsShown:
    """Words with an example of what they print. `state`: now, later, over."""

    kind: str
    row: queries.WordsRow
    example: str
    state: str


def attestation_words() -> Response:
    """Show the words in force and those of other days, and to a leader the form for new ones."""
    return _show()


def write_attestation_words() -> Response:
    """Write new words down, or show what they would print."""
    if request.form.get("act") != "write":
        return _show(preview=filled(request.form.get("text", ""), BLANKS))
    try:
        kind = Kind.SIGNATURE if request.form.get("kind") == Kind.SIGNATURE else Kind.COPY
        since = checks.day(request.form.get("since", ""), where="since")
        new = NewWords(kind, request.form.get("text", ""), since, request.form.get("legal_basis", ""))
        with house().unit_of_work() as uow:
            service.write(uow, staff(), new, now())
    except RuleBroken as error:
        return _show(((error.where or "text", sentence_of(error)),), status=status_of(error))
    flash(_("Đã ghi lời chứng. Bản in của những ngày trước giữ lời cũ."), "success")
    return see_other("desk.attestation_words")


def _show(errors: tuple[tuple[str, str], ...] = (), *, preview: str = "", status: int = 200) -> Response:
    today = now().astimezone(VIETNAM).date()
    with house().reading() as db:
        rows = queries.all_words(db, staff().root_unit_id)
    return desk_page(
        "desk/certify/words.html",
        words=tuple(_shown(row, rows, today) for row in rows),
        blanks=tuple(BLANKS),
        kinds=tuple((kind.value, kind_words(kind)) for kind in Kind),
        may_change=staff().has(Role.LEADER),
        typed=request.form,
        preview=preview,
        errors=errors,
        status=status,
    )


def _shown(row: queries.WordsRow, rows: tuple[queries.WordsRow, ...], today: date) -> WordsShown:
    current = next((one for one in rows if one.kind == row.kind and one.since <= today), None)
    state = "later" if row.since > today else "now" if row is current else "over"
    return WordsShown(kind_words(row.kind), row, filled(row.text, BLANKS), state)
