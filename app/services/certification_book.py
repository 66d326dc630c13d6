"""The certification book after numbering (sổ chứng thực): a wrong number is voided with its reason and stays."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.db.models import CertificationBook, CertifiedPaper, Dossier, Payment
from app.db.unit_of_work import UnitOfWork
from app.domain import checks
from app.domain.certification import TITLE_LONGEST
from app.domain.people import Role, Staff, acting
from app.domain.vietnamese import fold
from app.services import payments, steps
from app.services.certification import of_dossier, papers_of
from app.services.certification_errors import AlreadyVoid, BookClosed, PaperNotFound
from app.services.certification_terms import volume_name
from app.services.dossiers import move, to_change
from app.services.errors import NoRight
from workflows.states import OPEN_STATES, Action, ActorKind, Requirement, State

KEEPERS = (Role.CLERK, Role.LEADER, Role.RECORDS)


def void(
    uow: UnitOfWork, staff: Staff, number: str, version: int, *, ordinal: int, reason: str, at: datetime
) -> None:
    """Void the number of one original: number and reason stay in the book, its fee is no longer due.

    What was paid of it is refunded. A request whose every number is void is withdrawn.
    Raises AlreadyVoid, BookClosed, PaperNotFound, and NoRight where money goes back and `staff` takes none.
    """
    dossier, row = _row(uow, staff, number, version, ordinal)
    reason = checks.paragraph(reason, what="lý do hủy số", where="reason", longest=300)
    row.state, row.void_reason, row.voided_by, row.voided_at = "void", reason, staff.name, at
    back = _give_back(uow, dossier, staff, fee_vnd=row.fee_vnd, reason=reason, at=at)
    by = acting(staff, ActorKind.CLERK)
    uow.record(
        "dossier:number_voided", dossier, by, at,
        series=row.series, year=row.year, number=row.number, reason=reason, fee_back_vnd=back,
    )  # fmt: skip
    _withdraw_if_empty(uow, dossier, staff, reason, at)


def correct(
    uow: UnitOfWork,
    staff: Staff,
    number: str,
    version: int,
    *,
    ordinal: int,
    title: str,
    reason: str,
    at: datetime,
) -> None:
    """Correct the name of an original in the book (đính chính); the log keeps the old one with the reason."""
    dossier, row = _row(uow, staff, number, version, ordinal)
    title = checks.text(title, what="tên giấy tờ", where="title", longest=TITLE_LONGEST)
    reason = checks.paragraph(reason, what="lý do đính chính", where="reason", longest=300)
    old, row.title, row.title_fold = row.title, title, fold(title)
    uow.record(
        "dossier:corrected", dossier, acting(staff, ActorKind.CLERK), at,
        what="title", number=row.number, old=old, new=title, reason=reason,
    )  # fmt: skip


def _row(
    uow: UnitOfWork, staff: Staff, number: str, version: int, ordinal: int
) -> tuple[Dossier, CertifiedPaper]:
    dossier = to_change(uow, staff, number, version)
    if not staff.has(*KEEPERS):
        raise NoRight(who="cán bộ giữ sổ")
    rows = papers_of(uow, of_dossier(uow, dossier))
    row = next((row for row in rows if row.ordinal == ordinal), None)
    if row is None or row.unit_id != staff.root_unit_id:
        raise PaperNotFound
    if row.state == "void":
        raise AlreadyVoid(number=row.number)
    _refuse_closed(uow, row)
    return dossier, row


def _refuse_closed(uow: UnitOfWork, row: CertifiedPaper) -> None:
    volume = uow.session.scalars(
        select(CertificationBook).where(
            CertificationBook.unit_id == row.unit_id,
            CertificationBook.series == row.series,
            CertificationBook.year == row.year,
            CertificationBook.volume == row.volume,
        )
    ).one()
    if volume.closed_on is not None:
        raise BookClosed(book=volume_name(volume))


def _give_back(
    uow: UnitOfWork, dossier: Dossier, staff: Staff, *, fee_vnd: int, reason: str, at: datetime
) -> int:
    """Let a fee be no longer due and return how much of it was paid already and is refunded, as it was paid."""
    over = max(0, dossier.fee_paid_vnd - (dossier.fee_due_vnd - fee_vnd))
    dossier.fee_due_vnd -= fee_vnd - over  # a refund lowers what is due by itself
    if over:
        undone = select(Payment.voids_id).where(Payment.dossier_id == dossier.id, Payment.kind == "void")
        paid = uow.session.scalars(
            select(Payment)
            .where(Payment.dossier_id == dossier.id, Payment.kind == "payment", Payment.id.not_in(undone))
            .order_by(Payment.amount_vnd.desc())
        ).first()
        if paid is not None:
            payments.refund(uow, staff, paid.id, amount_vnd=over, method=paid.method, reason=reason, at=at)
    return over


def _withdraw_if_empty(uow: UnitOfWork, dossier: Dossier, staff: Staff, reason: str, at: datetime) -> None:
    rows = papers_of(uow, of_dossier(uow, dossier))
    if State(dossier.state) not in OPEN_STATES or any(row.state == "issued" for row in rows):
        return
    _, kind = move(dossier, Action.WITHDRAW, staff, frozenset({Requirement.NO_RESULT_YET}))
    dossier.ended_at = at
    steps.leave(uow, dossier, Action.WITHDRAW, at=at, note=reason)
    uow.record("dossier:withdrawn", dossier, acting(staff, kind), at, slip="", ground="applicant", reason=reason)
