"""reports as files that the leader signs

Revision: 0026, after 0025
"""

import sqlalchemy as sa
from alembic import op

import app.db.base

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

MOMENT = app.db.base.UTCDateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "signed_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("descendants", sa.Boolean(), nullable=False),
        sa.Column("rows_by", sa.String(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("end_day", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("total", sa.JSON(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("prepared_by", sa.String(), nullable=False),
        sa.Column("prepared_at", MOMENT, nullable=False),
        sa.Column("signer_id", sa.Integer(), nullable=True),
        sa.Column("signed_by", sa.String(), nullable=False),
        sa.Column("signed_at", MOMENT, nullable=True),
        sa.CheckConstraint("first_day < end_day", name=op.f("ck_signed_reports_the_period_has_a_day")),
        sa.CheckConstraint(
            "state IN ('prepared','signed','withdrawn')", name=op.f("ck_signed_reports_state_is_known")
        ),
        sa.CheckConstraint(
            "(state = 'signed') = (signed_at IS NOT NULL)", name=op.f("ck_signed_reports_signed_has_its_time")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_signed_reports_unit_id_units")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_files.id"], name=op.f("fk_signed_reports_file_id_stored_files")),
        sa.ForeignKeyConstraint(["signer_id"], ["users.id"], name=op.f("fk_signed_reports_signer_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signed_reports")),
        sa.UniqueConstraint(
            "form", "unit_id", "descendants", "rows_by", "first_day", "end_day", "version",
            name=op.f("uq_signed_reports_once"),
        ),
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table("signed_reports")
