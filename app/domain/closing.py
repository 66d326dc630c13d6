"""Closing a report (chốt số liệu) and restating it (điều chỉnh): what was told stays told, what moved is named.

Each dossier of form 06a stands in one cell on the side of reception and in one on the side of settlement; all other
cells are sums of these. A closed report keeps both for every dossier, and the fact by which it was counted, from which
every other form of the period is told again; a later change never rewrites it but shows as a restatement: which
dossier, from which cells to which, by whose event.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.domain.chain import canonical
from workflows.errors import N_, RuleBroken

FORM = "06a"
FORMULA_VERSION = "06a-1"
CAME = ("received_online", "received_direct_post", "carried_over")
STOOD = (
    "resolved_early",
    "resolved_on_time",
    "resolved_late",
    "resolved_unknown",
    "pending_in_term",
    "pending_overdue",
    "pending_unknown",
)
# Every cell as the cells it is the sum of.
PARTS: Mapping[str, tuple[str, ...]] = {
    "received_total": CAME,
    "resolved_total": tuple(name for name in STOOD if name.startswith("resolved_")),
    "pending_total": tuple(name for name in STOOD if name.startswith("pending_")),
    **{name: (name,) for name in (*CAME, *STOOD)},
}


class PeriodStillRuns(RuleBroken):
    """A period that has not ended cannot be closed."""

    code = "period_still_runs"
    status = 409
    sentence = N_("Kỳ báo cáo đến hết ngày {last} chưa kết thúc nên chưa chốt được. Vui lòng chốt từ ngày hôm sau.")


class AlreadyClosed(RuleBroken):
    """A period is closed once; what changes later is a restatement."""

    code = "already_closed"
    status = 409
    sentence = N_(
        "Kỳ báo cáo này đã chốt lúc {when} bởi {who}. Thay đổi sau khi chốt xem ở trang “Thay đổi sau khi chốt”."
    )


class UnknownLeft(RuleBroken):
    """Dossiers whose standing cannot be told are still in the report."""

    code = "unknown_left"
    status = 409
    sentence = N_(
        "Còn {count} hồ sơ chưa xác định được đúng hạn hay quá hạn nên chưa chốt, chưa in bản chính thức được. "
        "Vui lòng mở danh sách “không rõ hạn” trên báo cáo và bổ sung."
    )


class SumsBroken(RuleBroken):
    """The sums that the form promises do not hold: a defect, never to be printed."""

    code = "sums_broken"
    status = 409
    sentence = N_("Số liệu không cân: tổng không bằng các phần. Không chốt, không in; vui lòng báo quản trị.")


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed report: when, by whom, by which formulas, over how many dossiers, with which digest."""

    report_id: int
    closed_at: datetime
    closed_by: str
    formula_version: str
    dossiers: int
    digest: str


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a dossier stands on a form: in which cells, with what it adds to each, and its row."""

    cells: Mapping[str, int]
    row: str


@dataclass(frozen=True, slots=True)
class Move:
    """A dossier that stands elsewhere than it was told: before and now (None: not on the form), and by whose event."""

    number: str
    before: Placed | None
    now: Placed | None
    kind: str = ""
    actor: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Restatement:
    """What changed of a form since the closing: each cell as told and as it would be told now, and the moves.

    `moved` is how many dossiers moved; `moves` may be the first of them only. `is_recounted` says that the formulas
    are not those the form was told by, so that cells may differ where no dossier moved.
    """

    closed: Closed
    form: str
    told: Mapping[str, int]
    now: Mapping[str, int]
    moved: int
    moves: tuple[Move, ...]
    is_recounted: bool = False

    @property
    def changed(self) -> Mapping[str, tuple[int, int]]:
        """The cells whose number differs: as told, and now. A cell that the form has no longer differs from nothing."""
        kept = {name: told for name, told in self.told.items() if name in self.now}
        return {name: (told, self.now[name]) for name, told in kept.items() if told != self.now[name]}


@dataclass(frozen=True, slots=True)
class Opening:
    """The opening balance against the closing balance of the report closed before: equal, or these dossiers differ."""

    closing_balance: int
    carried_over: int
    only_closed: tuple[str, ...]  # was pending then, is not carried over now
    only_now: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether the same dossiers are carried over that were pending."""
        return not self.only_closed and not self.only_now


def digest_of(header: Mapping[str, object], rows: Iterable[tuple[int, int, int, str, str]]) -> str:
    """Return the SHA-256 of a closed report: its header, then dossier, fact, event and cells in dossier order."""
    digest = hashlib.sha256(canonical(dict(header)))
    for row in rows:
        digest.update("\t".join(map(str, row)).encode() + b"\n")
    return digest.hexdigest()
