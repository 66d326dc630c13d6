"""signing keys on tokens and at remote services; one key in use a holder; why a batch halted

Revision: 0024, after 0023
"""

import sqlalchemy as sa
from alembic import op

import app.db.base

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

IN_USE = {
    "uq_signing_keys_one_of_a_person": ("user_id", "purpose = 'person' AND retired_at IS NULL"),
    "uq_signing_keys_one_of_a_seal": ("unit_id", "purpose = 'seal' AND retired_at IS NULL"),
}
CHECKS = {
    "kind_is_known": "kind IN ('file','token','remote')",
    "only_a_file_is_kept": "(kind = 'file') = (p12_sealed IS NOT NULL)",
    "others_have_an_address": "(kind = 'file') = (address = '')",
}


def upgrade() -> None:
    with op.batch_alter_table("signing_keys") as batch:
        batch.add_column(sa.Column("kind", sa.String(), server_default="file", nullable=False))
        batch.add_column(sa.Column("address", sa.String(), server_default="", nullable=False))
        batch.add_column(sa.Column("retired_at", app.db.base.UTCDateTime(timezone=True), nullable=True))
        batch.alter_column("p12_sealed", existing_type=sa.LargeBinary(), nullable=True)
        for name, condition in CHECKS.items():
            batch.create_check_constraint(op.f(f"ck_signing_keys_{name}"), condition)
    # Until now the first key that was found signed; it is the one that stays.
    op.execute(
        "UPDATE signing_keys SET retired_at = valid_from WHERE EXISTS (SELECT 1 FROM signing_keys AS earlier"
        " WHERE earlier.id < signing_keys.id AND earlier.purpose = signing_keys.purpose"
        " AND (earlier.user_id = signing_keys.user_id"
        " OR earlier.purpose = 'seal' AND earlier.unit_id = signing_keys.unit_id))"
    )
    for name, (column, condition) in IN_USE.items():
        where = sa.text(condition)
        op.create_index(name, "signing_keys", [column], unique=True, sqlite_where=where, postgresql_where=where)
    op.create_index("ix_results_state", "results", ["state"])
    with op.batch_alter_table("signing_batches") as batch:
        batch.add_column(sa.Column("halted", sa.String(), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("signing_batches") as batch:
        batch.drop_column("halted")
    op.drop_index("ix_results_state", table_name="results")
    for name in IN_USE:
        op.drop_index(name, table_name="signing_keys")
    # What has no file cannot be opened by the version before.
    op.execute("DELETE FROM signing_keys WHERE kind <> 'file'")
    with op.batch_alter_table("signing_keys") as batch:
        for name in CHECKS:
            batch.drop_constraint(op.f(f"ck_signing_keys_{name}"), type_="check")
        batch.alter_column("p12_sealed", existing_type=sa.LargeBinary(), nullable=False)
        batch.drop_column("retired_at")
        batch.drop_column("address")
        batch.drop_column("kind")
