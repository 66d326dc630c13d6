"""keys of linked systems: their scopes, and how often each asked in a minute

Revision: 0020, after 0019
"""

import sqlalchemy as sa
from alembic import op

import app.db.base

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

MOMENT = app.db.base.UTCDateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "api_keys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key_hash", sa.String(), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("per_minute", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.CheckConstraint("per_minute > 0", name=op.f("ck_api_keys_asks_at_least_once_a_minute")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_api_keys_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_keys")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_api_keys_key_hash")),
        sa.UniqueConstraint("unit_id", "name", name=op.f("uq_api_keys_unit_id_name")),
    )
    op.create_table(
        "api_minutes",
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["key_id"], ["api_keys.id"], name=op.f("fk_api_minutes_key_id_api_keys")),
        sa.PrimaryKeyConstraint("key_id", "minute", name=op.f("pk_api_minutes")),
    )


def downgrade() -> None:
    op.drop_table("api_minutes")
    op.drop_table("api_keys")
