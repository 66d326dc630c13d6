"""Planting the seed into a database: once is enough, and what people changed stands."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Select, func, select

from app.clock import FixedClock
from app.db.models import (
    Calendar,
    CalendarDay,
    Offering,
    Procedure,
    ProcedureComponent,
    ProcedureLimit,
    ProcedureStep,
    ProcedureVersion,
    SuspensionGround,
    Unit,
)
from app.seed import loader
from app.seed.planting import seed, seed_demo_units
from app.wiring import House

PLANTED = len(loader.procedures())


def test_the_seed_opens_complete_procedures(house: House, clock: FixedClock) -> None:
    with house.unit_of_work() as uow:
        assert seed(uow, clock.now()) == PLANTED
        assert seed_demo_units(uow) == 17
    with house.reading() as session:
        named = select(ProcedureVersion).where(ProcedureVersion.short_name == "Đăng ký khai sinh")
        version = session.scalars(named).one()
        limits = session.scalars(select(ProcedureLimit).where(ProcedureLimit.version_id == version.id)).all()
        assert version.status == "ready"
        assert version.effective_from == date(2025, 7, 1)
        assert {(limit.channel, limit.statutory, limit.cutoff) for limit in limits} == {
            (1, "same day", "15:00"),
            (2, "same day", "15:00"),
            (3, "same day", "15:00"),
        }
        assert session.scalar(_count(ProcedureComponent, version)) == 9
        assert session.scalar(_count(ProcedureStep, version)) == 4
        assert session.scalar(select(func.count()).select_from(Offering)) == PLANTED
        assert {"supplement", "payment"} <= set(session.scalars(select(SuspensionGround.code)))


def test_a_shortened_limit_names_its_decision_as_demo(house: House, clock: FixedClock) -> None:
    with house.unit_of_work() as uow:
        seed(uow, clock.now())
    with house.reading() as session:
        cut = session.scalars(select(ProcedureLimit).where(ProcedureLimit.committed != ProcedureLimit.statutory)).all()
    assert len(cut) > 200
    assert all("(demo)" in limit.decision_number and limit.decision_date for limit in cut)
    assert all(30 <= (limit.percent or 0) <= 60 for limit in cut)


def test_a_second_start_changes_nothing(house: House, clock: FixedClock) -> None:
    for expected in ((PLANTED, 17), (0, 0)):
        with house.unit_of_work() as uow:
            assert (seed(uow, clock.now()), seed_demo_units(uow)) == expected
    with house.reading() as session:
        assert session.scalar(select(func.count()).select_from(ProcedureVersion)) == PLANTED
        assert session.scalars(select(Calendar.version)).all() == [2]


def test_a_version_that_people_made_is_left_alone(house: House, clock: FixedClock) -> None:
    with house.unit_of_work() as uow:
        seed(uow, clock.now())
        version = uow.session.scalars(select(ProcedureVersion).limit(1)).one()
        version.source, version.short_name, version.content_hash = "local", "Tên của xã", "changed"
    with house.unit_of_work() as uow:
        assert seed(uow, clock.now()) == 0
    with house.reading() as session:
        assert session.scalar(select(func.count()).where(ProcedureVersion.short_name == "Tên của xã")) == 1


def test_a_day_that_an_administrator_took_out_stays_out(house: House, clock: FixedClock) -> None:
    day = CalendarDay.day == date(2026, 11, 24)
    with house.unit_of_work() as uow:
        seed(uow, clock.now())
        uow.session.delete(uow.session.scalars(select(CalendarDay).where(day)).one())
    with house.unit_of_work() as uow:
        seed(uow, clock.now())
    with house.reading() as session:
        assert session.scalars(select(CalendarDay).where(day)).all() == []


def test_a_newer_seed_becomes_a_new_version_from_today(house: House, clock: FixedClock) -> None:
    with house.unit_of_work() as uow:
        seed(uow, clock.now())
        old = uow.session.scalars(select(ProcedureVersion).limit(1)).one()
        old.content_hash = "an older seed"
        procedure_id = old.procedure_id
    with house.unit_of_work() as uow:
        assert seed(uow, clock.now()) == 1
    with house.reading() as session:
        of_it = select(ProcedureVersion).where(ProcedureVersion.procedure_id == procedure_id)
        versions = session.scalars(of_it.order_by(ProcedureVersion.version)).all()
        today = date(2026, 11, 23)
        assert [(v.version, v.effective_from, v.effective_to) for v in versions] == [
            (1, date(2025, 7, 1), today),
            (2, today, None),
        ]
        assert session.get_one(Procedure, procedure_id).current_version_id == versions[1].id


def test_demo_units_hang_together(house: House, clock: FixedClock) -> None:
    with house.unit_of_work() as uow:
        seed(uow, clock.now())
        seed_demo_units(uow)
    with house.reading() as session:
        units = {unit.code: unit for unit in session.scalars(select(Unit))}
    commune, desk = units["H99.105"], units["H99.105.1"]
    assert commune.root_id == commune.id
    assert commune.parent_id == units["H99"].id
    assert (desk.kind, desk.root_id) == ("desk", commune.id)
    assert all(unit.is_demo for unit in units.values())


def _count(model: type, version: ProcedureVersion) -> Select[int]:
    return select(func.count()).select_from(model).where(model.version_id == version.id)
