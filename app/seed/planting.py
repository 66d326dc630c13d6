"""Puts the seed into a house (nạp dữ liệu ban đầu): what `db upgrade`, `up` and the tests call."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from app.db.unit_of_work import UnitOfWork
from app.domain.calendar_csv import read_calendar
from app.domain.catalogue_complete import CompleteProcedure
from app.domain.catalogue_table import table_from_csv
from app.domain.geography import Place, PlaceLevel
from app.seed import loader
from app.services.seeding import BaseSeed, plant
from app.services.seeding_units import UnitTree, plant_units


def seed(uow: UnitOfWork, at: datetime) -> int:
    """Plant calendar, grounds and procedures; return how many procedures were new or renewed. Idempotent."""
    days, _ = read_calendar(table_from_csv(loader.calendar_text()))
    return plant(uow, BaseSeed(days, loader.grounds(), loader.procedures(), loader.tariffs()), at=at)


def seed_statutory(uow: UnitOfWork, at: datetime) -> int:
    """Plant the same for a real house: an authority's shortened limits are its own decisions, not the seed's."""
    days, _ = read_calendar(table_from_csv(loader.calendar_text()))
    procedures = tuple(_as_the_law_says(procedure) for procedure in loader.procedures())
    return plant(uow, BaseSeed(days, loader.grounds(), procedures, loader.tariffs()), at=at)


def seed_calendar(uow: UnitOfWork, at: datetime) -> None:
    """Plant calendar and grounds alone: what clocks need in a house that nobody has set up yet."""
    days, _ = read_calendar(table_from_csv(loader.calendar_text()))
    plant(uow, BaseSeed(days, loader.grounds(), ()), at=at)


def _as_the_law_says(procedure: CompleteProcedure) -> CompleteProcedure:
    return replace(
        procedure,
        limits=tuple(replace(limit, committed=limit.statutory) for limit in procedure.limits),
        cases=tuple(replace(case, committed=case.statutory) for case in procedure.cases),
    )


def seed_demo_units(uow: UnitOfWork) -> int:
    """Plant the demo province, commune and department with their opened procedures; return how many units were new."""
    return plant_units(uow, demo_units())


def demo_units() -> UnitTree:
    """Return the demo tree as the seed files declare it."""
    declared = loader.units()
    by_level: dict[str, list[str]] = {}
    for procedure in loader.procedures():
        by_level.setdefault(procedure.level, []).append(procedure.code)
    opened = {authority["code"]: by_level[authority["procedures"]] for authority in declared["authorities"]}
    places = [_place(place) for place in declared["places"]]
    return UnitTree(declared["province"], declared["authorities"], places, opened)


def _place(declared: dict[str, str]) -> Place:
    province = declared.get("province_code", "")
    level = PlaceLevel.COMMUNE if province else PlaceLevel.PROVINCE
    return Place(declared["code"], declared["full_name"], level, province)
