"""what needs a second person: corrections of recorded facts, late entries of earlier days

Revision: 0004, after 0003
"""

import sqlalchemy as sa
from alembic import op

import app.db.base

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dossier_corrections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("old_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("new_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("proposed_at", app.db.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", app.db.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.CheckConstraint(
            "state IN ('proposed','confirmed','declined')", name=op.f("ck_dossier_corrections_state_is_known")
        ),
        sa.CheckConstraint(
            "(state = 'proposed') = (decided_at IS NULL)", name=op.f("ck_dossier_corrections_decided_unless_proposed")
        ),
        sa.CheckConstraint(
            "decided_by_id IS NULL OR decided_by_id <> proposed_by_id",
            name=op.f("ck_dossier_corrections_two_different_persons"),
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.id"], name=op.f("fk_dossier_corrections_dossier_id_dossiers")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["users.id"], name=op.f("fk_dossier_corrections_proposed_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["users.id"], name=op.f("fk_dossier_corrections_decided_by_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_corrections")),
        sa.UniqueConstraint("uid", name=op.f("uq_dossier_corrections_uid")),
    )
    op.create_index("ix_dossier_corrections_dossier_id", "dossier_corrections", ["dossier_id"])
    op.create_index(
        "uq_dossier_corrections_one_open",
        "dossier_corrections",
        ["dossier_id"],
        unique=True,
        sqlite_where=sa.text("state = 'proposed'"),
        postgresql_where=sa.text("state = 'proposed'"),
    )


def downgrade() -> None:
    op.drop_table("dossier_corrections")
