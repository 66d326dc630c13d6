"""Forms with a table: control slip (Mẫu 06), register (Mẫu 07), hand-over list, report 06a."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.documents_parts import Letterhead, Signer


class HopResult(StrEnum):
    """How a hop of the control slip ended, entered by the receiving side."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Hop:
    """One hand-over (giao, nhận). `taken_at` is None while nobody has confirmed; `due_at` ends the step."""

    giving_unit: str
    giver: str
    taking_unit: str
    taker: str
    handed_at: datetime
    taken_at: datetime | None = None
    due_at: datetime | None = None
    result: HopResult = HopResult.OPEN
    note: str = ""


@dataclass(frozen=True, slots=True)
class ControlSlip:
    """Mẫu 06, Phiếu kiểm soát quá trình giải quyết hồ sơ."""

    head: Letterhead
    code: str
    settling_unit: str
    cooperating_units: tuple[str, ...]
    received_at: datetime
    promised_at: datetime
    hops: tuple[Hop, ...]


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One dossier in the register, in the column order of Mẫu 07."""

    code: str
    procedure: str
    applicant: str
    address: str
    phone: str
    settling_unit: str
    received_at: datetime
    promised_at: datetime | None
    returned_at: datetime | None = None
    method: str = ""
    signed: str = ""
    supplement_requests: int = 0  # after reception; more than one counts as late (shown on screen alone)


@dataclass(frozen=True, slots=True)
class Register:
    """Mẫu 07, Sổ theo dõi hồ sơ, one field or group of fields; both days are included."""

    head: Letterhead
    field: str
    book: str
    first_day: date
    last_day: date
    rows: tuple[RegisterRow, ...]
    printed_at: datetime


@dataclass(frozen=True, slots=True)
class HandedDossier:
    """One line of the hand-over list; `sheets` counts paper sheets, `originals` names originals inside."""

    code: str
    procedure: str
    applicant: str
    sheets: int | None
    originals: str
    promised_at: datetime | None


@dataclass(frozen=True, slots=True)
class HandoverList:
    """Phiếu bàn giao hồ sơ, two copies in one file. A house form, not one of the seven."""

    head: Letterhead
    list_code: str
    giving_unit: str
    giver: str
    taking_unit: str
    taker: str
    handed_at: datetime
    dossiers: tuple[HandedDossier, ...]

    @property
    def sheets(self) -> int:
        """Sheets of paper in all, those not counted left out."""
        return sum(dossier.sheets or 0 for dossier in self.dossiers)


@dataclass(frozen=True, slots=True)
class Row06a:
    """One line of form II.06a; `*_unknown` count dossiers whose standing cannot be told."""

    label: str
    received_total: int
    received_online: int
    received_direct_post: int
    carried_over: int
    resolved_total: int
    resolved_early: int
    resolved_on_time: int
    resolved_late: int
    pending_total: int
    pending_in_term: int
    pending_overdue: int
    resolved_unknown: int = 0
    pending_unknown: int = 0
    links: tuple[str, ...] = ()  # where the list of each printed figure opens, in their order

    @property
    def linked(self) -> tuple[tuple[int, str], ...]:
        """Columns (3) to (13), each with the address of its list, empty where there is none."""
        return tuple(zip(self.figures, self.links or ("",) * len(self.figures), strict=True))

    @property
    def figures(self) -> tuple[int, ...]:
        """Columns (3) to (13) in printed order."""
        return (
            *(self.received_total, self.received_online, self.received_direct_post, self.carried_over),
            *(self.resolved_total, self.resolved_early, self.resolved_on_time, self.resolved_late),
            *(self.pending_total, self.pending_in_term, self.pending_overdue),
        )

    @property
    def unknown(self) -> int:
        """Dossiers counted in a total but in none of its parts."""
        return self.resolved_unknown + self.pending_unknown


@dataclass(frozen=True, slots=True)
class Report06a:
    """Biểu số II.06a/VPCP/KSTT, 13 columns. `last_day` is included. Printed as BẢN NHÁP until frozen."""

    reporting_unit: str
    receiving_unit: str
    period: str
    first_day: date
    last_day: date
    rows: tuple[Row06a, ...]
    total: Row06a
    place: str
    dated: date
    preparer: Signer
    leader: Signer
    counted_at: datetime
    formula: str
    frozen: str = ""
    page: str = ""  # where each number opens its list
    notes: tuple[str, ...] = ()

    @property
    def is_draft(self) -> bool:
        """Not frozen yet, or with dossiers of unknown standing: not to be signed."""
        return not self.frozen or self.total.unknown > 0

    @property
    def balances(self) -> bool:
        """Received with the carried-over ones equals resolved plus pending: (3) = (7) + (11)."""
        return self.total.received_total == self.total.resolved_total + self.total.pending_total
