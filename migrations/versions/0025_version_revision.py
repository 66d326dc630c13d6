"""revision of a procedure version: a token drawn anew whenever its limits, papers, steps or fees change

Revision: 0025, after 0024
"""

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("procedure_versions", sa.Column("revision", sa.String(), nullable=False, server_default=""))
    versions = sa.table("procedure_versions", sa.column("id", sa.Integer), sa.column("revision", sa.String))
    connection = op.get_bind()
    tokens = [{"of": number, "token": uuid.uuid4().hex} for (number,) in connection.execute(sa.select(versions.c.id))]
    if tokens:
        drawn = sa.update(versions).where(versions.c.id == sa.bindparam("of")).values(revision=sa.bindparam("token"))
        connection.execute(drawn, tokens)


def downgrade() -> None:
    op.drop_column("procedure_versions", "revision")
