"""A list at once: forty lines, forty codes, one slip; a wrong cell is named and keeps everything out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select, update

from app.adapters.spreadsheet import Column, Sheet, xlsx
from app.adapters.tables import table_of
from app.db.base import new_uid
from app.db.models import Dossier, DossierGroup, DossierPerson, ProcedureFee, ProcedureVersion
from app.domain.catalogue_rows import ImportRefused
from app.domain.group_list import GroupLine, heads, read_group
from app.domain.people import IdKind, PersonData
from app.queries import cash_desk
from app.queries.groups import group_slip
from app.services.group_intake import GroupFiling, GroupLineRefused, receive_group
from app.services.values import ComponentData
from tests.support.seeded import COPIES, SINGLE, Desk

TODAY = date(2026, 11, 23)
GOOD = ("Lò Thị Mai", "001190012345", "02/03/1990", "Nữ", "Bản Mẫu", "0912345678")


def read(*rows: tuple[str, ...], own: tuple[dict[str, object], ...] = ()) -> tuple[GroupLine, ...]:
    columns = tuple(Column(head) for head in heads(own))
    return read_group(table_of(xlsx(Sheet("Danh sách", (), columns, rows))), own, today=TODAY)


def changed(**cells: str) -> tuple[str, ...]:
    names = ("name", "number", "birth", "sex", "address", "phone")
    return tuple(cells.get(name, value) for name, value in zip(names, GOOD, strict=True))


@pytest.mark.parametrize(
    ("row", "field", "value"),
    [
        (changed(birth="1990"), "birth", "1990"),  # only the year is known
        (changed(birth="1990-03-02"), "birth", "02/03/1990"),  # as a sheet gives a date
        (changed(number=""), "id_kind", IdKind.NONE),  # a newborn
        (changed(number="C1234567"), "id_kind", IdKind.PASSPORT),  # a foreigner
        (changed(number="1190012345"), "id_number", "001190012345"),  # a sheet ate the zeros; year and sex agree
        (changed(phone="912345678"), "phone", "0912345678"),
        (changed(name="H'Hen Niê"), "name", "H'Hen Niê"),
        (changed(sex="nữ"), "sex", "Nữ"),
    ],
)
def test_people_as_sheets_write_them(row: tuple[str, ...], field: str, value: object) -> None:
    (line,) = read(row)
    assert getattr(line.person, field) == value


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (changed(name=""), "Họ và tên"),
        (changed(number="12345678901"), "Số định danh"),  # a digit is missing, and the year does not agree
        (changed(number="123456789"), "Số định danh"),
        (changed(birth="31/02/1990"), "Ngày sinh"),
        (changed(birth="02/03/2030"), "Ngày sinh"),
        (changed(phone="12"), "Điện thoại"),
        (GOOD, "Số định danh"),  # the same number twice
    ],
)
def test_a_wrong_cell_is_named_with_line_and_column(row: tuple[str, ...], column: str) -> None:
    first = GOOD if row is GOOD else changed(number="001190054321")
    with pytest.raises(ImportRefused) as refused:
        read(first, row)
    assert [(fault.line, fault.column) for fault in refused.value.faults] == [(3, column)]


def test_a_required_own_field_is_asked_of_every_line() -> None:
    own = ({"key": "purpose", "label": "Mục đích", "required": True},)
    assert read((*GOOD, "Đi làm"), own=own)[0].own == {"purpose": "Đi làm"}
    with pytest.raises(ImportRefused, match="dòng 2, cột Mục đích"):
        read((*GOOD, ""), own=own)


def group(desk: Desk, lines: int, *, procedure: str = COPIES, token: str = "g1", bad: int = 0) -> GroupFiling:
    born = {bad: "2999"}
    people = [
        GroupLine(line, PersonData(f"Người Mẫu {line}", id_kind=IdKind.NONE, birth=born.get(line, "1999")), {})
        for line in range(2, lines + 2)
    ]
    papers = desk.filing(procedure).components
    return GroupFiling(procedure, people, papers, token, PersonData("Đỗ Văn Nháp", id_kind=IdKind.NONE))


def receive(desk: Desk, filing: GroupFiling) -> int:
    with desk.house.unit_of_work() as uow:
        return receive_group(uow, desk.staff("clerk"), filing, desk.clock.now())


def test_forty_lines_are_forty_codes_and_one_slip(desk: Desk) -> None:
    filing = group(desk, 40)
    group_id = receive(desk, filing)
    assert receive(desk, filing) == group_id  # a double click
    with desk.house.reading() as session:
        slip = group_slip(session, desk.house.vault, desk.staff("clerk"), group_id, base_url="http://x")
        assert session.scalar(select(func.count(Dossier.id))) == 40
        applicants = set(session.scalars(select(DossierPerson.name).where(DossierPerson.role == "applicant")))
        assert group_slip(session, desk.house.vault, desk.staff("clerk.so"), group_id, base_url="http://x") is None
    assert slip
    assert [entry.code[-4:] for entry in slip.entries] == [f"{n:04d}" for n in range(1, 41)]
    assert slip.entries[0].name == "Người Mẫu 2"
    assert applicants == {"Đỗ Văn Nháp"}


@pytest.mark.parametrize("how", ["a wrong line", "missing papers"])
def test_one_line_refused_and_nothing_is_received(desk: Desk, how: str) -> None:
    filing = group(desk, 5, bad=4) if how == "a wrong line" else group(desk, 3, procedure=SINGLE)
    if how == "missing papers":
        filing = GroupFiling(SINGLE, filing.lines, (ComponentData(1),), "g2")
    with pytest.raises(GroupLineRefused, match="Dòng 4" if how == "a wrong line" else "Dòng 2"):
        receive(desk, filing)
    with desk.house.reading() as session:
        assert session.scalar(select(func.count(Dossier.id))) == 0
        assert session.scalar(select(func.count(DossierGroup.id))) == 0
    assert receive(desk, group(desk, 1, token="g3"))
    with desk.house.reading() as session:
        assert session.scalars(select(Dossier.code)).one().endswith("-0001")


def test_the_fee_of_a_list_is_taken_line_by_line_and_the_slip_adds_it_up(desk: Desk) -> None:
    """The catalogue lifts half for the middle line: three payments, one sum, the drawer agrees."""
    with desk.house.unit_of_work() as uow:
        uow.session.execute(update(ProcedureFee).values(exemptions=["Người cao tuổi: giảm 50%"]))
        uow.session.execute(update(ProcedureVersion).values(revision=ProcedureVersion.revision.concat(new_uid())))
    filing = group(desk, 3)
    lines = [
        replace(line, fee_exemption="Người cao tuổi: giảm 50%" if line.line == 3 else "") for line in filing.lines
    ]
    group_id = receive(desk, replace(filing, lines=lines, paid_by="cash"))
    with desk.house.reading() as session:
        slip = group_slip(session, desk.house.vault, desk.staff("clerk"), group_id, base_url="http://x")
        sheet = cash_desk.open_sheet(session, desk.staff("clerk"))
    assert slip
    fee = slip.entries[0].fee_due_vnd
    assert [entry.fee_due_vnd for entry in slip.entries] == [fee, fee // 2, fee]
    assert slip.fee_paid_vnd == slip.fee_due_vnd == sheet.cash_vnd == fee * 5 // 2 > 0
    assert len(sheet.movements) == 3


def test_a_reason_that_the_catalogue_does_not_know_keeps_the_list_out(desk: Desk) -> None:
    filing = group(desk, 2)
    lines = [replace(filing.lines[0], fee_exemption="Quen biết"), filing.lines[1]]
    with pytest.raises(GroupLineRefused, match="Dòng 2"):
        receive(desk, replace(filing, lines=lines, paid_by="cash"))
    with desk.house.reading() as session:
        assert cash_desk.open_sheet(session, desk.staff("clerk")).movements == ()
