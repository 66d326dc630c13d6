"""What the acts of corrections call (đề nghị và xác nhận đính chính), and who is offered them."""

from __future__ import annotations

from app.domain.corrections import ENDED_AT, FIELDS, RECEIVED_AT, field_of
from app.domain.people import PersonRole, Staff
from app.queries.dossier_values import DossierFile
from app.services import correcting
from app.web.desk.act_runs import Target, done
from app.web.desk.forms.correction_forms import DECLINE, CorrectionForm, DecisionForm


def may_propose(file: DossierFile, _staff: Staff) -> bool:
    """A received dossier without an open proposal."""
    return file.received_at is not None and file.open_correction is None


def may_decide(file: DossierFile, person: Staff) -> bool:
    """Another person than the one who proposed, in a role that may confirm the field."""
    waiting = file.open_correction
    row = field_of(waiting.field) if waiting else None
    return bool(waiting and row and waiting.proposed_by_id != person.user_id and person.has(*row.confirmers))


def fields_offered(file: DossierFile) -> list[tuple[str, str]]:
    """Return (key, words) of the facts that this dossier has."""
    roles = {PersonRole(person.role) for person in file.people}
    there = {RECEIVED_AT: file.received_at, ENDED_AT: file.ended_at}
    return [
        (row.key, row.label)
        for row in FIELDS.values()
        if there.get(row.key, True) and (row.person is None or row.person in roles)
    ]


def propose(target: Target, form: CorrectionForm) -> None:
    """Lay the right value before a second person."""
    done(
        target,
        correcting.propose,
        field=form.field.data or "",
        value=form.value.data or "",
        reason=form.reason.data or "",
    )


def decide(target: Target, form: DecisionForm) -> None:
    """Confirm or decline what another proposed."""
    done(target, correcting.decline if form.decision.data == DECLINE else correcting.confirm, note=form.note.data or "")
