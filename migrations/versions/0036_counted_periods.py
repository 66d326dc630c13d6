"""overviews: what was counted of a unit and a period is kept, and touched by every fact that changes it

Revision: 0036, after 0035
"""

import sqlalchemy as sa
from alembic import op

import app.db.base
from app.db import touching

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

MOMENT = app.db.base.UTCDateTime(timezone=True)
# What is there was never counted: every unit with facts is touched from its first one on.
TOUCHED = """INSERT INTO fact_touches (unit_id, since)
 SELECT settling_unit_id, min(valid_from) FROM dossier_facts GROUP BY settling_unit_id"""


def upgrade() -> None:
    op.create_table(
        "counted_periods",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("end_day", sa.Date(), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("formulas", sa.String(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.CheckConstraint("first_day < end_day", name=op.f("ck_counted_periods_the_period_has_a_day")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_counted_periods_unit_id_units")),
        sa.PrimaryKeyConstraint("unit_id", "first_day", "end_day", name=op.f("pk_counted_periods")),
    )
    op.create_table(
        "fact_touches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact_touches")),
    )
    op.create_index("ix_fact_touches_unit_id", "fact_touches", ["unit_id", "since"])
    op.execute(TOUCHED)
    touching.install(op.get_bind())


def downgrade() -> None:
    touching.remove(op.get_bind())
    op.drop_table("fact_touches")
    op.drop_table("counted_periods")
