"""where a result lies until it is fetched

Revision: 0019, after 0018
"""

import sqlalchemy as sa
from alembic import op

import app.db.base

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "result_shelves",
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("placed_by", sa.String(), nullable=False),
        sa.Column("placed_at", app.db.base.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name=op.f("fk_result_shelves_dossier_id_dossiers")),
        sa.PrimaryKeyConstraint("dossier_id", name=op.f("pk_result_shelves")),
    )


def downgrade() -> None:
    op.drop_table("result_shelves")
