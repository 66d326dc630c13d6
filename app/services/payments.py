"""Money at the desk (thu phí, lệ phí): what is due, what was paid, voids and refunds with their reason.

Whole đồng. Every movement is a row that stays, and an event of its dossier.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.db.models import Dossier, Payment
from app.db.unit_of_work import UnitOfWork
from app.domain import checks
from app.domain.fee_reductions import read as read_reduction
from app.domain.money import LARGEST_VND, METHODS
from app.domain.people import Role, Staff, acting
from app.domain.vietnamese_format import number as vi_number
from app.services import receipts
from app.services.dossiers import to_change
from app.services.errors import AlreadyDone, FeeNotRight, NoRight, NotFound
from app.services.submission import close_suspension
from workflows.ledger import PAYMENT
from workflows.machine import advance
from workflows.states import Action, ActorKind, Requirement, State


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
    """Take a payment (thu tiền) and, where the dossier waited for it, let its clock run on. Returns its id.

    The receipt is the one typed, else the next of the clerk's roll. Raises FeeNotRight, NoRight, ReceiptUsed,
    ReceiptOutOfTurn.
    """
    dossier = to_change(uow, staff, number, version)
    _may(staff)
    _check_amount(dossier, amount_vnd, method)
    row = _movement(dossier, amount_vnd, method, staff.user_id, at)
    uow.session.add(row)
    uow.session.flush()
    receipts.take(uow, staff, row, (receipt_symbol, receipt_number), at)
    dossier.fee_paid_vnd += amount_vnd
    _resume(uow, dossier, staff, at)
    told: dict[str, Any] = {"amount_vnd": amount_vnd, "method": method, "receipt": _receipt(row)}
    uow.record("dossier:paid", dossier, acting(staff, _kind(staff)), at, **told)
    return row.id


def void(uow: UnitOfWork, staff: Staff, payment_id: int, reason: str, at: datetime) -> None:
    """Undo a payment that was written wrongly (hủy khoản thu): a counter-entry; the sum is due again.

    The first entry stays, and its receipt number is void for good. Raises NotFound, NoRight, AlreadyDone.
    """
    row, dossier = _of_desk(uow, staff, payment_id)
    if _given_back(uow, row):
        raise AlreadyDone
    reason = checks.paragraph(reason, what="lý do hủy", where="reason", longest=500)
    back = _movement(dossier, -row.amount_vnd, row.method, staff.user_id, at)
    back.kind, back.voids_id, back.reason = "void", row.id, reason
    uow.session.add(back)
    receipts.void_of(uow, row, reason, at)
    dossier.fee_paid_vnd -= row.amount_vnd
    told: dict[str, Any] = {"payment": row.id, "amount_vnd": row.amount_vnd, "reason": reason, "receipt": _receipt(row)}
    uow.record("dossier:payment_voided", dossier, acting(staff, _kind(staff)), at, **told)


def refund(
    uow: UnitOfWork, staff: Staff, payment_id: int, *, amount_vnd: int, method: str, reason: str, at: datetime
) -> None:
    """Give back what was not owed (hoàn tiền), in part or whole: what is due sinks with what was paid.

    Raises FeeNotRight for more than is left of the payment, NotFound, NoRight, AlreadyDone after a void.
    """
    row, dossier = _of_desk(uow, staff, payment_id)
    earlier = _given_back(uow, row)
    if any(back.kind == "void" for back in earlier):
        raise AlreadyDone
    left = row.amount_vnd + sum(back.amount_vnd for back in earlier)
    if method not in METHODS or not 0 < amount_vnd <= left:
        raise FeeNotRight(where="amount_vnd", amount=vi_number(amount_vnd), due=vi_number(left))
    reason = checks.paragraph(reason, what="lý do hoàn", where="reason", longest=500)
    back = _movement(dossier, -amount_vnd, method, staff.user_id, at)
    back.kind, back.voids_id, back.reason = "refund", row.id, reason
    uow.session.add(back)
    dossier.fee_paid_vnd -= amount_vnd
    dossier.fee_due_vnd = max(0, dossier.fee_due_vnd - amount_vnd)
    told: dict[str, Any] = {"payment": row.id, "amount_vnd": amount_vnd, "method": method, "reason": reason}
    uow.record("dossier:refunded", dossier, acting(staff, _kind(staff)), at, **told)


@dataclass(frozen=True, slots=True)
class Exemption:
    """Why a fee is lifted, by which text, and how far (`share` as typed: "", "50%", "20.000")."""

    reason: str
    ground: str = ""
    share: str = ""


def exempt(uow: UnitOfWork, staff: Staff, number: str, version: int, given: Exemption, at: datetime) -> int:
    """Lift what is still due, or a part of it (miễn, giảm); what was paid stays paid. Returns what was lifted.

    A share is of all that was due. Raises AlreadyDone when nothing is due any more, ReductionNotRight, and
    FeeNotRight for more than is left: what was paid already is refunded, not lifted.
    """
    dossier = to_change(uow, staff, number, version)
    _may(staff)
    left = left_of(dossier)
    if not left:
        raise AlreadyDone
    reduction = read_reduction(given.share)
    lifted = left if reduction.is_whole else reduction.amount_vnd or reduction.lifted(dossier.fee_due_vnd)
    if lifted > left:
        raise FeeNotRight(where="share", amount=vi_number(lifted), due=vi_number(left))
    reason = checks.text(given.reason, what="lý do miễn, giảm", where="reason", longest=300)
    ground = checks.text(given.ground, what="căn cứ", where="ground", longest=200, required=False)
    said = f"{reason} ({ground})" if ground else reason
    dossier.fee_exemption = said if lifted == left else f"giảm {vi_number(lifted)} đồng: {said}"
    dossier.fee_due_vnd -= lifted
    _resume(uow, dossier, staff, at)
    told: dict[str, Any] = {"amount_vnd": lifted, "reason": reason, "ground": ground, "share": given.share.strip()}
    uow.record("dossier:fee_exempted", dossier, acting(staff, _kind(staff)), at, **told)
    return lifted


def raise_due(dossier: Dossier, amount_vnd: int) -> None:
    """Add a duty to what is due. Raises FeeNotRight for an amount that is not a positive sum."""
    if not 0 < amount_vnd <= LARGEST_VND:
        raise FeeNotRight(where="amount_vnd", amount=vi_number(amount_vnd), due=vi_number(left_of(dossier)))
    dossier.fee_due_vnd += amount_vnd


def left_of(dossier: Dossier) -> int:
    """Return what is still to pay, whole đồng."""
    if State(dossier.state) in (State.WITHDRAWN, State.STOPPED, State.NOT_ACCEPTED):
        return 0  # nothing more is owed for what will have no result
    return max(0, dossier.fee_due_vnd - dossier.fee_paid_vnd)


def _of_desk(uow: UnitOfWork, staff: Staff, payment_id: int) -> tuple[Payment, Dossier]:
    """Return a payment of the person's own authority with its dossier. Raises NotFound, NoRight."""
    row = uow.session.get(Payment, payment_id, with_for_update=True)
    dossier = uow.session.get(Dossier, row.dossier_id) if row else None
    ours = dossier is not None and staff.root_unit_id in (
        dossier.receiving_unit_id, dossier.settling_unit_id, dossier.returning_unit_id
    )  # fmt: skip
    if row is None or dossier is None or not ours or row.kind != "payment":
        raise NotFound(number=str(payment_id))
    _may(staff)
    return row, dossier


def _given_back(uow: UnitOfWork, row: Payment) -> list[Payment]:
    return list(uow.session.scalars(select(Payment).where(Payment.voids_id == row.id)))


def _may(staff: Staff) -> None:
    if not staff.has(Role.CASHIER, Role.CLERK):
        raise NoRight(who="bộ phận thu tiền")


def _kind(staff: Staff) -> ActorKind:
    return ActorKind.CASHIER if staff.has(Role.CASHIER) else ActorKind.CLERK


def _resume(uow: UnitOfWork, dossier: Dossier, staff: Staff, at: datetime) -> None:
    if State(dossier.state) is State.AWAITING_PAYMENT and left_of(dossier) == 0:
        if not staff.has(Role.CASHIER):
            raise NoRight(who="bộ phận thu tiền")
        _go_on(uow, dossier, ActorKind.CASHIER, staff.name, at)


def _go_on(uow: UnitOfWork, dossier: Dossier, kind: ActorKind, by: str, at: datetime) -> None:
    taken = advance(State.AWAITING_PAYMENT, Action.CONFIRM_PAYMENT, kind, frozenset({Requirement.RECEIPT}))
    dossier.state = taken.target
    close_suspension(uow, dossier, by, at, ground=PAYMENT)


def _check_amount(dossier: Dossier, amount_vnd: int, method: str) -> None:
    if method not in METHODS or not 0 < amount_vnd <= left_of(dossier):
        raise FeeNotRight(where="amount_vnd", amount=vi_number(amount_vnd), due=vi_number(left_of(dossier)))


def _movement(dossier: Dossier, amount_vnd: int, method: str, user_id: int | None, at: datetime) -> Payment:
    return Payment(dossier_id=dossier.id, amount_vnd=amount_vnd, method=method, user_id=user_id, paid_at=at)


def _receipt(row: Payment) -> str:
    return " ".join(filter(None, [row.receipt_symbol, row.receipt_number]))
