"""Each flag as a table: what raises it, what just does not; and no word of blame in any sentence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.domain import flags
from app.domain.flag_evidence import Asked, Ended, Evidence, Filed, Paper, Stop, Twin

NINE = datetime(2026, 11, 20, 2, tzinfo=UTC)  # 09:00 in Vietnam
DUE = NINE + timedelta(days=3)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def ended(number: str = "a", *, at=NINE, recorded=None, due=DUE, late=False, by=1, promised=None) -> Ended:
    return Ended(number, 7, at, recorded or at, due, promised, late, by)


def count(found) -> int:
    return len(found)


@pytest.mark.parametrize(("behind", "flagged"), [(0, 0), (29, 0), (30, 1), (600, 1), (-5, 0)])
def test_an_end_entered_for_an_earlier_time(behind, flagged):
    assert count(flags.finished_before_record([ended(recorded=NINE + minutes(behind))])) == flagged


@pytest.mark.parametrize(
    ("seconds", "flagged"),
    [([0, 0], 0), ([0, 20, 59], 1), ([0, 0, 60], 0), ([-1, 0, 0], 0)],
)
def test_ends_in_the_very_minute_of_the_due_time(seconds, flagged):
    rows = [ended(str(place), at=DUE + timedelta(seconds=after)) for place, after in enumerate(seconds)]
    assert count(flags.finished_at_due(rows)) == flagged
    promised = [ended(str(place), at=NINE, promised=NINE) for place in range(3)]
    assert count(flags.finished_at_due(promised)) == 1


@pytest.mark.parametrize(("hours", "flagged"), [(0, 0), (89, 0), (90, 1), (100, 1), (101, 0)])
def test_a_suspension_in_the_last_tenth(hours, flagged):
    stop = Stop("a", 7, NINE, NINE + timedelta(hours=hours), NINE + timedelta(hours=100))
    assert count(flags.suspended_at_the_end([stop])) == flagged


def test_a_suspension_of_a_limit_without_length_is_no_flag():
    assert flags.suspended_at_the_end([Stop("a", 7, NINE, NINE, NINE)]) == ()


@pytest.mark.parametrize(("requests", "flagged"), [(["a"], 0), (["a", "b"], 0), (["a", "b", "a"], 1), (["a"] * 3, 1)])
def test_a_second_request_for_papers(requests, flagged):
    rows = [Asked(number, 7, NINE + minutes(place), None, 0) for place, number in enumerate(requests)]
    found = flags.second_supplement(rows)
    assert count(found) == flagged
    if found:
        assert found[0].facts["n"] == str(requests.count("a"))


@pytest.mark.parametrize(("answered", "papers", "flagged"), [(None, 0, 0), (NINE, 1, 0), (NINE, 0, 1)])
def test_a_supplement_that_brought_nothing(answered, papers, flagged):
    assert count(flags.supplement_without_file([Asked("a", 7, NINE, answered, papers)])) == flagged


@pytest.mark.parametrize(
    ("rows", "late", "gap", "people", "flagged"),
    [(5, True, 1, 1, 1), (4, True, 1, 1, 0), (5, False, 1, 1, 0), (5, True, 3, 1, 0), (10, True, 1, 2, 2)],
)
def test_late_dossiers_ended_in_bulk(rows, late, gap, people, flagged):
    made = [
        ended(str(place), at=NINE + minutes(gap * (place // people)), late=late, by=place % people)
        for place in range(rows)
    ]
    assert count(flags.finished_in_bulk(made)) == flagged


def test_a_digitized_paper_that_holds_nothing():
    found = flags.digitized_empty([Paper("a", 7, "Tờ khai", "d1", True), Paper("b", 7, "Tờ khai", "d2", False)])
    assert [one.numbers for one in found] == [("a",)]


@pytest.mark.parametrize(
    ("dossiers", "flagged"), [(["a", "b"], 0), (["a", "a", "a"], 0), (["a", "b", "c"], 1), (["a", "b", "b", "c"], 1)]
)
def test_one_file_in_many_dossiers(dossiers, flagged):
    papers = [Paper(number, 7, "Tờ khai", "same", False) for number in dossiers]
    assert count(flags.digitized_twin(papers)) == flagged
    assert flags.digitized_twin([Paper(number, 7, "Tờ khai", "", False) for number in dossiers]) == ()


@pytest.mark.parametrize(("rows", "gap", "flagged"), [(9, 1, 0), (10, 1, 1), (10, 7, 0), (25, 1, 1)])
def test_a_burst_of_filings(rows, gap, flagged):
    filed = [Filed(str(place), 7, "phone", "digest", NINE + minutes(gap * place)) for place in range(rows)]
    assert count(flags.filed_in_burst(filed)) == flagged
    apart = [Filed(str(place), 7, "phone", f"digest {place}", NINE) for place in range(rows)]
    assert flags.filed_in_burst(apart) == ()


def test_a_state_that_the_national_portal_tells_otherwise():
    states = (("a", 9, 4), ("b", 10, 10), ("c", 10, 9), ("d", 5, 4))  # theirs may finish first and return afterwards
    found = flags.differs_from_national([Twin(number, 7, ours, theirs, NINE) for number, ours, theirs in states])
    assert [(one.numbers, one.facts["ours"], one.facts["theirs"]) for one in found] == [
        (("a",), "9, đã xử lý xong", "4, đang xử lý"),
        (("d",), "5, yêu cầu bổ sung giấy tờ", "4, đang xử lý"),
    ]


def test_every_rule_completes_its_sentence_and_no_evidence_gives_no_flag():
    assert flags.findings(Evidence()) == ()
    everything = Evidence(
        ended=(
            *(ended(str(place), at=DUE, recorded=DUE + minutes(place), late=True) for place in range(5)),
            ended("z", recorded=NINE + minutes(90)),
        ),
        stops=(Stop("a", 7, NINE, DUE, DUE),),
        asked=(Asked("a", 7, NINE, NINE, 0), Asked("a", 7, DUE, None, 0)),
        papers=tuple(Paper(number, 7, "Tờ khai", "same", True) for number in "abc"),
        filed=tuple(Filed(str(place), 7, "person", "d", NINE) for place in range(10)),
        twins=(Twin("a", 7, 9, 4, NINE),),
    )
    found = flags.findings(everything)
    assert {one.rule for one in found} == set(flags.BY_ID)
    for one in found:
        rule = flags.BY_ID[one.rule]
        told = rule.sentence.format(**one.facts)
        assert "{" not in told
        assert not any(word in (rule.title + told).lower() for word in ("gian lận", "vi phạm", "sai phạm", "cố tình"))
    assert len({one.id for one in found}) == len(found)
    assert [one.id for one in flags.findings(everything)] == [one.id for one in found]
