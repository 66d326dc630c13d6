"""the first house

Revision: 0001, after nothing
"""

import sqlalchemy as sa
from alembic import op

import app.db.base
from app.db import triggers

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('calendars',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('hours', sa.JSON(), nullable=False),
    sa.Column('counted', sa.JSON(), nullable=False),
    sa.Column('years', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calendars')),
    sa.UniqueConstraint('name', name=op.f('uq_calendars_name'))
    )
    op.create_table('chain_roots',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('period', sa.String(), nullable=False),
    sa.Column('first_event_id', sa.Integer(), nullable=False),
    sa.Column('last_event_id', sa.Integer(), nullable=False),
    sa.Column('events', sa.Integer(), nullable=False),
    sa.Column('root', sa.String(), nullable=False),
    sa.Column('signature', sa.LargeBinary(), nullable=True),
    sa.Column('made_at', app.db.base.UTCDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_chain_roots')),
    sa.UniqueConstraint('period', name=op.f('uq_chain_roots_period'))
    )
    op.create_table('effects',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('occasion', sa.String(), nullable=False),
    sa.Column('due_for', app.db.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('done_at', app.db.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('is_late_run', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_effects')),
    sa.UniqueConstraint('kind', 'subject', 'occasion', name=op.f('uq_effects_kind_subject_occasion'))
    )
    op.create_table('events',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('subject_kind', sa.String(), nullable=False),
    sa.Column('subject_id', sa.String(), nullable=False),
    sa.Column('dossier_id', sa.Integer(), nullable=True),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('at', app.db.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('actor_kind', sa.String(), nullable=False),
    sa.Column('actor_name', sa.String(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('payload', sa.JSON(), nullable=True),
    sa.Column('salt', sa.String(), nullable=True),
    sa.Column('payload_hash', sa.String(), nullable=False),
    sa.Column('previous', sa.String(), nullable=False),
    sa.Column('hash', sa.String(), nullable=False),
    sa.Column('erased_by', sa.Integer(), nullable=True),
    sa.CheckConstraint("(subject_kind = 'dossier') = (dossier_id IS NOT NULL)", name=op.f('ck_events_dossier_iff_dossier_subject')),
    sa.CheckConstraint('seq >= 1', name=op.f('ck_events_seq_starts_at_one')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_events')),
    sa.UniqueConstraint('dossier_id', 'seq', name='uq_events_dossier_seq'),
    sa.UniqueConstraint('subject_kind', 'subject_id', 'seq', name='uq_events_subject_seq')
    )
    with op.batch_alter_table('events', schema=None) as batch_op:
        batch_op.create_index('ix_events_at', ['at'], unique=False)
        batch_op.create_index('ix_events_user_id', ['user_id', 'at'], unique=False)

    op.create_table('heartbeats',
    sa.Column('process', sa.String(), nullable=False),
    sa.Column('seen_at', app.db.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('detail', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('process', name=op.f('pk_heartbeats'))
    )
    op.create_table('jobs',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('arguments', sa.JSON(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('progress', sa.Integer(), nullable=False),
    sa.Column('run_after', app.db.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('lease_until', app.db.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('lease_owner', sa.String(), nullable=False),
    sa.Column('error', sa.String(), nullable=False),
    sa.Column('result_file_id', sa.Integer(), nullable=True),
    sa.Column('wanted_by', sa.Integer(), nullable=True),
    sa.Column('created_at', app.db.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('done_at', app.db.base.UTCDateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state IN ('waiting','running','done','failed')", name=op.f('ck_jobs_state_is_known')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_jobs')),
    sa.UniqueConstraint('key', name=op.f('uq_jobs_key'))
    )
    with op.batch_alter_table('jobs', schema=None) as batch_op:
        batch_op.create_index('ix_jobs_claim', ['state', 'run_after'], unique=False)

    op.create_table('login_attempts',
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('first_at', app.db.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('last_at', app.db.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('blocked_until', app.db.base.UTCDateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('subject', name=op.f('pk_login_attempts'))
    )
    op.create_table('places',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('full_name', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('province_code', sa.String(), nullable=True),
    sa.Column('name_key', sa.String(), nullable=False),
    sa.Column('name_fold', sa.String(), nullable=False),
    sa.Column('name_sort', sa.String(), nullable=False),
    sa.Column('effective_from', sa.Date(), nullable=False),
    sa.CheckConstraint("kind IN ('province','commune')", name=op.f('ck_places_kind_is_known')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_places')),
    sa.UniqueConstraint('code', 'effective_from', name=op.f('uq_places_code_effective_from'))
    )
    with op.batch_alter_table('places', schema=None) as batch_op:
        batch_op.create_index('ix_places_name_key', ['name_key'], unique=False)

    op.create_table('procedures',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('current_version_id', sa.Integer(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_procedures')),
    sa.UniqueConstraint('code', name=op.f('uq_procedures_code'))
    )
    op.create_table('stored_files',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('storage_id', sa.String(), nullable=False),
    sa.Column('mime', sa.String(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('pages', sa.Integer(), nullable=False),
    sa.Column('key_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('digest_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('digest_mac', sa.String(), nullable=False),
    sa.Column('scan_state', sa.String(), nullable=False),
    sa.Column('stored_at', app.db.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('uid', sa.String(length=32), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stored_files')),
    sa.UniqueConstraint('storage_id', name=op.f('uq_stored_files_storage_id')),
    sa.UniqueConstraint('uid', name=op.f('uq_stored_files_uid'))
    )
    with op.batch_alter_table('stored_files', schema=None) as batch_op:
        batch_op.create_index('ix_stored_files_digest_mac', ['digest_mac'], unique=False)

    op.create_table('suspension_grounds',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('effect', sa.String(), nullable=False),
    sa.Column('opened_by', sa.String(), nullable=False),
    sa.Column('document', sa.String(), nullable=False),
    sa.Column('longest_working_days', sa.Integer(), nullable=True),
    sa.Column('most_often', sa.Integer(), nullable=True),
    sa.Column('legal_basis', sa.String(), nullable=False),
    sa.Column('effective_from', sa.Date(), nullable=False),
    sa.Column('effective_to', sa.Date(), nullable=True),
    sa.CheckConstraint("effect IN ('subtract','restart','none')", name=op.f('ck_suspension_grounds_effect_is_known')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_suspension_grounds')),
    sa.UniqueConstraint('code', name=op.f('uq_suspension_grounds_code'))
    )
    op.create_table('calendar_days',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('calendar_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('confirmed', sa.Boolean(), nullable=False),
    sa.Column('entered_by', sa.String(), nullable=False),
    sa.Column('entered_at', app.db.base.UTCDateTime(timezone=True), nullable=True),
    sa.CheckConstraint("kind IN ('holiday','substitute','swapped_off','swapped_work','closure')", name=op.f('ck_calendar_days_kind_is_known')),
    sa.ForeignKeyConstraint(['calendar_id'], ['calendars.id'], name=op.f('fk_calendar_days_calendar_id_calendars')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calendar_days')),
    sa.UniqueConstraint('calendar_id', 'day', name=op.f('uq_calendar_days_calendar_id_day'))
    )
    op.create_table('procedure_versions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('procedure_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('effective_from', sa.Date(), nullable=False),
    sa.Column('effective_to', sa.Date(), nullable=True),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('short_name', sa.String(), nullable=False),
    sa.Column('name_fold', sa.String(), nullable=False),
    sa.Column('aliases', sa.JSON(), nullable=False),
    sa.Column('field', sa.String(), nullable=False),
    sa.Column('levels', sa.JSON(), nullable=False),
    sa.Column('competent_agency', sa.String(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('decision', sa.String(), nullable=False),
    sa.Column('fee_text', sa.String(), nullable=False),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('missing', sa.JSON(), nullable=False),
    sa.Column('result_name', sa.String(), nullable=False),
    sa.Column('result_code', sa.String(), nullable=False),
    sa.Column('result_form', sa.String(), nullable=False),
    sa.Column('own_fields', sa.JSON(), nullable=False),
    sa.Column('cases', sa.JSON(), nullable=False),
    sa.Column('neutral_name', sa.String(), nullable=False),
    sa.Column('needs_digitizing', sa.Boolean(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('content_hash', sa.String(), nullable=False),
    sa.Column('is_demo', sa.Boolean(), nullable=False),
    sa.CheckConstraint("result_form IN ('electronic','paper_numbered','paper_external')", name=op.f('ck_procedure_versions_result_form_is_known')),
    sa.CheckConstraint("status IN ('draft','ready','closed')", name=op.f('ck_procedure_versions_status_is_known')),
    sa.ForeignKeyConstraint(['procedure_id'], ['procedures.id'], name=op.f('fk_procedure_versions_procedure_id_procedures')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_procedure_versions')),
    sa.UniqueConstraint('procedure_id', 'version', name=op.f('uq_procedure_versions_procedure_id_version'))
    )
    with op.batch_alter_table('procedure_versions', schema=None) as batch_op:
        batch_op.create_index('ix_procedure_versions_procedure_id', ['procedure_id'], unique=False)

    op.create_table('units',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('short_name', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('parent_id', sa.Integer(), nullable=True),
    sa.Column('root_id', sa.Integer(), nullable=True),
    sa.Column('place_code', sa.String(), nullable=True),
    sa.Column('name_key', sa.String(), nullable=False),
    sa.Column('name_fold', sa.String(), nullable=False),
    sa.Column('name_sort', sa.String(), nullable=False),
    sa.Column('calendar_id', sa.Integer(), nullable=True),
    sa.Column('address', sa.String(), nullable=False),
    sa.Column('phone', sa.String(), nullable=False),
    sa.Column('is_demo', sa.Boolean(), nullable=False),
    sa.Column('is_own', sa.Boolean(), nullable=False),
    sa.Column('effective_from', sa.Date(), nullable=True),
    sa.Column('effective_to', sa.Date(), nullable=True),
    sa.CheckConstraint("kind IN ('province','department','commune','division','desk')", name=op.f('ck_units_kind_is_known')),
    sa.ForeignKeyConstraint(['calendar_id'], ['calendars.id'], name=op.f('fk_units_calendar_id_calendars')),
    sa.ForeignKeyConstraint(['parent_id'], ['units.id'], name=op.f('fk_units_parent_id_units')),
    sa.ForeignKeyConstraint(['root_id'], ['units.id'], name=op.f('fk_units_root_id_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_units')),
    sa.UniqueConstraint('code', name=op.f('uq_units_code'))
    )
    with op.batch_alter_table('units', schema=None) as batch_op:
        batch_op.create_index('ix_units_parent_id', ['parent_id'], unique=False)
        batch_op.create_index('ix_units_root_id', ['root_id'], unique=False)

    op.create_table('counters',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('period', sa.String(), nullable=False),
    sa.Column('value', sa.Integer(), nullable=False),
    sa.CheckConstraint('value >= 0', name=op.f('ck_counters_value_is_not_negative')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_counters_unit_id_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_counters')),
    sa.UniqueConstraint('unit_id', 'kind', 'period', name=op.f('uq_counters_unit_id_kind_period'))
    )
    op.create_table('offerings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('procedure_id', sa.Integer(), nullable=False),
    sa.Column('settling_unit_id', sa.Integer(), nullable=False),
    sa.Column('is_open', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['procedure_id'], ['procedures.id'], name=op.f('fk_offerings_procedure_id_procedures')),
    sa.ForeignKeyConstraint(['settling_unit_id'], ['units.id'], name=op.f('fk_offerings_settling_unit_id_units')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_offerings_unit_id_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_offerings')),
    sa.UniqueConstraint('unit_id', 'procedure_id', name=op.f('uq_offerings_unit_id_procedure_id'))
    )
    op.create_table('procedure_components',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('ordinal', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('paper_code', sa.String(), nullable=False),
    sa.Column('originals', sa.Integer(), nullable=False),
    sa.Column('copies', sa.Integer(), nullable=False),
    sa.Column('required', sa.Boolean(), nullable=False),
    sa.Column('exemption', sa.String(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('case', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['version_id'], ['procedure_versions.id'], name=op.f('fk_procedure_components_version_id_procedure_versions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_procedure_components')),
    sa.UniqueConstraint('version_id', 'ordinal', name=op.f('uq_procedure_components_version_id_ordinal'))
    )
    op.create_table('procedure_fees',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('channel', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('amount_vnd', sa.Integer(), nullable=True),
    sa.Column('per', sa.String(), nullable=False),
    sa.Column('condition', sa.String(), nullable=False),
    sa.Column('exemptions', sa.JSON(), nullable=False),
    sa.Column('legal_basis', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['version_id'], ['procedure_versions.id'], name=op.f('fk_procedure_fees_version_id_procedure_versions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_procedure_fees'))
    )
    with op.batch_alter_table('procedure_fees', schema=None) as batch_op:
        batch_op.create_index('ix_procedure_fees_version_id', ['version_id'], unique=False)

    op.create_table('procedure_limits',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('channel', sa.Integer(), nullable=False),
    sa.Column('statutory', sa.String(), nullable=True),
    sa.Column('committed', sa.String(), nullable=True),
    sa.Column('cutoff', sa.String(), nullable=True),
    sa.Column('decision_number', sa.String(), nullable=False),
    sa.Column('decision_date', sa.Date(), nullable=True),
    sa.Column('percent', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['version_id'], ['procedure_versions.id'], name=op.f('fk_procedure_limits_version_id_procedure_versions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_procedure_limits')),
    sa.UniqueConstraint('version_id', 'channel', name=op.f('uq_procedure_limits_version_id_channel'))
    )
    op.create_table('procedure_steps',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('ordinal', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('role', sa.String(), nullable=False),
    sa.Column('unit_key', sa.String(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['version_id'], ['procedure_versions.id'], name=op.f('fk_procedure_steps_version_id_procedure_versions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_procedure_steps')),
    sa.UniqueConstraint('version_id', 'ordinal', name=op.f('uq_procedure_steps_version_id_ordinal'))
    )
    op.create_table('settings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('value', sa.JSON(), nullable=True),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_settings_unit_id_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_settings')),
    sa.UniqueConstraint('unit_id', 'name', name=op.f('uq_settings_unit_id_name'))
    )
    op.create_table('users',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('login', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('phone', sa.String(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('password_hash', sa.String(), nullable=False),
    sa.Column('must_change_password', sa.Boolean(), nullable=False),
    sa.Column('totp_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('totp_last_step', sa.Integer(), nullable=True),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.Column('is_demo', sa.Boolean(), nullable=False),
    sa.Column('rights_version', sa.Integer(), nullable=False),
    sa.Column('created_at', app.db.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('uid', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_users_unit_id_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_users')),
    sa.UniqueConstraint('login', name=op.f('uq_users_login')),
    sa.UniqueConstraint('uid', name=op.f('uq_users_uid'))
    )
    op.create_table('dossiers',
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('filing_number', sa.String(), nullable=False),
    sa.Column('code', sa.String(), nullable=True),
    sa.Column('code_tail', sa.String(), nullable=True),
    sa.Column('external_code', sa.String(), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('channel', sa.Integer(), nullable=False),
    sa.Column('is_assisted', sa.Boolean(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('secret_mac', sa.String(), nullable=False),
    sa.Column('secret_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('procedure_version_id', sa.Integer(), nullable=False),
    sa.Column('case_name', sa.String(), nullable=False),
    sa.Column('summary', sa.String(), nullable=False),
    sa.Column('form_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('filing_unit_id', sa.Integer(), nullable=False),
    sa.Column('receiving_unit_id', sa.Integer(), nullable=False),
    sa.Column('settling_unit_id', sa.Integer(), nullable=False),
    sa.Column('returning_unit_id', sa.Integer(), nullable=False),
    sa.Column('holder_unit_id', sa.Integer(), nullable=True),
    sa.Column('holder_user_id', sa.Integer(), nullable=True),
    sa.Column('step_ordinal', sa.Integer(), nullable=True),
    sa.Column('filed_at', app.db.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('received_at', app.db.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('entered_at', app.db.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('late_entry_reason', sa.String(), nullable=False),
    sa.Column('competent_received_at', app.db.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('ended_at', app.db.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('returned_at', app.db.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('return_delivery', sa.String(), nullable=True),
    sa.Column('returned_to', sa.String(), nullable=False),
    sa.Column('result_notice_at', app.db.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('statutory_limit', sa.String(), nullable=True),
    sa.Column('committed_limit', sa.String(), nullable=True),
    sa.Column('limit_cutoff', sa.String(), nullable=True),
    sa.Column('limit_decision', sa.String(), nullable=False),
    sa.Column('delivery', sa.String(), nullable=False),
    sa.Column('delivery_address_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('sets', sa.Integer(), nullable=False),
    sa.Column('fee_due_vnd', sa.Integer(), nullable=False),
    sa.Column('fee_paid_vnd', sa.Integer(), nullable=False),
    sa.Column('fee_exemption', sa.String(), nullable=False),
    sa.Column('supplement_requests', sa.Integer(), nullable=False),
    sa.Column('is_imported', sa.Boolean(), nullable=False),
    sa.Column('is_published', sa.Boolean(), nullable=False),
    sa.Column('is_vneid_verified', sa.Boolean(), nullable=False),
    sa.Column('request_id', sa.String(), nullable=True),
    sa.Column('event_seq', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=32), nullable=False),
    sa.CheckConstraint("is_imported OR state <> 'returned' OR returned_at IS NOT NULL", name=op.f('ck_dossiers_returned_has_returned_at')),
    sa.CheckConstraint("state IN ('filed','awaiting_intake_supplement','not_accepted','received','processing','awaiting_supplement','awaiting_payment','withdrawn','stopped','finished','returned')", name=op.f('ck_dossiers_state_is_known')),
    sa.CheckConstraint("is_imported OR state NOT IN ('finished','returned','stopped') OR ended_at IS NOT NULL", name=op.f('ck_dossiers_ended_has_end')),
    sa.CheckConstraint("state NOT IN ('received','processing','awaiting_supplement','awaiting_payment','finished','returned','stopped') OR received_at IS NOT NULL", name=op.f('ck_dossiers_received_states_have_received_at')),
    sa.CheckConstraint('channel IN (1,2,3)', name=op.f('ck_dossiers_channel_is_known')),
    sa.CheckConstraint('code IS NULL OR received_at IS NOT NULL', name=op.f('ck_dossiers_code_only_when_received')),
    sa.CheckConstraint('fee_due_vnd >= 0 AND fee_paid_vnd >= 0', name=op.f('ck_dossiers_fees_are_not_negative')),
    sa.ForeignKeyConstraint(['filing_unit_id'], ['units.id'], name=op.f('fk_dossiers_filing_unit_id_units')),
    sa.ForeignKeyConstraint(['holder_unit_id'], ['units.id'], name=op.f('fk_dossiers_holder_unit_id_units')),
    sa.ForeignKeyConstraint(['holder_user_id'], ['users.id'], name=op.f('fk_dossiers_holder_user_id_users')),
    sa.ForeignKeyConstraint(['id', 'event_seq'], ['events.dossier_id', 'events.seq'], name='fk_dossiers_event_of_last_change', initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['procedure_version_id'], ['procedure_versions.id'], name=op.f('fk_dossiers_procedure_version_id_procedure_versions')),
    sa.ForeignKeyConstraint(['receiving_unit_id'], ['units.id'], name=op.f('fk_dossiers_receiving_unit_id_units')),
    sa.ForeignKeyConstraint(['returning_unit_id'], ['units.id'], name=op.f('fk_dossiers_returning_unit_id_units')),
    sa.ForeignKeyConstraint(['settling_unit_id'], ['units.id'], name=op.f('fk_dossiers_settling_unit_id_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dossiers')),
    sa.UniqueConstraint('code', name=op.f('uq_dossiers_code')),
    sa.UniqueConstraint('filing_number', name=op.f('uq_dossiers_filing_number')),
    sa.UniqueConstraint('request_id', name=op.f('uq_dossiers_request_id')),
    sa.UniqueConstraint('uid', name=op.f('uq_dossiers_uid'))
    )
    with op.batch_alter_table('dossiers', schema=None) as batch_op:
        batch_op.create_index('ix_dossiers_code_tail', ['code_tail'], unique=False)
        batch_op.create_index('ix_dossiers_desk_state', ['receiving_unit_id', 'state', 'id'], unique=False)
        batch_op.create_index('ix_dossiers_external_code', ['external_code'], unique=False)
        batch_op.create_index('ix_dossiers_holder', ['holder_unit_id', 'state'], unique=False)
        batch_op.create_index('ix_dossiers_received_at', ['received_at'], unique=False)
        batch_op.create_index('ix_dossiers_received_here', ['receiving_unit_id', 'received_at'], unique=False)
        batch_op.create_index('ix_dossiers_unpublished', ['id'], unique=False, sqlite_where=sa.text('is_published = 0'), postgresql_where=sa.text('NOT is_published'))
        batch_op.create_index('ix_dossiers_settling_state', ['settling_unit_id', 'state', 'id'], unique=False)

    op.create_table('memberships',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_memberships_unit_id_units')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_memberships_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_memberships')),
    sa.UniqueConstraint('user_id', 'unit_id', 'role', name=op.f('uq_memberships_user_id_unit_id_role'))
    )
    op.create_table('signing_keys',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.String(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('label', sa.String(), nullable=False),
    sa.Column('p12_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('certificate_pem', sa.String(), nullable=False),
    sa.Column('is_demo', sa.Boolean(), nullable=False),
    sa.Column('valid_from', app.db.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('valid_to', app.db.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('uid', sa.String(length=32), nullable=False),
    sa.CheckConstraint("purpose IN ('person','seal')", name=op.f('ck_signing_keys_purpose_is_known')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_signing_keys_unit_id_units')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_signing_keys_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_signing_keys')),
    sa.UniqueConstraint('uid', name=op.f('uq_signing_keys_uid'))
    )
    op.create_table('web_sessions',
    sa.Column('id_hash', sa.String(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('csrf_secret', sa.String(), nullable=False),
    sa.Column('rights_version', sa.Integer(), nullable=False),
    sa.Column('created_at', app.db.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('last_seen_at', app.db.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('expires_at', app.db.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', app.db.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('address', sa.String(), nullable=False),
    sa.Column('agent', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_web_sessions_user_id_users')),
    sa.PrimaryKeyConstraint('id_hash', name=op.f('pk_web_sessions'))
    )
    with op.batch_alter_table('web_sessions', schema=None) as batch_op:
        batch_op.create_index('ix_web_sessions_user_id', ['user_id'], unique=False)

    op.create_table('consultations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dossier_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('question', sa.String(), nullable=False),
    sa.Column('asked_by', sa.String(), nullable=False),
    sa.Column('asked_at', app.db.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('due_at', app.db.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('answer', sa.String(), nullable=False),
    sa.Column('answered_by', sa.String(), nullable=False),
    sa.Column('answered_at', app.db.base.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossiers.id'], name=op.f('fk_consultations_dossier_id_dossiers')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_consultations_unit_id_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consultations'))
    )
    with op.batch_alter_table('consultations', schema=None) as batch_op:
        batch_op.create_index('ix_consultations_open', ['unit_id', 'answered_at'], unique=False)

    op.create_table('dossier_clocks',
    sa.Column('dossier_id', sa.Integer(), nullable=False),
    sa.Column('settling_unit_id', sa.Integer(), nullable=False),
    sa.Column('is_open', sa.Boolean(), nullable=False),
    sa.Column('is_suspended', sa.Boolean(), nullable=False),
    sa.Column('due_day', sa.Integer(), nullable=True),
    sa.Column('due_at', app.db.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('promised_at', app.db.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('first_due_at', app.db.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('statutory_due_at', app.db.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('step_due_at', app.db.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('answer_due_at', app.db.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('standing', sa.String(), nullable=False),
    sa.Column('statutory_standing', sa.String(), nullable=False),
    sa.Column('consumed_minutes', sa.Integer(), nullable=True),
    sa.Column('calendar_version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossiers.id'], name=op.f('fk_dossier_clocks_dossier_id_dossiers')),
    sa.PrimaryKeyConstraint('dossier_id', name=op.f('pk_dossier_clocks'))
    )
    with op.batch_alter_table('dossier_clocks', schema=None) as batch_op:
        batch_op.create_index('ix_dossier_clocks_due_at', ['is_open', 'due_at'], unique=False)
        batch_op.create_index('ix_dossier_clocks_open_due', ['settling_unit_id', 'due_at'], unique=False)

    op.create_table('dossier_components',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dossier_id', sa.Integer(), nullable=False),
    sa.Column('ordinal', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('paper_code', sa.String(), nullable=False),
    sa.Column('required', sa.Boolean(), nullable=False),
    sa.Column('form', sa.String(), nullable=False),
    sa.Column('exempt_reason', sa.String(), nullable=False),
    sa.Column('originals', sa.Integer(), nullable=False),
    sa.Column('copies', sa.Integer(), nullable=False),
    sa.Column('pages', sa.Integer(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.CheckConstraint("(form = 'exempt') = (exempt_reason <> '')", name=op.f('ck_dossier_components_exempt_iff_reason')),
    sa.CheckConstraint("form IN ('missing','paper','scanned','reused','electronic','exempt')", name=op.f('ck_dossier_components_form_is_known')),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossiers.id'], name=op.f('fk_dossier_components_dossier_id_dossiers')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dossier_components')),
    sa.UniqueConstraint('dossier_id', 'ordinal', name=op.f('uq_dossier_components_dossier_id_ordinal'))
    )
    op.create_table('dossier_facts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dossier_id', sa.Integer(), nullable=False),
    sa.Column('valid_from', app.db.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('valid_to', app.db.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('recorded_at', app.db.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('event_seq', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('procedure_id', sa.Integer(), nullable=False),
    sa.Column('field', sa.String(), nullable=False),
    sa.Column('settling_unit_id', sa.Integer(), nullable=False),
    sa.Column('receiving_unit_id', sa.Integer(), nullable=False),
    sa.Column('channel', sa.Integer(), nullable=False),
    sa.Column('is_assisted', sa.Boolean(), nullable=False),
    sa.Column('is_imported', sa.Boolean(), nullable=False),
    sa.Column('received_at', app.db.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('ended_at', app.db.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('returned_at', app.db.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('due_at', app.db.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('due_day', sa.Integer(), nullable=True),
    sa.Column('by_day', sa.Boolean(), nullable=False),
    sa.Column('ended_day', sa.Integer(), nullable=True),
    sa.Column('is_suspended', sa.Boolean(), nullable=False),
    sa.Column('standing', sa.String(), nullable=False),
    sa.Column('statutory_standing', sa.String(), nullable=False),
    sa.Column('statutory_due_at', app.db.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('supplement_requests', sa.Integer(), nullable=False),
    sa.Column('components', sa.Integer(), nullable=False),
    sa.Column('components_due', sa.Integer(), nullable=False),
    sa.Column('components_digitized', sa.Integer(), nullable=False),
    sa.Column('components_reused', sa.Integer(), nullable=False),
    sa.Column('result_required', sa.Boolean(), nullable=False),
    sa.Column('result_electronic', sa.Boolean(), nullable=False),
    sa.Column('result_digitized', sa.Boolean(), nullable=False),
    sa.Column('fee_vnd', sa.Integer(), nullable=False),
    sa.Column('paid_online', sa.Boolean(), nullable=False),
    sa.Column('vneid_verified', sa.Boolean(), nullable=False),
    sa.CheckConstraint('components_digitized <= components_due', name=op.f('ck_dossier_facts_digitized_are_among_the_due')),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossiers.id'], name=op.f('fk_dossier_facts_dossier_id_dossiers')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dossier_facts'))
    )
    with op.batch_alter_table('dossier_facts', schema=None) as batch_op:
        batch_op.create_index('ix_dossier_facts_dossier_id', ['dossier_id', 'valid_from'], unique=False)
        batch_op.create_index('ix_dossier_facts_received', ['valid_to', 'received_at'], unique=False)
        batch_op.create_index('ix_dossier_facts_settling', ['settling_unit_id', 'valid_to', 'received_at'], unique=False)

    op.create_table('dossier_people',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dossier_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(), nullable=False),
    sa.Column('kind', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('name_fold', sa.String(), nullable=False),
    sa.Column('name_sort', sa.String(), nullable=False),
    sa.Column('id_kind', sa.String(), nullable=False),
    sa.Column('id_number_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('id_number_mac', sa.String(), nullable=True),
    sa.Column('birth', sa.String(), nullable=False),
    sa.Column('sex', sa.String(), nullable=False),
    sa.Column('address_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('phone_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('phone_mac', sa.String(), nullable=True),
    sa.Column('phone_tail_mac', sa.String(), nullable=True),
    sa.Column('email_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('letter', sa.String(), nullable=False),
    sa.Column('uid', sa.String(length=32), nullable=False),
    sa.CheckConstraint("role IN ('applicant','subject','authorised')", name=op.f('ck_dossier_people_role_is_known')),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossiers.id'], name=op.f('fk_dossier_people_dossier_id_dossiers')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dossier_people')),
    sa.UniqueConstraint('dossier_id', 'role', name=op.f('uq_dossier_people_dossier_id_role')),
    sa.UniqueConstraint('uid', name=op.f('uq_dossier_people_uid'))
    )
    with op.batch_alter_table('dossier_people', schema=None) as batch_op:
        batch_op.create_index('ix_dossier_people_id_number_mac', ['id_number_mac'], unique=False)
        batch_op.create_index('ix_dossier_people_name_fold', ['name_fold'], unique=False)
        batch_op.create_index('ix_dossier_people_phone_mac', ['phone_mac'], unique=False)
        batch_op.create_index('ix_dossier_people_phone_tail_mac', ['phone_tail_mac'], unique=False)

    op.create_table('drafts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('token_hash', sa.String(), nullable=True),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('data_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('updated_at', app.db.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('dossier_id', sa.Integer(), nullable=True),
    sa.Column('uid', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossiers.id'], name=op.f('fk_drafts_dossier_id_dossiers')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_drafts_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_drafts')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_drafts_token_hash')),
    sa.UniqueConstraint('uid', name=op.f('uq_drafts_uid'))
    )
    with op.batch_alter_table('drafts', schema=None) as batch_op:
        batch_op.create_index('ix_drafts_user_id', ['user_id', 'kind'], unique=False)

    op.create_table('file_links',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('dossier_id', sa.Integer(), nullable=True),
    sa.Column('slot', sa.Integer(), nullable=False),
    sa.Column('name_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('origin', sa.String(), nullable=False),
    sa.Column('added_by', sa.String(), nullable=False),
    sa.Column('added_at', app.db.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('removed_at', app.db.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('uid', sa.String(length=32), nullable=False),
    sa.CheckConstraint("kind IN ('component','draft','result','form','supplement')", name=op.f('ck_file_links_kind_is_known')),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossiers.id'], name=op.f('fk_file_links_dossier_id_dossiers')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_files.id'], name=op.f('fk_file_links_file_id_stored_files')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_file_links')),
    sa.UniqueConstraint('uid', name=op.f('uq_file_links_uid'))
    )
    with op.batch_alter_table('file_links', schema=None) as batch_op:
        batch_op.create_index('ix_file_links_dossier_id', ['dossier_id'], unique=False)
        batch_op.create_index('ix_file_links_owner', ['kind', 'owner_id'], unique=False)

    op.create_table('frozen_steps',
    sa.Column('dossier_id', sa.Integer(), nullable=False),
    sa.Column('steps', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossiers.id'], name=op.f('fk_frozen_steps_dossier_id_dossiers')),
    sa.PrimaryKeyConstraint('dossier_id', name=op.f('pk_frozen_steps'))
    )
    op.create_table('hops',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dossier_id', sa.Integer(), nullable=False),
    sa.Column('ordinal', sa.Integer(), nullable=False),
    sa.Column('step_ordinal', sa.Integer(), nullable=False),
    sa.Column('step_name', sa.String(), nullable=False),
    sa.Column('role', sa.String(), nullable=False),
    sa.Column('from_unit_id', sa.Integer(), nullable=True),
    sa.Column('from_name', sa.String(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('user_name', sa.String(), nullable=False),
    sa.Column('handed_at', app.db.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('due_at', app.db.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('left_at', app.db.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('action', sa.String(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('outcome', sa.String(), nullable=False),
    sa.Column('allotted_minutes', sa.Integer(), nullable=False),
    sa.CheckConstraint('left_at IS NULL OR left_at >= handed_at', name=op.f('ck_hops_leaves_after_it_comes')),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossiers.id'], name=op.f('fk_hops_dossier_id_dossiers')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_hops_unit_id_units')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_hops_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hops')),
    sa.UniqueConstraint('dossier_id', 'ordinal', name=op.f('uq_hops_dossier_id_ordinal'))
    )
    with op.batch_alter_table('hops', schema=None) as batch_op:
        batch_op.create_index('ix_hops_open', ['unit_id', 'left_at'], unique=False)
        batch_op.create_index('ix_hops_user', ['user_id', 'left_at'], unique=False)

    op.create_table('issued_forms',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dossier_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('form', sa.String(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('data_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('issued_at', app.db.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('issued_by', sa.String(), nullable=False),
    sa.Column('replaces_id', sa.Integer(), nullable=True),
    sa.Column('uid', sa.String(length=32), nullable=False),
    sa.CheckConstraint("(state = 'draft') = (number IS NULL)", name=op.f('ck_issued_forms_number_iff_issued')),
    sa.CheckConstraint("state IN ('draft','issued','replaced')", name=op.f('ck_issued_forms_state_is_known')),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossiers.id'], name=op.f('fk_issued_forms_dossier_id_dossiers')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_issued_forms_unit_id_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_issued_forms')),
    sa.UniqueConstraint('uid', name=op.f('uq_issued_forms_uid')),
    sa.UniqueConstraint('unit_id', 'form', 'year', 'number', name=op.f('uq_issued_forms_unit_id_form_year_number'))
    )
    with op.batch_alter_table('issued_forms', schema=None) as batch_op:
        batch_op.create_index('ix_issued_forms_dossier_id', ['dossier_id'], unique=False)

    op.create_table('ledger_entries',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dossier_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('ground', sa.String(), nullable=False),
    sa.Column('effect', sa.String(), nullable=False),
    sa.Column('started_at', app.db.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('ended_at', app.db.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('new_due_at', app.db.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('old_due_at', app.db.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('document', sa.String(), nullable=False),
    sa.Column('opened_by', sa.String(), nullable=False),
    sa.Column('closed_by', sa.String(), nullable=False),
    sa.CheckConstraint("kind = 'suspension' OR new_due_at IS NOT NULL", name=op.f('ck_ledger_entries_due_given_unless_suspension')),
    sa.CheckConstraint("kind IN ('suspension','extension','declared')", name=op.f('ck_ledger_entries_kind_is_known')),
    sa.CheckConstraint('ended_at IS NULL OR ended_at >= started_at', name=op.f('ck_ledger_entries_ends_after_it_starts')),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossiers.id'], name=op.f('fk_ledger_entries_dossier_id_dossiers')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ledger_entries'))
    )
    with op.batch_alter_table('ledger_entries', schema=None) as batch_op:
        batch_op.create_index('ix_ledger_entries_dossier_id', ['dossier_id', 'started_at'], unique=False)

    op.create_table('outbox_messages',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('channel', sa.String(), nullable=False),
    sa.Column('template', sa.String(), nullable=False),
    sa.Column('to_user_id', sa.Integer(), nullable=True),
    sa.Column('to_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('dossier_id', sa.Integer(), nullable=True),
    sa.Column('body_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('error', sa.String(), nullable=False),
    sa.Column('send_after', app.db.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('sent_at', app.db.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('read_at', app.db.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('created_at', app.db.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('uid', sa.String(length=32), nullable=False),
    sa.CheckConstraint("state IN ('waiting','sent','failed')", name=op.f('ck_outbox_messages_state_is_known')),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossiers.id'], name=op.f('fk_outbox_messages_dossier_id_dossiers')),
    sa.ForeignKeyConstraint(['to_user_id'], ['users.id'], name=op.f('fk_outbox_messages_to_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox_messages')),
    sa.UniqueConstraint('uid', name=op.f('uq_outbox_messages_uid'))
    )
    with op.batch_alter_table('outbox_messages', schema=None) as batch_op:
        batch_op.create_index('ix_outbox_messages_state', ['state', 'send_after'], unique=False)
        batch_op.create_index('ix_outbox_messages_user', ['to_user_id', 'read_at'], unique=False)

    op.create_table('payments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dossier_id', sa.Integer(), nullable=False),
    sa.Column('amount_vnd', sa.Integer(), nullable=False),
    sa.Column('method', sa.String(), nullable=False),
    sa.Column('receipt_symbol', sa.String(), nullable=False),
    sa.Column('receipt_number', sa.String(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('paid_at', app.db.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('voids_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.String(), nullable=False),
    sa.CheckConstraint("method IN ('cash','qr','online','post')", name=op.f('ck_payments_method_is_known')),
    sa.CheckConstraint('amount_vnd <> 0', name=op.f('ck_payments_amount_is_not_zero')),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossiers.id'], name=op.f('fk_payments_dossier_id_dossiers')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_payments_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payments'))
    )
    with op.batch_alter_table('payments', schema=None) as batch_op:
        batch_op.create_index('ix_payments_day', ['user_id', 'paid_at'], unique=False)
        batch_op.create_index('ix_payments_dossier_id', ['dossier_id'], unique=False)

    op.create_table('results',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dossier_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('form', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('content_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('series', sa.String(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=True),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('symbol', sa.String(), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=True),
    sa.Column('proposed_by', sa.String(), nullable=False),
    sa.Column('proposed_at', app.db.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('signer_id', sa.Integer(), nullable=True),
    sa.Column('signed_at', app.db.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('sealer_id', sa.Integer(), nullable=True),
    sa.Column('released_at', app.db.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('file_id', sa.Integer(), nullable=True),
    sa.Column('replaces_id', sa.Integer(), nullable=True),
    sa.Column('replaced_reason', sa.String(), nullable=False),
    sa.Column('uid', sa.String(length=32), nullable=False),
    sa.CheckConstraint("form IN ('electronic','paper_numbered','paper_external')", name=op.f('ck_results_form_is_known')),
    sa.CheckConstraint("kind IN ('approval','refusal','other')", name=op.f('ck_results_kind_is_known')),
    sa.CheckConstraint("state <> 'released' OR (released_at IS NOT NULL AND symbol <> '')", name=op.f('ck_results_released_has_number')),
    sa.CheckConstraint("state IN ('draft','proposed','signed','released','withdrawn')", name=op.f('ck_results_state_is_known')),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossiers.id'], name=op.f('fk_results_dossier_id_dossiers')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_files.id'], name=op.f('fk_results_file_id_stored_files')),
    sa.ForeignKeyConstraint(['sealer_id'], ['users.id'], name=op.f('fk_results_sealer_id_users')),
    sa.ForeignKeyConstraint(['signer_id'], ['users.id'], name=op.f('fk_results_signer_id_users')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_results_unit_id_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_results')),
    sa.UniqueConstraint('dossier_id', 'version', name=op.f('uq_results_dossier_id_version')),
    sa.UniqueConstraint('uid', name=op.f('uq_results_uid')),
    sa.UniqueConstraint('unit_id', 'series', 'year', 'number', name='uq_results_number_once')
    )
    op.create_table('supplement_requests',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dossier_id', sa.Integer(), nullable=False),
    sa.Column('ordinal', sa.Integer(), nullable=False),
    sa.Column('before_reception', sa.Boolean(), nullable=False),
    sa.Column('items', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('leader_reason', sa.String(), nullable=False),
    sa.Column('requested_at', app.db.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('requested_by', sa.String(), nullable=False),
    sa.Column('answer_by', sa.Date(), nullable=False),
    sa.Column('answered_at', app.db.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('answer', sa.String(), nullable=False),
    sa.Column('form_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossiers.id'], name=op.f('fk_supplement_requests_dossier_id_dossiers')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_supplement_requests')),
    sa.UniqueConstraint('dossier_id', 'ordinal', name=op.f('uq_supplement_requests_dossier_id_ordinal'))
    )
    op.create_table('signature_intents',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('result_id', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.String(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('reserved_symbol', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('intended_at', app.db.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('done_at', app.db.base.UTCDateTime(timezone=True), nullable=True),
    sa.CheckConstraint("purpose IN ('leader','seal','copy')", name=op.f('ck_signature_intents_purpose_is_known')),
    sa.CheckConstraint("state IN ('intended','done','failed')", name=op.f('ck_signature_intents_state_is_known')),
    sa.ForeignKeyConstraint(['result_id'], ['results.id'], name=op.f('fk_signature_intents_result_id_results')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_signature_intents_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_signature_intents')),
    sa.UniqueConstraint('result_id', 'purpose', 'digest', 'user_id', name=op.f('uq_signature_intents_result_id_purpose_digest_user_id'))
    )
    with op.batch_alter_table('signature_intents', schema=None) as batch_op:
        batch_op.create_index('ix_signature_intents_state', ['state'], unique=False)

    triggers.install(op.get_bind())


def downgrade() -> None:
    triggers.remove(op.get_bind())
    with op.batch_alter_table('signature_intents', schema=None) as batch_op:
        batch_op.drop_index('ix_signature_intents_state')

    op.drop_table('signature_intents')
    op.drop_table('supplement_requests')
    op.drop_table('results')
    with op.batch_alter_table('payments', schema=None) as batch_op:
        batch_op.drop_index('ix_payments_dossier_id')
        batch_op.drop_index('ix_payments_day')

    op.drop_table('payments')
    with op.batch_alter_table('outbox_messages', schema=None) as batch_op:
        batch_op.drop_index('ix_outbox_messages_user')
        batch_op.drop_index('ix_outbox_messages_state')

    op.drop_table('outbox_messages')
    with op.batch_alter_table('ledger_entries', schema=None) as batch_op:
        batch_op.drop_index('ix_ledger_entries_dossier_id')

    op.drop_table('ledger_entries')
    with op.batch_alter_table('issued_forms', schema=None) as batch_op:
        batch_op.drop_index('ix_issued_forms_dossier_id')

    op.drop_table('issued_forms')
    with op.batch_alter_table('hops', schema=None) as batch_op:
        batch_op.drop_index('ix_hops_user')
        batch_op.drop_index('ix_hops_open')

    op.drop_table('hops')
    op.drop_table('frozen_steps')
    with op.batch_alter_table('file_links', schema=None) as batch_op:
        batch_op.drop_index('ix_file_links_owner')
        batch_op.drop_index('ix_file_links_dossier_id')

    op.drop_table('file_links')
    with op.batch_alter_table('drafts', schema=None) as batch_op:
        batch_op.drop_index('ix_drafts_user_id')

    op.drop_table('drafts')
    with op.batch_alter_table('dossier_people', schema=None) as batch_op:
        batch_op.drop_index('ix_dossier_people_phone_tail_mac')
        batch_op.drop_index('ix_dossier_people_phone_mac')
        batch_op.drop_index('ix_dossier_people_name_fold')
        batch_op.drop_index('ix_dossier_people_id_number_mac')

    op.drop_table('dossier_people')
    with op.batch_alter_table('dossier_facts', schema=None) as batch_op:
        batch_op.drop_index('ix_dossier_facts_settling')
        batch_op.drop_index('ix_dossier_facts_received')
        batch_op.drop_index('ix_dossier_facts_dossier_id')

    op.drop_table('dossier_facts')
    op.drop_table('dossier_components')
    with op.batch_alter_table('dossier_clocks', schema=None) as batch_op:
        batch_op.drop_index('ix_dossier_clocks_open_due')
        batch_op.drop_index('ix_dossier_clocks_due_at')

    op.drop_table('dossier_clocks')
    with op.batch_alter_table('consultations', schema=None) as batch_op:
        batch_op.drop_index('ix_consultations_open')

    op.drop_table('consultations')
    with op.batch_alter_table('web_sessions', schema=None) as batch_op:
        batch_op.drop_index('ix_web_sessions_user_id')

    op.drop_table('web_sessions')
    op.drop_table('signing_keys')
    op.drop_table('memberships')
    with op.batch_alter_table('dossiers', schema=None) as batch_op:
        batch_op.drop_index('ix_dossiers_settling_state')
        batch_op.drop_index('ix_dossiers_received_at')
        batch_op.drop_index('ix_dossiers_received_here')
        batch_op.drop_index('ix_dossiers_holder')
        batch_op.drop_index('ix_dossiers_external_code')
        batch_op.drop_index('ix_dossiers_desk_state')
        batch_op.drop_index('ix_dossiers_code_tail')

    op.drop_table('dossiers')
    op.drop_table('users')
    op.drop_table('settings')
    op.drop_table('procedure_steps')
    op.drop_table('procedure_limits')
    with op.batch_alter_table('procedure_fees', schema=None) as batch_op:
        batch_op.drop_index('ix_procedure_fees_version_id')

    op.drop_table('procedure_fees')
    op.drop_table('procedure_components')
    op.drop_table('offerings')
    op.drop_table('counters')
    with op.batch_alter_table('units', schema=None) as batch_op:
        batch_op.drop_index('ix_units_root_id')
        batch_op.drop_index('ix_units_parent_id')

    op.drop_table('units')
    with op.batch_alter_table('procedure_versions', schema=None) as batch_op:
        batch_op.drop_index('ix_procedure_versions_procedure_id')

    op.drop_table('procedure_versions')
    op.drop_table('calendar_days')
    op.drop_table('suspension_grounds')
    with op.batch_alter_table('stored_files', schema=None) as batch_op:
        batch_op.drop_index('ix_stored_files_digest_mac')

    op.drop_table('stored_files')
    op.drop_table('procedures')
    with op.batch_alter_table('places', schema=None) as batch_op:
        batch_op.drop_index('ix_places_name_key')

    op.drop_table('places')
    op.drop_table('login_attempts')
    with op.batch_alter_table('jobs', schema=None) as batch_op:
        batch_op.drop_index('ix_jobs_claim')

    op.drop_table('jobs')
    op.drop_table('heartbeats')
    with op.batch_alter_table('events', schema=None) as batch_op:
        batch_op.drop_index('ix_events_user_id')
        batch_op.drop_index('ix_events_at')

    op.drop_table('events')
    op.drop_table('effects')
    op.drop_table('chain_roots')
    op.drop_table('calendars')
