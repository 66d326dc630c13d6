"""What forms tell of their cells: scores of an evaluation, shares against dated targets, limits shortened."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from app.adapters.table_files import TABLE_WRITERS
from app.domain.periods import month
from app.domain.reports import RowsBy
from app.domain.table_form import LevelTarget
from app.domain.table_reports import FORMS
from app.queries.report_scope import report_unit
from app.queries.table_reports import table
from tests.figures.histories import rewrite
from tests.figures.plain_facts import fact

NOVEMBER = month(2026, 11)
DAY = date(2026, 11, 1)
DONE = {"state": "finished", "ended_at": datetime.fromisoformat("2026-11-05T10:00+07:00")}


def test_an_index_is_the_average_of_the_dossiers_and_what_nobody_knows_is_left_out():
    form = FORMS["evaluation"]
    cells = dict.fromkeys((column.id for column in form.columns), 0)
    assert set(form.tell(cells, "", DAY, {}).values()) == {None}
    told = form.tell(cells | {"evaluation.3.two": 2, "evaluation.3.one": 1}, "", DAY, {})
    assert (told["evaluation.3"], told["evaluation.points"], told["evaluation.most"]) == (
        Decimal("1.7"),
        Decimal("1.7"),
        2,
    )


def test_the_online_index_goes_by_thresholds_and_any_late_dossier_spoils_it():
    form = FORMS["evaluation"]
    empty = dict.fromkeys((column.id for column in form.columns), 0)

    def points(received: int, online: int, late: int = 0, eligible: int = 2) -> Decimal | None:
        told = {"evaluation.received": received, "evaluation.online": online, "evaluation.online_late": late}
        known = {"catalogue.offered": Decimal(10), "catalogue.online": Decimal(eligible)}
        return form.tell(empty | told, "", DAY, known)["evaluation.9"]

    assert [points(100, share) for share in (14, 15, 29, 30)] == [0, 1, 1, 2]
    assert points(100, 90, late=1) == 0
    assert points(100, 90, eligible=1) == 1  # too few procedures can be filed online
    assert points(0, 0) is None


def test_a_target_is_of_its_level_and_its_days():
    form = FORMS["online"]
    cells = dict.fromkeys((column.id for column in form.columns), 0)
    cells |= {"online_work.finished": 8, "online_work.paperless": 5}
    commune, department = (form.tell(cells, level, DAY, {}) for level in ("commune", "department"))
    assert (commune["online_work.share"], commune["online_work.distance"]) == (Decimal("62.50"), Decimal("2.50"))
    assert department["online_work.distance"] == Decimal("-27.50")
    assert form.tell(cells, "commune", date(2020, 1, 1), {})["online_work.goal"] is None
    assert LevelTarget("commune", 60, "", DAY, DAY).effective_to == DAY


def test_dossiers_are_scored_and_the_files_hold_the_score(house, world):
    standings = ("early", "on_time", "late")
    rows = [
        fact(world, dossier, **DONE, standing=standing, statutory_standing="early", supplement_requests=place)
        for place, (dossier, standing) in enumerate(zip(world.dossiers, standings, strict=False))
    ]
    rewrite(house, rows)
    found = _table(house, "evaluation")
    told = found.total.told
    assert [told[f"evaluation.{index}"] for index in "1239"] == [2, 1, 1, 0]
    assert (told["evaluation.points"], told["evaluation.most"]) == (4, 8)
    assert '"4,0"' in TABLE_WRITERS["csv"](found, house.clock.now()).decode("utf-8-sig")


def test_certification_lifts_no_other_field(house, world):
    fields = ("Chứng thực", "Chứng thực", "Hộ tịch")
    rows = [
        fact(world, dossier, **DONE, field=field, standing="late" if field == "Hộ tịch" else "early")
        for dossier, field in zip(world.dossiers, fields, strict=False)
    ]
    rewrite(house, rows)
    told = _table(house, "certification").total.told
    assert (told["apart.certification.share"], told["apart.others.share"]) == (100, 0)


def test_a_shortened_limit_is_counted_by_dossier_and_known_by_procedure(house, world):
    later = datetime.fromisoformat("2026-11-20T00:00+07:00")
    rewrite(house, [fact(world, world.dossiers[0], statutory_due_at=later)])
    found = _table(house, "shortened", RowsBy.PROCEDURE)
    assert found.total.cells["shortened.shorter"] == 1
    assert found.total.told["shortened.share"] == 100
    assert all({"shortened.least", "shortened.most"} <= row.told.keys() for row in found.rows)


def _table(house, form: str, by: RowsBy = RowsBy.UNIT):
    with house.reading() as session:
        found = table(session, FORMS[form], report_unit(session, "H98", descendants=True), NOVEMBER, by)
    assert found.balances
    return found
