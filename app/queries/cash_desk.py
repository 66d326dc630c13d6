"""The clerk's drawer (ngăn tiền): movements since the last sheet, closed sheets, rolls of receipts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.db.models import CashSheet, Dossier, Payment, Receipt, ReceiptRoll, UserAccount
from app.db.scope import scope_filter
from app.domain.money import DRAWER
from app.domain.people import Role, Staff

MOST_SHEETS = 31


@dataclass(frozen=True, slots=True)
class Movement:
    """One movement of money. `kind`: payment, void, refund; `given_back`: it was undone or refunded since."""

    id: int
    number: str
    subject: str
    at: datetime
    kind: str
    method: str
    amount_vnd: int
    receipt: str
    reason: str
    given_back_vnd: int

    @property
    def left_vnd(self) -> int:
        """What of a payment has not been given back, whole đồng."""
        return self.amount_vnd - self.given_back_vnd


@dataclass(frozen=True, slots=True)
class RollShown:
    """A roll in the clerk's hands; `next_number` as printed, empty when it is used up."""

    id: int
    symbol: str
    first_number: str
    last_number: str
    next_number: str
    left: int


@dataclass(frozen=True, slots=True)
class ReceiptRun:
    """Receipts used one after the other, and those of them that are void."""

    symbol: str
    first: str
    last: str
    count: int
    void: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetShown:
    """A sheet: closed (with `closed_at`, what was counted) or the one that is open."""

    id: int | None
    ordinal: int | None
    clerk: str
    movements: tuple[Movement, ...]
    receipts: tuple[ReceiptRun, ...]
    closed_at: datetime | None = None
    counted_vnd: int | None = None
    difference_reason: str = ""

    @property
    def cash_vnd(self) -> int:
        """What the movements in cash leave in the drawer, whole đồng."""
        return sum(row.amount_vnd for row in self.movements if row.method in DRAWER)

    @property
    def transfer_vnd(self) -> int:
        """What came by transfer."""
        return sum(row.amount_vnd for row in self.movements) - self.cash_vnd

    @property
    def given_back_vnd(self) -> int:
        """What was given back or undone, as a positive sum."""
        return -sum(row.amount_vnd for row in self.movements if row.amount_vnd < 0)


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One closed sheet in the list."""

    id: int
    ordinal: int
    clerk: str
    closed_at: datetime
    movements: int
    cash_vnd: int
    transfer_vnd: int
    counted_vnd: int


def open_sheet(session: Session, staff: Staff) -> SheetShown:
    """Return the person's movements and receipts since their last sheet."""
    mine = select(CashSheet.closed_at).where(CashSheet.user_id == staff.user_id)
    last = session.scalar(mine.order_by(CashSheet.ordinal.desc()).limit(1))
    rows = _movements(session, (Payment.user_id == staff.user_id, Payment.sheet_id.is_(None)))
    return SheetShown(None, None, staff.name, rows, _receipts(session, staff.user_id, (last, None)))


def closed_sheet(session: Session, staff: Staff, sheet_id: int) -> SheetShown | None:
    """Return a closed sheet: the clerk's own, or any of the authority for leader and cashier; else None."""
    sheet = session.scalars(select(CashSheet).where(CashSheet.id == sheet_id, *_visible(staff))).first()
    if sheet is None:
        return None
    before = session.scalar(
        select(CashSheet.closed_at).where(CashSheet.user_id == sheet.user_id, CashSheet.ordinal == sheet.ordinal - 1)
    )
    return SheetShown(
        id=sheet.id,
        ordinal=sheet.ordinal,
        clerk=session.get_one(UserAccount, sheet.user_id).name,
        movements=_movements(session, (Payment.sheet_id == sheet.id,)),
        receipts=_receipts(session, sheet.user_id, (before, sheet.closed_at)),
        closed_at=sheet.closed_at,
        counted_vnd=sheet.counted_vnd,
        difference_reason=sheet.difference_reason,
    )


def closed_sheets(session: Session, staff: Staff) -> tuple[SheetLine, ...]:
    """Return the newest closed sheets that the person may see."""
    found = session.execute(
        select(CashSheet, UserAccount.name)
        .join(UserAccount, UserAccount.id == CashSheet.user_id)
        .where(*_visible(staff))
        .order_by(CashSheet.closed_at.desc(), CashSheet.id.desc())
        .limit(MOST_SHEETS)
    )
    return tuple(
        SheetLine(
            sheet.id,
            sheet.ordinal,
            clerk,
            sheet.closed_at,
            sheet.movements,
            sheet.cash_vnd,
            sheet.transfer_vnd,
            sheet.counted_vnd,
        )
        for sheet, clerk in found
    )


def rolls_of(session: Session, staff: Staff) -> tuple[RollShown, ...]:
    """Return the rolls that the clerk still uses, the next to be used first."""
    rows = session.scalars(
        select(ReceiptRoll)
        .where(ReceiptRoll.user_id == staff.user_id, ReceiptRoll.unit_id == staff.root_unit_id)
        .where(ReceiptRoll.closed_at.is_(None), ReceiptRoll.next_number <= ReceiptRoll.last_number)
        .order_by(ReceiptRoll.id)
    )
    return tuple(
        RollShown(
            id=row.id,
            symbol=row.symbol,
            first_number=f"{row.first_number:0{row.digits}d}",
            last_number=f"{row.last_number:0{row.digits}d}",
            next_number=f"{row.next_number:0{row.digits}d}",
            left=row.last_number - row.next_number + 1,
        )
        for row in rows
    )


def movement_of(session: Session, staff: Staff, payment_id: int) -> Movement | None:
    """Return one payment of the person's part to be undone or refunded, or None."""
    rows = _movements(session, (Payment.id == payment_id, Payment.kind == "payment", scope_filter(staff)))
    return rows[0] if rows else None


def movements_of(session: Session, dossier_id: int) -> tuple[Movement, ...]:
    """Return every movement of one dossier; the caller has checked that the person may see it."""
    return _movements(session, (Payment.dossier_id == dossier_id,))


def runs_of(receipts: Iterable[tuple[str, str, str]]) -> tuple[ReceiptRun, ...]:
    """Return receipts (symbol, number, void reason) as runs of consecutive numbers of one symbol."""
    runs: list[list[tuple[str, str, str]]] = []
    for receipt in sorted(receipts, key=lambda row: (row[0], len(row[1].lstrip("0")), row[1].lstrip("0"))):
        if runs and _follows(runs[-1][-1], receipt):
            runs[-1].append(receipt)
        else:
            runs.append([receipt])
    return tuple(
        ReceiptRun(run[0][0], run[0][1], run[-1][1], len(run), tuple(number for _symbol, number, why in run if why))
        for run in runs
    )


def _follows(before: Sequence[str], after: Sequence[str]) -> bool:
    numeric = before[1].isdigit() and after[1].isdigit()
    return before[0] == after[0] and numeric and int(after[1]) == int(before[1]) + 1


def _visible(staff: Staff) -> tuple[ColumnElement[bool], ...]:
    ours = CashSheet.unit_id == staff.root_unit_id
    if staff.has(Role.LEADER, Role.CASHIER, Role.AUDITOR):
        return (ours,)
    return ours, CashSheet.user_id == staff.user_id


def _movements(session: Session, wanted: tuple[ColumnElement[bool], ...]) -> tuple[Movement, ...]:
    query = (
        select(Payment, Dossier.code, Dossier.filing_number, Dossier.summary)
        .join(Dossier, Dossier.id == Payment.dossier_id)
        .where(*wanted)
        .order_by(Payment.id)
    )
    found = session.execute(query).all()
    back: dict[int, int] = {}
    for row in session.scalars(select(Payment).where(Payment.voids_id.in_([line[0].id for line in found]))):
        back[row.voids_id or 0] = back.get(row.voids_id or 0, 0) - row.amount_vnd
    return tuple(
        Movement(
            id=row.id,
            number=code or filing,
            subject=subject,
            at=row.paid_at,
            kind=row.kind,
            method=row.method,
            amount_vnd=row.amount_vnd,
            receipt=" ".join(filter(None, [row.receipt_symbol, row.receipt_number])),
            reason=row.reason,
            given_back_vnd=back.get(row.id, 0),
        )
        for row, code, filing, subject in found
    )


def _receipts(
    session: Session, user_id: int, between: tuple[datetime | None, datetime | None]
) -> tuple[ReceiptRun, ...]:
    since, until = between
    query = select(Receipt.symbol, Receipt.number, Receipt.void_reason).where(Receipt.user_id == user_id)
    if since is not None:
        query = query.where(Receipt.used_at > since)
    if until is not None:
        query = query.where(Receipt.used_at <= until)
    return runs_of((row[0], row[1], row[2]) for row in session.execute(query))
