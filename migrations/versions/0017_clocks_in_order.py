"""open clocks in the order of their dossiers: a calendar run walks them in batches

Revision: 0017, after 0016
"""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_dossier_clocks_in_order", "dossier_clocks", ["is_open", "dossier_id"])


def downgrade() -> None:
    op.drop_index("ix_dossier_clocks_in_order", "dossier_clocks")
