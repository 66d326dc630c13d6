"""What one dossier's page shows (hồ sơ điện tử), as frozen values. Times are aware, UTC; money whole đồng."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.domain.version_parts import StepLine
from app.queries.corrections import CorrectionShown
from app.queries.dossier_pauses import PauseShown
from app.queries.relations import Relative, TrackingShown
from workflows.deadlines import Projection
from workflows.ledger import PAYMENT, SUPPLEMENT
from workflows.readings import Readings
from workflows.states import Action


@dataclass(frozen=True, slots=True)
class PersonShown:
    """Applicant, subject or authorised person; numbers keep their last three digits only."""

    role: str
    name: str
    birth: str
    id_kind: str
    id_masked: str
    phone_masked: str
    letter: str


@dataclass(frozen=True, slots=True)
class FileShown:
    """One file in its place. `copy_state`: unchecked, compared, certified, issued (a result of ours); "" for others."""

    link_id: int
    name: str
    mime: str
    pages: int
    size: int
    origin: str
    added_by: str
    added_at: datetime
    copy_state: str = ""


@dataclass(frozen=True, slots=True)
class PaperShown:
    """One component with its files."""

    id: int
    ordinal: int
    name: str
    required: bool
    form: str
    exempt_reason: str
    originals: int
    copies: int
    pages: int
    note: str
    files: tuple[FileShown, ...]


@dataclass(frozen=True, slots=True)
class HopShown:
    """One stay at one step."""

    step_ordinal: int
    step_name: str
    unit: str
    person: str
    handed_at: datetime
    due_at: datetime | None
    left_at: datetime | None
    action: str
    note: str
    outcome: str
    allotted_minutes: int


@dataclass(frozen=True, slots=True)
class ClockShown:
    """Both clocks, and the committed one under the reading asked for with its trace."""

    committed: Projection
    statutory: Projection | None
    other: Projection | None
    committed_limit: str
    statutory_limit: str
    decision: str
    step_due_at: datetime | None
    step_minutes: int
    step_used: int
    started_at: datetime
    is_extended: bool
    readings: Readings | None = None  # None where nothing stood still: every reading says the same
    readings_by_law: Readings | None = None


@dataclass(frozen=True, slots=True)
class ResultShown:
    """One version of the result; `link_id` opens its file."""

    id: int
    version: int
    kind: str
    form: str
    state: str
    title: str
    symbol: str
    issued_on: date | None
    proposed_by: str
    proposed_at: datetime | None
    signer: str
    signed_at: datetime | None
    released_at: datetime | None
    link_id: int | None
    replaces_id: int | None = None
    replaced_reason: str = ""


@dataclass(frozen=True, slots=True)
class FormShown:
    """One issued form (Mẫu 01–05)."""

    id: int
    form: str
    number: int | None
    state: str
    issued_at: datetime
    issued_by: str


@dataclass(frozen=True, slots=True)
class EventShown:
    """One event of the chain."""

    seq: int
    kind: str
    at: datetime
    actor: str
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ConsultationShown:
    """One question to another unit."""

    id: int
    unit_id: int
    unit: str
    question: str
    asked_by: str
    asked_at: datetime
    due_at: datetime
    answer: str
    answered_by: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class SupplementShown:
    """One request to supplement."""

    items: tuple[str, ...]
    reason: str
    requested_at: datetime
    answer_by: date
    answered_at: datetime | None
    leader_reason: str = ""


@dataclass(frozen=True, slots=True)
class DossierFile:
    """All of one dossier for one page. `version` is the event number that forms carry back."""

    id: int
    filing_number: str
    code: str | None
    external_code: str | None
    source: str
    version: int
    state: str
    channel: int
    is_assisted: bool
    procedure_code: str
    procedure: str
    case_name: str
    result_form: str
    result_name: str
    needs_digitizing: bool
    own_fields: tuple[tuple[str, str], ...]
    people: tuple[PersonShown, ...]
    receiving_unit: str
    settling_unit: str
    assisting_unit: str
    returning_unit: str
    competent_received_at: datetime | None
    waits_for_competent: bool
    settling_unit_id: int
    receiving_unit_id: int
    holder: str
    holder_unit: str
    step_ordinal: int | None
    delivery: str
    fee_due_vnd: int
    fee_paid_vnd: int
    fee_exemption: str
    filed_at: datetime
    received_at: datetime | None
    entered_at: datetime | None
    late_entry_reason: str
    ended_at: datetime | None
    returned_at: datetime | None
    returned_to: str
    supplement_requests: int
    papers: tuple[PaperShown, ...]
    steps: tuple[StepLine, ...]
    hops: tuple[HopShown, ...]
    clock: ClockShown | None
    forward_due_at: datetime | None
    results: tuple[ResultShown, ...]
    forms: tuple[FormShown, ...]
    events: tuple[EventShown, ...]
    chain_holds: bool
    consultations: tuple[ConsultationShown, ...]
    supplements: tuple[SupplementShown, ...]
    corrections: tuple[CorrectionShown, ...]
    pauses: tuple[PauseShown, ...]
    family: tuple[Relative, ...]
    tracking: TrackingShown | None
    allowed: frozenset[Action]
    is_certified_here: bool
    is_my_step: bool
    may_write: bool

    @property
    def number(self) -> str:
        """The dossier code, or the filing number before there is one."""
        return self.code or self.filing_number

    @property
    def fee_left_vnd(self) -> int:
        """What is still to pay."""
        return max(0, self.fee_due_vnd - self.fee_paid_vnd)

    @property
    def open_correction(self) -> CorrectionShown | None:
        """The proposal that waits for a second person (đề nghị đính chính, nhập bù)."""
        return next((row for row in self.corrections if row.state == "proposed"), None)

    @property
    def open_pause(self) -> PauseShown | None:
        """The open suspension on a ground of the list, beside supplement and financial duty."""
        own = (row for row in self.pauses if row.ended_at is None and row.ground not in (SUPPLEMENT, PAYMENT))
        return next(own, None)

    @property
    def subject(self) -> PersonShown | None:
        """Whose dossier it is (chủ hồ sơ)."""
        return next((person for person in self.people if person.role == "subject"), None)
