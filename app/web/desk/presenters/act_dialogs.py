"""Acts as buttons with their dialogs (nút thao tác): prefilled, and reopened with what was typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session
from wtforms import Form

from app.domain.people import Role, Staff
from app.i18n import gettext as _
from app.queries import dossier_choices as choices
from app.queries.dossier_values import DossierFile
from app.web.desk.acts import Act, open_acts
from app.web.desk.correction_runs import fields_offered
from app.web.desk.forms import act_forms as forms
from app.web.desk.forms.checking import named, problems
from app.web.desk.forms.correction_forms import CorrectionForm
from app.web.desk.forms.pause_forms import PauseForm
from app.web.desk.presenters.corrections import proposal_words
from app.web.desk.reissue_runs import released_result
from workflows.calendar import VIETNAM
from workflows.states import Action, State


@dataclass(frozen=True, slots=True)
class ActButton:
    """One button. With an `address` it leads to a page of its own, else it opens the dialog of `form`."""

    key: str
    text: str
    title: str = ""
    submit: str = ""
    form: Form | None = None
    shortcut: str = ""
    grave: bool = False
    open: bool = False
    address: str = ""
    why_not: str = ""
    lead: str = ""
    errors: tuple[tuple[str, str], ...] = ()
    refused_title: str = ""


def act_buttons(
    db: Session, file: DossierFile, staff: Staff, at: datetime, *, opened: str = "", filled: Form | None = None
) -> tuple[ActButton, ...]:
    """Return the buttons of the page: ways to other pages first, then dialogs; `opened` stands open."""
    dialogs = [
        _dialog(
            act,
            filled if filled is not None and act.key == opened else blank(db, act, file, staff, at),
            opened,
            lead=proposal_words(file) if act.key == "decide_correction" else "",
        )
        for act in open_acts(file, staff)
    ]
    return (*_ways(file, staff), *dialogs)


def blank(db: Session, act: Act, file: DossierFile, staff: Staff, at: datetime, formdata: Any = None) -> Form:
    """Return the form of an act with its choices and its first values; `formdata` is what was typed."""
    form: Form = act.form(formdata, prefix="", data=_first_values(act, file))
    _set_apart(form, act.key)
    day = at.astimezone(VIETNAM).date()
    if isinstance(form, forms.HandOverForm):
        role = _role(file, ahead=act.key == "forward")
        people = choices.holders_of_role(db, file.settling_unit_id, role, day) if role else ()
        nobody = _("Cả bộ phận của bước kế tiếp") if act.key == "forward" else _("Tôi nhận làm")
        form.offer([(person.value, person.text) for person in people], nobody=nobody)
    if isinstance(form, forms.ConsultForm):
        units = choices.units_to_ask(db, staff.root_unit_id, except_id=staff.unit_id)
        form.unit_id.choices = named((unit.value, unit.text) for unit in units)
    if isinstance(form, PauseForm):
        form.offer(ground for ground in choices.grounds_in_force(db, day) if _may_open(ground.opened_by, staff))
    if isinstance(form, CorrectionForm):
        form.offer(fields_offered(file))
    return form


def _may_open(opened_by: str, staff: Staff) -> bool:
    """A ground is opened by the kind of person the list names; a leader may what an officer may."""
    return staff.has(Role(opened_by), Role.LEADER)


def _set_apart(form: Form, key: str) -> None:
    """Several dialogs stand on one page and most ask for a reason: an id may stand there only once."""
    for field in form:
        field.id = field.label.field_id = f"{key}-{field.name}"


def _dialog(act: Act, form: Form, opened: str, *, lead: str = "") -> ActButton:
    found = problems(form)
    return ActButton(
        key=act.key,
        text=str(act.text),
        title=str(act.title),
        submit=str(act.submit),
        form=form,
        shortcut=act.shortcut,
        grave=act.grave,
        open=act.key == opened,
        lead=lead,
        errors=found,
        refused_title=_("Chưa thực hiện “%(act)s”: còn %(n)s chỗ", act=act.text, n=len(found)),
    )


def _ways(file: DossierFile, staff: Staff) -> list[ActButton]:
    ref, state = file.number, State(file.state)
    newest = file.results[0].state if file.results else ""
    in_hand = state in (State.PROCESSING, State.FINISHED, State.RETURNED)  # after the first result: a re-issue
    found = []
    if state is State.FILED and staff.has(Role.CLERK):
        found.append(_way("receive", _("Tiếp nhận"), url_for("desk.receive_filed", ref=ref), "F9"))
    if newest == "proposed" and in_hand and staff.has(Role.LEADER):
        found.append(_way("sign", _("Đọc, ký"), url_for("desk.sign_queue", ho_so=ref), "Alt+K"))
    if newest == "signed" and in_hand and staff.has(Role.RECORDS):
        found.append(_way("issue", _("Cấp số, phát hành"), url_for("desk.issue", ref=ref), "F9"))
    if file.is_certified_here and state in (State.RECEIVED, State.FINISHED) and staff.has(Role.CLERK):
        text = _("Ghi đã ký") if state is State.RECEIVED else _("Trả")
        return [*found, _way("certify", text, url_for("desk.certified_papers", ref=ref), "F9")]
    if Action.RETURN_RESULT in file.allowed and staff.has(Role.CLERK):
        found.append(_way("hand_over", _("Trả kết quả"), url_for("desk.hand_over", ref=ref), "F9"))
    if state is State.RECEIVED and staff.has(Role.CLERK) and any(paper.form == "paper" for paper in file.papers):
        found.append(_way("digitize", _("Số hóa"), url_for("desk.digitize", ref=ref), ""))
    return found


def _way(key: str, text: str, address: str, shortcut: str) -> ActButton:
    return ActButton(key=key, text=text, address=address, shortcut=shortcut)


def _role(file: DossierFile, *, ahead: bool) -> str:
    here = file.step_ordinal or 0
    later = [step.role for step in file.steps if (step.ordinal > here if ahead else step.ordinal == here)]
    return later[0] if later else ""


def _first_values(act: Act, file: DossierFile) -> dict[str, Any]:
    if act.key == "propose":
        return {"title": file.result_name or file.procedure, "content": _content(file)}
    if act.key == "reissue":
        old = released_result(file)
        return {"title": old.title if old else "", "content": _content(file)}
    if act.key == "pay":
        return {"amount_vnd": file.fee_left_vnd}
    if act.key in ("ask_supplement", "ask_at_intake"):
        missing = [paper.name for paper in file.papers if paper.required and paper.form == "missing"]
        return {"items": "\n".join(missing)}
    return {}


def _content(file: DossierFile) -> str:
    """The result's first lines: whose it is and what was asked; the officer completes them."""
    subject = file.subject
    lines = [(_("Họ và tên"), subject.name), (_("Ngày sinh"), subject.birth)] if subject else []
    return "\n".join(f"{label}: {value}" for label, value in [*lines, *file.own_fields] if value)
