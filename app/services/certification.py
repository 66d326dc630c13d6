"""The certification desk (chứng thực): received, numbered and paid in one act; signed; handed out.

One request of one visitor is one dossier of the house, so that reports, rates and tracking count it; each
original has a number of its own from the authority's book of the year (decisions, 2026-11-22). NĐ 23/2015
asks for the result on the day of the request: only what runs into another day gets a slip (Mẫu 01).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from app.db import facts
from app.db.base import new_uid
from app.db.models import Certification, CertifiedPaper, Dossier, Result, SigningAuthority
from app.db.unit_of_work import UnitOfWork
from app.domain import certification as rules
from app.domain import checks
from app.domain.certification import Kind, Medium, Paper
from app.domain.channels import Channel, Delivery
from app.domain.people import PersonData, Staff, acting
from app.domain.vietnamese import fold
from app.services import intake, outbox, payments, returning, steps
from app.services.authority import in_force
from app.services.catalogue import Chosen
from app.services.certification_terms import counter_of, open_volume, signer_at, tariff_on
from app.services.dossiers import move, to_change
from app.services.errors import NoRight, NotFound
from app.services.filing import chosen_for, local_day, write_dossier
from app.services.notices import facts_of
from app.services.numbering import next_numbers
from app.services.results import AT_THE_DESK
from app.services.values import ComponentData, Filing
from workflows.states import Action, Requirement, State

LATER = "later"  # paid when it is handed out


@dataclass(frozen=True, slots=True)
class Visit:
    """What one visitor asks for: who, the grid, who signs, how it is paid ("cash", "qr", "later")."""

    kind: Kind
    applicant: PersonData
    papers: tuple[Paper, ...]
    signer_id: int
    paid_by: str = "cash"
    exemption: str = ""
    request_id: str | None = None


@dataclass(frozen=True, slots=True)
class Numbered:
    """What was done: the dossier, the numbers in the order of the grid, the fee, the slip if there is one."""

    code: str
    numbers: tuple[int, ...]
    fee_vnd: int
    form_id: int | None
    was_known: bool = False


def receive(uow: UnitOfWork, staff: Staff, visit: Visit, at: datetime) -> Numbered:
    """Receive, number and take the fee of one visit, in one act. The same `request_id` gives the first answer.

    Raises the grid's refusals with their cell, NoSigner, AuthorityExpired, NoTariff and the refusals of reception.
    """
    known = _known(uow, visit.request_id)
    if known:
        return known
    papers = rules.checked(visit.papers, visit.kind)
    signer = signer_at(uow, staff.root_unit_id, visit.signer_id, at)
    dossier, chosen = _write(uow, staff, visit, at)
    fees = _fees(uow, visit, papers, at)
    dossier.fee_due_vnd = sum(fees)
    dossier.fee_exemption = checks.text(visit.exemption, what="lý do miễn", where="exemption", required=False)
    kind, _ = intake.admit(uow, staff, dossier, chosen, received_at=at, at=at)
    slip = intake.receipt(uow, dossier, staff, at) if _runs_on(uow, dossier, at) else None
    entry = Certification(
        dossier_id=dossier.id,
        unit_id=staff.root_unit_id,
        kind=visit.kind,
        day=local_day(at),
        clerk_id=staff.user_id,
        signer_id=signer.id,
        form_id=slip,
    )
    uow.session.add(entry)
    uow.session.flush()
    rows = _number(uow, entry, papers, fees, at=at)
    uow.record(
        "dossier:received",
        dossier,
        acting(staff, kind),
        at,
        code=dossier.code,
        received_at=at.isoformat(),
        late_reason="",
        certified=[[row.series, row.year, row.number, row.pages, row.copies] for row in rows],
    )
    if dossier.fee_due_vnd and visit.paid_by != LATER:
        payments.pay(
            uow, staff, dossier.code or "", dossier.event_seq,
            amount_vnd=dossier.fee_due_vnd, method=visit.paid_by, at=at,
        )  # fmt: skip
    return _numbered(dossier, entry, rows)


def sign_off(uow: UnitOfWork, staff: Staff, number: str, version: int, at: datetime) -> None:
    """Write down that the copies were signed and sealed (đã ký, đóng dấu): the clock ends, the result is ready.

    Raises RequirementNotMet where an electronic copy is not certified yet, every number is void, or the
    signer's authority has ended.
    """
    dossier = to_change(uow, staff, number, version)
    entry = of_dossier(uow, dossier)
    rows = [row for row in papers_of(uow, entry) if row.state == "issued"]
    _, kind = move(dossier, Action.CERTIFY, staff, _met(uow, entry, rows, at))
    uow.session.add(_result(uow, dossier, entry, rows, at=at, by=staff))
    dossier.ended_at = dossier.result_notice_at = at
    steps.leave(uow, dossier, Action.CERTIFY, at=at)
    dossier.step_ordinal = None
    dossier.holder_unit_id, dossier.holder_user_id = dossier.returning_unit_id, None
    if entry.form_id is not None:
        outbox.to_applicant(uow, dossier, "result_ready", facts_of(uow, dossier), at=at, after=AT_THE_DESK)
    signer = uow.session.get_one(SigningAuthority, entry.signer_id)
    uow.record(
        "dossier:certified", dossier, acting(staff, kind), at,
        signer=signer.name, numbers=rules.numbers_text([row.number for row in rows]),
    )  # fmt: skip


def hand_out(uow: UnitOfWork, staff: Staff, number: str, version: int, at: datetime) -> None:
    """Hand the copies to whoever waits at the desk, signed off in the same act where that was not done before."""
    dossier = to_change(uow, staff, number, version)
    of_dossier(uow, dossier)
    if State(dossier.state) is not State.FINISHED:
        sign_off(uow, staff, number, version, at)
    if left := payments.left_of(dossier):
        payments.pay(uow, staff, number, dossier.event_seq, amount_vnd=left, method="cash", at=at)
    returning.return_result(
        uow, staff, number, dossier.event_seq,
        delivery=Delivery.DESK, received_by=dossier.summary, identity=returning.PRESENT, at=at,
    )  # fmt: skip


def of_dossier(uow: UnitOfWork, dossier: Dossier) -> Certification:
    """Return the request behind a dossier. Raises NotFound for one that was not received at this desk."""
    entry = uow.session.scalars(select(Certification).where(Certification.dossier_id == dossier.id)).first()
    if entry is None:
        raise NotFound(number=dossier.code or dossier.filing_number)
    return entry


def papers_of(uow: UnitOfWork, entry: Certification) -> list[CertifiedPaper]:
    """Return the numbered rows of a request in the order of the grid."""
    wanted = select(CertifiedPaper).where(CertifiedPaper.certification_id == entry.id)
    return list(uow.session.scalars(wanted.order_by(CertifiedPaper.ordinal)))


def _write(uow: UnitOfWork, staff: Staff, visit: Visit, at: datetime) -> tuple[Dossier, Chosen]:
    """Write the dossier down; what is shown stays with its owner and is not scanned (TT 03/2025 art. 5)."""
    filing = Filing(
        procedure_code=rules.PROCEDURES[visit.kind],
        unit_code=staff.root_unit_code,
        channel=Channel.DIRECT,
        applicant=visit.applicant,
        request_id=visit.request_id,
    )
    desk, chosen = chosen_for(uow, filing, at)
    if desk.authority_id != staff.root_unit_id:
        raise NoRight(who="cán bộ của đơn vị đó")
    shown = tuple(ComponentData(paper.ordinal, "exempt", "shown_only") for paper in chosen.version.components)
    dossier, _secret = write_dossier(uow, replace(filing, components=shown), desk, chosen, at=at)
    return dossier, chosen


def _fees(uow: UnitOfWork, visit: Visit, papers: Sequence[Paper], at: datetime) -> list[int]:
    if visit.exemption.strip():
        return [0] * len(papers)
    tariff = tariff_on(uow.session, visit.kind, local_day(at))
    return [tariff.of(paper) for paper in papers]


def _runs_on(uow: UnitOfWork, dossier: Dossier, at: datetime) -> bool:
    """Tell whether the result is promised for another day than today: then, and only then, a slip is printed."""
    promised = facts.promised_at(uow.session, dossier, uow.calendars, at=at)
    return promised is None or local_day(promised) != local_day(at)


def _number(
    uow: UnitOfWork, entry: Certification, papers: Sequence[Paper], fees: Sequence[int], *, at: datetime
) -> list[CertifiedPaper]:
    """Give every original its number, one run a book, the books always in the same order (no deadlock)."""
    year = local_day(at).year
    series = [rules.series_of(Kind(entry.kind), paper.medium) for paper in papers]
    drawn = {
        name: iter(next_numbers(uow, entry.unit_id, counter_of(name), str(year), series.count(name)))
        for name in sorted(set(series))
    }
    volumes = {name: open_volume(uow, entry.unit_id, name, at).volume for name in drawn}
    rows = [
        CertifiedPaper(
            certification_id=entry.id,
            dossier_id=entry.dossier_id,
            ordinal=ordinal,
            unit_id=entry.unit_id,
            series=name,
            year=year,
            volume=volumes[name],
            number=next(drawn[name]),
            title=paper.title,
            title_fold=fold(paper.title),
            pages=paper.pages,
            copies=paper.copies,
            medium=paper.medium,
            fee_vnd=fee,
            state="issued",
            check_state="unchecked" if paper.medium is Medium.ELECTRONIC else "",
        )
        for ordinal, (paper, name, fee) in enumerate(zip(papers, series, fees, strict=True), start=1)
    ]
    uow.session.add_all(rows)
    uow.session.flush()
    return rows


def _met(
    uow: UnitOfWork, entry: Certification, rows: Sequence[CertifiedPaper], at: datetime
) -> frozenset[Requirement]:
    found = set()
    if rows and all(row.check_state in {"", "certified"} for row in rows):
        found.add(Requirement.RESULT_READY)
    if in_force(uow.session.get_one(SigningAuthority, entry.signer_id), at):
        found.add(Requirement.SIGNER_IN_FORCE)
    return frozenset(found)


def _result(
    uow: UnitOfWork,
    dossier: Dossier,
    entry: Certification,
    rows: Sequence[CertifiedPaper],
    *,
    at: datetime,
    by: Staff,
) -> Result:
    """Return the dossier's result as every other screen and report looks for it; its number is the book's."""
    uid = new_uid()
    books = dict.fromkeys(row.series for row in rows)
    symbol = "; ".join(
        f"{rules.numbers_text([row.number for row in rows if row.series == name])}/{rows[0].year}-{name}"
        for name in books
    )
    electronic = all(row.medium == Medium.ELECTRONIC for row in rows)
    return Result(
        uid=uid,
        dossier_id=dossier.id,
        version=1,
        kind="approval",
        form="electronic" if electronic else "paper_numbered",
        state="released",
        title="Bản sao được chứng thực từ bản chính" if entry.kind == Kind.COPY else "Giấy tờ được chứng thực chữ ký",
        content_sealed=uow.vault.seal_json([], f"results.content:{uid}"),
        unit_id=entry.unit_id,
        series=rows[0].series,
        year=rows[0].year,
        symbol=symbol[:200],
        issued_on=local_day(at),
        proposed_by=by.name,
        proposed_at=at,
        signed_at=at,
        sealer_id=by.user_id,
        released_at=at,
        file_id=rows[0].file_id,
    )


def _known(uow: UnitOfWork, request_id: str | None) -> Numbered | None:
    """Return the answer given to the same form before: a double click must not number twice."""
    if not request_id:
        return None
    dossier = uow.session.scalars(select(Dossier).where(Dossier.request_id == request_id)).first()
    if dossier is None:
        return None
    entry = of_dossier(uow, dossier)
    done = _numbered(dossier, entry, papers_of(uow, entry))
    return Numbered(done.code, done.numbers, done.fee_vnd, done.form_id, was_known=True)


def _numbered(dossier: Dossier, entry: Certification, rows: Sequence[CertifiedPaper]) -> Numbered:
    numbers = tuple(row.number for row in rows)
    return Numbered(dossier.code or "", numbers, dossier.fee_due_vnd, entry.form_id)
