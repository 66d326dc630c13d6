"""the signing of a report: intended before the key is used, and how far its time is proven

Revision: 0035, after 0034
"""

import sqlalchemy as sa
from alembic import op

import app.db.base

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

MOMENT = app.db.base.UTCDateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "report_signings",
        sa.Column("report_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("intended_at", MOMENT, nullable=False),
        sa.Column("signed_at", MOMENT, nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("next_at", MOMENT, nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("released_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('intended','held','plain','timed','untimed')", name=op.f("ck_report_signings_state_is_known")
        ),
        sa.CheckConstraint(
            "(state = 'intended') = (signed_at IS NULL)", name=op.f("ck_report_signings_signed_has_its_time")
        ),
        sa.CheckConstraint(
            "state <> 'untimed' OR reason <> ''", name=op.f("ck_report_signings_untimed_has_reason")
        ),
        sa.CheckConstraint(
            "(state = 'held') = (next_at IS NOT NULL)", name=op.f("ck_report_signings_held_is_tried_again")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["signed_reports.id"], name=op.f("fk_report_signings_report_id_signed_reports")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_report_signings_user_id_users")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_files.id"], name=op.f("fk_report_signings_file_id_stored_files")),
        sa.ForeignKeyConstraint(["released_by"], ["users.id"], name=op.f("fk_report_signings_released_by_users")),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_report_signings")),
    )
    op.create_index("ix_report_signings_next_at", "report_signings", ["next_at"])


def downgrade() -> None:
    op.drop_table("report_signings")
