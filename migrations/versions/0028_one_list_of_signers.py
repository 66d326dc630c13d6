"""one list of who may sign: certification signers become dated authorities

Revision: 0028, after 0027. The signers' table is the one that goes on under the new name, because requests of
certification point to it and SQLite cannot hand a foreign key over: rows of both lists keep what they said.
On the way back each row returns to the list, or the two lists, that it signs under.
"""

import sqlalchemy as sa
from alembic import op

import app.db.base

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

MOMENT = app.db.base.UTCDateTime(timezone=True)
KNOWN = "CHECK (capacity IN ('head','TM','KT','TUQ','TL'))"
IN_ORDER = "CHECK (effective_to IS NULL OR effective_to > effective_from)"
SOMETHING = "CHECK (signs_results OR certifies)"
DECIDED = "CHECK (NOT signs_results OR (user_id IS NOT NULL AND decided_on IS NOT NULL AND decision <> ''))"
# Added one by one, not in a batch: a batch would drop the table under its foreign key. Taken off in reverse.
ADDED = {
    "capacity": f"VARCHAR NOT NULL DEFAULT 'head' CONSTRAINT ck_signing_authorities_capacity_is_known {KNOWN}",
    "decided_on": "DATE",
    "certifies": f"BOOLEAN NOT NULL DEFAULT true CONSTRAINT ck_signing_authorities_ends_after_it_begins {IN_ORDER}",
    "signs_results": f"BOOLEAN NOT NULL DEFAULT false CONSTRAINT ck_signing_authorities_signs_something {SOMETHING}"
    f" CONSTRAINT ck_signing_authorities_results_by_account_and_decision {DECIDED}",
}
NAMES = ("pk_{}", "fk_{}_unit_id_units", "fk_{}_user_id_users")


def upgrade() -> None:
    op.execute("DELETE FROM certification_signers WHERE effective_to <= effective_from")
    op.rename_table("signing_authorities", "result_authorities")
    op.rename_table("certification_signers", "signing_authorities")
    for name, definition in ADDED.items():
        op.execute(f"ALTER TABLE signing_authorities ADD COLUMN {name} {definition}")
    op.execute(
        "UPDATE signing_authorities SET capacity = CASE WHEN titles LIKE 'TM.%' THEN 'TM'"
        " WHEN titles LIKE 'KT.%' THEN 'KT' WHEN titles LIKE 'TUQ.%' THEN 'TUQ'"
        " WHEN titles LIKE 'TL.%' THEN 'TL' ELSE 'head' END"
    )
    op.execute(
        "INSERT INTO signing_authorities (unit_id, user_id, name, capacity, titles, decision, decided_on,"
        " effective_from, effective_to, signs_results, certifies)"
        " SELECT a.unit_id, a.user_id, u.name, a.capacity, a.titles, a.decision, a.decided_on,"
        " a.effective_from, a.effective_to, true, false"
        " FROM result_authorities a JOIN users u ON u.id = a.user_id ORDER BY a.id"
    )
    op.drop_table("result_authorities")
    op.drop_index("ix_certification_signers_unit_id", "signing_authorities")
    op.create_index("ix_signing_authorities_unit_id", "signing_authorities", ["unit_id", "user_id"])
    _rename_constraints("certification_signers", "signing_authorities", table="signing_authorities")


def downgrade() -> None:
    op.drop_index("ix_signing_authorities_unit_id", "signing_authorities")
    op.rename_table("signing_authorities", "certification_signers")
    _rename_constraints("signing_authorities", "certification_signers", table="certification_signers")
    _results_list()
    op.execute(
        "INSERT INTO signing_authorities (unit_id, user_id, capacity, titles, decision, decided_on,"
        " effective_from, effective_to)"
        " SELECT unit_id, user_id, capacity, titles, decision, decided_on, effective_from, effective_to"
        " FROM certification_signers WHERE signs_results ORDER BY id"
    )
    op.execute("DELETE FROM certification_signers WHERE NOT certifies")
    if op.get_bind().dialect.name != "sqlite":  # there it goes with the column that brought it
        op.drop_constraint("ck_signing_authorities_ends_after_it_begins", "certification_signers")
    for name in reversed(ADDED):
        op.execute(f"ALTER TABLE certification_signers DROP COLUMN {name}")
    op.create_index("ix_certification_signers_unit_id", "certification_signers", ["unit_id"])


def _results_list() -> None:
    op.create_table(
        "signing_authorities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.String(), nullable=False),
        sa.Column("titles", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("effective_from", MOMENT, nullable=False),
        sa.Column("effective_to", MOMENT, nullable=True),
        sa.CheckConstraint("capacity IN ('head','TM','KT','TUQ','TL')", name="capacity_is_known"),
        sa.CheckConstraint("effective_to IS NULL OR effective_to > effective_from", name="ends_after_it_begins"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_signing_authorities_unit_id_units")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_signing_authorities_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_authorities")),
    )
    op.create_index("ix_signing_authorities_unit_id", "signing_authorities", ["unit_id", "user_id"])


def _rename_constraints(old: str, new: str, *, table: str) -> None:
    """Let the names follow the table; SQLite keeps them in the table's text, where nobody refers to them."""
    if op.get_bind().dialect.name == "sqlite":
        return
    for name in NAMES:
        op.execute(f"ALTER TABLE {table} RENAME CONSTRAINT {name.format(old)} TO {name.format(new)}")
    op.execute(f"ALTER SEQUENCE {old}_id_seq RENAME TO {new}_id_seq")
