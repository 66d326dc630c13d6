"""first looks at overviews: what they count lies in the indexes they go by, no row of the wide tables is read

Revision: 0040, after 0039
"""

from alembic import op

import app.db.base

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

OPEN = app.db.base.only("is_open = 1", postgresql="is_open")
ALL_ELSE = ("due_at", "standing", "is_suspended", "state", "channel", "procedure_id", "field", "dossier_id")
# Index, table, columns, columns before, condition.
WIDENED = (
    ("ix_dossier_clocks_in_order", "dossier_clocks", ("dossier_id", "due_at", "is_suspended"), ("dossier_id",), OPEN),
    (
        "ix_dossiers_settling_state",
        "dossiers",
        ("settling_unit_id", "state", "id", "holder_user_id"),
        ("settling_unit_id", "state", "id"),
        {},
    ),
    ("ix_events_at", "events", ("at", "kind", "dossier_id"), ("at",), {}),
    (
        "ix_dossier_facts_ends_later",
        "dossier_facts",
        ("settling_unit_id", "valid_from", "ended_at", "valid_to", "received_at", *ALL_ELSE),
        ("settling_unit_id", "valid_from"),
        app.db.base.only("ended_at > valid_from"),
    ),
    (
        "ix_dossier_facts_ended_before_received",
        "dossier_facts",
        ("settling_unit_id", "received_at", "ended_at", "valid_to", "valid_from", *ALL_ELSE),
        ("settling_unit_id", "received_at"),
        app.db.base.only("ended_at < received_at"),
    ),
)
# With `left_at` though it is always NULL here: SQLite else reads the row to see that.
PRESENT = ("ix_hops_present", "hops", ["dossier_id", "step_name", "due_at", "left_at"])


def upgrade() -> None:
    for name, table, columns, _before, where in WIDENED:
        op.drop_index(name, table)
        op.create_index(name, table, columns, **where)
    op.create_index(*PRESENT, **app.db.base.only("left_at IS NULL"))


def downgrade() -> None:
    op.drop_index(PRESENT[0], PRESENT[1])
    for name, table, _columns, before, where in WIDENED:
        op.drop_index(name, table)
        op.create_index(name, table, before, **where)
