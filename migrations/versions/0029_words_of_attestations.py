"""the words of an attestation, by authority and date; the work list of who only returns

Revision: 0029, after 0028. The words that were printed so far stand as the house's own, from the beginning.
"""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

OF_SIGNATURE = (
    "{ngày}. Tại {nơi}. Tôi {người ký}, {chức danh}, chứng thực: ông (bà) {người yêu cầu}{giấy tờ tùy thân}, "
    "cam đoan đã hiểu, tự chịu trách nhiệm về nội dung của giấy tờ, văn bản và đã ký vào giấy tờ, văn bản này "
    "trước mặt tôi."
)
SO_FAR = (("copy", "Chứng thực bản sao đúng với bản chính"), ("signature", OF_SIGNATURE))


def upgrade() -> None:
    table = op.create_table(
        "attestation_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("legal_basis", sa.String(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.CheckConstraint("kind IN ('copy','signature')", name="kind_is_known"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_attestation_words_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attestation_words")),
        sa.UniqueConstraint(
            "unit_id", "kind", "effective_from", name=op.f("uq_attestation_words_unit_id_kind_effective_from")
        ),
    )
    op.bulk_insert(
        table,
        [
            {"kind": kind, "text": text, "legal_basis": "", "effective_from": date(2015, 4, 10)}
            for kind, text in SO_FAR
        ],
    )
    op.create_index("ix_dossiers_returning_state", "dossiers", ["returning_unit_id", "state"])


def downgrade() -> None:
    op.drop_index("ix_dossiers_returning_state", "dossiers")
    op.drop_table("attestation_words")
