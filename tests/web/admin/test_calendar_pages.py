"""The calendar as its administrator sees it: proposed, previewed, exported, imported; what rests on it says so."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.cli.main import run
from app.db.models import CalendarDay, IssuedForm
from app.queries.printing import form_of
from tests.support.seeded import *  # noqa: F403 - the planted house, by name in its __all__
from tests.support.seeded import Desk
from tests.web.desk.conftest import *  # noqa: F403 - people at their pages
from tests.web.desk.worker import Worker
from tests.web.public.test_every_page import problems_of

PAGE = "/quan-tri/lich"
SCHEMA = Path(__file__).parents[3] / "docs" / "schemas" / "calendar-preview.schema.json"


@pytest.fixture
def admin(sit_down: Callable[[str], Worker]) -> Worker:
    return sit_down("admin")


def test_a_year_is_proposed_marked_and_confirmed(desk: Desk, admin: Worker):
    page = admin.open(f"{PAGE}?nam=2028")
    assert "Chưa tính được hạn rơi vào năm 2028" in page.text
    answer = admin.send(f"{PAGE}/du-kien", year="2028")
    assert answer.status_code == 200
    shown = admin.open(f"{PAGE}?nam=2028").text
    assert 'data-testid="year-expected"' in shown
    assert shown.count("dự kiến") >= 10
    assert problems_of(shown) == []
    admin.send(f"{PAGE}/xac-nhan", year="2028")
    assert 'data-testid="year-expected"' not in admin.open(f"{PAGE}?nam=2028").text
    assert "Lịch đã có năm 2028" in admin.send(f"{PAGE}/du-kien", year="2028").text


def test_a_preview_moves_nothing(desk: Desk, admin: Worker):
    code = desk.receive().code
    form = {"day": "25/11/2026", "kind": "closure", "name": "Mất điện", "source": "TB 12", "preview": "1"}
    admin.open(PAGE)
    page = admin.send(f"{PAGE}/ngay", **form).text
    assert "1 trên 1 hồ sơ đang giải quyết sẽ đổi hạn" in page
    assert code in page
    with desk.house.reading() as db:
        assert db.scalar(select(CalendarDay).where(CalendarDay.day == date(2026, 11, 25))) is None


def test_the_command_previews_too(desk: Desk, capsys):
    desk.receive()
    assert run(["calendar", "preview", "--day", "2026-11-25", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    jsonschema.validate(found, json.loads(SCHEMA.read_text("utf-8")))
    assert (found["dossiers"], found["moved"]) == (1, 1)
    assert run(["calendar", "preview", "--json"]) == 2


def test_out_as_a_file_and_in_again_changes_nothing(desk: Desk, admin: Worker):
    content = admin.open(f"{PAGE}.csv").data
    assert content.startswith(b"\xef\xbb\xbfdate,kind,name,source,confirmed,entered_by")
    admin.open(PAGE)
    answer = admin.send(f"{PAGE}/nhap", file=(io.BytesIO(content), "lich.csv"))
    assert "thêm 0 ngày" in answer.text
    impossible = io.BytesIO(b"date,kind,name,source\n2026-02-30,holiday,x,y\n")
    refused = admin.send(f"{PAGE}/nhap", file=(impossible, "sai.csv"))
    assert "Không nhập được tệp" in refused.text


def test_a_due_that_rests_on_an_expected_day_says_so_on_page_and_paper(desk: Desk, clerk: Worker):
    with desk.house._sessions() as session:
        row = session.scalars(select(CalendarDay).where(CalendarDay.day == date(2026, 11, 24))).one()
        row.confirmed = False
        session.commit()
    desk.house.calendars._built.clear()
    made = desk.receive()
    words = "Ngày nghỉ 24/11/2026 mới là dự kiến"
    assert words in clerk.open(f"/mot-cua/ho-so/{made.code}").text
    with desk.house.reading() as session:
        form = session.scalars(select(IssuedForm).where(IssuedForm.form == "01")).first()
        pair = form_of(session, desk.house.vault, desk.house.calendars, form, base_url="http://127.0.0.1")
    assert "có thể thay đổi khi có thông báo chính thức" in pair.receipt.why


def test_the_command_exports_what_the_import_reads_back_unchanged(desk: Desk, tmp_path: Path, capsys):
    assert run(["calendar", "export"]) == 0
    exported = capsys.readouterr().out
    assert exported.splitlines()[0] == "date,kind,name,source,confirmed,entered_by"
    with desk.house.reading() as db:
        before = days_in(db)
    assert len(exported.splitlines()) == len(before) + 1
    file = tmp_path / "lich.csv"
    file.write_text(exported, encoding="utf-8")
    assert run(["import", "calendar", str(file)]) == 0
    capsys.readouterr()
    with desk.house.reading() as db:
        assert days_in(db) == before
    assert run(["calendar", "export", "--calendar", "khong-co"]) == 0
    assert capsys.readouterr().out.splitlines() == [exported.splitlines()[0]]


def days_in(db: Session) -> list[tuple[date, str, str, str, bool]]:
    asked = select(CalendarDay.day, CalendarDay.kind, CalendarDay.name, CalendarDay.source, CalendarDay.confirmed)
    return [tuple(row) for row in db.execute(asked.order_by(CalendarDay.day))]
