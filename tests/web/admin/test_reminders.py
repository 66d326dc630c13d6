"""The ladder of an authority on its page: set, refused beside its field, followed by the sweep, kept in the log."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from app.db.models import Event
from app.db.reminding import ladders, quiet_minutes
from app.domain.ladder import DEFAULT_LADDER
from tests.scheduler.words import effects, tick_at
from tests.support.seeded import *  # noqa: F403 - the planted house, by name in its __all__
from tests.support.seeded import SINGLE, Desk
from tests.web.desk.conftest import *  # noqa: F403 - people at their pages
from tests.web.desk.worker import Worker
from tests.web.public.test_every_page import problems_of

PAGE = "/quan-tri/nhac-han"


@pytest.fixture
def admin(sit_down: Callable[[str], Worker]) -> Worker:
    return sit_down("admin")


def fields_of(text: str) -> dict[str, str]:
    found = dict(re.findall(r'<input [^>]*?name="((?:rows|stuck)[^"]*)"[^>]*? value="([^"]*)"', text))
    for name, inner in re.findall(r'<select [^>]*?name="([^"]+)"[^>]*>(.*?)</select>', text, re.DOTALL):
        found[name] = (re.findall(r'<option selected value="([^"]*)"', inner) or [""])[0]
    return found


def test_the_usual_ladder_stands_there_and_is_whole(admin: Worker) -> None:
    page = admin.open(PAGE)
    fields = fields_of(page.text)
    kinds = [fields[f"rows-{place}-kind"] for place in range(len(DEFAULT_LADDER) + 2)]
    assert kinds == [*(rung.kind for rung in DEFAULT_LADDER), "", ""]
    assert fields["stuck_hours"] == "24"
    assert problems_of(page.text) == []


def test_an_own_ladder_is_followed_by_the_next_sweep_and_stands_in_the_log(desk: Desk, admin: Worker) -> None:
    fields = {"rows-0-kind": "hours", "rows-0-amount": "2", "rows-0-to": "leader", "stuck_hours": "8"}
    admin.open(PAGE)
    assert admin.send(PAGE, **fields).status_code == 200
    with desk.house.reading() as db:
        unit_id = desk.staff("admin").root_unit_id
        assert [rung.name for rung in ladders(db).of(unit_id)] == ["hours-2"]
        assert ladders(db).of(unit_id + 1) == DEFAULT_LADDER
        assert quiet_minutes(db).of(unit_id) == 480
        event = db.query(Event).filter(Event.kind == "unit:reminders_set").one()
        assert (event.payload["ladder"], event.payload["stuck_hours"]) == ("hours-2>leader", 8)
    assert "hours-2&gt;leader" in admin.open("/quan-tri/nhat-ky?loai=unit:").text
    dossier = desk.receive(SINGLE).dossier_id
    tick_at(desk, "Thursday 2026-11-26 15:00")
    assert effects(desk, dossier, "warn") == ["warn:hours-2"]


@pytest.mark.parametrize(
    ("changed", "at", "words"),
    [
        ({"rows-0-amount": "0"}, "rows-0-amount", "Bậc 1: mức phải là số nguyên từ 1 đến 99"),
        ({"rows-0-amount": "một phần tư"}, "rows-0-amount", "Bậc 1: mức phải là số nguyên"),
        ({"rows-4-kind": "due"}, "rows-4-kind", "Bậc 5 trùng với bậc 3"),
        ({"stuck_hours": "-3"}, "stuck_hours", "từ 1 đến 400"),
        ({f"rows-{place}-kind": "" for place in range(6)}, "rows-0-kind", "Cần ít nhất một bậc"),
    ],
)
def test_what_cannot_be_a_ladder_is_refused_beside_its_field(
    desk: Desk, admin: Worker, changed: dict[str, str], at: str, words: str
) -> None:
    refused = admin.send(PAGE, **(fields_of(admin.open(PAGE).text) | changed))
    assert (refused.status_code, f'href="#{at}"' in refused.text, words in refused.text) == (422, True, True)
    with desk.house.reading() as db:
        assert ladders(db).own == {}
