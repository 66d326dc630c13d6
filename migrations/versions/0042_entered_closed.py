"""a closing keeps what people had entered for the period

Revision: 0042, after 0041
"""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("closed_reports", sa.Column("entered", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("closed_reports", "entered")
