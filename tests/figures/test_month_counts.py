"""Counts kept ahead say what the facts say, whatever was written since, by whomever, in whatever order."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import jsonschema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, update

from app.cli.main import run
from app.db import touching, triggers
from app.db.models import CountedPeriod, Dossier, DossierFact, FactTouch
from app.domain.dashboards import FIGURES, kept_periods
from app.domain.periods import month
from app.domain.reports import ReportUnit
from app.queries.figures import counts_of
from app.queries.month_counts import by_unit_and_period, differences, to_count, whole
from app.scheduler import counting
from app.scheduler.counting import count_periods
from tests.figures.histories import FIRST_DAY, SOMEBODY, facts_of, instants, rewrite
from tests.figures.plain_facts import fact
from tests.support.database_run import kind

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/schemas/db-recount.schema.json").read_text("utf-8"))
AT = datetime(2026, 11, 20, 3, tzinfo=UTC)
PERIODS = kept_periods(AT.date())
FEW_PERIODS = (PERIODS[0], PERIODS[1], PERIODS[4], month(2026, 10))  # months and a running year
FEW = settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
ADDED, CLOSED, REOPENED, MOVED, GONE, COUNTED = "added", "closed", "reopened", "moved", "gone", "counted"


@FEW
@given(data=st.data())
def test_kept_or_not_every_count_is_that_of_the_facts(house, world, monkeypatch, data):
    monkeypatch.setattr(counting, "kept_periods", lambda _day: FEW_PERIODS)
    publish_all(house)
    rewrite(house, [])
    for _ in range(data.draw(st.integers(1, 6))):
        act = data.draw(st.sampled_from([ADDED, ADDED, CLOSED, REOPENED, MOVED, GONE, COUNTED, COUNTED]))
        if act is COUNTED:
            count_periods(house, AT)
        else:
            write(house, world, act, data)
        periods = (*FEW_PERIODS, month(2026, 11))
        with house.reading() as session:
            kept = by_unit_and_period(session, everything(world), periods)
            for period in periods:
                counts = counts_of(session, everything(world), period, FIGURES)
                assert whole(kept[period.first_day, period.end_day]) == counts
            assert list(differences(session)) == []


def write(house, world, act, data) -> None:
    """Add a dossier's facts, close one, take its closing back, give one to another unit, or take one away."""
    with house._sessions() as session:
        ids = session.scalars(select(DossierFact.id).order_by(DossierFact.id)).all()
        if act is ADDED:
            session.execute(insert(DossierFact), data.draw(facts_of(world, data.draw(st.sampled_from(world.dossiers)))))
        elif ids:
            one = DossierFact.id == data.draw(st.sampled_from(ids))
            statement = {
                CLOSED: update(DossierFact).values(valid_to=data.draw(instants())),
                REOPENED: update(DossierFact).values(valid_to=None),
                MOVED: update(DossierFact).values(settling_unit_id=data.draw(st.sampled_from(world.units))),
                GONE: delete(DossierFact),
            }[act]
            session.execute(statement.where(one))
        session.commit()


def test_what_is_kept_is_read_until_a_fact_of_its_time_arrives_and_only_its_unit_is_counted_again(house, world):
    publish_all(house)
    first, second = world.communes
    rewrite(house, [fact(world, world.dossiers[0]), fact(world, world.dossiers[1], settling_unit_id=second)])
    assert count_periods(house, AT) == 2 * len(PERIODS)
    with house.reading() as session:
        assert to_count(session, PERIODS) == ()
    with house._sessions() as session:
        late = fact(world, world.dossiers[2], valid_from=AT - timedelta(minutes=1), settling_unit_id=first)
        session.execute(insert(DossierFact), [late])
        session.commit()
    with house.reading() as session:
        again = to_count(session, PERIODS)
    running = [period for period in PERIODS if period.end > AT - timedelta(minutes=1)]
    assert again == tuple((first, period) for period in running)
    assert count_periods(house, AT) == len(running) == 1


def test_a_count_that_was_changed_by_hand_is_named_by_the_doctor_and_counted_anew(house, world, capsys):
    publish_all(house)
    rewrite(house, [fact(world, world.dossiers[0])])
    count_periods(house, AT)
    with house.engine.connect().execution_options(writing=True) as connection, connection.begin():
        newest = CountedPeriod.end_day == PERIODS[0].end_day
        connection.execute(update(CountedPeriod).where(newest).values(counts=[7] * len(FIGURES)))
    assert "online_submission.numerator của H98.1" in doctor(capsys)["seen"]
    assert run(["db", "recount", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    jsonschema.validate(answer, SCHEMA)
    assert answer == {"units": 1}
    assert count_periods(house, AT) == len(PERIODS)
    assert doctor(capsys)["status"] == "ok"


def doctor(capsys) -> dict[str, str]:
    """Return what the doctor says of the kept counts."""
    run(["doctor", "--json"])
    found = json.loads(capsys.readouterr().out)["checks"]
    return next(one for one in found if one["name"] == "Số liệu đếm sẵn")


def test_nothing_is_kept_while_an_import_waits_to_be_published(house, world):
    rewrite(house, [fact(world, world.dossiers[0])])
    assert count_periods(house, AT) == 0
    publish_all(house)
    assert count_periods(house, AT) == len(PERIODS)


def test_counts_of_days_gone_by_are_put_away(house, world):
    publish_all(house)
    rewrite(house, [fact(world, world.dossiers[0])])
    for days in range(3):
        count_periods(house, AT + timedelta(days=days))
    with house.reading() as session:
        assert len(session.scalars(select(CountedPeriod.end_day)).all()) == len(PERIODS)


def test_a_unit_that_is_written_to_is_counted_later(house, world):
    """On PostgreSQL the writer is not waited for; SQLite has one writer, so that nobody can count meanwhile."""
    publish_all(house)
    rewrite(house, [fact(world, world.dossiers[0])])
    if kind() == "sqlite":
        return
    with house._sessions() as writer:
        writer.execute(insert(DossierFact), [fact(world, world.dossiers[1])])
        assert count_periods(house, AT) == 0
        writer.commit()
    assert count_periods(house, AT) == len(PERIODS)
    with house.reading() as session:
        assert list(differences(session)) == []


def test_many_facts_of_a_unit_leave_one_touch(house, world):
    publish_all(house)
    rewrite(house, [])
    count_periods(house, AT)
    rewrite(house, [fact(world, one) for one in world.dossiers])
    with house.reading() as session:
        assert len(session.scalars(select(FactTouch.id)).all()) == 1


def test_the_triggers_can_be_taken_off_and_put_there_again(house):
    with house.engine.connect().execution_options(writing=True) as connection, connection.begin():
        touching.remove(connection)
        assert triggers.missing(connection)
        for _ in range(2):
            touching.install(connection)
        assert not triggers.missing(connection)


def everything(world) -> ReportUnit:
    return ReportUnit("H98", "Tỉnh Thử", descendants=True, unit_ids=world.units)


def publish_all(house) -> None:
    """An import that waits keeps counts from being kept; end it."""
    with house.unit_of_work() as uow:
        for dossier in uow.session.scalars(select(Dossier).where(~Dossier.is_published)):
            dossier.is_published = True
            uow.record("dossier:imported", dossier, SOMEBODY, FIRST_DAY)
