"""A dossier's family and other systems on the page (liên thông, theo dõi): each with its own unit and time."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from app.i18n import gettext as _
from app.queries.relations import Relative, TrackingShown
from app.web.desk.presenters.marks import CodeText, Mark, code_text
from app.web.filters import vn_datetime
from app.web.labels import Label, standing_label, state_label
from workflows.states import State


@dataclass(frozen=True, slots=True)
class RelativeLine:
    """One dossier of a set."""

    code: CodeText
    address: str
    part: str
    procedure: str
    unit: str
    state: Label
    promised: str
    standing: Label | None


@dataclass(frozen=True, slots=True)
class TrackingLine:
    """One dossier settled elsewhere."""

    code: CodeText
    address: str
    procedure: str
    system: str
    theirs: str
    said: str
    ours: Label
    checked: str
    mark: Mark


def relative_lines(family: tuple[Relative, ...]) -> tuple[RelativeLine, ...]:
    """Return the set, the parent first."""
    return tuple(
        RelativeLine(
            code=code_text(row.number),
            address=url_for("desk.dossier", ref=row.number) if row.may_open and not row.is_this else "",
            part=_("hồ sơ chính") if row.is_parent else _("thành phần"),
            procedure=row.procedure,
            unit=row.unit,
            state=state_label(row.state),
            promised=vn_datetime(row.promised_at),
            standing=standing_label(row.standing) if row.ended_at else None,
        )
        for row in family
    )


def tracking_line(row: TrackingShown) -> TrackingLine:
    """Return what another system said last of a dossier."""
    return TrackingLine(
        code=code_text(row.number),
        address=url_for("desk.dossier", ref=row.number),
        procedure=row.procedure,
        system=row.system,
        theirs=row.code,
        said=_(_state_of(row.status).term_vi) if row.status else _("chưa kiểm tra"),
        ours=state_label(row.state),
        checked=_("%(name)s, %(at)s", name=row.checked_by, at=vn_datetime(row.checked_at)),
        mark=_agreement(row),
    )


def tracking_lines(rows: tuple[TrackingShown, ...]) -> tuple[TrackingLine, ...]:
    """Return the list of what is settled elsewhere."""
    return tuple(tracking_line(row) for row in rows)


def _agreement(row: TrackingShown) -> Mark:
    if row.agrees:
        return Mark("ok", "check2-circle", _("Khớp"))
    return Mark("late", "exclamation-triangle-fill", _("Lệch"))


def _state_of(status: int) -> State:
    return next(state for state in reversed(State) if state.national_code == status)
