"""What each act on a dossier calls (thực hiện thao tác): one unit of work, one service, perhaps a slip to print."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from app.domain import checks
from app.domain.result_drafts import ResultDraft
from app.queries.dossier_values import DossierFile
from app.queries.printing_result import result_document
from app.services import (
    boundaries,
    consulting,
    intake,
    pausing,
    payments,
    processing,
    relations,
    replacing,
    results,
    waiting,
)
from app.services.values import IssuedSlip, NewFile, SupplementAsk
from app.web.context import house, now, staff
from app.web.desk.elsewhere.forms import ChildForm, TrackForm
from app.web.desk.forms import act_forms as forms
from app.web.desk.forms.pause_forms import PauseForm, ResumeForm
from app.web.numbers import chosen
from app.web.responses import found

PDF = "application/pdf"
Done = TypeVar("Done")


@dataclass(frozen=True, slots=True)
class Target:
    """The dossier as the page showed it, and the version that the form carried back."""

    file: DossierFile
    version: int

    @property
    def number(self) -> str:
        """The number that services know it by."""
        return self.file.number


def done(target: Target, service: Callable[..., Done], *given: Any, **told: Any) -> Done:
    """Run one use case in a transaction of its own, for this person, on the dossier as the page showed it."""
    with house().unit_of_work() as uow:
        return service(uow, staff(), target.number, target.version, *given, **told, at=now())


def take_over(target: Target, _form: forms.NoteForm) -> None:
    """Receive as the competent agency what another desk received."""
    done(target, boundaries.take_over)


def replace_receipt(target: Target, form: forms.ReasonForm) -> IssuedSlip:
    """Issue Mẫu 01 in place of a wrong or lost one."""
    return done(target, replacing.replace_receipt, reason=form.reason.data or "")


def link_child(target: Target, form: ChildForm) -> None:
    """Put another dossier under this one."""
    done(target, relations.link_child, child=form.child.data or "")


def track(target: Target, form: TrackForm) -> None:
    """Follow the dossier on another system."""
    done(target, relations.track, system=form.system.data or "", code=form.code.data or "")


def forward(target: Target, form: forms.HandOverForm) -> None:
    """Hand over to the next step."""
    done(target, processing.forward, to_user_id=chosen(form.to_user_id.data), note=form.note.data or "")


def send_back(target: Target, form: forms.ReasonForm) -> None:
    """Return to the step before."""
    done(target, processing.send_back, reason=form.reason.data or "")


def assign(target: Target, form: forms.HandOverForm) -> None:
    """Give the present step to one person; nobody chosen is oneself."""
    receiver = chosen(form.to_user_id.data)
    done(
        target,
        processing.assign,
        to_user_id=staff().user_id if receiver is None else receiver,
        note=form.note.data or "",
    )


def consult(target: Target, form: forms.ConsultForm) -> None:
    """Ask another unit."""
    done(
        target,
        consulting.consult,
        unit_id=chosen(form.unit_id.data) or 0,
        question=form.question.data or "",
        due_days=form.due_days.data or 2,
    )


def answer(target: Target, form: forms.AnswerForm) -> None:
    """Answer the oldest open question to the person's unit."""
    asked = found(open_question(target.file))
    with house().unit_of_work() as uow:
        consulting.answer_consultation(uow, staff(), asked, form.answer.data or "", now())


def open_question(file: DossierFile) -> int | None:
    """Return the consultation that waits for the person's unit, or None."""
    units = (staff().unit_id, staff().root_unit_id)
    waiting_for_us = (row.id for row in file.consultations if row.unit_id in units and not row.answered_at)
    return next(waiting_for_us, None)


def ask_supplement(target: Target, form: forms.LeaderSupplementForm) -> IssuedSlip:
    """Ask for a supplement in the midst of the work."""
    return done(target, waiting.ask_supplement, _ask(form), leader_reason=form.leader_reason.data or "")


def ask_at_intake(target: Target, form: forms.SupplementForm) -> IssuedSlip:
    """Ask for a supplement before reception."""
    return done(target, intake.ask_supplement_at_intake, _ask(form))


def refuse(target: Target, form: forms.ReasonForm) -> IssuedSlip:
    """Refuse to receive."""
    return done(target, intake.refuse, reason=form.reason.data or "")


def take_supplement(target: Target, form: forms.TakeSupplementForm) -> None:
    """Take what was brought."""
    done(target, waiting.take_supplement, note=form.note.data or "")


def ask_payment(target: Target, form: forms.AskPaymentForm) -> None:
    """Ask for a financial duty."""
    done(target, waiting.ask_payment, amount_vnd=form.amount_vnd.data or 0, notice=form.notice.data or "")


def pause(target: Target, form: PauseForm) -> None:
    """Stand still on a ground of the list."""
    done(
        target,
        pausing.pause,
        ground=form.ground.data or "",
        document=form.document.data or "",
        reason=form.reason.data or "",
    )


def resume(target: Target, form: ResumeForm) -> None:
    """Go on."""
    done(target, pausing.resume, note=form.note.data or "")


def pay(target: Target, form: forms.PaymentForm) -> None:
    """Take money; where the dossier waited for it, its clock runs on."""
    done(
        target,
        payments.pay,
        amount_vnd=form.amount_vnd.data or 0,
        method=form.method.data or "cash",
        receipt_symbol=form.receipt_symbol.data or "",
        receipt_number=form.receipt_number.data or "",
    )


def exempt_fee(target: Target, form: forms.ExemptForm) -> None:
    """Lift what is still due, or a part of it."""
    given = payments.Exemption(form.reason.data or "", form.ground.data or "", form.share.data or "")
    done(target, payments.exempt, given)


def extend(target: Target, form: forms.ExtendForm) -> IssuedSlip:
    """Appoint a new day, with the apology."""
    new_day = checks.day(form.new_day.data or "", where="new_day")
    return done(target, waiting.extend, new_day=new_day, reason=form.reason.data or "")


def withdraw(target: Target, form: forms.ReasonForm) -> IssuedSlip:
    """Stop at the applicant's wish."""
    return done(target, waiting.withdraw, reason=form.reason.data or "")


def stop(target: Target, form: forms.StopForm) -> IssuedSlip:
    """Stop by a leader's decision."""
    return done(target, waiting.stop, ground=form.ground.data or "", reason=form.reason.data or "")


def propose(target: Target, form: forms.ProposeForm) -> None:
    """Hand a result to the leader; an electronic one is drawn first, outside of any transaction."""
    draft = ResultDraft(
        kind=form.kind.data or "other",
        title=form.title.data or "",
        content=form.lines(),
        note=form.note.data or "",
    )
    file = None
    if target.file.result_form == "electronic":
        draft, file = drawn(target, draft)
    done(target, results.propose_result, draft, file=file)


def drawn(target: Target, draft: ResultDraft) -> tuple[ResultDraft, NewFile]:
    """Return the draft with its signer, and its page kept in the store; no transaction is open while it is drawn."""
    with house().reading() as db:
        document = found(
            result_document(
                db,
                house().vault,
                staff(),
                target.number,
                draft,
                base_url=house().settings.external_url,
                at=now(),
            )
        )
    content = house().pdf.render(document)
    file = NewFile(house().files.put(content), PDF, 1, f"{draft.title}.pdf", origin="generated")
    return replace(draft, signer=document.signer.name), file


def _ask(form: forms.SupplementForm | forms.LeaderSupplementForm) -> SupplementAsk:
    return SupplementAsk(form.lines(), form.reason.data or "", form.days.data)
