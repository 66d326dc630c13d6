"""A simulation as its page and its file show it: sentences, columns of the plot, rows of tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.adapters.spreadsheet import Cell, Column, Sheet
from app.domain.rates import Rate
from app.domain.simulation import Cause, CauseOf, Simulation
from app.i18n import gettext as _
from app.web.filters import number
from workflows.limits import LimitUnit, TimeLimit, label_vi

MOST_COLUMNS = 24
MOST_CAUSES = 12


@dataclass(frozen=True, slots=True)
class PlotColumn:
    """One length of limit: its label, the share in time in thousandths, in words, how many late, which mark."""

    label: str
    share: int
    percent: str
    in_time: str
    late: str
    mark: str  # asked, base or nothing


@dataclass(frozen=True, slots=True)
class CauseRow:
    """One cause: its words, how many late dossiers, the share of all late ones, working days in sum."""

    name: str
    dossiers: str
    percent: str
    days: str


@dataclass(frozen=True, slots=True)
class Shown:
    """All that the page says."""

    limit: str
    base: str
    now: str
    now_percent: str
    then: str
    then_percent: str
    shortest: tuple[tuple[str, str], ...]
    columns: tuple[PlotColumn, ...]
    comparison: tuple[tuple[str, str, str, str], ...]
    late_by: tuple[tuple[str, str], ...]
    causes: tuple[tuple[str, tuple[CauseRow, ...]], ...]
    unit_words: str
    warnings: tuple[str, ...]


def shown(found: Simulation) -> Shown:
    """Return a simulation in words and numbers."""
    now, then = Rate(found.late_now, found.dossiers - found.unknown_now), Rate(found.late_then, found.judged)
    return Shown(
        limit=label_vi(found.limit),
        base=label_vi(found.base),
        now=_of(now),
        now_percent=_percent(now),
        then=_of(then),
        then_percent=_percent(then),
        shortest=tuple(
            (f"{share}\N{NO-BREAK SPACE}%", label_vi(limit) if limit else _("không thời hạn nào"))
            for share, limit in found.shortest.items()
        ),
        columns=tuple(_columns(found)),
        comparison=tuple(
            (f"{row.reduction}\N{NO-BREAK SPACE}%", label_vi(row.limit), number(row.late),
             _percent(Rate(row.late, found.judged)))
            for row in found.comparison
        ),
        late_by=tuple(
            (_("dưới 1 ngày làm việc") if days == 0 else _("%(n)s ngày làm việc", n=number(days)), number(count))
            for days, count in found.late_by
        ),
        causes=tuple((_TITLES[by](), tuple(_cause_rows(found, by))) for by in CauseOf),
        unit_words=_unit_words(found.limit.unit),
        warnings=tuple(_warnings(found)),
    )  # fmt: skip


def sheet(found: Simulation) -> Sheet:
    """Return everything as one table for a file: what a row is about, its item, counts."""
    told = shown(found)
    return Sheet(
        name="Thu thoi han",
        above=(),
        columns=tuple(Column(title) for title in ("Bảng", "Mục", "Số hồ sơ", "Tỷ lệ", "Số ngày làm việc quá hạn")),
        rows=list(_rows(found, told)),
    )


def _rows(found: Simulation, told: Shown) -> Iterator[tuple[Cell, ...]]:
    yield ("Thủ tục", f"{found.procedure} {found.procedure_name}", found.dossiers, None, None)
    yield ("Quá hạn hiện nay", "", found.late_now, told.now_percent, None)
    yield ("Quá hạn nếu áp dụng", told.limit, found.late_then, told.then_percent, None)
    for share, limit in told.shortest:
        yield ("Thời hạn ngắn nhất giữ đúng hạn", limit, None, share, None)
    for column in told.columns:
        yield ("Đúng hạn theo thời hạn", f"{column.label} {told.unit_words}", column.in_time, column.percent, None)
    for reduction, limit, late, share in told.comparison:
        yield (f"Quá hạn nếu giảm {reduction}", limit, late, share, None)
    for days, count in found.late_by:
        yield ("Quá hạn bao lâu", f"{days} ngày làm việc", count, None, days * count)
    for cause in found.causes:
        yield (f"Nguyên nhân: {_TITLES[cause.by]()}", _cause_name(cause), cause.dossiers, None, cause.late_days)


def _columns(found: Simulation) -> Iterator[PlotColumn]:
    """Yield a column for each length of limit, or for some of many; the one asked for is always among them."""
    asked = _amount(found.limit)
    base = _amount(found.base) if found.base.unit is found.limit.unit else asked
    last = max([asked, base, *(_amount(limit) for limit in found.shortest.values() if limit)])
    for amount in _picked(last, {asked, base}, first=0 if found.limit.unit is LimitUnit.SAME_DAY else 1):
        in_time = max((count for enough, count in found.on_time_with if enough <= amount), default=0)
        rate = Rate(in_time, found.judged)
        yield PlotColumn(
            label=str(amount),
            share=1000 * in_time // found.judged if found.judged else 0,
            percent=_percent(rate),
            in_time=number(in_time),
            late=number(found.judged - in_time),
            mark="asked" if amount == asked else "base" if amount == base else "",
        )


def _picked(last: int, kept: Iterable[int], *, first: int) -> list[int]:
    amounts = range(first, last + 1)
    step = -(-len(amounts) // MOST_COLUMNS)
    return sorted({*amounts[::step], last, *kept})


def _amount(limit: TimeLimit) -> int:
    return 0 if limit.unit is LimitUnit.SAME_DAY else limit.amount


def _cause_rows(found: Simulation, by: CauseOf) -> Iterator[CauseRow]:
    for cause in [cause for cause in found.causes if cause.by is by][:MOST_CAUSES]:
        rate = Rate(cause.dossiers, found.late_then)
        yield CauseRow(_cause_name(cause), number(cause.dossiers), _percent(rate), number(cause.late_days))


def _cause_name(cause: Cause) -> str:
    if cause.name:
        return _(cause.name) if cause.by is CauseOf.GROUND else cause.name
    return _("Không tạm dừng lần nào") if cause.by is CauseOf.GROUND else _("Không rõ bước (hồ sơ nhập từ hệ thống cũ)")


def _warnings(found: Simulation) -> Iterator[str]:
    if found.missing_years:
        years = ", ".join(map(str, found.missing_years))
        yield _("Lịch làm việc chưa có năm %(years)s. Quản trị viên nhập lịch năm đó rồi thử lại.", years=years)
    if found.unknown:
        yield _("%(n)s hồ sơ không diễn lại được, không tính vào tỷ lệ.", n=number(found.unknown))
    if found.unknown_now:
        yield _("%(n)s hồ sơ hiện không rõ hạn, không tính vào tỷ lệ hiện nay.", n=number(found.unknown_now))


def _of(rate: Rate) -> str:
    return _("%(part)s trên %(whole)s hồ sơ", part=number(rate.numerator), whole=number(rate.denominator))


def _percent(rate: Rate) -> str:
    return f"{rate.percent}\N{NO-BREAK SPACE}%" if rate.denominator else _("không phát sinh")


def _unit_words(unit: LimitUnit) -> str:
    return {
        LimitUnit.WORKING_DAYS: _("ngày làm việc"),
        LimitUnit.SAME_DAY: _("ngày làm việc"),
        LimitUnit.DAYS: _("ngày"),
        LimitUnit.MONTHS: _("tháng"),
        LimitUnit.WORKING_HOURS: _("giờ làm việc"),
        LimitUnit.HOURS: _("giờ"),
    }[unit]


_TITLES = {
    CauseOf.STEP: lambda: _("Bước xử lý"),
    CauseOf.UNIT: lambda: _("Đơn vị"),
    CauseOf.GROUND: lambda: _("Căn cứ tạm dừng"),
}
