"""A decision's list of shortened limits: each wrong line is named, a good file makes new versions, all or none."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.db.models import Event, Procedure, ProcedureLimit, ProcedureVersion
from app.domain.catalogue import read_catalogue
from app.domain.catalogue_components import read_details
from app.domain.catalogue_rows import ImportRefused, Row, Table
from app.domain.limit_table import read_limit_lines
from app.services.importing_limits import import_limits
from app.services.seeding import SEEDER
from tests.support.limit_cases import AMOUNTS, CASES, GOOD, LimitCase
from tests.support.seeded import SINGLE, Desk

LINE = {"code": SINGLE, "channel": "trực tiếp", **GOOD}


def table(*rows: dict) -> Table:
    return Table(tuple(LINE), tuple(Row(number, cells) for number, cells in enumerate(rows, start=2)))


def do(desk: Desk, *rows: dict):
    with desk.house.unit_of_work() as uow:
        return import_limits(uow, read_limit_lines(table(*rows)), SEEDER, at=desk.clock.now())


def limits_of(desk: Desk, code: str) -> list[ProcedureLimit]:
    with desk.house.reading() as db:
        newest = select(Procedure.current_version_id).where(Procedure.code == code).scalar_subquery()
        asked = select(ProcedureLimit).where(ProcedureLimit.version_id == newest).order_by(ProcedureLimit.channel)
        found = db.scalars(asked).all()
        db.expunge_all()
    return list(found)


def test_each_wrong_line_is_named_with_its_column_and_nothing_goes_in(desk):
    before = [row.id for row in limits_of(desk, SINGLE)]
    for case in CASES:
        with pytest.raises(ImportRefused) as refused:
            do(desk, LINE | {"channel": "bưu chính"}, LINE | case.cells)
        (fault,) = refused.value.faults
        assert (fault.line, fault.column, case.said in fault.reason) == (3, case.field, True), case.name
    assert [row.id for row in limits_of(desk, SINGLE)] == before


@pytest.mark.parametrize("case", AMOUNTS, ids=lambda case: case.name)
def test_the_catalogue_and_its_details_leave_the_same_undetermined_and_say_why(case: LimitCase):
    typed = GOOD | case.cells
    row = {
        "code": "1.001193", "name": "Thủ tục", "field": "Hộ tịch", "levels": "Cấp xã", "competent_agency": "UBND xã",
        "accepts_direct": "1", "direct_time": typed["statutory_amount"],
        "direct_unit": {"working_days": "Ngày làm việc"}.get(typed["statutory_unit"], typed["statutory_unit"]),
    }  # fmt: skip
    read = read_catalogue(Table(tuple(row), (Row(2, row),)))
    (warning,) = read.findings.warnings
    assert (warning.line, case.said in warning.reason, read.procedures[0].complete) == (2, True, False)
    offer = {"channel": "Trực tiếp", "time_value": row["direct_time"], "time_unit": row["direct_unit"], "fee": ""}
    detail = {"code": "1.001193", "documents": [], "channels": [offer]}
    (found,), findings = read_details(Table(tuple(detail), (Row(2, detail),)))
    assert found.channels[0].limit is None
    assert case.said in findings.warnings[0].reason


def test_a_good_file_keeps_the_law_and_other_channels_and_is_the_same_twice(desk):
    before = limits_of(desk, SINGLE)
    line = {"code": SINGLE, "channel": "2", "committed_amount": "12", "committed_unit": "giờ làm việc",
            "decision_number": "9/QĐ", "decision_date": "2026-11-01", "shortened_from": "2026-12-01"}  # fmt: skip
    with pytest.raises(ImportRefused, match="từ bước"):  # the steps are written for two days
        do(desk, line)
    line |= {"committed_amount": "16"}
    assert do(desk, line).updated == 1
    direct, online, post = limits_of(desk, SINGLE)
    assert (direct.committed, post.committed) == (before[0].committed, before[2].committed)
    assert (online.statutory, online.committed, online.percent) == (before[1].statutory, "16 working hours", 33)
    with desk.house.reading() as db:
        version = db.scalars(select(ProcedureVersion).where(ProcedureVersion.id == online.version_id)).one()
        told = db.scalars(select(Event).where(Event.kind == "limits:imported")).one()
    assert (f"{version.effective_from}", version.source) == ("2026-12-01", "local")
    assert told.payload == {"rows": 1, "changed": 1}
    assert do(desk, line).updated == 0


def test_lines_of_no_procedure_no_channel_or_twice_are_named_and_nothing_goes_in(desk):
    with pytest.raises(ImportRefused) as refused:
        do(desk, LINE, LINE, LINE | {"code": "abc"}, LINE | {"channel": "fax"})
    named = [(fault.line, fault.column) for fault in refused.value.faults]
    assert named == [(3, "channel"), (4, "code"), (5, "channel")]
    with pytest.raises(ImportRefused) as refused:
        do(desk, LINE, LINE | {"code": "9.999999"})
    assert [(fault.line, fault.column) for fault in refused.value.faults] == [(3, "code")]
    assert all(row.decision_number != GOOD["decision_number"] for row in limits_of(desk, SINGLE))
