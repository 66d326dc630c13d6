"""The act of telling an applicant that the result may be fetched early (báo trả kết quả sớm), and when it is open."""

from __future__ import annotations

from app.domain.people import Role, Staff
from app.queries.dossier_values import DossierFile
from app.services import early_return
from app.web.context import now
from app.web.desk.act_runs import Target, done
from app.web.desk.forms.act_forms import TellEarlyForm
from workflows.states import Action, State


def may_tell(file: DossierFile, person: Staff) -> bool:
    """The result waits at the desk and its promised time has not come."""
    if State(file.state) is not State.FINISHED or Action.RETURN_RESULT not in file.allowed:
        return False
    promised = file.clock.committed.promised_at if file.clock else None
    return person.has(Role.CLERK) and promised is not None and now() < promised


def tell(target: Target, form: TellEarlyForm) -> None:
    """Keep how the applicant was told."""
    done(target, early_return.tell_early, how=form.how.data or "")
