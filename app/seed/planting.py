"""Puts the seed into a house (nạp dữ liệu ban đầu): what `db upgrade`, `up` and the tests call."""

from __future__ import annotations

from datetime import datetime

from app.db.unit_of_work import UnitOfWork
from app.domain.calendar_csv import read_calendar
from app.domain.catalogue_table import table_from_csv
from app.domain.geography import Place, PlaceLevel
from app.seed import loader
from app.services.seeding import BaseSeed, plant
from app.services.seeding_units import UnitTree, plant_units


def seed(uow: UnitOfWork, at: datetime) -> int:
    """Plant calendar, grounds and procedures; return how many procedures were new or renewed. Idempotent."""
    days, _ = read_calendar(table_from_csv(loader.calendar_text()))
    return plant(uow, BaseSeed(days, loader.grounds(), loader.procedures()), at=at)


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
