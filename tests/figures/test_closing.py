"""A closed report stays told; what changes later is named: which dossier, from which cell to which, by whose event."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest
from sqlalchemy import insert, select, update

from app.cli.main import run
from app.db.models import ClosedDossier, ClosedReport, DossierFact, Event
from app.domain.closed_forms import CLOSED_FORMS
from app.domain.entered_figures import NewFigure
from app.domain.figures import CELLS_06A, Figure
from app.domain.index_entries import NewEntry
from app.domain.periods import month, quarter
from app.domain.reports import RowsBy
from app.queries import figure_lists, figures
from app.queries.closed_reports import closed_of, opening
from app.queries.evaluation import unit_evaluation
from app.queries.report_scope import report_unit
from app.services import closing, entered_figures, index_entries
from tests.figures.histories import SOMEBODY, rewrite
from tests.figures.plain_facts import fact

SCHEMAS = Path(__file__).parents[2] / "docs/schemas"
OCTOBER = ("--unit", "H98.1", "--from", "2026-10-01", "--to", "2026-11-01", "--json")
PERIOD = month(2026, 10)
LATER = datetime(2026, 11, 5, 2, tzinfo=UTC)
OPEN = {"received_at": datetime(2026, 10, 20, 2, tzinfo=UTC), "due_at": datetime(2026, 11, 6, 17, tzinfo=UTC)}
DONE = {"ended_at": datetime(2026, 10, 25, 2, tzinfo=UTC), "state": "returned", "standing": "early"}


@pytest.fixture
def october(house, world):
    """Two resolved early, one pending, in the first commune."""
    first, second, third = world.dossiers[:3]
    rewrite(
        house, [fact(world, first, **OPEN, **DONE), fact(world, second, **OPEN, **DONE), fact(world, third, **OPEN)]
    )
    return world


def told(capsys, *words: str, status: int = 0) -> dict:
    assert run([*words, *OCTOBER]) == status
    return json.loads(capsys.readouterr().out)


def change(house, dossier: int, **values) -> None:
    """Let a later event have said something else of the past, as a late entry or correction does."""
    with house._sessions() as session:
        session.execute(update(DossierFact).where(DossierFact.dossier_id == dossier).values(**values))
        session.commit()


def replace_fact(house, world, dossier: int, **values) -> None:
    with house._sessions() as session:
        old = session.scalars(select(DossierFact).where(DossierFact.dossier_id == dossier)).one()
        old.valid_to = old.valid_from
        session.flush()
        session.execute(insert(DossierFact), [fact(world, dossier, **OPEN, **values)])
        session.commit()


def test_a_closed_report_stays_told_and_says_what_moved(house, october, capsys):
    assert told(capsys, "report", "06a")["frozen"] is False
    closed = told(capsys, "report", "close")
    assert closed["dossiers"] == 3
    replace_fact(house, october, october.dossiers[1], ended_at=DONE["ended_at"], state="returned", standing="late")
    document = told(capsys, "report", "06a")
    assert document["frozen"] is True
    assert (document["total"]["resolved_early"], document["total"]["resolved_late"]) == (2, 0)
    schema = json.loads((SCHEMAS / "report-06a.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(document, schema)
    changed = told(capsys, "report", "restatement")
    jsonschema.validate(changed, json.loads((SCHEMAS / "report-restatement.schema.json").read_text(encoding="utf-8")))
    assert (changed["told"]["resolved_early"], changed["now"]["resolved_early"]) == (2, 1)
    (move,) = changed["moves"]
    assert (move["before"]["settled"], move["now"]["settled"]) == ("resolved_early", "resolved_late")
    assert (move["event"], move["by"]) == ("dossier:filed", SOMEBODY.name)


def test_every_form_of_a_closed_period_stays_told_and_its_moves_explain_each_cell(house, october, capsys):
    told(capsys, "report", "close")
    digitized = {"components": 3, "components_due": 3, "components_digitized": 1}
    replace_fact(house, october, october.dossiers[1], **{**DONE, "standing": "late", **digitized})
    change(house, october.dossiers[2], valid_to=OPEN["received_at"])  # left the period altogether
    with house._sessions() as session:
        session.execute(insert(DossierFact), [fact(october, october.dossiers[5], **OPEN, field="Đất đai")])
        session.commit()
    schema = json.loads((SCHEMAS / "report-restatement.schema.json").read_text(encoding="utf-8"))
    for form in CLOSED_FORMS.values():
        changed = told(capsys, "report", "restatement", "--form", form.id)
        jsonschema.validate(changed, schema)
        assert not changed["recounted"]
        assert changed["moves"], form.id
        for figure in form.figures:
            moved = sum(_adds(move["now"], figure) - _adds(move["before"], figure) for move in changed["moves"])
            assert changed["now"][figure.id] == changed["told"][figure.id] + moved, figure.id
        with house.reading() as session:
            unit = report_unit(session, "H98.1")
            assert figures.counts_of(session, unit, PERIOD, form.figures) == changed["told"]
            for figure in form.figures:
                for is_now, name in ((False, "told"), (True, "now")):
                    asked = figure_lists.asked_for(figure.id, is_now=is_now)
                    assert figure_lists.figure_list(session, unit, PERIOD, asked).count == changed[name][figure.id]


def _adds(place: dict | None, figure: Figure) -> int:
    return place["cells"].get(figure.id, 0) if place else 0


def test_formulas_that_changed_since_the_closing_are_told_from_dossiers_that_moved(house, october, capsys):
    told(capsys, "report", "close")
    with house._sessions() as session:
        row = session.scalars(select(ClosedReport)).one()
        row.forms = row.forms | {"18": row.forms["18"] | {"formulas": "another"}}
        session.commit()
    changed = told(capsys, "report", "restatement", "--form", "18")
    assert changed["recounted"]
    assert changed["moves"] == []
    assert not told(capsys, "report", "restatement", "--form", "delay")["recounted"]


def test_a_period_closed_before_forms_were_kept_is_told_by_its_dossiers(house, october, capsys):
    told(capsys, "report", "close")
    with house._sessions() as session:
        session.execute(update(ClosedReport).values(forms={}))
        session.commit()
    replace_fact(house, october, october.dossiers[1], ended_at=DONE["ended_at"], state="returned", standing="late")
    changed = told(capsys, "report", "restatement", "--form", "yearly")
    assert (changed["told"]["yearly.late"], changed["now"]["yearly.late"]) == (0, 1)


def test_a_dossier_that_joins_or_leaves_is_named(house, october, capsys):
    told(capsys, "report", "close")
    change(house, october.dossiers[0], settling_unit_id=october.communes[1])
    with house._sessions() as session:
        session.execute(insert(DossierFact), [fact(october, october.dossiers[5], **OPEN)])
        session.commit()
    moves = told(capsys, "report", "restatement")["moves"]
    assert {(move["before"] is None, move["now"] is None) for move in moves} == {(True, False), (False, True)}


def test_every_cell_of_a_closed_report_opens_what_it_counted(house, october, capsys):
    told(capsys, "report", "close")
    replace_fact(house, october, october.dossiers[1], ended_at=DONE["ended_at"], state="returned", standing="late")
    with house.reading() as session:
        unit = report_unit(session, "H98.1")
        for by in RowsBy:
            form = figures.form06a(session, unit, PERIOD, by=by)
            for row in form.rows:
                for cell in CELLS_06A:
                    asked = figure_lists.asked_for(cell.id, by=by, key=row.key)
                    found = figure_lists.figure_list(session, unit, PERIOD, asked)
                    assert found.total == len(found.rows) == row.cells[cell.id], (by, cell.id)


def test_closing_is_refused_by_name(house, october, capsys):
    assert run(["report", "close", "--unit", "H98.1", "--from", "2026-11-01", "--to", "2099-01-01", "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "period_still_runs"
    assert told(capsys, "report", "restatement", status=2)["error"]["code"] == "not_closed"
    change(house, october.dossiers[2], due_at=None)
    assert told(capsys, "report", "close", status=2)["error"]["code"] == "unknown_left"
    change(house, october.dossiers[2], due_at=OPEN["due_at"])
    told(capsys, "report", "close")
    assert told(capsys, "report", "close", status=2)["error"]["code"] == "already_closed"


def test_entered_figures_of_a_closed_period_stay_told_and_later_ones_are_named(house, october, capsys):
    def entered(complained: int, satisfied: int) -> None:
        with house.unit_of_work() as uow:
            new = NewFigure("tt01.7.complained", complained, "Sổ phản ánh", PERIOD.last_day)
            entered_figures.enter(uow, "H98.1", PERIOD, new, by=SOMEBODY, at=LATER)
            index_entries.enter(uow, "H98.1", PERIOD, NewEntry("5.2", satisfied, 10), SOMEBODY, LATER)

    def counts(code: str) -> tuple[int | None, int | None]:
        (line,) = (one for one in told(capsys, "index", "766")["components"] if one["code"] == code)
        return line["numerator"], line["denominator"]

    entered(2, 7)
    told(capsys, "report", "close")
    assert told(capsys, "report", "restatement")["entered"] == []
    entered(5, 8)
    with house.unit_of_work() as uow:
        index_entries.enter(uow, "H98.1", PERIOD, NewEntry("5.3", 1, 4), SOMEBODY, LATER)
        unit = report_unit(uow.session, "H98.1")
        assert unit_evaluation(uow.session, unit, PERIOD).entered["tt01.7.complained"].value == 2
    assert (counts("5.2"), counts("5.3")) == ((7, 10), (None, None))
    changed = told(capsys, "report", "restatement")
    jsonschema.validate(changed, json.loads((SCHEMAS / "report-restatement.schema.json").read_text(encoding="utf-8")))
    beside = {one["item"]: (one["told"], one["now"], one["by"]) for one in changed["entered"]}
    assert beside == {
        "tt01.7.complained": ([2], [5], SOMEBODY.name),
        "766.5.2": ([7, 10], [8, 10], SOMEBODY.name),
        "766.5.3": (None, [1, 4], SOMEBODY.name),
    }
    with house.reading() as session:
        payload = session.scalars(select(Event).where(Event.kind == "figures:closed")).one().payload
    assert {one["item"]: one["numbers"] for one in payload["entered"]} == {"tt01.7.complained": [2], "766.5.2": [7, 10]}


def test_the_digest_stands_in_the_chain_and_covers_every_dossier(house, october, capsys):
    closed = told(capsys, "report", "close")
    with house.unit_of_work() as uow:
        payload = uow.session.scalars(select(Event).where(Event.kind == "figures:closed")).one().payload
        assert payload["digest"] == closed["digest"]
        row, unit = uow.session.scalars(select(ClosedReport)).one(), report_unit(uow.session, "H98.1")
        assert closing.digest(uow, row, unit) == closed["digest"]
        pending = update(ClosedDossier).where(ClosedDossier.stood == "pending_in_term")
        uow.session.execute(pending.values(stood="resolved_late"))
        assert closing.digest(uow, row, unit) != closed["digest"]
        uow.session.rollback()
        uow.session.execute(update(ClosedReport).values(entered=[{"item": "766.5.2", "numbers": [9, 10]}]))
        uow.session.expire_all()
        assert closing.digest(uow, uow.session.scalars(select(ClosedReport)).one(), unit) != closed["digest"]
        uow.session.rollback()


def test_the_next_period_opens_with_the_closing_balance_or_names_who_differs(house, october, capsys):
    told(capsys, "report", "close")
    with house.reading() as session:
        unit = report_unit(session, "H98.1")
        for period in (month(2026, 11), quarter(2026, 4)):
            found = opening(session, unit, period)
            if period.first_day == PERIOD.end_day:
                assert (found.closing_balance, found.carried_over, found.holds) == (1, 1, True)
            else:
                assert found is None  # a quarter opens with its first month, which opens in October itself
        assert closed_of(session, report_unit(session, "H98.1", descendants=True), PERIOD) is None
    change(house, october.dossiers[0], ended_at=LATER)
    change(house, october.dossiers[2], ended_at=datetime(2026, 10, 30, 2, tzinfo=UTC), state="returned")
    with house.reading() as session:
        found = opening(session, report_unit(session, "H98.1"), month(2026, 11))
    assert not found.holds
    assert (len(found.only_closed), len(found.only_now)) == (1, 1)
