"""signing: a batch is confirmed once, by the digest of its exact set, and told document by document

Revision: 0012.
"""

import sqlalchemy as sa
from alembic import op

import app.db.base

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "signing_batches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("set_digest", sa.String(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", app.db.base.UTCDateTime(), nullable=False),
        sa.Column("beat_at", app.db.base.UTCDateTime(), nullable=False),
        sa.Column("done_at", app.db.base.UTCDateTime(), nullable=True),
        sa.CheckConstraint("total > 0", name=op.f("ck_signing_batches_something_to_sign")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_signing_batches_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_batches")),
    )
    op.create_index("ix_signing_batches_user_id", "signing_batches", ["user_id"])
    op.create_table(
        "signing_batch_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("result_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint("state IN ('waiting','signed','failed')", name=op.f("ck_signing_batch_items_state_is_known")),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["signing_batches.id"], name=op.f("fk_signing_batch_items_batch_id_signing_batches")
        ),
        sa.ForeignKeyConstraint(["result_id"], ["results.id"], name=op.f("fk_signing_batch_items_result_id_results")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_batch_items")),
        sa.UniqueConstraint("batch_id", "result_id", name=op.f("uq_signing_batch_items_batch_id_result_id")),
    )


def downgrade() -> None:
    op.drop_table("signing_batch_items")
    op.drop_index("ix_signing_batches_user_id", table_name="signing_batches")
    op.drop_table("signing_batches")
