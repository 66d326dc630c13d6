"""a calendar run moves the due time of the present step too

Revision: 0033, after 0032
"""

import sqlalchemy as sa
from alembic import op

import app.db.base

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = app.db.base.UTCDateTime(timezone=True)
    op.add_column("calendar_moves", sa.Column("step_due_at", moment, nullable=True))


def downgrade() -> None:
    op.drop_column("calendar_moves", "step_due_at")
