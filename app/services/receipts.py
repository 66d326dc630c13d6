"""Receipts handed out (biên lai thu phí, lệ phí): typed from the book or taken from the clerk's roll.

A number is used once in an authority, also when it was spoilt; a roll goes from its first number to its last
without a gap: spoilt ones are kept with their reason.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from app.db.models import Payment, Receipt, ReceiptRoll
from app.db.unit_of_work import UnitOfWork
from app.domain import checks
from app.domain.people import Role, Staff, acting
from app.services.errors import NoRight
from workflows.errors import N_, RuleBroken
from workflows.states import ActorKind

LONGEST_ROLL = 10_000
_SYMBOL_LONGEST = 30


class ReceiptUsed(RuleBroken):
    """A receipt number was handed out before."""

    code = "receipt_used"
    sentence = N_("Biên lai {symbol} số {number} đã dùng. Vui lòng xem lại số trên tờ biên lai.")


class ReceiptOutOfTurn(RuleBroken):
    """The numbers of a roll are used in their order."""

    code = "receipt_out_of_turn"
    sentence = N_(
        "Số {number} chưa đến lượt: cuốn {symbol} dùng đến số {next}. "
        "Dùng số đó, hoặc ghi hủy các số bị hỏng ở trang Thu tiền."
    )


class RollNotRight(RuleBroken):
    """A roll has a first and a last number, and not endlessly many between them."""

    code = "roll_not_right"
    sentence = N_("Cuốn biên lai cần số đầu nhỏ hơn số cuối, nhiều nhất 10.000 tờ. Vui lòng xem lại bìa cuốn.")


class RollTaken(RuleBroken):
    """Numbers of this roll are in another roll."""

    code = "roll_taken"
    sentence = N_("Số {first}–{last} của ký hiệu {symbol} đã nằm trong một cuốn khác. Vui lòng xem lại.")


class NoRoll(RuleBroken):
    """There is no open roll in the clerk's hands."""

    code = "no_roll"
    sentence = N_("Bạn chưa nhận cuốn biên lai nào, hoặc cuốn đã hết số. Vui lòng nhận cuốn mới.")


def open_roll(uow: UnitOfWork, staff: Staff, symbol: str, numbers: tuple[str, str], at: datetime) -> int:
    """Take a roll over (nhận cuốn biên lai) with its first and last number as printed. Returns its id."""
    _may(staff)
    symbol = checked_symbol(symbol)
    first, last = (_whole(typed, where) for typed, where in zip(numbers, ("first_number", "last_number"), strict=True))
    if not 0 < first <= last < first + LONGEST_ROLL:
        raise RollNotRight(where="last_number")
    if _overlaps(uow, staff, symbol, first, last):
        raise RollTaken(where="first_number", first=first, last=last, symbol=symbol)
    roll = ReceiptRoll(
        unit_id=staff.root_unit_id,
        user_id=staff.user_id,
        symbol=symbol,
        first_number=first,
        last_number=last,
        next_number=first,
        digits=len(numbers[0].strip()),
        opened_at=at,
    )
    uow.session.add(roll)
    uow.session.flush()
    who = acting(staff, _kind(staff))
    uow.note("cash:roll_opened", ("cash", str(staff.user_id)), who, at, symbol=symbol, first=first, last=last)
    return roll.id


def take(uow: UnitOfWork, staff: Staff, payment: Payment, typed: tuple[str, str], at: datetime) -> None:
    """Give a payment its receipt: the one typed (symbol, number), else the next of the clerk's roll, else none.

    Raises ReceiptUsed, ReceiptOutOfTurn.
    """
    symbol = checks.text(
        typed[0], what="ký hiệu biên lai", where="receipt_symbol", longest=_SYMBOL_LONGEST, required=False
    )
    number = checks.text(typed[1], what="số biên lai", where="receipt_number", longest=30, required=False)
    roll = _roll_for(uow, staff, symbol, number)
    if roll is None and not number:
        return
    if roll is not None:
        symbol, number = roll.symbol, _next_of(uow, roll)
    _use(uow, staff, (symbol, number), at, roll=roll, payment=payment)
    payment.receipt_symbol, payment.receipt_number = symbol, number


def spoil(uow: UnitOfWork, staff: Staff, roll_id: int, reason: str, at: datetime) -> str:
    """Write down that the next receipt of a roll was spoilt (hủy tờ hỏng); its number is never used. Returns it."""
    _may(staff)
    reason = checks.paragraph(reason, what="lý do hủy", where="reason", longest=500)
    roll = uow.session.get(ReceiptRoll, roll_id)
    if roll is None or roll.user_id != staff.user_id or roll.next_number > roll.last_number:
        raise NoRoll(where="roll_id")
    number = _next_of(uow, roll)
    row = _use(uow, staff, (roll.symbol, number), at, roll=roll, void_reason=reason)
    told: dict[str, Any] = {"symbol": row.symbol, "number": number, "reason": reason}
    uow.note("cash:receipt_voided", ("cash", str(staff.user_id)), acting(staff, _kind(staff)), at, **told)
    return number


def void_of(uow: UnitOfWork, payment: Payment, reason: str, at: datetime) -> None:
    """Void the receipt of a payment that is undone; the number stays used."""
    row = uow.session.scalars(select(Receipt).where(Receipt.payment_id == payment.id)).first()
    if row is not None and row.voided_at is None:
        row.voided_at, row.void_reason = at, reason


def checked_symbol(symbol: str) -> str:
    """Return the symbol of a roll as printed on its cover. Raises Missing, TooLong."""
    return checks.text(symbol, what="ký hiệu biên lai", where="symbol", longest=_SYMBOL_LONGEST)


def _may(staff: Staff) -> None:
    if not staff.has(Role.CASHIER, Role.CLERK):
        raise NoRight(who="bộ phận thu tiền")


def _kind(staff: Staff) -> ActorKind:
    return ActorKind.CASHIER if staff.has(Role.CASHIER) else ActorKind.CLERK


def _whole(typed: str, where: str) -> int:
    plain = typed.strip()
    if not (plain.isascii() and plain.isdigit() and len(plain) <= 9):
        raise RollNotRight(where=where)
    return int(plain)


def _overlaps(uow: UnitOfWork, staff: Staff, symbol: str, first: int, last: int) -> bool:
    mine = (ReceiptRoll.unit_id == staff.root_unit_id, ReceiptRoll.symbol == symbol)
    meets = (ReceiptRoll.first_number <= last, ReceiptRoll.last_number >= first)
    return uow.session.scalars(select(ReceiptRoll.id).where(*mine, *meets).limit(1)).first() is not None


def _roll_for(uow: UnitOfWork, staff: Staff, symbol: str, number: str) -> ReceiptRoll | None:
    """Return the clerk's roll that the receipt comes from. Raises ReceiptOutOfTurn for a number typed too early."""
    open_rolls = uow.session.scalars(
        select(ReceiptRoll)
        .where(ReceiptRoll.user_id == staff.user_id, ReceiptRoll.closed_at.is_(None))
        .where(ReceiptRoll.unit_id == staff.root_unit_id, ReceiptRoll.next_number <= ReceiptRoll.last_number)
        .order_by(ReceiptRoll.id)
    ).all()
    if not number:
        return next((roll for roll in open_rolls if symbol in ("", roll.symbol)), None)
    value = int(number) if number.isascii() and number.isdigit() else -1
    for roll in open_rolls:
        if roll.symbol == symbol and roll.next_number <= value <= roll.last_number:
            if value != roll.next_number:
                printed = f"{roll.next_number:0{roll.digits}d}"
                raise ReceiptOutOfTurn(where="receipt_number", number=number, symbol=symbol, next=printed)
            return roll
    return None


def _next_of(uow: UnitOfWork, roll: ReceiptRoll) -> str:
    """Take the next number of a roll in this transaction: rolled back, it is not used."""
    taken = uow.session.execute(
        update(ReceiptRoll)
        .where(ReceiptRoll.id == roll.id, ReceiptRoll.next_number <= ReceiptRoll.last_number)
        .values(next_number=ReceiptRoll.next_number + 1)
        .returning(ReceiptRoll.next_number),
        execution_options={"synchronize_session": False},
    ).scalar()
    if taken is None:
        raise NoRoll(where="receipt_number")
    uow.session.refresh(roll)
    return f"{taken - 1:0{roll.digits}d}"


def _use(
    uow: UnitOfWork,
    staff: Staff,
    receipt: tuple[str, str],
    at: datetime,
    *,
    roll: ReceiptRoll | None,
    payment: Payment | None = None,
    void_reason: str = "",
) -> Receipt:
    symbol, number = receipt
    key = number.lstrip("0") or "0"
    taken = select(Receipt.id).where(
        Receipt.unit_id == staff.root_unit_id, Receipt.symbol == symbol, Receipt.number_key == key
    )
    if uow.session.scalars(taken).first() is not None:
        raise ReceiptUsed(where="receipt_number", symbol=symbol, number=number)
    row = Receipt(
        unit_id=staff.root_unit_id,
        roll_id=roll.id if roll else None,
        symbol=symbol,
        number=number,
        number_key=key,
        payment_id=payment.id if payment else None,
        user_id=staff.user_id,
        used_at=at,
        voided_at=at if void_reason else None,
        void_reason=void_reason,
    )
    uow.session.add(row)
    uow.session.flush()
    return row
