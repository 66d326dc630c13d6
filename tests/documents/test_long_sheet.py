"""Long sheets: the rows stand in the book that the library made, as they were given, whatever they hold."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from app.adapters.long_sheet import BLOCK, long_xlsx
from app.adapters.spreadsheet import Column, Sheet, xlsx

COLUMNS = (Column("Mã", 20), Column("Tên", 30), Column("Số", 8))
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=12)


def read(content: bytes) -> list[tuple[object, ...]]:
    page = load_workbook(io.BytesIO(content)).active
    return [tuple(cell.value for cell in row) for row in page.iter_rows()]


@settings(max_examples=25)
@given(rows=st.lists(st.tuples(texts.map("={}".format), st.none() | texts, st.integers(0, 10**9)), max_size=5))
def test_a_long_sheet_reads_as_the_library_s_own(rows):
    sheet = Sheet("Danh sach", ("Tờ thử",), COLUMNS, rows)
    assert read(long_xlsx(sheet)) == read(xlsx(sheet))


def test_text_is_never_a_formula_and_the_head_stays_in_sight():
    sheet = Sheet("Danh sach", (), COLUMNS, [("=1+1", "<&>\x07 _x0041_", 2)])
    page = load_workbook(io.BytesIO(long_xlsx(sheet))).active
    # A spreadsheet reads _x0041_ as the letter A unless its underscore is written so (ECMA-376, ST_Xstring).
    assert (page["A2"].value, page["A2"].data_type, page["B2"].value) == ("=1+1", "s", "<&> _x005F_x0041_")
    assert (page.freeze_panes, page["A2"].border.left.style) == ("C2", "thin")


def test_rows_are_read_as_they_are_written():
    given_out: list[int] = []

    def rows():
        for place in range(BLOCK * 2 + 1):
            given_out.append(place)
            yield (f"{place}", "tên", place)

    assert len(read(long_xlsx(Sheet("Danh sach", (), COLUMNS, rows())))) == BLOCK * 2 + 2
    assert len(given_out) == BLOCK * 2 + 1


def test_totals_and_links_belong_to_short_tables():
    with pytest.raises(ValueError, match="total"):
        long_xlsx(Sheet("Danh sach", (), COLUMNS, [], total=("a", "b", 1)))
    with pytest.raises(ValueError, match="whole numbers"):
        long_xlsx(Sheet("Danh sach", (), COLUMNS, [("a", "b", Decimal("1.5"))]))
