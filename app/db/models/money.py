"""Money received (thu phí, lệ phí), whole đồng: movements, receipts and their rolls, the clerk's sheets.

The product never imitates a legal receipt: it remembers which one was handed out.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base


class Payment(Base):
    """One movement of money. `method`: cash, qr, online, post. `kind`: payment, void, refund.

    A void (hủy) undoes a payment that was written wrongly: the sum is due again. A refund (hoàn) gives money
    back that was not owed: what is due sinks with it. Both point to the payment by `voids_id`.
    """

    __tablename__ = "payments"
    __table_args__ = (
        CheckConstraint("method IN ('cash','qr','online','post')", name="method_is_known"),
        CheckConstraint("kind IN ('payment','void','refund')", name="kind_is_known"),
        CheckConstraint("amount_vnd <> 0", name="amount_is_not_zero"),
        CheckConstraint("(kind = 'payment') = (amount_vnd > 0)", name="only_payments_bring_money"),
        CheckConstraint("kind = 'payment' OR (voids_id IS NOT NULL AND reason <> '')", name="giving_back_has_a_reason"),
        Index("ix_payments_dossier_id", "dossier_id"),
        Index("ix_payments_day", "user_id", "paid_at"),
        Index("ix_payments_sheet", "user_id", "sheet_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"))
    kind: Mapped[str] = mapped_column(default="payment", server_default="payment")
    amount_vnd: Mapped[int]
    method: Mapped[str]
    receipt_symbol: Mapped[str] = mapped_column(default="")
    receipt_number: Mapped[str] = mapped_column(default="")
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    paid_at: Mapped[datetime]
    voids_id: Mapped[int | None]
    reason: Mapped[str] = mapped_column(default="")
    sheet_id: Mapped[int | None] = mapped_column(ForeignKey("cash_sheets.id"))


class ReceiptRoll(Base):
    """A roll of numbered receipts (cuốn biên lai) in the hands of one clerk, used from the first to the last."""

    __tablename__ = "receipt_rolls"
    __table_args__ = (
        UniqueConstraint("unit_id", "symbol", "first_number"),
        CheckConstraint("first_number > 0 AND last_number >= first_number", name="roll_has_numbers"),
        CheckConstraint("next_number BETWEEN first_number AND last_number + 1", name="next_is_of_the_roll"),
        Index("ix_receipt_rolls_user_id", "user_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    symbol: Mapped[str]
    first_number: Mapped[int]
    last_number: Mapped[int]
    next_number: Mapped[int]
    digits: Mapped[int] = mapped_column(default=7)
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class Receipt(Base):
    """One receipt number that was used (biên lai đã dùng): once in an authority, also when it was spoilt."""

    __tablename__ = "receipts"
    __table_args__ = (
        UniqueConstraint("unit_id", "symbol", "number_key", name="uq_receipts_number_used_once"),
        CheckConstraint("(voided_at IS NULL) = (void_reason = '')", name="void_iff_reason"),
        CheckConstraint("payment_id IS NOT NULL OR voided_at IS NOT NULL", name="unpaid_is_void"),
        Index("ix_receipts_payment_id", "payment_id"),
        Index("ix_receipts_user_id", "user_id", "used_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    roll_id: Mapped[int | None] = mapped_column(ForeignKey("receipt_rolls.id"))
    symbol: Mapped[str]
    number: Mapped[str]  # as printed: "0000124"
    number_key: Mapped[str]  # without leading zeros, so that "124" is the same receipt
    payment_id: Mapped[int | None] = mapped_column(ForeignKey("payments.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    used_at: Mapped[datetime]
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[str] = mapped_column(default="")


class CashSheet(Base):
    """A closed sheet of one clerk (bảng kê cuối ngày): what the movements say, and what lay in the drawer."""

    __tablename__ = "cash_sheets"
    __table_args__ = (
        UniqueConstraint("user_id", "ordinal"),
        CheckConstraint("counted_vnd >= 0", name="counted_is_not_negative"),
        CheckConstraint("counted_vnd = cash_vnd OR difference_reason <> ''", name="difference_has_a_reason"),
        Index("ix_cash_sheets_unit_id", "unit_id", "closed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    ordinal: Mapped[int]
    movements: Mapped[int]
    cash_vnd: Mapped[int]  # what the movements in cash add up to
    transfer_vnd: Mapped[int]
    counted_vnd: Mapped[int]  # what the clerk counted
    difference_reason: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime]
