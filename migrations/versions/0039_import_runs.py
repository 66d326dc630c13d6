"""runs of imports that can be taken up again

Revision: 0039, after 0038
"""

import sqlalchemy as sa
from alembic import op

import app.db.base

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

MOMENT = app.db.base.UTCDateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "import_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("file_digest", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("batch_rows", sa.Integer(), nullable=False),
        sa.Column("batches_done", sa.Integer(), nullable=False),
        sa.Column("imported", sa.Integer(), nullable=False),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.Column("begun_by", sa.String(), nullable=False),
        sa.Column("touched_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.CheckConstraint("state IN ('running','done','closed')", name=op.f("ck_import_runs_state_is_known")),
        sa.CheckConstraint(
            "batch_rows > 0 AND batches_done >= 0", name=op.f("ck_import_runs_batches_are_counted")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_runs")),
    )
    op.create_index(
        "uq_import_runs_one_running",
        "import_runs",
        ["state"],
        unique=True,
        sqlite_where=sa.text("state = 'running'"),
        postgresql_where=sa.text("state = 'running'"),
    )


def downgrade() -> None:
    op.drop_index("uq_import_runs_one_running", "import_runs")
    op.drop_table("import_runs")
