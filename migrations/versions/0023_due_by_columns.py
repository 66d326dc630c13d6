"""due-by columns: what the sweeps look for lies side by side in an index of its own

Revision: 0023, after 0022
"""

import sqlalchemy as sa
from alembic import op

import app.db.base

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

MOMENT = app.db.base.UTCDateTime(timezone=True)
OPEN = app.db.base.only("is_open = 1", postgresql="is_open")
INDEXES = (
    ("ix_dossier_clocks_limit_due", "dossier_clocks", ["limit_written", "due_at"], OPEN),
    ("ix_dossier_clocks_touched", "dossier_clocks", ["touched_at"], OPEN),
    ("ix_dossier_clocks_version", "dossier_clocks", ["calendar_version", "settling_unit_id"], OPEN),
    ("ix_dossier_clocks_answer_due", "dossier_clocks", ["answer_due_at"], app.db.base.only("answer_due_at IS NOT NULL")),
    ("ix_dossier_clocks_ended_late", "dossier_clocks", ["due_at"], app.db.base.only("standing = 'late'")),
    ("ix_dossiers_to_fetch", "dossiers", ["ended_at"], app.db.base.only("state = 'finished'")),
    ("ix_hops_due", "hops", ["due_at"], app.db.base.only("left_at IS NULL")),
    (
        "ix_ledger_entries_until",
        "ledger_entries",
        ["until_at"],
        app.db.base.only("until_at IS NOT NULL AND ended_at IS NULL"),
    ),
    (
        "ix_supplement_requests_unanswered",
        "supplement_requests",
        ["answer_by"],
        app.db.base.only("answered_at IS NULL"),
    ),
)
# Over open clocks alone: nine of ten dossiers have ended, and no sweep and no desk looks for those by due time.
NARROWED = (
    ("ix_dossier_clocks_open_due", ["settling_unit_id", "due_at"], ["settling_unit_id", "due_at"]),
    ("ix_dossier_clocks_due_at", ["due_at"], ["is_open", "due_at"]),
    ("ix_dossier_clocks_in_order", ["dossier_id"], ["is_open", "dossier_id"]),
)


def upgrade() -> None:
    op.add_column("dossier_clocks", sa.Column("limit_written", sa.String(), nullable=False, server_default=""))
    op.add_column("dossier_clocks", sa.Column("touched_at", MOMENT, nullable=True))
    op.execute(
        "UPDATE dossier_clocks SET limit_written = COALESCE((SELECT COALESCE(d.committed_limit, d.statutory_limit)"
        " FROM dossiers d WHERE d.id = dossier_clocks.dossier_id), ''), touched_at = (SELECT max(e.at) FROM events e"
        " WHERE e.dossier_id = dossier_clocks.dossier_id AND e.actor_kind <> 'scheduler')"
    )
    for name, table, columns, where in INDEXES:
        op.create_index(name, table, columns, **where)
    for name, columns, _before in NARROWED:
        op.drop_index(name, "dossier_clocks")
        op.create_index(name, "dossier_clocks", columns, **OPEN)


def downgrade() -> None:
    for name, _columns, before in NARROWED:
        op.drop_index(name, "dossier_clocks")
        op.create_index(name, "dossier_clocks", before)
    for name, table, _columns, _where in INDEXES:
        op.drop_index(name, table)
    op.drop_column("dossier_clocks", "touched_at")
    op.drop_column("dossier_clocks", "limit_written")
