"""The answer to a stale screen (409): both versions side by side, what was typed kept for one more press."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import request, url_for
from werkzeug.wrappers import Response
from wtforms import Form, SelectField

from app.domain import event_kinds
from app.i18n import gettext as _
from app.queries.dossier_values import DossierFile, EventShown
from app.services.errors import StaleScreen
from app.web.desk.frame import desk_page
from app.web.desk.presenters.dossier_people import Fact
from app.web.filters import vn_datetime
from app.web.forms import sentence_of
from app.web.labels import state_label
from app.web.numbers import whole

CONFLICT = 409
NOT_TYPED = frozenset({"csrf_token", "version"})


@dataclass(frozen=True, slots=True)
class DiffLine:
    """One thing as it was when the page was opened, and as it is now."""

    name: str
    yours: str
    theirs: str
    differs: bool


@dataclass(frozen=True, slots=True)
class StalePage:
    """The whole page. `again` sends the same fields with the new version."""

    ref: str
    version: int
    versions: str
    sentence: str
    lines: tuple[DiffLine, ...]
    typed: tuple[Fact, ...]
    fields: tuple[tuple[str, str], ...]
    again: str
    dossier_address: str


def stale(file: DossierFile, act_words: str, form: Form, error: StaleScreen) -> Response:
    """Return the page for an act that came too late; nothing was changed and nothing typed is lost."""
    seen = request.form.get("version", 0, type=whole)
    page = StalePage(
        ref=file.number,
        version=file.version,
        versions=_("bạn mở bản sự kiện #%(seen)s; nay là #%(now)s", seen=seen, now=file.version),
        sentence=sentence_of(error),
        lines=_lines(file, seen),
        typed=tuple(Fact(str(field.label.text), _shown(field)) for field in form if _shown(field)),
        fields=tuple((name, value) for name, value in request.form.items(multi=True) if name not in NOT_TYPED),
        again=request.path,
        dossier_address=url_for("desk.dossier", ref=file.number),
    )
    return desk_page("desk/stale.html", stale=page, act=act_words, status=CONFLICT)


def _lines(file: DossierFile, seen: int) -> tuple[DiffLine, ...]:
    since = [event for event in file.events if event.seq > seen]
    before = next((event for event in file.events if event.seq == seen), None)
    last = file.events[0] if file.events else None
    happened = "; ".join(_(event_kinds.title(event.kind)) for event in reversed(since))
    then, present = _place(file, before.at if before else None), _place(file, None)
    state = str(state_label(file.state).text)
    return (
        _line(_("Sự kiện cuối"), _words(before), _words(last)),
        _line(_("Bước"), then, present),
        _line(_("Trạng thái nay"), "", state),
        _line(_("Xảy ra từ khi bạn mở"), "", happened),
    )


def _line(name: str, yours: str, theirs: str) -> DiffLine:
    return DiffLine(name, yours, theirs, differs=yours != theirs)


def _words(event: EventShown | None) -> str:
    if event is None:
        return ""
    what = _(event_kinds.title(event.kind))
    return f"#{event.seq} {what}, {event.actor}, {vn_datetime(event.at)}"


def _place(file: DossierFile, at: datetime | None) -> str:
    """Return the step and who had it: at an instant, or now."""
    held = [hop for hop in file.hops if at is None or hop.handed_at <= at]
    if not held:
        return ""
    return ", ".join(filter(None, [held[-1].step_name, held[-1].person, held[-1].unit]))


def _shown(field: object) -> str:
    """Return what was typed as it read on screen: the words of a choice, not its key."""
    data = getattr(field, "data", "")
    if isinstance(field, SelectField):
        return next((str(choice.label) for choice in field.choices or () if choice.value == data), "")
    return "" if data is None or not isinstance(data, str | int) else str(data)
