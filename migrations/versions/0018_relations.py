"""dossiers that belong together, and dossiers settled on another system

Revision: 0018, after 0017
"""

import sqlalchemy as sa
from alembic import op

import app.db.base

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "family_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=False),
        sa.Column("linked_at", app.db.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("linked_by", sa.String(), nullable=False),
        sa.CheckConstraint("parent_id <> dossier_id", name=op.f("ck_family_links_nobody_is_their_own_child")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name=op.f("fk_family_links_dossier_id_dossiers")),
        sa.ForeignKeyConstraint(["parent_id"], ["dossiers.id"], name=op.f("fk_family_links_parent_id_dossiers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_links")),
        sa.UniqueConstraint("dossier_id", name=op.f("uq_family_links_dossier_id")),
    )
    op.create_index("ix_family_links_parent_id", "family_links", ["parent_id"])
    op.create_table(
        "external_trackings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("system", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("ended_at", app.db.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("checked_at", app.db.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("checked_by", sa.String(), nullable=False),
        sa.CheckConstraint(
            "status IS NULL OR status BETWEEN 1 AND 10", name=op.f("ck_external_trackings_status_is_national")
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.id"], name=op.f("fk_external_trackings_dossier_id_dossiers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_external_trackings")),
        sa.UniqueConstraint("dossier_id", name=op.f("uq_external_trackings_dossier_id")),
    )


def downgrade() -> None:
    op.drop_table("external_trackings")
    op.drop_table("family_links")
