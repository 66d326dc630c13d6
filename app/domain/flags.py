"""Flags "needs explanation" (cần giải trình): figures that are unusual, with their evidence; never an accusation.

Each rule is a pure function of evidence. A finding says what was seen, in which dossiers, and nothing of why: late
typing, a power cut or another system explain most of them, and whoever knows writes it down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import groupby
from typing import TypeVar

from app.domain.external_status import national_words, same
from app.domain.flag_evidence import Asked, Ended, Evidence, Filed, Paper, Stop, Twin
from workflows.calendar import VIETNAM
from workflows.errors import N_

One = TypeVar("One")

# Thresholds are the house's choice, not the law's: they decide what is asked about, never what is wrong.
RECORDED_LATE = timedelta(minutes=30)
SERIES = 3
LAST_TENTH = 0.9
BULK, BULK_WITHIN = 5, timedelta(minutes=10)
SAME_FILE = 3
BURST, BURST_WITHIN = 10, timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Rule:
    """What is looked for: a title, and a sentence that the facts of a finding complete."""

    id: str
    title: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One flag: its rule, the unit it concerns, the dossiers, and the facts of its sentence."""

    rule: str
    unit_id: int
    numbers: tuple[str, ...]
    facts: Mapping[str, str]

    @property
    def id(self) -> str:
        """A name that stays while the evidence stays: what was answered is found again."""
        told = f"{self.rule}|{self.unit_id}|{'|'.join(self.numbers)}"
        return sha256(told.encode()).hexdigest()[:16]


RULES: tuple[Rule, ...] = (
    Rule(
        "finished_before_record",
        N_("Giờ kết thúc sớm hơn giờ ghi"),
        N_("Kết thúc lúc {ended}, sự kiện ghi lúc {recorded}."),
    ),
    Rule(
        "finished_at_due",
        N_("Nhiều hồ sơ kết thúc đúng phút đến hạn"),
        N_("{n} hồ sơ kết thúc đúng vào phút hết hạn, từ {first} đến {last}."),
    ),
    Rule(
        "suspended_at_the_end",
        N_("Tạm dừng khi sắp hết hạn"),
        N_("Tạm dừng lúc {started}, khi đã dùng {share} % thời hạn (hạn {due})."),
    ),
    Rule(
        "second_supplement",
        N_("Yêu cầu bổ sung từ lần thứ hai"),
        N_("Sau khi tiếp nhận đã yêu cầu bổ sung {n} lần, lần cuối {last}."),
    ),
    Rule(
        "supplement_without_file",
        N_("Nhận bổ sung mà không có giấy tờ mới"),
        N_("Ghi đã bổ sung lúc {answered}, không có tệp hay giấy tờ nào thêm từ lúc yêu cầu."),
    ),
    Rule(
        "finished_in_bulk",
        N_("Nhiều hồ sơ quá hạn kết thúc cùng lúc"),
        N_("{n} hồ sơ quá hạn kết thúc từ {first} đến {last}, trong vài phút."),
    ),
    Rule(
        "digitized_empty",
        N_("Số hóa không có nội dung"),
        N_("Giấy tờ “{paper}” ghi là đã số hóa nhưng không có trang nào có nội dung."),
    ),
    Rule(
        "digitized_twin",
        N_("Cùng một tệp ở nhiều hồ sơ"),
        N_("Một tệp giống hệt được dùng làm bản số hóa của {n} hồ sơ."),
    ),
    Rule(
        "filed_in_burst",
        N_("Nhiều hồ sơ trực tuyến từ một nơi trong một giờ"),
        N_("{n} hồ sơ trực tuyến của cùng một {kind}, từ {first} đến {last}."),
    ),
    Rule(
        "differs_from_national",
        N_("Trạng thái khác với bản ở Cổng quốc gia"),
        N_("Ở đây “{ours}”, ở Cổng quốc gia “{theirs}”, đối chiếu lúc {checked}."),
    ),
)
BY_ID: Mapping[str, Rule] = {rule.id: rule for rule in RULES}
KINDS = {
    "phone": N_("số điện thoại"),
    "person": N_("số định danh người nộp"),
    "address": N_("địa chỉ mạng"),
    "account": N_("tài khoản nộp hộ"),
}


def findings(evidence: Evidence) -> tuple[Finding, ...]:
    """Return all flags of the evidence, rule by rule in their order."""
    return (
        *finished_before_record(evidence.ended),
        *finished_at_due(evidence.ended),
        *suspended_at_the_end(evidence.stops),
        *second_supplement(evidence.asked),
        *supplement_without_file(evidence.asked),
        *finished_in_bulk(evidence.ended),
        *digitized_empty(evidence.papers),
        *digitized_twin(evidence.papers),
        *filed_in_burst(evidence.filed),
        *differs_from_national(evidence.twins),
    )


def finished_before_record(ended: Iterable[Ended]) -> tuple[Finding, ...]:
    """Return the dossiers whose end was entered for a time well before the event that recorded it."""
    return tuple(
        _one("finished_before_record", one.unit_id, one.number, ended=_at(one.ended_at), recorded=_at(one.recorded_at))
        for one in ended
        if one.recorded_at - one.ended_at >= RECORDED_LATE
    )


def finished_at_due(ended: Iterable[Ended]) -> tuple[Finding, ...]:
    """Return each unit's series of dossiers that ended in the very minute they were due or promised."""
    exact = [one for one in ended if _minute(one.ended_at) in {_minute(one.due_at), _minute(one.promised_at)}]
    return tuple(_series("finished_at_due", group) for group in _by_unit(exact) if len(group) >= SERIES)


def suspended_at_the_end(stops: Iterable[Stop]) -> tuple[Finding, ...]:
    """Return the suspensions opened in the last tenth of the time from the clock's start to its due."""
    found = []
    for stop in stops:
        whole = stop.due_at - stop.clock_started_at
        used = (stop.started_at - stop.clock_started_at) / whole if whole > timedelta() else 0.0
        if LAST_TENTH <= used <= 1:
            told = {"started": _at(stop.started_at), "share": f"{100 * used:.0f}", "due": _at(stop.due_at)}
            found.append(Finding("suspended_at_the_end", stop.unit_id, (stop.number,), told))
    return tuple(found)


def second_supplement(asked: Iterable[Asked]) -> tuple[Finding, ...]:
    """Return the dossiers that were sent back for papers more than once after their reception."""
    return tuple(
        _one("second_supplement", group[0].unit_id, group[0].number, n=str(len(group)), last=_at(group[-1].asked_at))
        for group in _groups(asked, lambda one: one.number, lambda one: one.asked_at)
        if len(group) > 1
    )


def supplement_without_file(asked: Iterable[Asked]) -> tuple[Finding, ...]:
    """Return the requests that were answered though no file or paper came in between."""
    return tuple(
        _one("supplement_without_file", one.unit_id, one.number, answered=_at(one.answered_at))
        for one in asked
        if one.answered_at is not None and one.papers_added == 0
    )


def finished_in_bulk(ended: Iterable[Ended]) -> tuple[Finding, ...]:
    """Return the runs of at least five late dossiers that one person ended within ten minutes."""
    late = [one for one in ended if one.is_late]
    groups = _groups(late, lambda one: (one.unit_id, one.ended_by), lambda one: one.recorded_at)
    runs = [run for group in groups for run in _runs(group, lambda one: one.recorded_at, BULK_WITHIN)]
    return tuple(_series("finished_in_bulk", run) for run in runs if len(run) >= BULK)


def digitized_empty(papers: Iterable[Paper]) -> tuple[Finding, ...]:
    """Return the papers that count as digitized and hold nothing."""
    return tuple(
        _one("digitized_empty", paper.unit_id, paper.number, paper=paper.name) for paper in papers if paper.is_empty
    )


def digitized_twin(papers: Iterable[Paper]) -> tuple[Finding, ...]:
    """Return the files that are the digital copy of at least three dossiers of a unit."""
    found = []
    for group in _groups(
        (paper for paper in papers if paper.digest), lambda paper: (paper.unit_id, paper.digest), lambda p: p.number
    ):
        numbers = tuple(sorted({paper.number for paper in group}))
        if len(numbers) >= SAME_FILE:
            found.append(Finding("digitized_twin", group[0].unit_id, numbers, {"n": str(len(numbers))}))
    return tuple(found)


def filed_in_burst(filed: Iterable[Filed]) -> tuple[Finding, ...]:
    """Return the runs of at least ten online filings within an hour that share a keyed digest."""
    found = []
    for group in _groups(filed, lambda one: (one.unit_id, one.kind, one.digest), lambda one: one.filed_at):
        for run in _runs(group, lambda one: one.filed_at, BURST_WITHIN):
            if len(run) >= BURST:
                told = {"n": str(len(run)), "first": _at(run[0].filed_at), "last": _at(run[-1].filed_at)}
                numbers = tuple(one.number for one in run)
                found.append(Finding("filed_in_burst", run[0].unit_id, numbers, told | {"kind": run[0].kind}))
    return tuple(found)


def differs_from_national(twins: Iterable[Twin]) -> tuple[Finding, ...]:
    """Return the dossiers whose state here is not the one that the national portal tells."""
    return tuple(
        _one(
            "differs_from_national",
            twin.unit_id,
            twin.number,
            ours=national_words(twin.ours),
            theirs=national_words(twin.theirs),
            checked=_at(twin.checked_at),
        )
        for twin in twins
        if not same(twin.ours, twin.theirs)
    )


def _one(rule: str, unit_id: int, number: str, **facts: str) -> Finding:
    return Finding(rule, unit_id, (number,), facts)


def _series(rule: str, group: Sequence[Ended]) -> Finding:
    ordered = sorted(group, key=lambda one: one.ended_at)
    told = {"n": str(len(group)), "first": _at(ordered[0].ended_at), "last": _at(ordered[-1].ended_at)}
    return Finding(rule, group[0].unit_id, tuple(one.number for one in ordered), told)


def _by_unit(ended: Iterable[Ended]) -> list[list[Ended]]:
    return _groups(ended, lambda one: one.unit_id, lambda one: one.ended_at)


def _groups(rows: Iterable[One], key: Callable[[One], object], order: Callable[[One], object]) -> list[list[One]]:
    def place(row: One) -> tuple[str, object]:
        return str(key(row)), order(row)

    return [list(group) for _key, group in groupby(sorted(rows, key=place), key=lambda row: str(key(row)))]


def _runs(group: Sequence[One], when: Callable[[One], datetime], within: timedelta) -> list[list[One]]:
    """Return the rows, in order, as runs that each begin and end within so much time."""
    runs: list[list[One]] = []
    for row in group:
        if runs and when(row) - when(runs[-1][0]) <= within:
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def _minute(at: datetime | None) -> datetime | None:
    return at.replace(second=0, microsecond=0) if at else None


def _at(at: datetime | None) -> str:
    return f"{at.astimezone(VIETNAM):%H:%M %d/%m/%Y}" if at else ""
