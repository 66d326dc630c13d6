"""an index for the few facts that tell an end later than they begin to hold: past months read no later years

Revision: 0031, after 0030
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

LATER = sa.text("ended_at > valid_from")


def upgrade() -> None:
    op.create_index(
        "ix_dossier_facts_ends_later",
        "dossier_facts",
        ["settling_unit_id", "valid_from"],
        sqlite_where=LATER,
        postgresql_where=LATER,
    )


def downgrade() -> None:
    op.drop_index("ix_dossier_facts_ends_later", "dossier_facts")
