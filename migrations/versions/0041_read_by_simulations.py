"""what a simulation reads lies in indexes: resolved facts, limits of dossiers, those begun elsewhere

Revision: 0041, after 0040
"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

RESOLVED = ["procedure_id", "ended_at", "valid_to", "valid_from", "received_at", "settling_unit_id", "standing",
            "supplement_requests", "dossier_id"]  # fmt: skip
LIMITS = ["procedure_version_id", "statutory_limit", "committed_limit", "limit_cutoff"]


def upgrade() -> None:
    ended, elsewhere = sa.text("ended_at IS NOT NULL"), sa.text("competent_received_at IS NOT NULL")
    op.drop_index("ix_dossier_facts_procedure_id", "dossier_facts")
    op.create_index(
        "ix_dossier_facts_resolved", "dossier_facts", RESOLVED, sqlite_where=ended, postgresql_where=ended
    )
    op.create_index("ix_dossiers_limits", "dossiers", LIMITS)
    op.create_index(
        "ix_dossiers_begun_elsewhere", "dossiers", ["id"], sqlite_where=elsewhere, postgresql_where=elsewhere
    )


def downgrade() -> None:
    op.drop_index("ix_dossiers_begun_elsewhere", "dossiers")
    op.drop_index("ix_dossiers_limits", "dossiers")
    op.drop_index("ix_dossier_facts_resolved", "dossier_facts")
    op.create_index("ix_dossier_facts_procedure_id", "dossier_facts", ["procedure_id", "ended_at"])
