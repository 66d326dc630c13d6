"""Reports as counted (báo cáo đã đếm): who reports, the rows of form II.06a and their checks, as frozen values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from app.domain.closing import FORMULA_VERSION, Closed
from app.domain.documents import Report06a, Signer
from app.domain.documents_tables import Row06a
from app.domain.figures import CELLS_06A
from app.domain.periods import Period
from app.domain.vietnamese_format import short_moment
from workflows.calendar import VIETNAM

# The address of the list behind a figure, in the row of this key or (None) in the total.
Opens: TypeAlias = Callable[[str, str | None], str]
NO_FIELD = "Chưa xác định lĩnh vực"
READING = f"{FORMULA_VERSION}: hạn cam kết, trừ thời gian chờ bổ sung"


MONTH = "month"  # rows of a table that are months of its period; they share dossiers, so they add up to nothing


class RowsBy(StrEnum):
    """What a row of form 06a stands for."""

    FIELD = "field"
    PROCEDURE = "procedure"
    UNIT = "unit"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class ReportUnit:
    """The unit that reports, and the ids of all units counted with it.

    Its own divisions always are; with `descendants` every unit below it.
    """

    code: str
    name: str
    above: str = ""  # whom it reports to
    descendants: bool = False
    unit_ids: tuple[int, ...] = ()
    place: str = ""  # where it signs


@dataclass(frozen=True, slots=True)
class CountedRow:
    """One line: its key (a field's name, a procedure's code), what people read, and its cells by figure id."""

    key: str
    label: str
    cells: Mapping[str, int]

    def printed(self, opens: Opens | None = None, key: str | None = None) -> Row06a:
        """Return the line as the printed form holds it; with `opens` each number carries the address of its list."""
        links = tuple(opens(cell.id, key) for cell in CELLS_06A if cell.column) if opens else ()
        return Row06a(self.label or NO_FIELD, **self.cells, links=links)


@dataclass(frozen=True, slots=True)
class Form06a:
    """Form II.06a of a unit and a period. `total` is the sum of the rows: a dossier stands in exactly one."""

    unit: ReportUnit
    period: Period
    by: RowsBy
    rows: tuple[CountedRow, ...]
    total: CountedRow
    closed: Closed | None = None
    notes: tuple[str, ...] = ()  # what is said below it on paper: how much of it is another system's history

    @property
    def unknown(self) -> int:
        """Dossiers whose standing cannot be told: while there is one, the official print is refused."""
        return self.total.cells["resolved_unknown"] + self.total.cells["pending_unknown"]

    @property
    def balances(self) -> bool:
        """Every sum that the form promises holds in every line."""
        return all(_balances(row.cells) for row in (*self.rows, self.total))

    @property
    def standing(self) -> str:
        """What the form says of itself: closed, or a draft."""
        return self.closed_words or "Bản nháp, chưa chốt"

    @property
    def closed_words(self) -> str:
        """When and by whom it was closed, with the beginning of its digest; empty while it is a draft."""
        if self.closed is None:
            return ""
        at, digest = short_moment(self.closed.closed_at), self.closed.digest[:16]
        return f"Đã chốt lúc {at} bởi {self.closed.closed_by}, mã băm {digest}"

    def printed(
        self,
        *,
        counted_at: datetime,
        preparer: str = "",
        leader: Signer | None = None,
        page: str = "",
        opens: Opens | None = None,
    ) -> Report06a:
        """Return the form for the printer, a draft until its period is frozen; `page` opens its figures."""
        return Report06a(
            reporting_unit=self.unit.name,
            receiving_unit=self.unit.above or "cơ quan cấp trên",
            period=self.period.name or f"{(self.period.end_day - self.period.first_day).days} ngày",
            first_day=self.period.first_day,
            last_day=self.period.last_day,
            rows=tuple(row.printed(opens, row.key) for row in self.rows),
            total=self.total.printed(opens),
            place=self.unit.place or "…………",
            dated=counted_at.astimezone(VIETNAM).date(),
            preparer=Signer(("NGƯỜI LẬP BIỂU",), preparer),
            leader=leader or Signer(("THỦ TRƯỞNG ĐƠN VỊ",), ""),
            counted_at=counted_at,
            formula=READING,
            frozen=self.closed_words,
            page=page,
            notes=self.notes,
        )


def sums_of(cells: Mapping[str, int]) -> tuple[tuple[str, int, tuple[int, ...]], ...]:
    """Return the sums of the form: the column that is a sum, its value, its parts (law.md 7.2)."""
    received = ("received_online", "received_direct_post", "carried_over")
    resolved = ("resolved_early", "resolved_on_time", "resolved_late", "resolved_unknown")
    pending = ("pending_in_term", "pending_overdue", "pending_unknown")
    wholes = (
        ("(3)", "received_total", received),
        ("(7)", "resolved_total", resolved),
        ("(11)", "pending_total", pending),
        ("(3)", "received_total", ("resolved_total", "pending_total")),
    )
    return tuple((column, cells[whole], tuple(cells[part] for part in parts)) for column, whole, parts in wholes)


def _balances(cells: Mapping[str, int]) -> bool:
    return all(whole == sum(parts) for _, whole, parts in sums_of(cells))
