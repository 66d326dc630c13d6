"""facts in the order in which reports count them: one index to count from alone, for two that were read through

Revision: 0027, after 0026
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

COUNTED = (
    *("settling_unit_id", "ended_at", "valid_to", "valid_from", "received_at", "due_at", "standing"),
    *("is_suspended", "state", "channel", "procedure_id", "field", "dossier_id"),
)
BACKWARDS = sa.text("ended_at < received_at")


def upgrade() -> None:
    op.create_index("ix_dossier_facts_counted", "dossier_facts", COUNTED)
    op.create_index(
        "ix_dossier_facts_ended_before_received",
        "dossier_facts",
        ["settling_unit_id", "received_at"],
        sqlite_where=BACKWARDS,
        postgresql_where=BACKWARDS,
    )
    op.drop_index("ix_dossier_facts_settling", "dossier_facts")
    op.drop_index("ix_dossier_facts_received", "dossier_facts")


def downgrade() -> None:
    op.create_index("ix_dossier_facts_received", "dossier_facts", ["valid_to", "received_at"])
    op.create_index("ix_dossier_facts_settling", "dossier_facts", ["settling_unit_id", "valid_to", "received_at"])
    op.drop_index("ix_dossier_facts_ended_before_received", "dossier_facts")
    op.drop_index("ix_dossier_facts_counted", "dossier_facts")
