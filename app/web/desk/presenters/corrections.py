"""Corrections on the page (đính chính): from what to what, who proposed, who decided."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from app.domain.corrections import CHANNEL, Kind, field_of, moment_of
from app.i18n import gettext as _
from app.queries.corrections import CorrectionShown, LateEntry, WaitingCorrection
from app.queries.dossier_values import DossierFile
from app.web.desk.presenters.marks import CodeText, Mark, code_text, duration
from app.web.filters import vn_datetime
from app.web.labels import channel_label


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """One proposal in words."""

    field: str
    old: str
    new: str
    reason: str
    proposed: str
    state: Mark
    decided: str


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """One proposal in the list of those that wait."""

    code: CodeText
    address: str
    procedure: str
    line: CorrectionLine


@dataclass(frozen=True, slots=True)
class LateLine:
    """One late entry in the list."""

    code: CodeText
    address: str
    procedure: str
    received: str
    entered: str
    later: str
    reason: str


def correction_lines(file: DossierFile) -> tuple[CorrectionLine, ...]:
    """Return every proposal on a dossier, the newest first."""
    return tuple(correction_line(row) for row in file.corrections)


def correction_line(row: CorrectionShown) -> CorrectionLine:
    """Return one proposal in words."""
    known = field_of(row.field)
    decided = _("%(name)s, %(at)s", name=row.decided_by, at=vn_datetime(row.decided_at)) if row.decided_at else ""
    return CorrectionLine(
        field=_(known.label) if known else row.field,
        old=_value(row.field, row.old),
        new=_value(row.field, row.new),
        reason=row.reason,
        proposed=_("%(name)s, %(at)s", name=row.proposed_by, at=vn_datetime(row.proposed_at)),
        state={
            "proposed": Mark("soon", "hourglass-split", _("Chờ người thứ hai")),
            "confirmed": Mark("ok", "check2-circle", _("Đã xác nhận")),
            "declined": Mark("pause", "x-circle", _("Không đồng ý")),
        }[row.state],
        decided=" · ".join(filter(None, [decided, row.note])),
    )


def waiting_lines(rows: tuple[WaitingCorrection, ...]) -> tuple[WaitingLine, ...]:
    """Return the proposals that wait for a second person."""
    return tuple(
        WaitingLine(
            code_text(row.number),
            url_for("desk.dossier", ref=row.number),
            row.procedure,
            correction_line(row.correction),
        )
        for row in rows
    )


def late_lines(rows: tuple[LateEntry, ...]) -> tuple[LateLine, ...]:
    """Return the late entries with how much later each was typed."""
    return tuple(
        LateLine(
            code=code_text(row.number),
            address=url_for("desk.dossier", ref=row.number),
            procedure=row.procedure,
            received=vn_datetime(row.received_at),
            entered=vn_datetime(row.entered_at),
            later=_later(row),
            reason=row.reason,
        )
        for row in rows
    )


def proposal_words(file: DossierFile) -> str:
    """Return the open proposal in a sentence, for the dialog of the second person."""
    if file.open_correction is None:
        return ""
    line = correction_line(file.open_correction)
    if not line.old:
        return _("%(field)s: %(new)s. Lý do: %(why)s. Đề nghị: %(who)s.", field=line.field, new=line.new,
                 why=line.reason, who=line.proposed)  # fmt: skip
    return _("%(field)s: đang ghi %(old)s, đề nghị %(new)s. Lý do: %(why)s. Đề nghị: %(who)s.", field=line.field,
             old=line.old, new=line.new, why=line.reason, who=line.proposed)  # fmt: skip


def _value(field: str, value: str) -> str:
    row = field_of(field)
    if not value or row is None:
        return value
    if row.kind is Kind.MOMENT:
        return vn_datetime(moment_of(value))
    return str(channel_label(int(value)).text) if field == CHANNEL else value


def _later(row: LateEntry) -> str:
    minutes = int((row.entered_at - row.received_at).total_seconds() // 60)
    days = minutes // (24 * 60)
    return _("%(n)s ngày", n=days) if days else duration(minutes)
