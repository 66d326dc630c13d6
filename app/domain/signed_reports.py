"""Reports signed by the leader (báo cáo ký số): a file, signed once, told when its figures moved since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.domain.periods import Period
from app.domain.reports import ReportUnit, RowsBy
from workflows.errors import N_, RuleBroken


class ReportNotClosed(RuleBroken):
    """Form 06a is signed after its figures are closed: what is signed must stay told."""

    code = "report_not_closed"
    status = 409
    sentence = N_("Biểu này chưa chốt số liệu nên chưa trình ký được. Vui lòng chốt kỳ báo cáo trước.")


class ReportAlreadySigned(RuleBroken):
    """The same figures are signed once; a new version is for figures that moved."""

    code = "report_already_signed"
    status = 409
    sentence = N_("Biểu này đã ký lúc {when} bởi {who}, số liệu chưa đổi. Vui lòng mở bản đã ký.")


class ReportNotPrepared(RuleBroken):
    """Only the file that waits for a signature can be signed; another one took its place, or it is signed."""

    code = "report_not_prepared"
    status = 409
    sentence = N_("Bản này không còn chờ ký. Vui lòng tải lại danh sách.")


class ReportHeld(RuleBroken):
    """The report is signed; giving it out waits for a timestamp alone."""

    code = "report_held"
    status = 409
    sentence = N_("Báo cáo đã ký và đang chờ dấu thời gian. Hệ thống tự thử lại; không cần ký lại.")


@dataclass(frozen=True, slots=True)
class ReportRef:
    """Which report: its form, of whom, of which days, in which rows."""

    form: str
    unit: ReportUnit
    period: Period
    by: RowsBy


@dataclass(frozen=True, slots=True)
class SigningShown:
    """How far the signature is: its state, when it began, the tries for its time and why the last one failed."""

    state: str
    intended_at: datetime
    tries: int
    error: str
    reason: str


@dataclass(frozen=True, slots=True)
class SignedReportShown:
    """One prepared or signed report; `changed` are the cells that differ now: as told, and as counted now.

    `signing` is None before the leader's first try.
    """

    id: int
    form: str
    title: str
    version: int
    state: str
    prepared_by: str
    prepared_at: datetime
    signed_by: str
    signed_at: datetime | None
    changed: Mapping[str, tuple[int, int]]
    signing: SigningShown | None


def changed(told: Mapping[str, int], now: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """Return the cells whose number differs: as told, and now."""
    return {name: (told[name], count) for name, count in now.items() if name in told and told[name] != count}
