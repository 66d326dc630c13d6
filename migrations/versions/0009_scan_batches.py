"""scan batches: files dropped at the scan station, their pages and where each goes

Revision: 0009, after 0008
"""

import sqlalchemy as sa
from alembic import op

import app.db.base

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('scan_batches',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('wanted_by', sa.Integer(), nullable=False),
    sa.Column('wanted_at', app.db.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('number', sa.String(), nullable=False),
    sa.Column('bound_at', app.db.base.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['wanted_by'], ['users.id'], name=op.f('fk_scan_batches_wanted_by_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scan_batches'))
    )
    with op.batch_alter_table('scan_batches') as batch_op:
        batch_op.create_index('ix_scan_batches_wanted_by', ['wanted_by'], unique=False)

    op.create_table('scan_batch_files',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('batch_id', sa.Integer(), nullable=False),
    sa.Column('ordinal', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.Column('name_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('problem', sa.String(), nullable=False),
    sa.Column('uid', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['batch_id'], ['scan_batches.id'], name=op.f('fk_scan_batch_files_batch_id_scan_batches')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_files.id'], name=op.f('fk_scan_batch_files_file_id_stored_files')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scan_batch_files')),
    sa.UniqueConstraint('batch_id', 'ordinal', name=op.f('uq_scan_batch_files_batch_id_ordinal')),
    sa.UniqueConstraint('uid', name=op.f('uq_scan_batch_files_uid'))
    )
    op.create_table('scan_batch_pages',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('batch_id', sa.Integer(), nullable=False),
    sa.Column('ordinal', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.Column('original_id', sa.Integer(), nullable=False),
    sa.Column('source_page', sa.Integer(), nullable=False),
    sa.Column('dpi', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('turned', sa.Integer(), nullable=False),
    sa.Column('dropped', sa.Boolean(), nullable=False),
    sa.CheckConstraint('turned IN (0,90,180,270)', name=op.f('ck_scan_batch_pages_turned_by_quarters')),
    sa.ForeignKeyConstraint(['batch_id'], ['scan_batches.id'], name=op.f('fk_scan_batch_pages_batch_id_scan_batches')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_files.id'], name=op.f('fk_scan_batch_pages_file_id_stored_files')),
    sa.ForeignKeyConstraint(['original_id'], ['scan_batch_files.id'], name=op.f('fk_scan_batch_pages_original_id_scan_batch_files')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scan_batch_pages')),
    sa.UniqueConstraint('batch_id', 'ordinal', name=op.f('uq_scan_batch_pages_batch_id_ordinal'))
    )


def downgrade() -> None:
    for table in ("scan_batch_pages", "scan_batch_files", "scan_batches"):
        op.drop_table(table)
