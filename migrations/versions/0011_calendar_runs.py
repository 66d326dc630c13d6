"""calendar changes as runs: what moves from which due time to which, resumable; an index for simulations

Revision: 0011, after 0010
"""

import sqlalchemy as sa
from alembic import op

import app.db.base

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("calendar_id", sa.Integer(), nullable=False),
        sa.Column("to_version", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reckoned_to", sa.Integer(), nullable=False),
        sa.Column("published_to", sa.Integer(), nullable=False),
        sa.Column("told_to", sa.Integer(), nullable=False),
        sa.Column("dossiers", sa.Integer(), nullable=False),
        sa.Column("moved", sa.Integer(), nullable=False),
        sa.Column("unreckoned", sa.Integer(), nullable=False),
        sa.Column("started_at", app.db.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("published_at", app.db.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("done_at", app.db.base.UTCDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('reckoning','publishing','telling','done','overtaken')",
            name=op.f("ck_calendar_runs_state_is_known"),
        ),
        sa.CheckConstraint(
            "(state IN ('reckoning','overtaken')) = (published_at IS NULL)",
            name=op.f("ck_calendar_runs_published_before_it_tells"),
        ),
        sa.ForeignKeyConstraint(["calendar_id"], ["calendars.id"], name=op.f("fk_calendar_runs_calendar_id_calendars")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_runs")),
        sa.UniqueConstraint("calendar_id", "to_version", name=op.f("uq_calendar_runs_calendar_id_to_version")),
    )
    op.create_table(
        "calendar_moves",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("event_seq", sa.Integer(), nullable=False),
        sa.Column("old_due_at", app.db.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("due_at", app.db.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("due_day", sa.Integer(), nullable=True),
        sa.Column("promised_at", app.db.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("statutory_due_at", app.db.base.UTCDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name=op.f("fk_calendar_moves_dossier_id_dossiers")),
        sa.ForeignKeyConstraint(["run_id"], ["calendar_runs.id"], name=op.f("fk_calendar_moves_run_id_calendar_runs")),
        sa.PrimaryKeyConstraint("run_id", "dossier_id", name=op.f("pk_calendar_moves")),
    )
    op.create_index("ix_dossier_facts_procedure_id", "dossier_facts", ["procedure_id", "ended_at"])


def downgrade() -> None:
    op.drop_index("ix_dossier_facts_procedure_id", "dossier_facts")
    op.drop_table("calendar_moves")
    op.drop_table("calendar_runs")
