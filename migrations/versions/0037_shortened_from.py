"""the day from which a decision shortens a limit

Revision: 0037, after 0036
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

LIMITS = sa.table(
    "procedure_limits",
    sa.column("version_id", sa.Integer()),
    sa.column("decision_date", sa.Date()),
    sa.column("shortened_from", sa.Date()),
)
VERSIONS = sa.table("procedure_versions", sa.column("id", sa.Integer()), sa.column("effective_from", sa.Date()))


def upgrade() -> None:
    op.add_column("procedure_limits", sa.Column("shortened_from", sa.Date(), nullable=True))
    # Nobody was asked for the day until now: it is the version's, or the decision's where that is later.
    since = sa.select(VERSIONS.c.effective_from).where(VERSIONS.c.id == LIMITS.c.version_id).scalar_subquery()
    later = sa.case((LIMITS.c.decision_date > since, LIMITS.c.decision_date), else_=since)
    op.execute(sa.update(LIMITS).where(LIMITS.c.decision_date.is_not(None)).values(shortened_from=later))


def downgrade() -> None:
    op.drop_column("procedure_limits", "shortened_from")
