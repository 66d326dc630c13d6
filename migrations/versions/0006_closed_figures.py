"""figures that were entered for the 766 index, and closed reports with the dossiers behind their cells

Revision: 0006, after 0005
"""

import sqlalchemy as sa
from alembic import op

import app.db.base

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('index_entries',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('end_day', sa.Date(), nullable=False),
    sa.Column('component', sa.String(), nullable=False),
    sa.Column('numerator', sa.Integer(), nullable=True),
    sa.Column('denominator', sa.Integer(), nullable=True),
    sa.Column('official_points', sa.Integer(), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('entered_by', sa.String(), nullable=False),
    sa.Column('entered_at', app.db.base.UTCDateTime(timezone=True), nullable=False),
    sa.CheckConstraint('first_day < end_day', name=op.f('ck_index_entries_the_period_has_a_day')),
    sa.CheckConstraint('numerator <= denominator', name=op.f('ck_index_entries_a_part_is_not_more_than_its_whole')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_index_entries_unit_id_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_index_entries')),
    sa.UniqueConstraint('unit_id', 'first_day', 'end_day', 'component', name=op.f('uq_index_entries_unit_id_first_day_end_day_component'))
    )
    op.create_table('closed_reports',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('form', sa.String(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('descendants', sa.Boolean(), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('end_day', sa.Date(), nullable=False),
    sa.Column('formula_version', sa.String(), nullable=False),
    sa.Column('total', sa.JSON(), nullable=False),
    sa.Column('dossiers', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('closed_by', sa.String(), nullable=False),
    sa.Column('closed_at', app.db.base.UTCDateTime(timezone=True), nullable=False),
    sa.CheckConstraint('first_day < end_day', name=op.f('ck_closed_reports_the_period_has_a_day')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_closed_reports_unit_id_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_closed_reports')),
    sa.UniqueConstraint('form', 'unit_id', 'descendants', 'first_day', 'end_day', name='uq_closed_once')
    )
    op.create_table('closed_dossiers',
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('dossier_id', sa.Integer(), nullable=False),
    sa.Column('fact_id', sa.Integer(), nullable=False),
    sa.Column('came', sa.String(), nullable=False),
    sa.Column('stood', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossiers.id'], name=op.f('fk_closed_dossiers_dossier_id_dossiers')),
    sa.ForeignKeyConstraint(['fact_id'], ['dossier_facts.id'], name=op.f('fk_closed_dossiers_fact_id_dossier_facts')),
    sa.ForeignKeyConstraint(['report_id'], ['closed_reports.id'], name=op.f('fk_closed_dossiers_report_id_closed_reports')),
    sa.PrimaryKeyConstraint('report_id', 'dossier_id', name=op.f('pk_closed_dossiers'))
    )


def downgrade() -> None:
    op.drop_table('closed_dossiers')
    op.drop_table('closed_reports')
    op.drop_table('index_entries')
