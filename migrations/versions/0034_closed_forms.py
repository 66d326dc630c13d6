"""a closing keeps what every form told, not form 06a alone

Revision: 0034, after 0033
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("closed_reports", sa.Column("forms", sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    op.drop_column("closed_reports", "forms")
