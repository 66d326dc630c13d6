"""scans: originals handed in for a paper, the copies they became, words by which these are found

Revision: 0007, after 0006
"""

import sqlalchemy as sa
from alembic import op

import app.db.base

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('scans',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dossier_id', sa.Integer(), nullable=False),
    sa.Column('component_id', sa.Integer(), nullable=False),
    sa.Column('wanted_by', sa.Integer(), nullable=False),
    sa.Column('wanted_at', app.db.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('dismissed_at', app.db.base.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['component_id'], ['dossier_components.id'], name=op.f('fk_scans_component_id_dossier_components')),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossiers.id'], name=op.f('fk_scans_dossier_id_dossiers')),
    sa.ForeignKeyConstraint(['wanted_by'], ['users.id'], name=op.f('fk_scans_wanted_by_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scans'))
    )
    with op.batch_alter_table('scans') as batch_op:
        batch_op.create_index('ix_scans_dossier_id', ['dossier_id'], unique=False)

    op.create_table('scan_copies',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('scan_id', sa.Integer(), nullable=False),
    sa.Column('link_id', sa.Integer(), nullable=False),
    sa.Column('dossier_id', sa.Integer(), nullable=False),
    sa.Column('component_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('pages', sa.Integer(), nullable=False),
    sa.Column('blank', sa.Integer(), nullable=False),
    sa.Column('dpi', sa.Integer(), nullable=False),
    sa.Column('text_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('doubts_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('number', sa.String(), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=True),
    sa.Column('made_at', app.db.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('compared_at', app.db.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('compared_by', sa.String(), nullable=False),
    sa.Column('certified_at', app.db.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('certified_by', sa.String(), nullable=False),
    sa.Column('uid', sa.String(length=32), nullable=False),
    sa.CheckConstraint("(state = 'certified') = (certified_at IS NOT NULL)", name=op.f('ck_scan_copies_certified_iff_signed')),
    sa.CheckConstraint("(state = 'unchecked') = (compared_at IS NULL)", name=op.f('ck_scan_copies_compared_iff_somebody_did')),
    sa.CheckConstraint("state IN ('unchecked','compared','certified')", name=op.f('ck_scan_copies_state_is_known')),
    sa.ForeignKeyConstraint(['component_id'], ['dossier_components.id'], name=op.f('fk_scan_copies_component_id_dossier_components')),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossiers.id'], name=op.f('fk_scan_copies_dossier_id_dossiers')),
    sa.ForeignKeyConstraint(['link_id'], ['file_links.id'], name=op.f('fk_scan_copies_link_id_file_links')),
    sa.ForeignKeyConstraint(['scan_id'], ['scans.id'], name=op.f('fk_scan_copies_scan_id_scans')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scan_copies')),
    sa.UniqueConstraint('link_id', name=op.f('uq_scan_copies_link_id')),
    sa.UniqueConstraint('scan_id', name=op.f('uq_scan_copies_scan_id')),
    sa.UniqueConstraint('uid', name=op.f('uq_scan_copies_uid'))
    )
    with op.batch_alter_table('scan_copies') as batch_op:
        batch_op.create_index('ix_scan_copies_dossier_id', ['dossier_id'], unique=False)

    op.create_table('scan_sources',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('scan_id', sa.Integer(), nullable=False),
    sa.Column('ordinal', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.Column('name_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('turned', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=32), nullable=False),
    sa.CheckConstraint('turned IN (0,90,180,270)', name=op.f('ck_scan_sources_turned_by_quarters')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_files.id'], name=op.f('fk_scan_sources_file_id_stored_files')),
    sa.ForeignKeyConstraint(['scan_id'], ['scans.id'], name=op.f('fk_scan_sources_scan_id_scans')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scan_sources')),
    sa.UniqueConstraint('scan_id', 'ordinal', name=op.f('uq_scan_sources_scan_id_ordinal')),
    sa.UniqueConstraint('uid', name=op.f('uq_scan_sources_uid'))
    )
    op.create_table('scan_words',
    sa.Column('copy_id', sa.Integer(), nullable=False),
    sa.Column('word_mac', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['copy_id'], ['scan_copies.id'], name=op.f('fk_scan_words_copy_id_scan_copies')),
    sa.PrimaryKeyConstraint('copy_id', 'word_mac', name=op.f('pk_scan_words'))
    )
    with op.batch_alter_table('scan_words') as batch_op:
        batch_op.create_index('ix_scan_words_word_mac', ['word_mac'], unique=False)


def downgrade() -> None:
    for table in ("scan_words", "scan_copies", "scan_sources", "scans"):
        op.drop_table(table)
