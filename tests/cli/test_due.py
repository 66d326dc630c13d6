"""`motcua due`: the answer of the contract, and a sentence for each thing that cannot be reckoned with."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from app.cli.main import run

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "schemas" / "due.schema.json").read_text("utf-8"))


@pytest.fixture
def due(home, capsys):
    """Run `motcua due … --json` and return the exit code and the one document on stdout."""

    def ask(*arguments: str) -> tuple[int, dict]:
        code = run(["due", *arguments, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return ask


def answered(result: tuple[int, dict]) -> dict:
    code, document = result
    assert code == 0
    jsonschema.validate(document, SCHEMA)
    return document


def test_a_due_time_over_the_day_of_culture(due):
    document = answered(due("--received", "2026-11-19T09:00", "--limit", "5 working days", "--at", "2026-11-20T08:30"))
    assert document["due_day"] == "2026-11-27"
    assert document["due_at"] == "2026-11-28T00:00:00+07:00"
    assert document["promised_at"] == "2026-11-27T17:00:00+07:00"
    assert document["statutory_due_at"] == document["due_at"]
    assert document["consumed_minutes"] == 360 + 60
    assert document["standing"] == "in_term"
    assert any("Ngày Văn hóa Việt Nam" in line["what"] for line in document["trace"])


def test_suspensions_under_both_readings(due):
    facts = ("--received", "2026-04-20T09:00", "--limit", "3 working days", "--statutory-limit", "5 working days",
             "--suspend", "2026-04-22T10:00/2026-04-29T10:00@supplement")  # fmt: skip
    subtracted = answered(due(*facts))
    restarted = answered(due(*facts, "--reading", "restart"))
    assert (subtracted["due_day"], subtracted["statutory_due_at"]) == ("2026-05-04", "2026-05-07T00:00:00+07:00")
    assert restarted["due_day"] == "2026-05-06"


def test_an_open_suspension_and_a_utc_instant(due):
    facts = ("--received", "2026-04-20T02:00:00+00:00", "--limit", "3 working days")
    document = answered(due(*facts, "--suspend", "2026-04-21T10:00/@payment", "--at", "2026-04-23T10:00"))
    assert (document["due_day"], document["statutory_due_at"], document["standing"]) == (None, None, "suspended")
    assert document["if_resumed"]["due_day"] == "2026-04-28"
    assert document["consumed_minutes"] == 510


def test_a_finished_dossier_and_a_cutoff(due):
    facts = ("--received", "2026-04-20T14:30", "--limit", "same day", "--cutoff", "14:00")
    document = answered(due(*facts, "--finished", "2026-04-20T16:00"))
    assert (document["due_day"], document["standing"]) == ("2026-04-21", "early")


@pytest.mark.parametrize(
    ("received", "limit", "due_day"),
    [
        ("2024-01-31T09:00", "1 month", "2024-02-29"),  # 31 + 1 month, leap year
        ("2022-01-31T09:00", "1 month", "2022-02-28"),
        ("2024-02-29T09:00", "12 months", "2025-02-28"),
        ("2025-12-31T16:00", "1 working day", "2026-01-05"),  # over New Year and its swapped Friday
        ("2026-04-20T23:30+07:00", "3 working days", "2026-04-23"),
        ("2026-04-20T16:30:00Z", "3 working days", "2026-04-23"),  # the same instant
        ("2026-04-21T01:30:00+09:00", "3 working days", "2026-04-23"),
        ("2026-04-20T23:30", "3 working days", "2026-04-23"),  # without zone: Vietnam's
    ],
)
def test_month_ends_year_ends_and_zones(due, received, limit, due_day):
    assert answered(due("--received", received, "--limit", limit))["due_day"] == due_day


@pytest.mark.parametrize(("received", "missing"), [("2019-05-06T09:00", "2019"), ("2041-05-06T09:00", "2041")])
def test_a_reception_outside_the_calendar_names_its_year(due, received, missing):
    exit_code, document = due("--received", received, "--limit", "3 working days")
    assert (exit_code, document["error"]["code"]) == (2, "calendar_year_missing")
    assert missing in document["error"]["message"]


def test_the_answer_in_words(home, capsys):
    facts = ["--received", "2026-04-20T09:00", "--limit", "2 working hours", "--statutory-limit", "same day"]
    assert run(["due", *facts]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "Hẹn trả: 11:00 thứ Hai, 20/04/2026; hạn hết ngày thứ Hai, 20/04/2026" in lines
    assert "Thời hạn luật định: 00:00 thứ Ba, 21/04/2026" in lines


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--limit", "0 days"), "limit_out_of_range", "từ 1 đến"),
        (("--limit", "-3 days"), "limit_out_of_range", "từ 1 đến"),
        (("--limit", "3 weeks"), "limit_not_understood", "“3 weeks”"),
        (("--limit", "3 days", "--statutory-limit", "2 days"), "limit_longer_than_law", "dài hơn"),
        (("--limit", "same day", "--cutoff", "25:00"), "cutoff_not_understood", "25:00"),
        (("--limit", "3 days", "--suspend", "2026-04-19/2026-04-21@x"), "suspension_before_start", "có trước"),
        (("--limit", "3 days", "--suspend", "2026-04-22/2026-04-21@x"), "suspension_backwards", "không sau"),
        (
            ("--limit", "3 days", "--suspend", "2026-04-21T09:00/@x", "--suspend", "2026-04-22T09:00/@x"),
            "suspensions_overlap",
            "chồng lên nhau",
        ),
        (("--limit", "3 days", "--finished", "2026-04-19T09:00"), "end_before_start", "trước khi tiếp nhận"),
        (("--limit", "3 days", "--suspend", "yesterday"), "bad_usage", "không phải là một lần dừng"),
        (("--limit", "3 days", "--suspend", "yesterday/@x"), "bad_usage", "không phải là thời điểm"),
        (("--limit", "24 months"), "calendar_year_missing", "2028"),
        (("--limit", "3 days", "--calendar", "không có"), "calendar_unknown", "“không có”"),
    ],
)
def test_what_cannot_be_reckoned_with_is_refused_in_words(due, arguments, code, words):
    exit_code, document = due("--received", "2026-04-20T09:00", *arguments)
    assert exit_code == 2
    assert document["error"]["code"] == code
    assert words in document["error"]["message"]
