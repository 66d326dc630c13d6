"""The warn ladder: each rung once for each due time, to the right people, and caught up after a silence."""

from __future__ import annotations

from tests.scheduler.words import effects, events, tick_at, told
from tests.support.seeded import COPIES, SINGLE, Desk

# Received Monday 23 November 08:30; 24 November is a holiday; two working days: due at the end of Thursday 26.
# A quarter of two written days (16 hours) is four hours: of the 7.5 open hours, Thursday from 11:00 on.


def test_each_rung_is_reached_once_and_in_order(desk: Desk) -> None:
    dossier = desk.receive(SINGLE).dossier_id
    for moment in (
        "Monday 2026-11-23 09:00",
        "Thursday 2026-11-26 11:00",
        "Thursday 2026-11-26 11:01",
        "Friday 2026-11-27 00:00",
        "Friday 2026-11-27 07:29",
        "Friday 2026-11-27 07:30",
        "Friday 2026-11-27 07:31",
        "Saturday 2026-11-28 09:00",
        "Monday 2026-11-30 07:30",
    ):
        tick_at(desk, moment)
        tick_at(desk, moment)
    assert effects(desk, dossier, "warn") == [
        "warn:share-25",
        "warn:hours-4",
        "warn:due",
        "warn:late-20261127",
        "warn:late-20261130",
    ]


def test_the_holder_hears_first_the_leader_last(desk: Desk) -> None:
    dossier = desk.receive(SINGLE).dossier_id
    tick_at(desk, "Thursday 2026-11-26 11:00")
    assert [login for login, template in told(desk, dossier) if template == "due_soon"] == ["clerk"]
    tick_at(desk, "Friday 2026-11-27 00:00")
    assert ("leader", "due") in told(desk, dossier)


def test_a_short_limit_is_not_called_to_mind_on_arrival(desk: Desk) -> None:
    dossier = desk.receive(COPIES).dossier_id
    tick_at(desk, "Monday 2026-11-23 08:31")
    assert effects(desk, dossier) == []


def test_after_a_silence_every_rung_is_written_down_and_one_is_told(desk: Desk) -> None:
    dossier = desk.receive(SINGLE).dossier_id
    tick_at(desk, "Wednesday 2026-12-02 09:00")
    assert effects(desk, dossier, "warn") == [
        "warn:share-25",
        "warn:hours-4",
        "warn:due",
        "warn:late-20261127",
        "warn:late-20261130",
        "warn:late-20261201",
        "warn:late-20261202",
    ]
    of_the_ladder = {"due_soon", "due", "late"}
    heard = [template for login, template in told(desk, dossier) if login == "clerk" and template in of_the_ladder]
    assert heard == ["late"]
    assert events(desk, dossier).count("dossier:late") == 1
