"""The dossier (hồ sơ), its people, its components, its supplement requests."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, SealedRow, only

STATES = (
    "'filed','awaiting_intake_supplement','not_accepted','received','processing','awaiting_supplement',"
    "'awaiting_payment','withdrawn','stopped','finished','returned'"
)


class Dossier(Base, SealedRow):
    """One applicant's case of one procedure.

    `event_seq` is the ORM version column and, with `id`, a deferred foreign key to the event that caused
    the change: the database refuses a change without its event. Due times are not here: they are derived
    from the ledger and cached in `dossier_clocks`.
    """

    __tablename__ = "dossiers"
    __table_args__ = (
        ForeignKeyConstraint(
            ["id", "event_seq"],
            ["events.dossier_id", "events.seq"],
            name="fk_dossiers_event_of_last_change",
            deferrable=True,
            initially="DEFERRED",
        ),
        CheckConstraint(f"state IN ({STATES})", name="state_is_known"),
        CheckConstraint("channel IN (1,2,3)", name="channel_is_known"),
        CheckConstraint(
            "state NOT IN ('received','processing','awaiting_supplement','awaiting_payment','finished','returned',"
            "'stopped') OR received_at IS NOT NULL",
            name="received_states_have_received_at",
        ),
        CheckConstraint(
            "is_imported OR state NOT IN ('finished','returned','stopped') OR ended_at IS NOT NULL",
            name="ended_has_end",
        ),
        CheckConstraint(
            "is_imported OR state <> 'returned' OR returned_at IS NOT NULL", name="returned_has_returned_at"
        ),
        CheckConstraint("code IS NULL OR received_at IS NOT NULL", name="code_only_when_received"),
        CheckConstraint("fee_due_vnd >= 0 AND fee_paid_vnd >= 0", name="fees_are_not_negative"),
        Index("ix_dossiers_desk_state", "receiving_unit_id", "state", "id"),
        Index("ix_dossiers_settling_state", "settling_unit_id", "state", "id", "holder_user_id"),
        Index("ix_dossiers_returning_state", "returning_unit_id", "state"),
        Index("ix_dossiers_holder", "holder_unit_id", "state"),
        Index("ix_dossiers_code_tail", "code_tail"),
        Index("ix_dossiers_external_code", "external_code"),
        Index("ix_dossiers_received_at", "received_at"),
        Index("ix_dossiers_received_here", "receiving_unit_id", "received_at"),
        Index("ix_dossiers_to_return", "returning_unit_id", **only("state = 'finished'")),
        Index("ix_dossiers_to_fetch", "ended_at", **only("state = 'finished'")),
        Index("ix_dossiers_begun_elsewhere", "id", **only("competent_received_at IS NOT NULL")),
        Index("ix_dossiers_limits", "procedure_version_id", "statutory_limit", "committed_limit", "limit_cutoff"),
        Index("ix_dossiers_unpublished", "id", **only("is_published = 0", postgresql="NOT is_published")),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)  # said, as it is in a foreign key too
    filing_number: Mapped[str] = mapped_column(unique=True)
    code: Mapped[str | None] = mapped_column(unique=True)
    code_tail: Mapped[str | None]  # the day's ordinal, searched by its last four digits
    external_code: Mapped[str | None]
    source: Mapped[str] = mapped_column(default="local")
    channel: Mapped[int]
    is_assisted: Mapped[bool] = mapped_column(default=False)  # nộp trực tuyến có cán bộ hỗ trợ
    state: Mapped[str]
    secret_mac: Mapped[str]
    secret_sealed: Mapped[bytes]

    procedure_version_id: Mapped[int] = mapped_column(ForeignKey("procedure_versions.id"))
    case_name: Mapped[str] = mapped_column(default="")
    summary: Mapped[str] = mapped_column(default="")
    form_sealed: Mapped[bytes | None]  # own fields of the procedure, JSON

    filing_unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))  # assisted here
    receiving_unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    settling_unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    returning_unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    holder_unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    holder_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    step_ordinal: Mapped[int | None]

    filed_at: Mapped[datetime]
    received_at: Mapped[datetime | None]  # legal time of reception (Mẫu 01)
    entered_at: Mapped[datetime | None]  # when it was typed
    late_entry_reason: Mapped[str] = mapped_column(default="")
    competent_received_at: Mapped[datetime | None]  # phi địa giới: receipt by the competent agency
    ended_at: Mapped[datetime | None]  # clock's end: finished, stopped, withdrawn
    returned_at: Mapped[datetime | None]
    return_delivery: Mapped[str | None]
    returned_to: Mapped[str] = mapped_column(default="")
    result_notice_at: Mapped[datetime | None]  # first decision or result notice: withdrawal ends here

    statutory_limit: Mapped[str | None]
    committed_limit: Mapped[str | None]
    limit_cutoff: Mapped[str | None]
    limit_decision: Mapped[str] = mapped_column(default="")

    delivery: Mapped[str] = mapped_column(default="desk")
    delivery_address_sealed: Mapped[bytes | None]
    sets: Mapped[int] = mapped_column(default=1)
    fee_due_vnd: Mapped[int] = mapped_column(default=0)
    fee_paid_vnd: Mapped[int] = mapped_column(default=0)
    fee_exemption: Mapped[str] = mapped_column(default="")
    supplement_requests: Mapped[int] = mapped_column(default=0)  # after reception: more than one counts as late
    is_imported: Mapped[bool] = mapped_column(default=False)
    is_published: Mapped[bool] = mapped_column(default=True)
    is_vneid_verified: Mapped[bool] = mapped_column(default=False)
    request_id: Mapped[str | None] = mapped_column(unique=True)  # idempotency of the form that made it

    event_seq: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": event_seq, "version_id_generator": False}


class DossierPerson(Base, SealedRow):
    """Applicant, subject or authorised person (người nộp, chủ hồ sơ, người được ủy quyền)."""

    __tablename__ = "dossier_people"
    __table_args__ = (
        UniqueConstraint("dossier_id", "role"),
        CheckConstraint("role IN ('applicant','subject','authorised')", name="role_is_known"),
        Index("ix_dossier_people_name_fold", "name_fold"),
        Index("ix_dossier_people_id_number_mac", "id_number_mac"),
        Index("ix_dossier_people_phone_mac", "phone_mac"),
        Index("ix_dossier_people_phone_tail_mac", "phone_tail_mac"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"))
    role: Mapped[str]
    kind: Mapped[int]
    name: Mapped[str]
    name_fold: Mapped[str]
    name_sort: Mapped[str]
    id_kind: Mapped[str]
    id_number_sealed: Mapped[bytes | None]
    id_number_mac: Mapped[str | None]
    birth: Mapped[str] = mapped_column(default="")
    sex: Mapped[str] = mapped_column(default="")
    address_sealed: Mapped[bytes | None]
    phone_sealed: Mapped[bytes | None]
    phone_mac: Mapped[str | None]
    phone_tail_mac: Mapped[str | None]
    email_sealed: Mapped[bytes | None]
    letter: Mapped[str] = mapped_column(default="")


class Component(Base):
    """One paper of a dossier (thành phần hồ sơ) and how it stands.

    `form`: missing, paper, scanned, reused, electronic, exempt. An exemption carries its reason:
    shown_only, verification, secret, database.
    """

    __tablename__ = "dossier_components"
    __table_args__ = (
        UniqueConstraint("dossier_id", "ordinal"),
        CheckConstraint("form IN ('missing','paper','scanned','reused','electronic','exempt')", name="form_is_known"),
        CheckConstraint("(form = 'exempt') = (exempt_reason <> '')", name="exempt_iff_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"))
    ordinal: Mapped[int]
    name: Mapped[str]
    paper_code: Mapped[str] = mapped_column(default="")
    required: Mapped[bool] = mapped_column(default=True)
    form: Mapped[str] = mapped_column(default="missing")
    exempt_reason: Mapped[str] = mapped_column(default="")
    originals: Mapped[int] = mapped_column(default=0)
    copies: Mapped[int] = mapped_column(default=0)
    pages: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(default="")


class SupplementRequest(Base):
    """A request to complete the dossier (Mẫu 02), before or after reception; one complete request."""

    __tablename__ = "supplement_requests"
    __table_args__ = (
        UniqueConstraint("dossier_id", "ordinal"),
        Index("ix_supplement_requests_unanswered", "answer_by", **only("answered_at IS NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"))
    ordinal: Mapped[int]
    before_reception: Mapped[bool]
    items: Mapped[str]  # one per line
    reason: Mapped[str]
    leader_reason: Mapped[str] = mapped_column(default="")
    requested_at: Mapped[datetime]
    requested_by: Mapped[str]
    answer_by: Mapped[date]
    answered_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(default="")
    form_id: Mapped[int | None]
