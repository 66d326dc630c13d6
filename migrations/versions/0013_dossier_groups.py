"""dossiers that came together on one list

Revision: 0013, after 0012
"""

import sqlalchemy as sa
from alembic import op

import app.db.base

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dossier_groups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("representative", sa.String(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("received_at", app.db.base.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_dossier_groups_unit_id_units")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_dossier_groups_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_groups")),
        sa.UniqueConstraint("request_id", name=op.f("uq_dossier_groups_request_id")),
        sa.UniqueConstraint("unit_id", "year", "number", name=op.f("uq_dossier_groups_unit_id_year_number")),
    )
    op.create_table(
        "dossier_group_items",
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.id"], name=op.f("fk_dossier_group_items_dossier_id_dossiers")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["dossier_groups.id"], name=op.f("fk_dossier_group_items_group_id_dossier_groups")
        ),
        sa.PrimaryKeyConstraint("dossier_id", name=op.f("pk_dossier_group_items")),
    )
    op.create_index("ix_dossier_group_items_group_id", "dossier_group_items", ["group_id"])


def downgrade() -> None:
    op.drop_table("dossier_group_items")
    op.drop_table("dossier_groups")
