"""recovery codes of the second factor: ten an account, each used once

Revision: 0021, after 0020
"""

import sqlalchemy as sa
from alembic import op

import app.db.base

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

MOMENT = app.db.base.UTCDateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "recovery_codes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("code_mac", sa.String(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_recovery_codes_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_codes")),
        sa.UniqueConstraint("user_id", "code_mac", name=op.f("uq_recovery_codes_user_id_code_mac")),
    )


def downgrade() -> None:
    op.drop_table("recovery_codes")
