"""What is entered for the 766 index (số liệu nhập): checked before anything is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from app.domain.catalogue_rows import Findings, Row, Table, require_columns
from app.domain.index_766 import BY_CODE, Ground
from workflows.errors import N_, RuleBroken

COLUMNS = ("unit_code", "from", "to", "component")
LONGEST_SOURCE = 200
LARGEST = 10**9


class EntryWrong(RuleBroken):
    """An entry of the index cannot be: an unknown component, a part above its whole, too many points."""

    code = "index_entry_wrong"
    sentence = N_("Số liệu chỉ số 766 chưa dùng được: {problem}. Vui lòng sửa rồi ghi lại.")


@dataclass(frozen=True, slots=True)
class NewEntry:
    """One entry; counts, official points, or both. Raises EntryWrong for what cannot be."""

    component: str
    numerator: int | None = None
    denominator: int | None = None
    official: Decimal | None = None
    source: str = ""

    def __post_init__(self) -> None:
        for where, problem in _problems(self):
            raise EntryWrong(where=where, problem=problem)


def _problems(entry: NewEntry) -> Iterator[tuple[str, str]]:
    component = BY_CODE.get(entry.component)
    if component is None:
        yield "component", f"không có thành phần “{entry.component[:20]}” (có: {', '.join(BY_CODE)})"
        return
    given = entry.numerator is not None or entry.denominator is not None
    if given and component.ground in {Ground.FACTS, Ground.CATALOGUE}:
        yield "numerator", f"thành phần {component.code} đếm từ hồ sơ và danh mục, chỉ nhập điểm chính thức"
    if component.ground in {Ground.ENTERED, Ground.KNOWN} and (entry.numerator is None) != (entry.denominator is None):
        yield "denominator", "tử số và mẫu số phải nhập cùng nhau"
    if any(count is not None and not 0 <= count <= LARGEST for count in (entry.numerator, entry.denominator)):
        yield "numerator", "tử số và mẫu số phải là số không âm"
    if entry.numerator is not None and entry.denominator is not None and entry.numerator > entry.denominator:
        yield "numerator", f"tử số {entry.numerator} lớn hơn mẫu số {entry.denominator}"
    if not given and entry.official is None:
        yield "official_score", "chưa có tử số, mẫu số hoặc điểm chính thức"
    if entry.official is not None and not 0 <= entry.official <= component.maximum:
        yield "official_score", f"điểm {entry.official} ngoài khoảng 0 đến {component.maximum}"
    if len(entry.source) > LONGEST_SOURCE:
        yield "source", f"nguồn số liệu dài {len(entry.source)} ký tự, tối đa {LONGEST_SOURCE}"


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry of a file, with the unit and the days it is for; `line` as a person counts it."""

    line: int
    unit_code: str
    first_day: date
    end_day: date
    entry: NewEntry


def read_entries(table: Table) -> tuple[tuple[EntryRow, ...], Findings]:
    """Return the entries of a file. Raises ImportRefused naming every line that cannot be read."""
    require_columns(table, COLUMNS)
    findings = Findings()
    rows = tuple(made for row in table.rows if (made := _row(row, findings)))
    findings.refuse_if_wrong()
    return rows, findings


def _row(row: Row, findings: Findings) -> EntryRow | None:
    first, end = (findings.day(row, column) for column in ("from", "to"))
    if first and end and first >= end:
        findings.error(row, "to", "kỳ không có ngày nào: ngày cuối không tính vào kỳ")
    part, whole = (_whole(row, column, findings) for column in ("numerator", "denominator"))
    points = _points(row, findings)
    try:
        entry = NewEntry(row.text("component"), part, whole, points, row.text("source"))
    except EntryWrong as wrong:
        findings.error(row, wrong.where or "component", str(wrong.facts["problem"]))
        return None
    return EntryRow(row.line, row.text("unit_code"), first, end, entry) if first and end else None


def _whole(row: Row, column: str, findings: Findings) -> int | None:
    text = row.text(column)
    if text and not (text.isascii() and text.isdigit() and len(text) < 11):
        findings.error(row, column, f"“{text[:30]}” không phải số nguyên không âm")
        return None
    return int(text) if text else None


def _points(row: Row, findings: Findings) -> Decimal | None:
    text = row.text("official_score").replace(",", ".")
    if not text:
        return None
    try:
        points = Decimal(text)
        if points.is_finite() and points == round(points, 2):
            return points
    except InvalidOperation:
        pass
    findings.error(row, "official_score", f"điểm “{text[:30]}” phải là số có nhiều nhất hai chữ số thập phân")
    return None
