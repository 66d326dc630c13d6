"""Money at the desk (thu phí, lệ phí): what is due, what was paid, voids with their reason. Whole đồng."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.db.models import Dossier, Payment
from app.db.unit_of_work import UnitOfWork
from app.domain import checks
from app.domain.people import Actor, Role, Staff, acting
from app.domain.vietnamese_format import number as vi_number
from app.services.dossiers import to_change
from app.services.errors import AlreadyDone, FeeNotRight, NoRight, NotFound
from app.services.submission import close_suspension
from workflows.machine import advance
from workflows.states import Action, ActorKind, Requirement, State

METHODS = ("cash", "qr", "online", "post")
LARGEST_VND = 10_000_000_000


def pay(
    uow: UnitOfWork,
    staff: Staff,
    number: str,
    version: int,
    *,
    amount_vnd: int,
    method: str,
    receipt_symbol: str = "",
    receipt_number: str = "",
    at: datetime,
) -> int:
    """Take a payment (thu tiền) and, where the dossier waited for it, let its clock run on. Returns its id."""
    dossier = to_change(uow, staff, number, version)
    if not staff.has(Role.CASHIER, Role.CLERK):
        raise NoRight(who="bộ phận thu tiền")
    _check_amount(dossier, amount_vnd, method)
    row = _payment(dossier, amount_vnd, method, staff.user_id, at)
    row.receipt_symbol = checks.text(receipt_symbol, what="ký hiệu biên lai", where="receipt_symbol", required=False)
    row.receipt_number = checks.text(receipt_number, what="số biên lai", where="receipt_number", required=False)
    uow.session.add(row)
    uow.session.flush()
    dossier.fee_paid_vnd += amount_vnd
    by = acting(staff, ActorKind.CASHIER if staff.has(Role.CASHIER) else ActorKind.CLERK)
    _resume(uow, dossier, staff, at)
    uow.record("dossier:paid", dossier, by, at, amount_vnd=amount_vnd, method=method, receipt=row.receipt_number)
    return row.id


def pay_online(uow: UnitOfWork, dossier: Dossier, *, amount_vnd: int, reference: str, by: Actor, at: datetime) -> None:
    """Write an online payment down, once per gateway reference."""
    known = select(Payment.id).where(Payment.dossier_id == dossier.id, Payment.receipt_number == reference)
    if uow.session.scalars(known).first():
        raise AlreadyDone
    _check_amount(dossier, amount_vnd, "online")
    row = _payment(dossier, amount_vnd, "online", by.user_id, at)
    row.receipt_number = reference
    uow.session.add(row)
    dossier.fee_paid_vnd += amount_vnd
    if State(dossier.state) is State.AWAITING_PAYMENT:
        _go_on(uow, dossier, ActorKind.EXTERNAL, by.name, at)
    uow.record("dossier:paid", dossier, by, at, amount_vnd=amount_vnd, method="online", receipt=reference)


def void(uow: UnitOfWork, staff: Staff, payment_id: int, reason: str, at: datetime) -> None:
    """Undo a payment by a counter-entry with its reason; the first entry stays."""
    row = uow.session.get(Payment, payment_id)
    dossier = uow.session.get(Dossier, row.dossier_id) if row else None
    if row is None or dossier is None or dossier.receiving_unit_id != staff.root_unit_id:
        raise NotFound(number=str(payment_id))
    if not staff.has(Role.CASHIER, Role.CLERK):
        raise NoRight(who="bộ phận thu tiền")
    if row.voids_id or uow.session.scalars(select(Payment.id).where(Payment.voids_id == row.id)).first():
        raise AlreadyDone
    reason = checks.paragraph(reason, what="lý do hủy", where="reason")
    back = _payment(dossier, -row.amount_vnd, row.method, staff.user_id, at)
    back.voids_id, back.reason = row.id, reason
    uow.session.add(back)
    dossier.fee_paid_vnd -= row.amount_vnd
    uow.record("dossier:payment_voided", dossier, acting(staff, ActorKind.CLERK), at, payment=row.id, reason=reason)


def raise_due(dossier: Dossier, amount_vnd: int) -> None:
    """Add a duty to what is due. Raises FeeNotRight for an amount that is not a positive sum."""
    if not 0 < amount_vnd <= LARGEST_VND:
        raise FeeNotRight(where="amount_vnd", amount=vi_number(amount_vnd), due=vi_number(left_of(dossier)))
    dossier.fee_due_vnd += amount_vnd


def left_of(dossier: Dossier) -> int:
    """Return what is still to pay, whole đồng."""
    return max(0, dossier.fee_due_vnd - dossier.fee_paid_vnd)


def _resume(uow: UnitOfWork, dossier: Dossier, staff: Staff, at: datetime) -> None:
    if State(dossier.state) is State.AWAITING_PAYMENT and left_of(dossier) == 0:
        if not staff.has(Role.CASHIER):
            raise NoRight(who="bộ phận thu tiền")
        _go_on(uow, dossier, ActorKind.CASHIER, staff.name, at)


def _go_on(uow: UnitOfWork, dossier: Dossier, kind: ActorKind, by: str, at: datetime) -> None:
    taken = advance(State.AWAITING_PAYMENT, Action.CONFIRM_PAYMENT, kind, frozenset({Requirement.RECEIPT}))
    dossier.state = taken.target
    close_suspension(uow, dossier, by, at)


def _check_amount(dossier: Dossier, amount_vnd: int, method: str) -> None:
    if method not in METHODS or not 0 < amount_vnd <= left_of(dossier):
        raise FeeNotRight(where="amount_vnd", amount=vi_number(amount_vnd), due=vi_number(left_of(dossier)))


def _payment(dossier: Dossier, amount_vnd: int, method: str, user_id: int | None, at: datetime) -> Payment:
    return Payment(dossier_id=dossier.id, amount_vnd=amount_vnd, method=method, user_id=user_id, paid_at=at)
