"""Figures that people enter (số liệu nhập): what this house cannot count, each with its source and its day.

A survey, the book of complaints, the board of posted procedures, the figures of the national portal. What nobody
entered is missing, never zero; a zero that somebody entered is one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.catalogue_rows import Findings, Row, Table, require_columns
from app.domain.figures import CELLS_06A
from workflows.errors import N_, RuleBroken

COLUMNS = ("unit_code", "from", "to", "item", "value", "source", "told_on")
LARGEST = 10**9
LONGEST_SOURCE = 200
PORTAL = "portal."


class FigureWrong(RuleBroken):
    """An entered figure cannot be: an unknown item, a part above its whole, no source, a day to come."""

    code = "entered_figure_wrong"
    sentence = N_("Số liệu nhập chưa dùng được: {problem}. Vui lòng sửa rồi ghi lại.")


@dataclass(frozen=True, slots=True)
class Item:
    """One figure that can be entered: its words, the item it is a part of, whether it is told of a person too."""

    id: str
    title: str
    whole: str = ""
    of_officers: bool = False


EVALUATION_ITEMS: tuple[Item, ...] = (
    Item("tt01.4.more", N_("4: hồ sơ phải liên hệ hơn một cơ quan, không do lỗi người nộp"), of_officers=True),
    Item("tt01.5.all", N_("5: thủ tục thuộc thẩm quyền")),
    Item("tt01.5.whole", N_("5: thủ tục giải quyết khép kín tại Một cửa"), "tt01.5.all"),
    Item("tt01.5.desk", N_("5: thủ tục tiếp nhận và trả kết quả tại Một cửa"), "tt01.5.all"),
    Item("tt01.6.all", N_("6: thủ tục phải niêm yết tại trụ sở")),
    Item("tt01.6.posted", N_("6: thủ tục đã niêm yết đủ, đúng, kịp thời"), "tt01.6.all"),
    Item("tt01.7.complained", N_("7: hồ sơ bị phản ánh thái độ, đã xác minh là đúng"), of_officers=True),
    Item("tt01.8.all", N_("8: phản ánh, kiến nghị phải xử lý")),
    Item("tt01.8.on_time", N_("8: phản ánh, kiến nghị xử lý đúng hạn"), "tt01.8.all"),
    Item("tt01.8.prolonged", N_("8: phản ánh, kiến nghị kéo dài"), "tt01.8.all"),
)
PORTAL_ITEMS: tuple[Item, ...] = tuple(Item(PORTAL + cell.id, cell.title) for cell in CELLS_06A if cell.column)
ITEMS: Mapping[str, Item] = {item.id: item for item in (*EVALUATION_ITEMS, *PORTAL_ITEMS)}


@dataclass(frozen=True, slots=True)
class NewFigure:
    """A figure to be kept: of a unit, or with `login` of one person there. Raises FigureWrong for what cannot be."""

    item: str
    value: int
    source: str
    told_on: date
    login: str = ""

    def __post_init__(self) -> None:
        for where, problem in _problems(self):
            raise FigureWrong(where=where, problem=problem)


@dataclass(frozen=True, slots=True)
class Entered:
    """A figure as it was entered."""

    item: str
    value: int
    source: str
    told_on: date
    by: str


def refuse_impossible(new: NewFigure, known: Mapping[str, int], today: date) -> None:
    """Raise FigureWrong for a day to come and for a part above its whole; `known` are the items told so far."""
    if new.told_on > today:
        raise FigureWrong(where="told_on", problem=f"ngày số liệu {new.told_on:%d/%m/%Y} ở sau hôm nay")
    told = {**known, new.item: new.value}
    for part in ITEMS.values():
        both = part.id in told and part.whole in told
        if both and new.item in {part.id, part.whole} and told[part.id] > told[part.whole]:
            problem = f"{part.id} = {told[part.id]} lớn hơn {part.whole} = {told[part.whole]}"
            raise FigureWrong(where="value", problem=problem)


def _problems(new: NewFigure) -> Iterator[tuple[str, str]]:
    item = ITEMS.get(new.item)
    if item is None:
        yield "item", f"không có chỉ tiêu “{new.item[:30]}” (có: {', '.join(ITEMS)})"
        return
    if new.login and not item.of_officers:
        yield "login", f"chỉ tiêu {item.id} là của đơn vị, không của từng người"
    if not 0 <= new.value <= LARGEST:
        yield "value", "số liệu phải là số nguyên không âm"
    if not new.source.strip():
        yield "source", "chưa ghi nguồn số liệu"
    if len(new.source) > LONGEST_SOURCE:
        yield "source", f"nguồn số liệu dài {len(new.source)} ký tự, tối đa {LONGEST_SOURCE}"


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure of a file, with the unit and the days it is for; `line` as a person counts it."""

    line: int
    unit_code: str
    first_day: date
    end_day: date
    figure: NewFigure


def read_figures(table: Table) -> tuple[tuple[FigureRow, ...], Findings]:
    """Return the figures of a file. Raises ImportRefused naming every line that cannot be read."""
    require_columns(table, COLUMNS)
    findings = Findings()
    rows = tuple(made for row in table.rows if (made := _row(row, findings)))
    findings.refuse_if_wrong()
    return rows, findings


def _row(row: Row, findings: Findings) -> FigureRow | None:
    first, end, told_on = (findings.day(row, column) for column in ("from", "to", "told_on"))
    if first and end and first >= end:
        findings.error(row, "to", "kỳ không có ngày nào: ngày cuối không tính vào kỳ")
    value = row.text("value")
    if not (value.isascii() and value.isdigit() and len(value) < 11):
        findings.error(row, "value", f"“{value[:30]}” không phải số nguyên không âm")
        return None
    if not (first and end and told_on):
        return None
    try:
        figure = NewFigure(row.text("item"), int(value), row.text("source"), told_on, row.text("login"))
    except FigureWrong as wrong:
        findings.error(row, wrong.where or "item", str(wrong.facts["problem"]))
        return None
    return FigureRow(row.line, row.text("unit_code"), first, end, figure)
