"""The portal's list: read as a whole, kept beside dossiers, a difference is a flag with both sides and the time."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

from openpyxl import Workbook
from sqlalchemy import select

from app.cli.main import run
from app.db.models import Event, NationalCopy
from app.domain.periods import report_month_of
from app.queries.flags import flags_of
from app.queries.report_day import to_clean
from app.queries.report_scope import report_unit
from tests.support.seeded import BIRTH, Desk
from workflows.calendar import VIETNAM

ASKED = "2026-11-23T09:00"


def taken(desk: Desk, file: Path, capsys, monkeypatch) -> tuple[int, dict]:
    monkeypatch.setattr("app.cli.importing.open_house", lambda: Keeping(desk.house))
    code = run(["import", "national", str(file), "--json"])
    return code, json.loads(capsys.readouterr().out)


class Keeping:
    """The desk's own house, with its stopped clock; the command's end does not close it."""

    def __init__(self, house) -> None:
        self.house, self.clock, self.unit_of_work, self.engine = house, house.clock, house.unit_of_work, self

    def dispose(self) -> None:
        """Stay open."""


def differing(desk: Desk) -> list:
    with desk.house.reading() as db:
        period = report_month_of(desk.clock.now().astimezone(VIETNAM).date())
        found = flags_of(db, report_unit(db, "H99.105"), period)
    return [flag.finding for flag in found if flag.finding.rule == "differs_from_national"]


def test_a_list_is_kept_and_what_differs_is_flagged_with_its_evidence(desk: Desk, tmp_path, capsys, monkeypatch):
    same, other, unlisted = (desk.receive(BIRTH).code for _ in range(3))
    desk.clock.advance(timedelta(hours=1))
    file = tmp_path / "cong.csv"
    lines = (f"{same},4,{ASKED}", f"{other},Đã xử lý xong,{ASKED}", f"H00.1-260101-0001,4,{ASKED}")
    file.write_text("\n".join(("code,status,checked_at", *lines)), encoding="utf-8")
    code, told = taken(desk, file, capsys, monkeypatch)
    assert (code, told["imported"], [one["column"] for one in told["warnings"]]) == (0, 2, ["code"])
    (found,) = differing(desk)
    assert found.numbers == (other,)
    assert found.facts == {"ours": "2, được tiếp nhận", "theirs": "9, đã xử lý xong", "checked": "09:00 23/11/2026"}
    with desk.house.reading() as db:
        today = desk.clock.now().astimezone(VIETNAM).date()
        reasons = {row.number: row.reason for row in to_clean(db, desk.staff("leader"), desk.clock.now(), today)}
        assert db.scalars(select(Event.kind).where(Event.kind == "figures:national_imported")).all()
    assert reasons == {unlisted: "not_synced"}


def test_a_later_check_stands_and_an_older_one_is_told(desk: Desk, tmp_path, capsys, monkeypatch):
    number = desk.receive(BIRTH).code
    desk.clock.advance(timedelta(hours=3))
    for at, status in (("2026-11-23T10:00", 9), ("2026-11-23T11:00", 2), ("2026-11-23T09:00", 9)):
        book = Workbook()
        book.active.append(["code", "status", "checked_at"])
        book.active.append([number, status, at])
        book.save(tmp_path / "cong.xlsx")
        code, told = taken(desk, tmp_path / "cong.xlsx", capsys, monkeypatch)
        assert code == 0
    assert "mới hơn" in told["warnings"][0]["reason"]
    assert differing(desk) == []
    with desk.house.reading() as db:
        assert db.scalars(select(NationalCopy.status)).one() == 2


def test_a_list_with_a_wrong_line_is_refused_as_a_whole(desk: Desk, tmp_path, capsys, monkeypatch):
    number = desk.receive(BIRTH).code
    file = tmp_path / "cong.csv"
    twice = (f"{number},4,{ASKED}", f"{number},4,{ASKED}")
    wrong = (*twice, f"x,11,{ASKED}", "y,4,hôm qua", "z,4,2027-01-01T08:00", ",4,")
    file.write_text("\n".join(("code,status,checked_at", *wrong)), encoding="utf-8")
    desk.clock.advance(timedelta(hours=3))
    code, told = taken(desk, file, capsys, monkeypatch)
    faults = {(one["line"], one["column"]) for one in told["faults"]}
    assert code == 2
    assert faults >= {(3, "code"), (4, "status"), (5, "checked_at"), (6, "checked_at"), (7, "code")}
    with desk.house.reading() as db:
        assert db.scalars(select(NationalCopy.dossier_id)).all() == []
