"""Importing places and agencies (nhập đơn vị hành chính, mã định danh): two spellings of one commune meet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select, update

from app.db.models import Place as PlaceRow
from app.db.models import Unit
from app.db.unit_of_work import UnitOfWork
from app.domain.catalogue_rows import Fault
from app.domain.geography import Agency, GeographyRead, Place, PlaceLevel, short_name
from app.domain.people import Actor
from app.domain.vietnamese import fold, place_key, sort_key
from app.services.importing import Imported, Progress, note_import
from app.services.importing_store import bulk

_KINDS = {"COMMUNE": "commune"}


def import_units(
    uow: UnitOfWork, read: GeographyRead, by: Actor, *, at: datetime, progress: Progress = lambda _done: None
) -> Imported:
    """Bring places and agencies to the state of the file, by code."""
    warnings = list(read.findings.warnings)
    new = put_places(uow, read.places, warnings) + _agencies(uow, read.agencies, warnings)
    total = len(read.places) + len(read.agencies)
    progress(total)
    note_import(uow, "units", by, at=at, rows=total, imported=new)
    return Imported(new, total - new, tuple(sorted(warnings, key=lambda fault: fault.line)))


def put_places(uow: UnitOfWork, places: Iterable[Place], warnings: list[Fault]) -> int:
    """Bring places to the given state, by code; return how many were new. Doubts are added to `warnings`."""
    known = {row.code: row for row in uow.session.scalars(select(PlaceRow))}
    fresh = []
    for place in places:
        if row := known.get(place.code):
            _refresh(row, place, warnings)
        else:
            fresh.append(_place_columns(place))
            if place.level is PlaceLevel.COMMUNE and not place.province_code:
                warnings.append(Fault(1, "code", f"{place.full_name} ({place.code}): tệp không ghi tỉnh"))
    if fresh:
        uow.session.execute(bulk(PlaceRow), fresh)
    return len(fresh)


def _refresh(row: PlaceRow, place: Place, warnings: list[Fault]) -> None:
    """Keep the spelling we have when only the spelling differs; take a new name and say so."""
    if place.province_code and not row.province_code:
        row.province_code = place.province_code
    if row.name_key == place.key:
        return
    warnings.append(Fault(1, "full_name", f"mã {place.code} đổi tên: “{row.full_name}” thành “{place.full_name}”"))
    for column, value in _place_columns(place).items():
        setattr(row, column, value or getattr(row, column))


def _place_columns(place: Place) -> dict[str, str | None]:
    name = short_name(place.full_name)
    return {
        "code": place.code,
        "name": name,
        "full_name": place.full_name,
        "kind": place.level.value,
        "province_code": place.province_code or None,
        "name_key": place.key,
        "name_fold": fold(place.full_name),
        "name_sort": sort_key(name),
    }


def _agencies(uow: UnitOfWork, agencies: Iterable[Agency], warnings: list[Fault]) -> int:
    units = {row.code: row for row in uow.session.scalars(select(Unit))}
    places = {row.code: row for row in uow.session.scalars(select(PlaceRow))}
    fresh = []
    for agency in agencies:
        _check_place(agency, places, warnings)
        if row := units.get(agency.code):
            row.name, row.place_code = agency.name, agency.place_code or row.place_code
            row.name_key, row.name_fold, row.name_sort = _keys(agency.name)
        else:
            fresh.append(_unit_columns(agency))
    if fresh:
        uow.session.execute(bulk(Unit), fresh)
    attach_parents(uow)
    return len(fresh)


def _check_place(agency: Agency, places: dict[str, PlaceRow], warnings: list[Fault]) -> None:
    place = places.get(agency.place_code)
    if agency.place_code and place is None:
        warnings.append(Fault(1, "gso_code", f"{agency.code}: chưa có đơn vị hành chính mã {agency.place_code}"))
    elif place and agency.place_name and place_key(agency.place_name) != place.name_key:
        named = f"“{agency.place_name}” khác “{place.full_name}”"
        warnings.append(Fault(1, "gso_name", f"{agency.code}: tên đơn vị {named} (mã {agency.place_code})"))


def _keys(name: str) -> tuple[str, str, str]:
    return place_key(name), fold(name), sort_key(name)


def _unit_columns(agency: Agency) -> dict[str, str | None]:
    key, folded, sort = _keys(agency.name)
    province = "." not in agency.code
    return {
        "code": agency.code,
        "name": agency.name,
        "kind": "province" if province else _KINDS.get(agency.level, "department"),
        "place_code": agency.place_code or None,
        "name_key": key,
        "name_fold": folded,
        "name_sort": sort,
    }


def attach_parents(uow: UnitOfWork) -> None:
    """Hang each authority under the one its identifier begins with (H44.105 under H44); it is its own root."""
    uow.session.flush()
    ids = {unit.code: unit.id for unit in uow.session.execute(select(Unit.code, Unit.id))}
    loose = uow.session.execute(select(Unit.id, Unit.code).where(Unit.parent_id.is_(None))).all()
    rows = [{"id": unit_id, "parent_id": ids[parent]} for unit_id, code in loose if (parent := _above(code)) in ids]
    if rows:
        uow.session.execute(update(Unit), rows)
    uow.session.execute(update(Unit).where(Unit.root_id.is_(None)).values(root_id=Unit.id))


def _above(code: str) -> str:
    return code.rpartition(".")[0]
