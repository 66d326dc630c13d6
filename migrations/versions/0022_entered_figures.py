"""figures that people enter, with source and day

Revision: 0022, after 0021
"""

import sqlalchemy as sa
from alembic import op

import app.db.base

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "entered_figures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("end_day", sa.Date(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("entered_at", app.db.base.UTCDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("first_day < end_day", name=op.f("ck_entered_figures_the_period_has_a_day")),
        sa.CheckConstraint("value >= 0", name=op.f("ck_entered_figures_nothing_is_counted_below_zero")),
        sa.CheckConstraint("source <> ''", name=op.f("ck_entered_figures_every_figure_has_a_source")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_entered_figures_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entered_figures")),
        sa.UniqueConstraint(
            "unit_id", "login", "first_day", "end_day", "item", name=op.f("uq_entered_figures_told_once")
        ),
    )


def downgrade() -> None:
    op.drop_table("entered_figures")
