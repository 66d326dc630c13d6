"""`motcua import`: one JSON answer, all or nothing, twice is once, a dry run leaves no trace."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import validate
from sqlalchemy import func, select

from app.cli.main import run
from app.db.models import (
    Calendar,
    CalendarDay,
    Offering,
    Place,
    Procedure,
    ProcedureComponent,
    ProcedureLimit,
    ProcedureStep,
    ProcedureVersion,
    Unit,
)
from app.seed.planting import seed
from app.wiring import House

HEADER = "code,name,field,levels,competent_agency,direct_time,direct_unit,accepts_direct,fee,result\n"
SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "schemas" / "import.schema.json").read_text("utf-8"))
READY = "1.000001,Thủ tục một,Hộ tịch,Cấp xã,UBND xã,3,Ngày làm việc,1,Miễn phí,Giấy\n"
DRAFT = "1.000002,Thủ tục hai,Hộ tịch,Cấp xã,UBND xã,5,,1,Miễn phí,Giấy\n"


@pytest.fixture
def do(house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Write a file, import it, return exit code and the JSON document of stdout."""

    def run_import(what: str, content: str, *options: str) -> tuple[int, dict]:
        file = tmp_path / "in.csv"
        file.write_text(content, encoding="utf-8")
        code = run(["import", what, str(file), "--json", *options])
        document = json.loads(capsys.readouterr().out)
        validate(document, SCHEMA)
        return code, document

    return run_import


def count(house: House, model: type) -> int:
    with house.reading() as session:
        return session.scalar(select(func.count()).select_from(model))


def versions(house: House, code: str) -> list[tuple[int, str, bool]]:
    """Return number, status and whether it is in force, of each version of a procedure."""
    with house.reading() as session:
        rows = session.execute(
            select(ProcedureVersion.version, ProcedureVersion.status, ProcedureVersion.effective_to)
            .join(Procedure, Procedure.id == ProcedureVersion.procedure_id)
            .where(Procedure.code == code)
            .order_by(ProcedureVersion.version)
        ).all()
    return [(version, status, end is None) for version, status, end in rows]


def test_complete_rows_are_ready_and_incomplete_ones_drafts(do, house: House) -> None:
    code, answer = do("catalogue", HEADER + READY + DRAFT)
    assert code == 0
    assert answer.keys() == {"imported", "updated", "warnings", "seconds"}
    assert (answer["imported"], answer["updated"]) == (2, 0)
    (warning,) = answer["warnings"]
    assert (warning["line"], warning["column"]) == (3, "direct_unit")
    assert warning["reason"].startswith("chưa xác định: Có số 5 nhưng thiếu đơn vị.")
    assert versions(house, "1.000001") == [(1, "ready", True)]
    assert versions(house, "1.000002") == [(1, "draft", True)]
    assert count(house, ProcedureStep) == 4


def test_a_second_import_changes_nothing(do, house: House) -> None:
    do("catalogue", HEADER + READY + DRAFT)
    _, answer = do("catalogue", HEADER + READY + DRAFT)
    assert (answer["imported"], answer["updated"]) == (0, 2)
    assert count(house, ProcedureVersion) == 2


def test_a_changed_row_becomes_a_new_version(do, house: House) -> None:
    do("catalogue", HEADER + READY)
    do("catalogue", HEADER + READY.replace(",3,", ",2,"))
    assert versions(house, "1.000001") == [(1, "ready", False), (2, "ready", True)]


def test_one_unreadable_row_changes_nothing(do, house: House) -> None:
    code, answer = do("catalogue", HEADER + READY + "x,Tên,Hộ tịch,Cấp xã,,,,1,,\n" + "1.000003,,,Cấp xã,,,,1,,\n")
    assert code == 2
    assert answer["error"].keys() == {"code", "message", "where"}
    assert [(fault["line"], fault["column"]) for fault in answer["faults"]] == [(3, "code"), (4, "name"), (4, "field")]
    assert count(house, Procedure) == 0


def test_a_dry_run_says_what_it_would_do_and_leaves_no_trace(do, house: House) -> None:
    code, answer = do("catalogue", HEADER + READY + DRAFT, "--dry-run")
    assert (code, answer["imported"]) == (0, 2)
    assert count(house, Procedure) == 0


def test_a_seeded_procedure_keeps_its_version_and_the_difference_is_pointed_out(do, house: House) -> None:
    with house.unit_of_work() as uow:
        seed(uow, house.clock.now())
    row = "1.004873,Tên,Hộ tịch,Cấp xã,UBND xã,{},Ngày làm việc,1,Miễn phí,Giấy\n"
    _, same = do("catalogue", HEADER + row.format(3))
    assert same["warnings"] == []
    _, other = do("catalogue", HEADER + row.format(10))
    assert "khác bản đang áp dụng" in other["warnings"][0]["reason"]
    assert versions(house, "1.004873") == [(1, "ready", True), (2, "ready", False)]
    do("catalogue", HEADER + row.format(10))
    assert len(versions(house, "1.004873")) == 2


def test_details_fill_papers_of_the_catalogue_only(do, house: House) -> None:
    do("catalogue", HEADER + READY)
    papers = [{"name": "Giấy chứng sinh", "copies": "1 bản chính"}]
    offers = [
        {"channel": "Trực tiếp", "time_value": time, "time_unit": "Ngày", "fee": "Miễn phí", "note": "Miễn phí"}
        for time in ("1", "3")
    ]
    lines = [{"code": code, "documents": papers, "channels": offers} for code in ("1.000001", "1.000009")]
    code, answer = do("catalogue", "\n".join(json.dumps(line) for line in lines))
    assert (code, answer["imported"], answer["updated"]) == (0, 0, 1)
    found = sorted((warning["line"], warning["column"]) for warning in answer["warnings"])
    assert found == [(1, "channels"), (1, "code"), (2, "channels"), (2, "code")]
    assert count(house, ProcedureComponent) == 1
    with house.reading() as session:
        assert session.scalars(select(ProcedureLimit.statutory)).all() == [None]
        (version,) = session.scalars(select(ProcedureVersion)).all()
        assert (version.status, version.missing) == ("draft", ["thời hạn kênh trực tiếp"])
    assert any("trở lại bản nháp" in warning["reason"] for warning in answer["warnings"])


def test_details_leave_a_version_alone_that_a_desk_receives_by(do, house: House) -> None:
    columns = "agency_code,agency_name,level,gso_commune_code,gso_commune_name\n"
    do("units", f"{columns}H44.146,UBND xã Một,COMMUNE,04792,Xã Một\n")
    do("catalogue", HEADER + READY)
    with house.unit_of_work() as uow:
        unit, procedure = uow.session.scalars(select(Unit)).one(), uow.session.scalars(select(Procedure)).one()
        uow.session.add(
            Offering(unit_id=unit.id, procedure_id=procedure.id, settling_unit_id=unit.id, is_open=True)
        )
    offers = [{"channel": "Trực tiếp", "time_value": "", "time_unit": "", "fee": "Miễn phí", "note": "Miễn phí"}]
    line = {"code": "1.000001", "documents": [{"name": "Giấy lạ", "copies": "1 bản chính"}], "channels": offers}
    _, answer = do("catalogue", json.dumps(line))
    assert any("giữ nguyên" in warning["reason"] for warning in answer["warnings"])
    assert count(house, ProcedureComponent) == 0
    with house.reading() as session:
        assert session.scalars(select(ProcedureLimit.statutory)).all() != [None]
        assert session.scalars(select(ProcedureVersion.status)).all() == ["ready"]


def test_two_spellings_of_a_commune_meet(do, house: House) -> None:
    do("units", "province_code,province,code,full_name\n25,Tỉnh Phú Thọ,04792,Phường Tân Hoà\n")
    _, again = do("units", "code,full_name\n04792,Phường Tân Hòa\n")
    assert (again["imported"], again["updated"], again["warnings"]) == (0, 1, [])
    _, agencies = do(
        "units",
        "agency_code,agency_name,level,gso_commune_code,gso_commune_name\n"
        "H44.146,UBND Phường Tân Hòa,COMMUNE,04792,Phường Tân Hòa\n",
    )
    assert agencies["warnings"] == []
    with house.reading() as session:
        (place,) = session.scalars(select(Place).where(Place.kind == "commune")).all()
        (unit,) = session.scalars(select(Unit)).all()
    assert (place.full_name, place.province_code) == ("Phường Tân Hoà", "25")
    assert (unit.kind, unit.place_code, unit.root_id) == ("commune", "04792", unit.id)


def test_an_agency_hangs_under_its_province_in_whatever_order_they_come(do, house: House) -> None:
    do("units", "agency_code,agency_name,level\nH44.01,Văn phòng UBND tỉnh,PROVINCE\n")
    do("units", "agency_code,province_agency_name\nH44,Phú Thọ\n")
    with house.reading() as session:
        units = {unit.code: unit for unit in session.scalars(select(Unit))}
    assert units["H44.01"].parent_id == units["H44"].id
    assert units["H44.01"].kind == "department"


def test_a_renamed_commune_is_pointed_out(do, house: House) -> None:
    do("units", "code,full_name\n01,Tỉnh Cũ\n")
    _, answer = do("units", "code,full_name\n01,Tỉnh Mới\n")
    assert "đổi tên: “Tỉnh Cũ” thành “Tỉnh Mới”" in answer["warnings"][0]["reason"]


def test_a_partial_year_is_not_reckoned_with(do, house: House) -> None:
    with house.unit_of_work() as uow:
        seed(uow, house.clock.now())
    _, answer = do("calendar", "date,kind,name,source\n2030-09-02,holiday,Quốc khánh,TB\n")
    assert answer["imported"] == 1
    assert "chưa dùng để tính hạn" in answer["warnings"][0]["reason"]
    with house.reading() as session:
        assert session.scalars(select(Calendar.years)).all() == [[2022, 2023, 2024, 2025, 2026, 2027]]


def test_a_changed_day_raises_the_version_of_the_calendar(do, house: House) -> None:
    day = "date,kind,name,source\n2030-09-02,holiday,{},TB\n"
    found = []
    for name in ("Quốc khánh", "Quốc khánh", "Quốc khánh 2/9"):
        do("calendar", day.format(name))
        with house.reading() as session:
            found.append(session.scalars(select(Calendar.version)).one())
    assert found[0] == found[1] < found[2]
    assert count(house, CalendarDay) == 1


def test_a_calendar_nobody_knows_is_refused(do) -> None:
    code, answer = do("calendar", "date,kind,name,source\n2030-09-02,holiday,x,TB\n", "--calendar", "không-có")
    assert (code, answer["error"]["code"]) == (2, "calendar_unknown")


def test_a_list_of_shortened_limits_is_refused_by_line_through_the_command(do) -> None:
    header = "code,channel,committed_amount,committed_unit,decision_number,decision_date,shortened_from\n"
    code, answer = do("limits", f"{header}1.000001,trực tiếp,2,Ngày làm việc,9/QĐ,01/11/2026,01/12/2026\n")
    assert (code, answer["error"]["code"]) == (2, "import_refused")
    assert [(fault["line"], fault["column"]) for fault in answer["faults"]] == [(2, "code")]
