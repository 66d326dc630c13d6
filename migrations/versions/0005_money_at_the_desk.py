"""money at the desk: kinds of movement, receipts and their rolls, sheets of the clerks

Revision: 0005, after 0004
"""

import sqlalchemy as sa
from alembic import op

import app.db.base

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MOMENT = app.db.base.UTCDateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "receipt_rolls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("symbol", sa.String(), nullable=False),
        sa.Column("first_number", sa.Integer(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("next_number", sa.Integer(), nullable=False),
        sa.Column("digits", sa.Integer(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "first_number > 0 AND last_number >= first_number", name=op.f("ck_receipt_rolls_roll_has_numbers")
        ),
        sa.CheckConstraint(
            "next_number BETWEEN first_number AND last_number + 1", name=op.f("ck_receipt_rolls_next_is_of_the_roll")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_receipt_rolls_unit_id_units")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_receipt_rolls_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt_rolls")),
        sa.UniqueConstraint(
            "unit_id", "symbol", "first_number", name=op.f("uq_receipt_rolls_unit_id_symbol_first_number")
        ),
    )
    op.create_index("ix_receipt_rolls_user_id", "receipt_rolls", ["user_id"])
    op.create_table(
        "cash_sheets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("movements", sa.Integer(), nullable=False),
        sa.Column("cash_vnd", sa.Integer(), nullable=False),
        sa.Column("transfer_vnd", sa.Integer(), nullable=False),
        sa.Column("counted_vnd", sa.Integer(), nullable=False),
        sa.Column("difference_reason", sa.String(), nullable=False),
        sa.Column("closed_at", MOMENT, nullable=False),
        sa.CheckConstraint("counted_vnd >= 0", name=op.f("ck_cash_sheets_counted_is_not_negative")),
        sa.CheckConstraint(
            "counted_vnd = cash_vnd OR difference_reason <> ''", name=op.f("ck_cash_sheets_difference_has_a_reason")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_cash_sheets_unit_id_units")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_cash_sheets_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cash_sheets")),
        sa.UniqueConstraint("user_id", "ordinal", name=op.f("uq_cash_sheets_user_id_ordinal")),
    )
    op.create_index("ix_cash_sheets_unit_id", "cash_sheets", ["unit_id", "closed_at"])
    _widen_payments()
    op.create_table(
        "receipts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("roll_id", sa.Integer(), nullable=True),
        sa.Column("symbol", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("number_key", sa.String(), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("used_at", MOMENT, nullable=False),
        sa.Column("voided_at", MOMENT, nullable=True),
        sa.Column("void_reason", sa.String(), nullable=False),
        sa.CheckConstraint("(voided_at IS NULL) = (void_reason = '')", name=op.f("ck_receipts_void_iff_reason")),
        sa.CheckConstraint("payment_id IS NOT NULL OR voided_at IS NOT NULL", name=op.f("ck_receipts_unpaid_is_void")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_receipts_unit_id_units")),
        sa.ForeignKeyConstraint(["roll_id"], ["receipt_rolls.id"], name=op.f("fk_receipts_roll_id_receipt_rolls")),
        sa.ForeignKeyConstraint(["payment_id"], ["payments.id"], name=op.f("fk_receipts_payment_id_payments")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_receipts_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipts")),
        sa.UniqueConstraint("unit_id", "symbol", "number_key", name="uq_receipts_number_used_once"),
    )
    op.create_index("ix_receipts_payment_id", "receipts", ["payment_id"])
    op.create_index("ix_receipts_user_id", "receipts", ["user_id", "used_at"])


def _widen_payments() -> None:
    with op.batch_alter_table("payments") as table:
        table.add_column(sa.Column("kind", sa.String(), nullable=False, server_default="payment"))
        table.add_column(sa.Column("sheet_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_payments_sheet_id_cash_sheets"), "cash_sheets", ["sheet_id"], ["id"])
    op.execute("UPDATE payments SET kind = 'void' WHERE voids_id IS NOT NULL")
    with op.batch_alter_table("payments") as table:
        table.create_check_constraint(op.f("ck_payments_kind_is_known"), "kind IN ('payment','void','refund')")
        table.create_check_constraint(
            op.f("ck_payments_only_payments_bring_money"), "(kind = 'payment') = (amount_vnd > 0)"
        )
        table.create_check_constraint(
            op.f("ck_payments_giving_back_has_a_reason"), "kind = 'payment' OR (voids_id IS NOT NULL AND reason <> '')"
        )
        table.create_index("ix_payments_sheet", ["user_id", "sheet_id"])


def downgrade() -> None:
    op.drop_table("receipts")
    with op.batch_alter_table("payments") as table:
        table.drop_index("ix_payments_sheet")
        for name in ("giving_back_has_a_reason", "only_payments_bring_money", "kind_is_known"):
            table.drop_constraint(op.f(f"ck_payments_{name}"), type_="check")
        table.drop_constraint(op.f("fk_payments_sheet_id_cash_sheets"), type_="foreignkey")
        table.drop_column("sheet_id")
        table.drop_column("kind")
    op.drop_table("cash_sheets")
    op.drop_table("receipt_rolls")
