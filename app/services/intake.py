"""At the desk (tiếp nhận): receive, ask for a supplement, refuse. Receiving issues the code and starts both clocks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.db import facts
from app.db.just_written import PaperWritten
from app.db.models import Component, Dossier, IssuedForm, Procedure, SupplementRequest
from app.db.unit_of_work import UnitOfWork
from app.domain import checks
from app.domain.answer_times import times_on
from app.domain.channels import Channel
from app.domain.identifiers import code_format
from app.domain.people import Staff, acting
from app.services import drafts, late_entries, steps
from app.services.catalogue import Chosen, choose
from app.services.citizen_messages import tell_received, tell_refused, tell_supplement_asked
from app.services.dossiers import move, to_change, version_of
from app.services.errors import NoRight
from app.services.filing import chosen_for, local_day, refuse_missing, set_component, write_dossier
from app.services.forms import issue
from app.services.numbering import next_of_agency
from app.services.values import IssuedSlip, Received, Reception, SupplementAsk
from workflows.states import Action, ActorKind, Requirement


def receive_new(uow: UnitOfWork, staff: Staff, reception: Reception, at: datetime) -> Received:
    """Receive a dossier brought to the desk or by post, in one act (nhận trực tiếp, qua bưu chính).

    The same `request_id` twice gives the first answer again. Raises the refusals of filing and reception.
    """
    known = _known_request(uow, reception.filing.request_id)
    if known:
        return known
    desk, chosen = chosen_for(uow, reception.filing, at)
    if desk.authority_id != staff.root_unit_id:
        raise NoRight(who="cán bộ của đơn vị đó")
    dossier, secret = write_dossier(uow, reception.filing, desk, chosen, at=at)
    _take_draft(uow, dossier, reception, staff, at)
    return _receive(uow, staff, dossier, chosen, reception, at=at, secret=secret)


def receive_filed(
    uow: UnitOfWork, staff: Staff, number: str, version: int, reception: Reception | None, at: datetime
) -> Received:
    """Receive a filing that waits (hồ sơ trực tuyến); the clerk's view of the papers may complete it."""
    dossier = to_change(uow, staff, number, version)
    if reception:
        _update_components(uow, dossier, reception)
    code, channel = _code_of(uow, dossier), Channel(dossier.channel)
    chosen = choose(uow, code, dossier.receiving_unit_id, channel=channel, on=local_day(at))
    dossier.procedure_version_id = chosen.version.version_id
    secret = uow.vault.open(dossier.secret_sealed, f"dossiers.secret:{dossier.uid}").decode()
    return _receive(uow, staff, dossier, chosen, reception, at=at, secret=secret)


def ask_supplement_at_intake(
    uow: UnitOfWork, staff: Staff, number: str, version: int, ask: SupplementAsk, at: datetime
) -> IssuedSlip:
    """Ask once, completely, before reception (Mẫu 02). No clock runs."""
    dossier = to_change(uow, staff, number, version)
    ask = checked_ask(ask)
    _, kind = move(dossier, Action.ASK_SUPPLEMENT, staff, frozenset({Requirement.ONE_COMPLETE_REQUEST}))
    slip = write_request(uow, dossier, ask, before=True, by=staff.name, at=at)
    uow.record(
        "dossier:supplement_asked", dossier, acting(staff, kind), at, slip=slip.number, items=len(ask.items)
    )
    return slip


def refuse(uow: UnitOfWork, staff: Staff, number: str, version: int, reason: str, at: datetime) -> IssuedSlip:
    """Refuse to receive (Mẫu 03), with reasons. The filing consumes no code."""
    dossier = to_change(uow, staff, number, version)
    reason = checks.paragraph(reason, what="lý do từ chối", where="reason")
    _, kind = move(dossier, Action.REFUSE, staff, frozenset({Requirement.REASON}))
    dossier.holder_user_id = None
    slip = issue(uow, dossier, "03", {"reason": reason, "receiver": staff.name}, by=staff.name, at=at)
    tell_refused(uow, dossier, slip=slip.number, at=at)
    uow.record("dossier:refused", dossier, acting(staff, kind), at, slip=slip.number, reason=reason)
    return slip


def checked_ask(ask: SupplementAsk) -> SupplementAsk:
    """Return a request with its lines cleaned. Raises Missing where nothing concrete is asked."""
    items = tuple(
        neat
        for item in ask.items
        if (neat := checks.paragraph(item, what="nội dung", where="items", required=False))
    )
    if not items:
        raise checks.Missing(where="items", what="nội dung cần bổ sung")
    reason = checks.paragraph(ask.reason, what="lý do yêu cầu bổ sung", where="reason")
    return SupplementAsk(items, reason, ask.days)


def write_request(
    uow: UnitOfWork, dossier: Dossier, ask: SupplementAsk, *, before: bool, by: str, at: datetime
) -> IssuedSlip:
    """Put a supplement request down and issue its Mẫu 02; the answer is due in working days of the desk."""
    calendar, _ = uow.calendars.of_unit(uow.session, dossier.receiving_unit_id)
    answer_by = calendar.add_working_days(local_day(at), ask.days or times_on(local_day(at)).supplement_days)
    data = {"items": list(ask.items), "reason": ask.reason, "answer_by": f"{answer_by:%Y-%m-%d}", "guide": by}
    slip = issue(uow, dossier, "02", data, by=by, at=at)
    asked = uow.session.scalars(
        select(SupplementRequest.id).where(SupplementRequest.dossier_id == dossier.id)
    ).all()
    uow.session.add(
        SupplementRequest(
            dossier_id=dossier.id,
            ordinal=len(asked) + 1,
            before_reception=before,
            items="\n".join(ask.items),
            reason=ask.reason,
            leader_reason=ask.leader_reason,
            requested_at=at,
            requested_by=by,
            answer_by=answer_by,
            form_id=slip.form_id,
        )
    )
    tell_supplement_asked(uow, dossier, slip=slip.number, answer_by=answer_by, at=at)
    return slip


def _receive(
    uow: UnitOfWork,
    staff: Staff,
    dossier: Dossier,
    chosen: Chosen,
    reception: Reception | None,
    *,
    at: datetime,
    secret: str,
) -> Received:
    received_at, dossier.late_entry_reason = late_entries.true_time(uow, staff, dossier, reception, at)
    kind, papers = admit(uow, staff, dossier, chosen, received_at=received_at, at=at)
    form_id = receipt(uow, dossier, staff, at)
    looked_at: dict[str, Any] = {"card_compared": True} if reception and reception.card_compared else {}
    uow.record(
        "dossier:received",
        dossier,
        acting(staff, kind),
        at,
        effective=received_at,
        code=dossier.code,
        received_at=received_at.isoformat(),
        late_reason=dossier.late_entry_reason,
        papers=papers,
        **looked_at,
    )
    promised = facts.promised_at(uow.session, dossier, uow.calendars, at=at)
    tell_received(uow, dossier, promised, at)
    return Received(dossier.id, dossier.code or "", dossier.filing_number, secret, promised, form_id)


def admit(
    uow: UnitOfWork, staff: Staff, dossier: Dossier, chosen: Chosen, *, received_at: datetime, at: datetime
) -> tuple[ActorKind, int]:
    """Bring a dossier in: papers complete, clock, first stay, code. No slip and no event yet.

    Returns in what capacity `staff` received it and how many papers it has. Raises ComponentsMissing.
    """
    papers = _papers_of(uow, dossier)
    refuse_missing(papers)
    _, kind = move(dossier, Action.RECEIVE, staff, frozenset({Requirement.COMPONENTS_COMPLETE}))
    dossier.received_at, dossier.entered_at = received_at, at
    if dossier.settling_unit_id == dossier.receiving_unit_id:
        dossier.competent_received_at = None
    for first in steps.freeze(uow, dossier, chosen)[:1]:
        steps.begin(uow, dossier, first, staff, at=received_at)
    _issue_code(uow, dossier, received_at)
    return kind, len(papers)


def _papers_of(uow: UnitOfWork, dossier: Dossier) -> Sequence[Component | PaperWritten]:
    if written := uow.newborns.of(dossier):
        return written.papers
    rows = select(Component).where(Component.dossier_id == dossier.id)
    return uow.session.scalars(rows.order_by(Component.ordinal)).all()


def receipt(uow: UnitOfWork, dossier: Dossier, staff: Staff, at: datetime) -> int:
    """Issue the receipt (Mẫu 01) of a received dossier and return its id."""
    data = {"receiver": staff.name, "desk": staff.unit_name}
    return issue(uow, dossier, "01", data, by=staff.name, at=at).form_id


def _issue_code(uow: UnitOfWork, dossier: Dossier, received_at: datetime) -> None:
    """Take the day's next ordinal of the agency that the format names; last, so that others wait least."""
    day = local_day(received_at)
    form = code_format(day)
    unit_id = dossier.settling_unit_id if form.agency == "settling" else dossier.receiving_unit_id
    agency, ordinal = next_of_agency(uow, unit_id, "dossier", f"{day:%y%m%d}")
    dossier.code = form.code(agency, day, ordinal)
    dossier.code_tail = dossier.code.rsplit("-", 1)[-1]


def _known_request(uow: UnitOfWork, request_id: str | None) -> Received | None:
    """Return the answer given to the same form before: a double click must not receive twice."""
    if not request_id:
        return None
    dossier = uow.session.scalars(select(Dossier).where(Dossier.request_id == request_id)).first()
    if dossier is None or dossier.code is None:
        return None
    clock = facts.refresh_clock(
        uow.session, dossier, uow.calendars, at=dossier.received_at or dossier.filed_at
    )
    secret = uow.vault.open(dossier.secret_sealed, f"dossiers.secret:{dossier.uid}").decode()
    form_id = receipt_of(uow, dossier)
    return Received(
        dossier.id, dossier.code, dossier.filing_number, secret, clock.promised_at, form_id, was_known=True
    )


def receipt_of(uow: UnitOfWork, dossier: Dossier) -> int:
    """Return the newest receipt (Mẫu 01) of a dossier."""
    return (
        uow.session.scalars(
            select(IssuedForm.id)
            .where(IssuedForm.dossier_id == dossier.id, IssuedForm.form == "01")
            .order_by(IssuedForm.id.desc())
        ).first()
        or 0
    )


def _update_components(uow: UnitOfWork, dossier: Dossier, reception: Reception) -> None:
    given = {data.ordinal: data for data in reception.filing.components}
    for row in uow.session.scalars(select(Component).where(Component.dossier_id == dossier.id)):
        if row.ordinal in given:
            set_component(row, given[row.ordinal])


def _take_draft(uow: UnitOfWork, dossier: Dossier, reception: Reception, staff: Staff, at: datetime) -> None:
    if reception.filing.draft_id:
        owner = drafts.DraftOwner(user_id=staff.user_id)
        drafts.become_dossier(uow, reception.filing.draft_id, owner, dossier, at=at)


def _code_of(uow: UnitOfWork, dossier: Dossier) -> str:
    return uow.session.get_one(Procedure, version_of(uow, dossier).procedure_id).code
