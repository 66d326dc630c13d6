"""facts: the standing under the reading that a supplement restarts the limit

Revision: 0002, after 0001. Facts that are there take the standing they have: their ledgers are not read again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('dossier_facts', sa.Column('restart_standing', sa.String(), nullable=False, server_default='unknown'))
    op.execute("UPDATE dossier_facts SET restart_standing = standing WHERE standing <> 'unknown'")
    with op.batch_alter_table('dossier_facts') as batch_op:
        batch_op.alter_column('restart_standing', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('dossier_facts') as batch_op:
        batch_op.drop_column('restart_standing')
