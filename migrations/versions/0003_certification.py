"""the certification desk

Revision: 0003, after 0002. Tables of its own; nothing that stands is touched.
"""

import sqlalchemy as sa
from alembic import op

import app.db.base

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "certification_tariffs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("per", sa.String(), nullable=False),
        sa.Column("first_pages", sa.Integer(), nullable=False),
        sa.Column("first_page_vnd", sa.Integer(), nullable=False),
        sa.Column("further_page_vnd", sa.Integer(), nullable=False),
        sa.Column("cap_vnd", sa.Integer(), nullable=True),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("effective_to", sa.Date(), nullable=True),
        sa.Column("legal_basis", sa.String(), nullable=False),
        sa.CheckConstraint("kind IN ('copy','signature')", name=op.f("ck_certification_tariffs_kind_is_known")),
        sa.CheckConstraint("per IN ('page','case')", name=op.f("ck_certification_tariffs_per_is_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certification_tariffs")),
        sa.UniqueConstraint("kind", "effective_from", name=op.f("uq_certification_tariffs_kind_effective_from")),
    )
    op.create_table(
        "certification_books",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("volume", sa.Integer(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_certification_books_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certification_books")),
        sa.UniqueConstraint(
            "unit_id", "series", "year", "volume", name=op.f("uq_certification_books_unit_id_series_year_volume")
        ),
    )
    op.create_table(
        "certification_signers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("titles", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("effective_from", app.db.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("effective_to", app.db.base.UTCDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_certification_signers_unit_id_units")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_certification_signers_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certification_signers")),
    )
    with op.batch_alter_table("certification_signers", schema=None) as batch_op:
        batch_op.create_index("ix_certification_signers_unit_id", ["unit_id"], unique=False)
    op.create_table(
        "certifications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("clerk_id", sa.Integer(), nullable=False),
        sa.Column("signer_id", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("kind IN ('copy','signature')", name=op.f("ck_certifications_kind_is_known")),
        sa.ForeignKeyConstraint(["clerk_id"], ["users.id"], name=op.f("fk_certifications_clerk_id_users")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name=op.f("fk_certifications_dossier_id_dossiers")),
        sa.ForeignKeyConstraint(
            ["signer_id"], ["certification_signers.id"], name=op.f("fk_certifications_signer_id_certification_signers")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_certifications_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certifications")),
        sa.UniqueConstraint("dossier_id", name=op.f("uq_certifications_dossier_id")),
    )
    with op.batch_alter_table("certifications", schema=None) as batch_op:
        batch_op.create_index("ix_certifications_day", ["unit_id", "day"], unique=False)
    op.create_table(
        "certified_papers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("certification_id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("volume", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("title_fold", sa.String(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("medium", sa.String(), nullable=False),
        sa.Column("fee_vnd", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=False),
        sa.Column("voided_by", sa.String(), nullable=False),
        sa.Column("voided_at", app.db.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("check_state", sa.String(), nullable=False),
        sa.Column("compared_by", sa.String(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(medium = 'electronic') = (check_state <> '')", name=op.f("ck_certified_papers_electronic_iff_checked")
        ),
        sa.CheckConstraint("(state = 'void') = (void_reason <> '')", name=op.f("ck_certified_papers_void_iff_reason")),
        sa.CheckConstraint(
            "check_state IN ('','unchecked','compared','certified')",
            name=op.f("ck_certified_papers_check_state_is_known"),
        ),
        sa.CheckConstraint("medium IN ('paper','electronic')", name=op.f("ck_certified_papers_medium_is_known")),
        sa.CheckConstraint("state IN ('issued','void')", name=op.f("ck_certified_papers_state_is_known")),
        sa.CheckConstraint(
            "pages > 0 AND copies > 0 AND number > 0 AND fee_vnd >= 0",
            name=op.f("ck_certified_papers_figures_are_right"),
        ),
        sa.ForeignKeyConstraint(
            ["certification_id"],
            ["certifications.id"],
            name=op.f("fk_certified_papers_certification_id_certifications"),
        ),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name=op.f("fk_certified_papers_dossier_id_dossiers")),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_files.id"], name=op.f("fk_certified_papers_file_id_stored_files")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_certified_papers_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certified_papers")),
        sa.UniqueConstraint("certification_id", "ordinal", name=op.f("uq_certified_papers_certification_id_ordinal")),
        sa.UniqueConstraint("unit_id", "series", "year", "number", name="uq_certified_papers_number_once"),
    )
    with op.batch_alter_table("certified_papers", schema=None) as batch_op:
        batch_op.create_index("ix_certified_papers_dossier_id", ["dossier_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("certified_papers", schema=None) as batch_op:
        batch_op.drop_index("ix_certified_papers_dossier_id")
    op.drop_table("certified_papers")
    with op.batch_alter_table("certifications", schema=None) as batch_op:
        batch_op.drop_index("ix_certifications_day")
    op.drop_table("certifications")
    with op.batch_alter_table("certification_signers", schema=None) as batch_op:
        batch_op.drop_index("ix_certification_signers_unit_id")
    op.drop_table("certification_signers")
    op.drop_table("certification_books")
    op.drop_table("certification_tariffs")
