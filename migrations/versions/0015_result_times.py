"""signing: how far a released result's time is proven, and releases that wait for a timestamp

Revision: 0015.
"""

import sqlalchemy as sa
from alembic import op

import app.db.base

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "result_times",
        sa.Column("result_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("sealer_id", sa.Integer(), nullable=False),
        sa.Column("since", app.db.base.UTCDateTime(), nullable=False),
        sa.Column("next_at", app.db.base.UTCDateTime(), nullable=False),
        sa.Column("until", app.db.base.UTCDateTime(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("alarmed_at", app.db.base.UTCDateTime(), nullable=True),
        sa.Column("released_by", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint("state IN ('held','untimed','timed')", name=op.f("ck_result_times_state_is_known")),
        sa.CheckConstraint("state <> 'untimed' OR reason <> ''", name=op.f("ck_result_times_untimed_has_reason")),
        sa.ForeignKeyConstraint(["released_by"], ["users.id"], name=op.f("fk_result_times_released_by_users")),
        sa.ForeignKeyConstraint(["result_id"], ["results.id"], name=op.f("fk_result_times_result_id_results")),
        sa.ForeignKeyConstraint(["sealer_id"], ["users.id"], name=op.f("fk_result_times_sealer_id_users")),
        sa.PrimaryKeyConstraint("result_id", name=op.f("pk_result_times")),
    )
    op.create_index("ix_result_times_next_at", "result_times", ["next_at"])


def downgrade() -> None:
    op.drop_index("ix_result_times_next_at", table_name="result_times")
    op.drop_table("result_times")
