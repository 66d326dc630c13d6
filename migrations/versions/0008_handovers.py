"""hand-over lists: paper files that change hands, taken or missing

Revision: 0008, after 0007
"""

import sqlalchemy as sa
from alembic import op

import app.db.base

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

MOMENT = app.db.base.UTCDateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "handovers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("root_unit_id", sa.Integer(), nullable=False),
        sa.Column("from_unit_id", sa.Integer(), nullable=False),
        sa.Column("from_user_id", sa.Integer(), nullable=False),
        sa.Column("to_unit_id", sa.Integer(), nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("taken_by", sa.String(), nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["root_unit_id"], ["units.id"], name=op.f("fk_handovers_root_unit_id_units")),
        sa.ForeignKeyConstraint(["from_unit_id"], ["units.id"], name=op.f("fk_handovers_from_unit_id_units")),
        sa.ForeignKeyConstraint(["from_user_id"], ["users.id"], name=op.f("fk_handovers_from_user_id_users")),
        sa.ForeignKeyConstraint(["to_unit_id"], ["units.id"], name=op.f("fk_handovers_to_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handovers")),
        sa.UniqueConstraint("code", name=op.f("uq_handovers_code")),
    )
    op.create_index("ix_handovers_to_unit_id", "handovers", ["to_unit_id", "closed_at"])
    op.create_index("ix_handovers_from_user_id", "handovers", ["from_user_id", "given_at"])
    op.create_table(
        "handover_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handover_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("hop_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("seen_at", MOMENT, nullable=True),
        sa.Column("seen_by", sa.String(), nullable=False),
        sa.CheckConstraint("state IN ('given','taken','missing')", name=op.f("ck_handover_items_state_is_known")),
        sa.CheckConstraint(
            "(state = 'given') = (seen_at IS NULL)", name=op.f("ck_handover_items_seen_iff_answered")
        ),
        sa.ForeignKeyConstraint(
            ["handover_id"], ["handovers.id"], name=op.f("fk_handover_items_handover_id_handovers")
        ),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name=op.f("fk_handover_items_dossier_id_dossiers")),
        sa.ForeignKeyConstraint(["hop_id"], ["hops.id"], name=op.f("fk_handover_items_hop_id_hops")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_items")),
        sa.UniqueConstraint("handover_id", "dossier_id", name=op.f("uq_handover_items_handover_id_dossier_id")),
    )
    op.create_index("ix_handover_items_dossier_id", "handover_items", ["dossier_id", "hop_id"])


def downgrade() -> None:
    op.drop_table("handover_items")
    op.drop_table("handovers")
