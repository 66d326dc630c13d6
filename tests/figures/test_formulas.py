"""Formulas are checked data: what cannot be counted with is refused by name, and points follow the published rules."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.cli.main import run
from app.domain.figure_book import FORMULAS
from app.domain.formula_data import read_formulas
from app.domain.formulas import FormulaInvalid, Scoring, Zero, checked, in_force
from app.domain.index_766 import COMPONENTS, GROUPS
from app.domain.periods import month
from app.domain.rate_formulas import OTHER_READINGS, RATES
from app.domain.rates import Rate
from app.queries import figures
from app.queries.report_scope import report_unit
from tests.figures.histories import histories, rewrite

GOOD = {
    "id": "xong_trong_ky",
    "title": "Xong trong kỳ",
    "source": "thử",
    "numerator": ["and", "$xong", ["<", "ended_at", "@end"]],
    "denominator": "$in_period",
}
CONDITIONS = {"xong": ["in", "state", "finished", "returned"]}
SMALL = settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def book(conditions=None, **changed) -> str:
    return json.dumps({"conditions": CONDITIONS if conditions is None else conditions, "formulas": [GOOD | changed]})


@pytest.mark.parametrize(
    ("text", "where", "words"),
    [
        (book({"a": "$b", "b": ["not", "$a"]}, numerator="$a"), "a", "vòng lặp: a → b → a"),
        (book(numerator=["=", "ngay_nhan", 1]), "xong_trong_ky", "không có dữ kiện “ngay_nhan”"),
        (book(numerator="$khong_co"), "xong_trong_ky", "không có điều kiện “khong_co”"),
        (book({"xong": ["=", "mau", "đỏ"]}), "xong", "không có dữ kiện “mau”"),
        (book(numerator=["<", "ended_at", 5]), "xong_trong_ky", "thời điểm"),
        (book(numerator=["<", "ended_at", "@giua"]), "xong_trong_ky", "@giua"),
        (book(numerator=["=", "is_suspended", 1]), "xong_trong_ky", "có/không"),
        (book(numerator=["<", "due_at", {"fact": "channel"}]), "xong_trong_ky", "channel"),
        (book(numerator=["xor", "$xong"]), "xong_trong_ky", "xor"),
        (book(zero="maybe"), "xong_trong_ky", "maybe"),
        (book(maximum=-1), "xong_trong_ky", "điểm tối đa"),
        (book(effective_from="hôm qua"), "xong_trong_ky", "hôm qua"),
        (book(effective_from="2026-02-01", effective_to="2026-01-01"), "xong_trong_ky", "hết hiệu lực"),
        ("[", "tệp", "JSON"),
        ("{}", "tệp", "formulas"),
    ],
)
def test_bad_formula_data_is_refused_by_name(text, where, words):
    with pytest.raises(FormulaInvalid) as refused:
        read_formulas(text)
    assert refused.value.where == where
    assert words in str(refused.value)


def test_two_versions_may_follow_each_other_but_not_overlap():
    old = replace(RATES[0], effective_to=date(2026, 7, 1))
    new = replace(RATES[0], version="2", effective_from=date(2026, 7, 1))
    others = tuple(one for one in OTHER_READINGS if one.id in old.other_readings)
    assert next(one.version for one in in_force(checked((old, new, *others)), date(2026, 8, 1))) == "2"
    with pytest.raises(FormulaInvalid):
        checked((RATES[0], new, *others))


def test_the_maxima_add_up_to_the_published_hundred():
    for number, (_title, maximum) in GROUPS.items():
        assert sum(one.maximum for one in COMPONENTS if one.group == number) == maximum
    assert sum(maximum for _title, maximum in GROUPS.values()) == 100


@pytest.mark.parametrize(
    ("scoring", "rate", "zero", "points"),
    [
        (Scoring(Decimal(6), Decimal("0.5")), Rate(1, 4), Zero.NOT_ARISEN, "3.00"),
        (Scoring(Decimal(6), Decimal("0.5")), Rate(3, 4), Zero.NOT_ARISEN, "6"),
        (Scoring(Decimal(2), Decimal("0.8")), Rate(2, 5), Zero.NOT_ARISEN, "1.00"),
        (Scoring(Decimal(6), Decimal("0.9")), Rate(45, 100), Zero.NOTHING, "3.00"),
        (Scoring(Decimal(20)), Rate(2, 3), Zero.NOT_ARISEN, "13.33"),
        (Scoring(Decimal(6)), Rate(0, 0), Zero.NOT_ARISEN, None),
        (Scoring(Decimal(6)), Rate(0, 0), Zero.FULL, "6"),
        (Scoring(Decimal(6)), Rate(0, 0), Zero.NOTHING, "0"),
    ],
)
def test_points_follow_the_rules_and_a_zero_denominator_has_three_answers(scoring, rate, zero, points):
    assert scoring.points(rate, zero) == (None if points is None else Decimal(points))


@SMALL
@given(data=st.data())
def test_no_formula_counts_more_above_the_line_than_below(house, world, data):
    rewrite(house, data.draw(histories(world)))
    with house.reading() as session:
        unit = report_unit(session, "H98", descendants=True)
        found = figures.rates(session, unit, month(2026, 11), tuple(FORMULAS.values()))
    assert found.keys() == FORMULAS.keys()


def test_a_file_of_formulas_is_counted_by_the_same_engine(house, world, tmp_path, capsys):
    file = tmp_path / "cong-thuc.json"
    file.write_text(book(), encoding="utf-8")
    days = ("--unit", "H98", "--from", "2026-11-01", "--to", "2026-12-01", "--json")
    assert run(["rates", *days, "--formulas", str(file)]) == 0
    assert json.loads(capsys.readouterr().out) == {"xong_trong_ky": {"numerator": 0, "denominator": 0, "rate": None}}
    file.write_text(book(numerator="$khong_co"), encoding="utf-8")
    assert run(["rates", *days, "--formulas", str(file)]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["where"] == "xong_trong_ky"
    assert run(["rates", *days, "--readings"]) == 0
    assert {one.id for one in OTHER_READINGS} < set(json.loads(capsys.readouterr().out))
