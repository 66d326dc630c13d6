"""The evaluation of TT 01/2018: nine indices of a unit, what nobody entered is missing, bad entries are refused."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest

from app.cli.main import run
from app.domain.entered_figures import ITEMS, FigureWrong, NewFigure
from app.domain.evaluation import OFFICER_BANDS, OFFICER_INDICES, UNIT_BANDS, UNIT_INDICES, grade
from app.domain.evaluation_forms import EVALUATION
from app.domain.people import Actor
from app.domain.periods import month
from app.services.entered_figures import enter
from tests.figures.histories import rewrite
from tests.figures.plain_facts import fact
from tests.figures.test_told_columns import DONE
from workflows.states import ActorKind

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/schemas/evaluation-unit.schema.json").read_text("utf-8"))
ASKED = ("--unit", "H98.1", "--from", "2026-11-01", "--to", "2026-12-01", "--json")
DAY = date(2026, 11, 1)
NOTHING = dict.fromkeys((column.id for column in EVALUATION.columns), 0)
BY = Actor(ActorKind.STAFF, "Lê Thử")


def told(level: str = "commune", cells: dict | None = None, **known: int) -> dict[str, Decimal | None]:
    named = {name.replace("_", "."): Decimal(value) for name, value in known.items()}
    named = {"tt01." + name[1:] if name[:1] == "n" else "catalogue." + name[1:]: v for name, v in named.items()}
    named = {name.replace("on.time", "on_time"): value for name, value in named.items()}
    return EVALUATION.tell(NOTHING | (cells or {}), level, DAY, named)


def test_without_entries_and_dossiers_every_index_is_missing_and_no_grade_is_told():
    found = grade(told(), UNIT_INDICES, UNIT_BANDS, DAY)
    assert (found.points, found.reachable, found.words) == (None, 0, "")
    assert found.missing == tuple("123456789")


@pytest.mark.parametrize(
    ("level", "entered", "points"),
    [
        ("commune", {"n5_all": 10, "n5_whole": 10}, 2),
        ("commune", {"n5_all": 10, "n5_whole": 9, "n5_desk": 10}, 1),
        ("commune", {"n5_all": 10, "n5_whole": 9, "n5_desk": 9}, 0),
        ("commune", {"n5_all": 10, "n5_whole": 9}, None),
        ("department", {"n5_all": 10, "n5_whole": 2}, 2),
        ("", {"n5_all": 10, "n5_whole": 10}, None),
    ],
)
def test_whole_handling_goes_by_the_level(level, entered, points):
    assert told(level, **entered)["evaluation.5"] == points


@pytest.mark.parametrize(
    ("entered", "points"),
    [
        ({"n6_all": 9, "n6_posted": 9, "coffered": 4, "ccomplete": 4}, 2),
        ({"n6_all": 9, "n6_posted": 8, "coffered": 4, "ccomplete": 4}, 1),
        ({"n6_all": 9, "n6_posted": 8, "coffered": 4, "ccomplete": 3}, 0),
        ({"coffered": 4, "ccomplete": 4}, None),
    ],
)
def test_publication_asks_for_the_board_and_the_catalogue(entered, points):
    assert told(**entered)["evaluation.6"] == points


@pytest.mark.parametrize(
    ("entered", "points"),
    [
        ({"n8_all": 0}, 2),
        ({"n8_all": 10, "n8_on_time": 10, "n8_prolonged": 0}, 2),
        ({"n8_all": 10, "n8_on_time": 9, "n8_prolonged": 0}, 1),
        ({"n8_all": 10, "n8_on_time": 8, "n8_prolonged": 0}, 0),
        ({"n8_all": 10, "n8_on_time": 10, "n8_prolonged": 1}, 0),
        ({"n8_all": 10, "n8_on_time": 10}, None),
    ],
)
def test_complaints_on_time_none_prolonged_and_none_at_all_is_full(entered, points):
    assert told(**entered)["evaluation.8"] == points


def test_attitude_and_bodies_wait_for_the_survey_and_take_complaints_off():
    cells = {"evaluation.2.two": 6, "evaluation.2.one": 3, "evaluation.2.none": 1}
    assert told(cells=cells)["evaluation.7"] is None
    assert told(cells=cells, n7_complained=0)["evaluation.7"] == Decimal("1.5")
    assert told(cells=cells, n7_complained=2)["evaluation.7"] == Decimal("1.1")
    assert told(cells=cells, n7_complained=50)["evaluation.7"] == 0
    bodies = {"evaluation.4.none": 2, "evaluation.4.desk": 8}
    assert told(cells=bodies)["evaluation.4"] is None
    assert told(cells=bodies, n4_more=0)["evaluation.4"] == Decimal("1.2")
    assert told(cells=bodies, n4_more=9)["evaluation.4"] == Decimal("0.2")


def test_bands_need_every_index():
    nine = dict.fromkeys(UNIT_INDICES, Decimal("1.7"))
    assert grade(nine, UNIT_INDICES, UNIT_BANDS, DAY).words == "Xuất sắc"
    assert grade(nine | {"evaluation.6": None}, UNIT_INDICES, UNIT_BANDS, DAY).words == ""
    words = [
        grade(dict.fromkeys(UNIT_INDICES, Decimal(n)), UNIT_INDICES, UNIT_BANDS, DAY).words for n in ("1.4", "1", "0")
    ]
    assert words == ["Tốt", "Khá", "Yếu"]
    five = dict.fromkeys(OFFICER_INDICES, Decimal("0.8"))
    assert "từ 70%" in grade(five, OFFICER_INDICES, OFFICER_BANDS, DAY).words


def test_a_unit_with_all_entered_is_graded_and_the_figures_name_their_source(house, world, capsys):
    early = {"standing": "early", "statutory_standing": "early"}
    rewrite(house, [fact(world, one, **DONE, **early) for one in world.dossiers[:4]])
    before = _asked(capsys)
    assert before["indices"]["7"] is None
    assert set(before["missing"]) == set("45678")
    november = month(2026, 11)
    with house.unit_of_work() as uow:
        for item in ("4.more", "5.all", "5.whole", "6.all", "6.posted", "7.complained", "8.all"):
            value = 12 if item in {"5.all", "5.whole", "6.all", "6.posted"} else 0
            new = NewFigure(f"tt01.{item}", value, "Sổ theo dõi", house.clock.now().date())
            enter(uow, "H98.1", november, new, by=BY, at=house.clock.now())
    found = _asked(capsys)
    assert found["missing"] == ["6"]  # nothing is offered in this house, so the catalogue tells nothing
    assert found["grade"] is None
    assert found["indices"] | {"6": 0} == {"1": 2, "2": 2, "3": 2, "4": 1, "5": 2, "6": 0, "7": 2, "8": 2, "9": 0}
    assert {one["source"] for one in found["entered"]} == {"Sổ theo dõi"}


def test_entries_that_cannot_be_are_refused_by_name(house, world):
    today = house.clock.now().date()
    for wrong, where in (
        ({"item": "tt01.99"}, "item"),
        ({"item": "tt01.5.all", "login": "ai"}, "login"),
        ({"value": -1}, "value"),
        ({"source": "  "}, "source"),
    ):
        ordinary = {"item": "tt01.7.complained", "value": 1, "source": "sổ", "told_on": today}
        with pytest.raises(FigureWrong) as refused:
            NewFigure(**(ordinary | wrong))
        assert refused.value.where == where
    whole, part = (NewFigure(f"tt01.5.{item}", n, "sổ", today) for item, n in (("all", 3), ("whole", 4)))
    ahead = NewFigure("tt01.8.all", 0, "sổ", date(2099, 1, 1))
    with house.unit_of_work() as uow:
        enter(uow, "H98.1", month(2026, 11), whole, by=BY, at=house.clock.now())
        for wrong_one in (part, ahead):
            with pytest.raises(FigureWrong):
                enter(uow, "H98.1", month(2026, 11), wrong_one, by=BY, at=house.clock.now())


def test_a_file_is_read_as_a_whole_or_each_wrong_line_is_named(house, world, tmp_path, capsys):
    head = "unit_code,login,from,to,item,value,source,told_on\n"
    good = "H98.1,,2026-11-01,2026-12-01,tt01.8.all,0,Sổ tiếp công dân,2026-11-20\n"
    file = tmp_path / "figures.csv"
    file.write_text(f"{head}{good}H98.1,,2026-11-01,2026-12-01,tt01.8.all,=1+1,sổ,2026-11-20\n", encoding="utf-8")
    assert run(["import", "figures", str(file), "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["faults"][0]["line"] == 3
    assert _asked(capsys)["indices"]["8"] is None
    file.write_text(head + good, encoding="utf-8")
    assert run(["import", "figures", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["imported"] == 1
    assert _asked(capsys)["indices"]["8"] == 2


def test_every_part_names_a_whole_that_is_there():
    assert {item.whole for item in ITEMS.values() if item.whole} <= set(ITEMS)


def _asked(capsys) -> dict:
    assert run(["evaluation", "unit", *ASKED]) == 0
    document = json.loads(capsys.readouterr().out)
    jsonschema.validate(document, SCHEMA)
    return document
