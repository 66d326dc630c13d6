"""A large made-up house (dữ liệu đo): hundreds of thousands of dossiers written in bulk, with events and clocks.

They lie with twenty authorities; the demo commune, whose lists are measured, has one in ten: of 300,000
dossiers 30,000, of which 1,500 are open — a busy ward after two years. The first of them are drawn by seeded dice in
the order of their reception; the database itself repeats them, each run under numbers of its own, to any size.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import Connection, String, cast, insert, select, update
from sqlalchemy.orm import Session

from app.db.base import Base, table_of
from app.db.bulk import BulkWriter
from app.db.models import Dossier, DossierClock, DossierPerson, Event, Offering, Procedure, ProcedureVersion, Unit
from app.domain.vietnamese import fold, person_sort_key
from app.seed.demo_people import PersonData, person
from app.wiring import House
from workflows.calendar import VIETNAM

BATCH = 20_000
DRAWN = 60_000
_OPEN_SHARE = 0.05
_NEW, _ENDED = ("processing", "received", "finished"), ("returned",)
_SOON = timedelta(minutes=5)
_COMMUNE = 2
_AUTHORITIES = 20


def fill(house: House, count: int, now: datetime, *, open_share: float = _OPEN_SHARE) -> None:
    """Write `count` dossiers: one in twenty open unless said otherwise, three in a hundred of those overdue."""
    drawn = min(count, DRAWN)
    _draw(house, drawn, now, open_share=open_share)
    for start in range(drawn, count, drawn):
        _repeat(house, start, min(drawn, count - start))


def _draw(house: House, count: int, now: datetime, *, open_share: float) -> None:
    dice, ended = Random(42), round(count * (1 - open_share))
    new = _NEW if ended else _NEW[:2]
    with house.reading() as session:
        versions = _versions(session)
    units = _authorities(house)
    people = [_person(person(dice)) for _ in range(2_000)]
    for start in range(1, count + 1, BATCH):
        numbers = range(start, min(start + BATCH, count + 1))
        received = (now - _since(number, ended, count) for number in numbers)
        rows = [
            _rows(number, dice, versions, units, came=came, state=dice.choice(new if number > ended else _ENDED))
            for number, came in zip(numbers, received, strict=True)
        ]
        with house.engine.connect().execution_options(writing=True) as connection, connection.begin():
            for model, part in ((Event, "event"), (Dossier, "dossier"), (DossierClock, "clock")):
                _write(connection, model, [row[part] for row in rows])
            _write(connection, DossierPerson, list(_people(rows, people, dice)))


def _repeat(house: House, start: int, count: int) -> None:
    """Write the first `count` dossiers once more under the numbers after `start`, with all that belongs to them."""
    event, dossier, clock, person = map(table_of, (Event, Dossier, DossierClock, DossierPerson))
    run, number = f"-{start}", dossier.c.id + start
    with house.engine.connect().execution_options(writing=True) as connection, connection.begin():
        for table, owner, told in (
            (event, event.c.dossier_id, {"id": None, "dossier_id": event.c.dossier_id + start,
                                         "subject_id": cast(event.c.dossier_id + start, String)}),
            (dossier, dossier.c.id, {"id": number, "uid": cast(number, String), "code": dossier.c.code + run,
                                     "filing_number": dossier.c.filing_number + run}),
            (clock, clock.c.dossier_id, {"dossier_id": clock.c.dossier_id + start}),
            (person, person.c.dossier_id, {"id": None, "dossier_id": person.c.dossier_id + start,
                                           "uid": person.c.role + cast(person.c.dossier_id + start, String)}),
        ):  # fmt: skip
            values = {c.name: told.get(c.name, c) for c in table.c if told.get(c.name, c) is not None}
            first = select(*values.values()).where(owner <= count)
            connection.execute(insert(table).from_select(list(values), first))


def _since(number: int, ended: int, count: int) -> timedelta:
    """Return how long ago a dossier was received: the ended ones over five years, the open ones over three days."""
    if number <= ended:
        return timedelta(minutes=25_000 + 2_975_000 * (ended - number) // ended)
    return timedelta(minutes=10 + 4_990 * (count - number) // (count - ended))


def _write(connection: Connection, model: type[Base], rows: list[dict[str, Any]]) -> None:
    BulkWriter(connection, table_of(model), tuple(rows[0])).write(rows)


def _authorities(house: House) -> list[int]:
    """Return the ids of nineteen made-up communes beside the demo's."""
    rows = [
        {"code": f"B99.{number:03d}", "name": f"UBND xã Đo {number:02d}", "kind": "commune", "name_key": "",
         "name_fold": "", "name_sort": "", "short_name": "", "address": "", "phone": "", "is_demo": True,
         "is_own": False}
        for number in range(1, _AUTHORITIES)
    ]  # fmt: skip
    with house.engine.connect().execution_options(writing=True) as connection, connection.begin():
        connection.execute(insert(Unit), rows)
        made = connection.execute(select(Unit.id).where(Unit.code.like("B99.%"))).scalars().all()
        province = select(Unit.id).where(Unit.kind == "province").order_by(Unit.id).limit(1).scalar_subquery()
        connection.execute(update(Unit).where(Unit.id.in_(made)).values(root_id=Unit.id, parent_id=province))
    return list(made)


def _versions(session: Session) -> list[int]:
    found = session.scalars(
        select(ProcedureVersion.id)
        .join(Procedure, Procedure.id == ProcedureVersion.procedure_id)
        .join(Offering, Offering.procedure_id == Procedure.id)
        .where(Offering.unit_id == _COMMUNE)
    )
    return list(found)


def _rows(
    number: int, dice: Random, versions: list[int], units: list[int], *, came: datetime, state: str
) -> dict[str, dict[str, Any]]:
    due = came + timedelta(days=dice.randint(2, 12))
    unit = _COMMUNE if number % 10 == 0 else dice.choice(units)
    code = f"B{unit:02d}-{came.astimezone(VIETNAM):%y%m%d}-{number:06d}"
    early = (
        1 if state == "finished" else dice.choice((-2, 0, 0, 1, 1, 1))
    )  # in days: one in six late, half of them early
    is_open = state in _NEW[:2]
    ended = None if is_open else came + _SOON if state == "finished" else due - timedelta(days=early)
    standing = "unknown" if ended is None else "late" if early < 0 else "early" if early else "on_time"
    dossier = {
        "id": number, "uid": f"{number:032x}", "filing_number": f"NB{number:07d}", "code": code,
        "code_tail": f"{number:06d}"[-4:], "channel": dice.choice((1, 1, 2, 3)), "state": state,
        "source": "local", "is_assisted": False, "secret_mac": "", "secret_sealed": b"", "case_name": "",
        "summary": "", "procedure_version_id": dice.choice(versions), "filing_unit_id": unit,
        "receiving_unit_id": unit, "settling_unit_id": unit, "returning_unit_id": unit, "holder_unit_id": unit,
        "filed_at": came, "received_at": came, "entered_at": came, "ended_at": ended,
        "returned_at": ended if state == "returned" else None, "statutory_limit": "5 working days",
        "committed_limit": "3 working days", "limit_decision": "", "late_entry_reason": "", "returned_to": "",
        "delivery": "desk", "sets": 1, "fee_due_vnd": 0, "fee_paid_vnd": 0, "fee_exemption": "",
        "supplement_requests": 0, "is_imported": False, "is_published": True, "is_vneid_verified": False,
        "event_seq": 1,
    }  # fmt: skip
    clock = {
        "dossier_id": number, "settling_unit_id": unit, "is_open": is_open, "due_at": due,
        "due_day": int(f"{due:%Y%m%d}"), "promised_at": due, "first_due_at": due, "statutory_due_at": due,
        "is_suspended": False, "limit_written": "3 working days", "touched_at": came,
        "standing": standing, "statutory_standing": "unknown",
        "calendar_version": 1,
    }  # fmt: skip
    event = {
        "subject_kind": "dossier", "subject_id": str(number), "dossier_id": number, "seq": 1,
        "kind": "dossier:imported", "at": came, "actor_kind": "scheduler", "actor_name": "Dữ liệu đo", "payload": {},
        "salt": "", "payload_hash": "0" * 64, "previous": "0" * 64, "hash": f"{number:064x}",
    }  # fmt: skip
    return {"dossier": dossier, "clock": clock, "event": event}


def _people(
    rows: list[dict[str, dict[str, Any]]], people: list[dict[str, str]], dice: Random
) -> Iterator[dict[str, Any]]:
    for row in rows:
        someone = dice.choice(people)
        for role in ("applicant", "subject"):
            number = row["dossier"]["id"]
            yield {
                "uid": f"{role[0]}{number:031x}", "dossier_id": number, "role": role, "kind": 1, **someone,
                "id_kind": "none", "birth": "", "sex": "", "letter": "",
            }  # fmt: skip


def _person(someone: PersonData) -> dict[str, str]:
    name = someone.name
    return {"name": name, "name_fold": fold(name), "name_sort": person_sort_key(name)}
