"""what the national portal says of dossiers; when a key of the API was last used

Revision: 0030, after 0029
"""

import sqlalchemy as sa
from alembic import op

import app.db.base

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

MOMENT = app.db.base.UTCDateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "national_copies",
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("checked_at", MOMENT, nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("entered_at", MOMENT, nullable=False),
        sa.CheckConstraint("status BETWEEN 1 AND 10", name=op.f("ck_national_copies_status_is_national")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name=op.f("fk_national_copies_dossier_id_dossiers")),
        sa.PrimaryKeyConstraint("dossier_id", name=op.f("pk_national_copies")),
    )
    op.create_index("ix_national_copies_checked_at", "national_copies", ["checked_at"])
    op.add_column("api_keys", sa.Column("last_used_at", MOMENT, nullable=True))


def downgrade() -> None:
    op.drop_column("api_keys", "last_used_at")
    op.drop_index("ix_national_copies_checked_at", "national_copies")
    op.drop_table("national_copies")
