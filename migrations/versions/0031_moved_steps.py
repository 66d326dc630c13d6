"""a calendar run moves the due time of the present step too

Revision: 0031, after 0030
"""

import sqlalchemy as sa
from alembic import op

import app.db.base

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = app.db.base.UTCDateTime(timezone=True)
    op.add_column("calendar_moves", sa.Column("step_due_at", moment, nullable=True))


def downgrade() -> None:
    op.drop_column("calendar_moves", "step_due_at")
