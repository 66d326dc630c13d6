"""Planting authorities (nạp cơ quan): a demo province with its commune and department, and what they have opened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import insert, select

from app.db.models import Offering, Procedure, SigningAuthority, Unit, UserAccount
from app.db.unit_of_work import UnitOfWork
from app.domain.geography import Place
from app.domain.vietnamese import fold, place_key, sort_key
from app.services.importing_calendar import default_calendar
from app.services.importing_units import put_places
from workflows.calendar import VIETNAM


@dataclass(frozen=True, slots=True)
class UnitTree:
    """A province, its authorities with their divisions, the places they serve, and what each authority opens."""

    province: Mapping[str, Any]
    authorities: Sequence[Mapping[str, Any]]
    places: Sequence[Place]
    opened: Mapping[str, Sequence[str]]


def plant_units(uow: UnitOfWork, tree: UnitTree) -> int:
    """Plant the tree and open its procedures; return how many units were new. Units already there stand."""
    put_places(uow, tree.places, [])
    units = {unit.code: unit for unit in uow.session.scalars(select(Unit))}
    before = len(units)
    province = _unit(uow, units, tree.province, kind="province", above=None)
    for authority in tree.authorities:
        root = _unit(uow, units, authority, kind=authority["kind"], above=province)
        root.calendar_id = root.calendar_id or default_calendar(uow).id
        for division in authority["divisions"]:
            _unit(uow, units, division, kind=division["kind"], above=root)
        open_procedures(uow, root, tree.opened[root.code])
    return len(units) - before


def open_procedures(uow: UnitOfWork, authority: Unit, codes: Iterable[str]) -> int:
    """Open procedures at an authority that settles them itself; return how many were not open before."""
    wanted = select(Procedure.id).where(Procedure.code.in_(list(codes)))
    already = select(Offering.procedure_id).where(Offering.unit_id == authority.id)
    rows = [
        {"unit_id": authority.id, "procedure_id": number, "settling_unit_id": authority.id}
        for number in uow.session.scalars(wanted.where(Procedure.id.not_in(already)))
    ]
    if rows:
        uow.session.execute(insert(Offering), rows)
    return len(rows)


def _unit(
    uow: UnitOfWork, units: dict[str, Unit], columns: Mapping[str, Any], *, kind: str, above: Unit | None
) -> Unit:
    if found := units.get(columns["code"]):
        return found
    name = columns["name"]
    unit = Unit(
        code=columns["code"], name=name, short_name=columns["short_name"], kind=kind, is_demo=True,
        is_own=kind != "province", parent_id=above.id if above else None, place_code=columns.get("place_code"),
        name_key=place_key(name), name_fold=fold(name), name_sort=sort_key(name),
        address=columns.get("address", ""), phone=columns.get("phone", ""),
    )  # fmt: skip
    uow.session.add(unit)
    uow.session.flush()
    is_part = kind in {"division", "desk"} and above is not None
    unit.root_id = above.id if is_part and above else unit.id
    units[unit.code] = unit
    return unit


def plant_signers(uow: UnitOfWork, declared: Iterable[Mapping[str, Any]]) -> None:
    """Plant who may sign certifications in a demo (người ký chứng thực), of accounts that exist; idempotent."""
    for row in declared:
        user = uow.session.scalars(select(UserAccount).where(UserAccount.login == row["login"])).first()
        unit = uow.session.scalars(select(Unit).where(Unit.code == row["unit"])).first()
        if user is None or unit is None:
            continue
        if uow.session.scalars(select(SigningAuthority.id).where(SigningAuthority.user_id == user.id)).first():
            continue
        uow.session.add(
            SigningAuthority(
                unit_id=unit.id,
                user_id=user.id,
                name=user.name,
                capacity=row["capacity"],
                titles=row["titles"],
                decision=row["decision"],
                signs_results=False,
                certifies=True,
                effective_from=_midnight(row["since"]),
                effective_to=_midnight(row["until"]) if "until" in row else None,
            )
        )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, VIETNAM)
