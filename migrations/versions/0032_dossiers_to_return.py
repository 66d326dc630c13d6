"""work lists: an index over finished dossiers by the unit that returns them

Revision: 0032, after 0031
"""

from alembic import op

from app.db.base import only

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

NAME = "ix_dossiers_to_return"


def upgrade() -> None:
    op.create_index(NAME, "dossiers", ["returning_unit_id"], **only("state = 'finished'"))


def downgrade() -> None:
    op.drop_index(NAME, "dossiers", **only("state = 'finished'"))
