"""where an online filing came from, as a keyed digest, and how many flags of a month wait for an answer

Revision: 0038, after 0037
"""

import sqlalchemy as sa
from alembic import op

import app.db.base

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "filing_origins",
        sa.Column("dossier_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("address_mac", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name=op.f("fk_filing_origins_dossier_id_dossiers")),
        sa.PrimaryKeyConstraint("dossier_id", name=op.f("pk_filing_origins")),
    )
    op.create_table(
        "flag_counts",
        sa.Column("unit_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("end_day", sa.Date(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("counted_at", app.db.base.UTCDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("waiting >= 0", name=op.f("ck_flag_counts_nothing_is_counted_below_zero")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_flag_counts_unit_id_units")),
        sa.PrimaryKeyConstraint("unit_id", "first_day", name=op.f("pk_flag_counts")),
    )


def downgrade() -> None:
    op.drop_table("flag_counts")
    op.drop_table("filing_origins")
