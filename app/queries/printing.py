"""Issued forms as they are printed (Mẫu 01–05): what was fixed at issue, laid out for the printer."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import facts
from app.db.calendars import CalendarBook
from app.db.models import Component, Dossier, DossierClock, IssuedForm
from app.db.scope import scope_filter
from app.domain.channels import Delivery
from app.domain.documents import (
    Apology,
    ListedPaper,
    Receipt,
    ReceiptPair,
    Reference,
    Refusal,
    Signer,
    StopGround,
    StopNotice,
    SupplementRequest,
    Wanted,
)
from app.domain.form_numbers import number_text
from app.domain.people import Staff
from app.queries.printing_parts import Source, data_of, source_of
from app.vault import Vault
from workflows.calendar import VIETNAM
from workflows.deadlines import project
from workflows.limits import TimeLimit, label_vi

Printable = ReceiptPair | Receipt | SupplementRequest | Refusal | Apology | StopNotice
_PLACES = {Delivery.DESK: "Tại quầy", Delivery.POST: "Qua bưu chính công ích", Delivery.ELECTRONIC: "Bản điện tử"}


def issued_form(
    session: Session, vault: Vault, calendars: CalendarBook, staff: Staff, form_id: int, *, base_url: str
) -> Printable | None:
    """Return an issued form of a dossier that `staff` may see, or None. Mẫu 01 comes as its two copies."""
    form = session.get(IssuedForm, form_id)
    seen = form and session.scalar(select(Dossier.id).where(Dossier.id == form.dossier_id, scope_filter(staff)))
    return form_of(session, vault, calendars, form, base_url=base_url) if form and seen else None


def form_of(
    session: Session, vault: Vault, calendars: CalendarBook, form: IssuedForm, *, base_url: str
) -> Printable | None:
    """Return any issued form for the printer, without asking who wants it."""
    source = source_of(session, vault, session.get_one(Dossier, form.dossier_id), base_url=base_url)
    if form.form == "01":
        return ReceiptPair(_receipt(source, calendars, form))
    makers = {"02": _supplement, "03": _refusal, "04": _apology, "05": _stop}
    return makers[form.form](source, form) if form.form in makers else None


# On Mẫu 01 where the promise rests on a day off that is not official yet.
EXPECTED = "Hẹn trả dựa trên ngày nghỉ mới dự kiến, có thể thay đổi khi có thông báo chính thức."


def _receipt(source: Source, calendars: CalendarBook, form: IssuedForm) -> Receipt:
    dossier, data = source.dossier, data_of(source.vault, form)
    clock = source.session.get_one(DossierClock, dossier.id)
    received_at = dossier.received_at or form.issued_at
    promised = clock.promised_at or _estimate(source, calendars) or received_at
    crosses = dossier.settling_unit_id != dossier.receiving_unit_id
    return Receipt(
        head=source.letterhead(_number(form), form.issued_at),
        desk=source.desk,
        applicant=source.applicant,
        procedure=source.version.name,
        papers=_papers(source),
        limit=_limit_words(dossier),
        received_at=received_at,
        promised_at=promised,
        return_place=_PLACES[Delivery(dossier.delivery)],
        tracking=source.tracking(secret=form.state != "replaced"),  # the new secret is on the new receipt alone
        submitter=source.submitter,
        receiver=str(data.get("receiver", form.issued_by)),
        authorised=source.authorised,
        sets=dossier.sets,
        why=why_in_short(source, calendars, at=received_at),
        hotline=source.receiving.phone,
        replaces=_replaced_number(source, form),
        competent=source.settling.name if crosses else "",
        competent_received_at=dossier.competent_received_at,
    )


def _replaced_number(source: Source, form: IssuedForm) -> str:
    return _number(source.session.get_one(IssuedForm, form.replaces_id)) if form.replaces_id else ""


def _estimate(source: Source, calendars: CalendarBook) -> datetime | None:
    """Return what would be promised if the competent agency had received at once: its own receipt decides."""
    received_at = source.dossier.received_at
    if received_at is None or not facts.waits_for_competent(source.dossier):
        return None
    return facts.promised_at(source.session, source.dossier, calendars, at=received_at)


def why_in_short(source: Source, calendars: CalendarBook, *, at: datetime) -> str:
    """Return the promise's reasons in one line, as printed under it: the days that did not count."""
    ledger, (limit, _) = facts.ledger_of(source.session, source.dossier), facts.limits_of(source.dossier)
    if ledger is None or limit is None:
        return ""
    calendar, _ = calendars.of_unit(source.session, source.dossier.settling_unit_id)
    promise = project(limit, ledger, calendar, at=at, with_trace=True)
    reasons = "; ".join(line.why.rstrip(".") for line in promise.trace[:3])
    return f"{reasons} {EXPECTED}" if promise.unconfirmed else reasons


def _papers(source: Source) -> tuple[ListedPaper, ...]:
    rows = source.session.scalars(
        select(Component)
        .where(Component.dossier_id == source.dossier.id, Component.form != "missing")
        .order_by(Component.ordinal)
    )
    return tuple(ListedPaper(row.name, _copies(row)) for row in rows)


def _copies(row: Component) -> str:
    counts = [f"{row.originals} bản chính" if row.originals else "", f"{row.copies} bản sao" if row.copies else ""]
    words = {"exempt": "chỉ đối chiếu", "reused": "dùng lại bản điện tử", "electronic": "bản điện tử"}
    return ", ".join(filter(None, [*counts, words.get(row.form, "")]))


def _limit_words(dossier: Dossier) -> str:
    limit = dossier.committed_limit or dossier.statutory_limit
    if limit is None:
        return "chưa xác định"
    words = label_vi(TimeLimit.parse(limit, cutoff=dossier.limit_cutoff))
    return words[:1].lower() + words[1:]


def _supplement(source: Source, form: IssuedForm) -> SupplementRequest:
    data = data_of(source.vault, form)
    closing = datetime.combine(date.fromisoformat(data["answer_by"]), time(17), VIETNAM)
    return SupplementRequest(
        head=source.letterhead(_number(form), form.issued_at),
        reference=_reference(source.dossier),
        applicant=source.applicant,
        procedure=source.version.name,
        wanted=tuple(_wanted(item) for item in data["items"]),
        reason=data["reason"],
        guide=data.get("guide", form.issued_by),
        guide_phone=source.receiving.phone,
        answer_page=source.tracking(),
        deadline=closing,
        consequence="Quá thời hạn này mà chưa bổ sung đủ, hồ sơ được đóng và có thông báo.",
    )


def _wanted(item: str) -> Wanted:
    paper, _, request = item.partition(":")
    return Wanted(paper.strip(), request.strip() or "bổ sung, hoàn thiện")


def _refusal(source: Source, form: IssuedForm) -> Refusal:
    data = data_of(source.vault, form)
    return Refusal(
        head=source.letterhead(_number(form), form.issued_at),
        desk=source.desk,
        applicant=source.applicant,
        procedure=source.version.name,
        reasons=tuple(filter(None, data["reason"].split("\n"))),
        submitter=source.submitter,
        receiver=data.get("receiver", form.issued_by),
        reference=_reference(source.dossier),
        check=source.tracking(secret=False),
        hotline=source.receiving.phone,
    )


def _apology(source: Source, form: IssuedForm) -> Apology:
    data, dossier = data_of(source.vault, form), source.dossier
    clock = source.session.get_one(DossierClock, dossier.id)
    old = clock.promised_at or clock.first_due_at or form.issued_at
    return Apology(
        head=source.letterhead(_number(form), form.issued_at),
        addressee=f"Ông (Bà) {source.applicant.name}",
        address_form="Ông (Bà)",
        applicant=source.applicant,
        desk=source.desk,
        unit=source.settling.name,
        procedure=source.version.name,
        code=dossier.code or dossier.filing_number,
        received_at=dossier.received_at or form.issued_at,
        promised_at=_closing(data.get("old_day"), old),
        new_promise=_closing(data.get("new_day"), old),
        return_place=_PLACES[Delivery(dossier.delivery)],
        reason=data.get("reason", ""),
        signer=Signer(tuple(data.get("titles") or ("THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ",)), data.get("signer", "")),
        contact_phone=source.receiving.phone,
    )


def _stop(source: Source, form: IssuedForm) -> StopNotice:
    data, dossier = data_of(source.vault, form), source.dossier
    grounds = {"applicant": StopGround.WITHDRAWN, "supplement_expired": StopGround.SUPPLEMENT_EXPIRED}
    return StopNotice(
        head=source.letterhead(_number(form), form.issued_at),
        desk=source.desk,
        code=dossier.code or dossier.filing_number,
        applicant=source.applicant,
        procedure=source.version.name,
        ground=grounds.get(data.get("ground", ""), StopGround.AGENCY),
        received_at=dossier.received_at or dossier.filed_at,
        stopped_at=dossier.ended_at or form.issued_at,
        reason=data.get("reason", ""),
        submitter=source.submitter,
        receiver=data.get("receiver", form.issued_by),
        check=source.tracking(secret=False),
        hotline=source.receiving.phone,
    )


def _closing(day: str | None, otherwise: datetime) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(17), VIETNAM) if day else otherwise


def _reference(dossier: Dossier) -> Reference:
    return Reference.dossier(dossier.code) if dossier.code else Reference.filing(dossier.filing_number)


def _number(form: IssuedForm) -> str:
    return number_text(form.form, form.number) if form.number is not None else ""
