"""the store of papers of persons and organisations

Revision: 0014, after 0013
"""

import sqlalchemy as sa
from alembic import op

import app.db.base

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('stored_papers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('owner_mac', sa.String(), nullable=False),
    sa.Column('owner_kind', sa.Integer(), nullable=False),
    sa.Column('type_code', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('number', sa.String(), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=True),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.Column('scope', sa.String(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.Column('digest_mac', sa.String(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('source_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('successor_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('kept_at', app.db.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('kept_by', sa.String(), nullable=False),
    sa.CheckConstraint("(state = 'replaced') = (successor_id IS NOT NULL)", name=op.f('ck_stored_papers_replaced_iff_successor')),
    sa.CheckConstraint("source IN ('component','result')", name=op.f('ck_stored_papers_source_is_known')),
    sa.CheckConstraint("state IN ('valid','revoked','replaced')", name=op.f('ck_stored_papers_state_is_known')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_files.id'], name=op.f('fk_stored_papers_file_id_stored_files')),
    sa.ForeignKeyConstraint(['successor_id'], ['stored_papers.id'], name=op.f('fk_stored_papers_successor_id_stored_papers')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stored_papers'))
    )
    with op.batch_alter_table('stored_papers') as batch_op:
        batch_op.create_index('ix_stored_papers_owner', ['owner_mac', 'type_code'], unique=False)
        batch_op.create_index('ix_stored_papers_source', ['source', 'source_id'], unique=True)


def downgrade() -> None:
    op.drop_table("stored_papers")
