"""By how much time is cut: by unit, field, procedure, channel, month, each dossier as it was received."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import jsonschema
import pytest

from app.cli.main import run
from app.domain.channels import Channel
from app.domain.mission_forms import LEAST, MEAN, MOST
from app.domain.periods import quarter
from app.domain.reports import RowsBy
from app.domain.table_reports import FORMS
from app.queries.report_scope import report_unit
from app.queries.table_reports import CountedTable, table, table_by_month
from tests.figures.test_tables import schema_of
from tests.services.test_revising_limits import TYPED, revise
from tests.support.seeded import BIRTH, SINGLE, Desk

FORM, FOURTH = FORMS["shortened"], quarter(2026, 4)


@pytest.fixture
def lived(desk: Desk) -> Desk:
    """Two at 33 % and one of the same day in November; the law's limit longer from December on, one more at 50 %."""
    desk.receive()
    desk.receive()
    desk.receive(procedure=BIRTH, channel=Channel.POST)
    revise(desk, replace(TYPED, statutory_amount="4"), since=date(2026, 12, 1))
    desk.clock.advance(timedelta(days=8))
    desk.receive()
    desk.clock.advance(timedelta(days=60))
    return desk


def told(found: CountedTable) -> dict[str, Decimal | None]:
    assert found.balances
    return {row.key: row.told.get(MEAN) for row in found.rows}


def test_the_cut_is_the_mean_over_the_dossiers_of_each_row(lived):
    with lived.house.reading() as db:
        unit = report_unit(db, "H99.105", descendants=True)
        by = {kind: table(db, FORM, unit, FOURTH, kind) for kind in RowsBy}
        months = table_by_month(db, FORM, unit, FOURTH)
    mean, single = Decimal("29.00"), Decimal("38.67")  # (33 + 33 + 0 + 50) / 4; (33 + 33 + 50) / 3
    assert told(by[RowsBy.UNIT]) == {"H99.105": mean}
    assert told(by[RowsBy.FIELD]) == {"Hộ tịch": mean}
    assert told(by[RowsBy.PROCEDURE]) == {SINGLE: single, BIRTH: Decimal("0.00")}
    assert told(by[RowsBy.CHANNEL]) == {"1": single, "3": Decimal("0.00")}
    assert told(months) == {"2026-10-01": None, "2026-11-01": Decimal("22.00"), "2026-12-01": Decimal("50.00")}
    assert all(found.total.told[MEAN] == mean for found in (*by.values(), months))
    assert [(row.told.get(LEAST), row.told.get(MOST)) for row in months.rows] == [(None, None), (0, 33), (50, 50)]
    assert [row.cells["shortened.received"] for row in months.rows] == [0, 3, 1]


def test_the_command_and_its_files_tell_the_months(lived, tmp_path, capsys):
    whose = ("--unit", "H99.105", "--descendants", "--by", "month", "--json")
    days = (*whose, "--from", "2026-10-01", "--to", "2027-01-01")
    for kind in ("xlsx", "csv"):
        file = tmp_path / f"cut.{kind}"
        assert run(["report", "table", "shortened", *days, "--output", str(file)]) == 0
        document = json.loads(capsys.readouterr().out)
        jsonschema.validate(document, schema_of("report-table"))
    assert [row["told"][MEAN] for row in document["rows"]] == [None, 22.0, 50.0]
    assert "tháng 11/2026" in file.read_text(encoding="utf-8-sig")
