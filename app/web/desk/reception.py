"""From the receive form to what the services take (hồ sơ sẽ tiếp nhận)."""

from __future__ import annotations

from datetime import datetime

from app.db.unit_of_work import UnitOfWork
from app.domain.channels import Channel, Delivery
from app.domain.people import PersonData, Staff
from app.queries.bank_account import bank_account
from app.queries.dossier_version import version_of
from app.services import payments
from app.services.values import ComponentData, Filing, Reception
from app.web.desk.forms import own_fields
from app.web.desk.forms.components_form import PaperInput
from app.web.desk.forms.receive_form import AUTHORISED, card_contradicts, subject, visitor
from app.web.desk.presenters.receive import fee_of
from app.web.desk.receive_entry import Entry

LATER = "later"


def filing_of(entry: Entry, staff: Staff) -> Filing:
    """Return what is filed. Its forms must be valid; an unknown procedure the services refuse."""
    form = entry.form
    applicant, owner, authorised = people_of(entry)
    return Filing(
        procedure_code=entry.procedure.code if entry.procedure else "",
        unit_code=staff.root_unit_code,
        channel=Channel(entry.channel),
        applicant=applicant,
        subject=owner,
        authorised=authorised,
        case=form.case_name.data or "",
        own=own_fields.answers(entry.own),
        components=tuple(component_of(paper) for paper in entry.papers),
        delivery=Delivery(form.delivery.data or Delivery.DESK),
        delivery_address=form.delivery_address.data or "",
        fee_exemption=form.fee_exemption.data or "",
        fee_quantity=form.fee_quantity.data or 1,
        request_id=entry.token or None,
        draft_id=entry.draft_id,
        settling_code=form.settling_code.data or "",
        assisting_code=form.assisting_code.data or "",
        returning_code=form.returning_code.data or "",
    )


def reception_of(entry: Entry, staff: Staff) -> Reception:
    """Return what is received, with its true time where it was typed later."""
    form = entry.form
    compared = bool(form.checked_card.data) and card_contradicts(form)
    return Reception(filing_of(entry, staff), entry.true_at, form.late_reason.data or "", card_compared=compared)


def people_of(entry: Entry) -> tuple[PersonData, PersonData | None, PersonData | None]:
    """Return applicant, subject and authorised person.

    Who acts by a letter is the authorised person; the applicant is then whom the letter speaks for.
    """
    who, whose = visitor(entry.form), subject(entry.form)
    if entry.form.acts_for.data == AUTHORISED and whose is not None:
        return whose, whose, who
    return who, whose, None


def component_of(paper: PaperInput) -> ComponentData:
    """Return one paper as the clerk stated it."""
    return ComponentData(
        ordinal=paper.ordinal,
        form=paper.kind,
        exempt_reason=paper.exempt_reason,
        originals=paper.originals if paper.have else 0,
        copies=paper.copies if paper.have else 0,
    )


def pay_at_once(uow: UnitOfWork, staff: Staff, code: str, entry: Entry, at: datetime) -> None:
    """Take the fee in the same transaction, unless it comes later: by a transfer that the clerk must see first."""
    amount, _lines = fee_of(entry)
    form = entry.form
    waits = form.paid_by.data == "qr" and bank_account(uow.session, staff.root_unit_id) is not None
    if not amount or form.paid_by.data == LATER or waits:
        return
    payments.pay(
        uow,
        staff,
        code,
        version_of(uow.session, staff, code) or 0,
        amount_vnd=amount,
        method=form.paid_by.data or "cash",
        receipt_symbol=form.receipt_symbol.data or "",
        receipt_number=form.receipt_number.data or "",
        at=at,
    )
