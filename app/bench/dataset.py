"""A large made-up house (dữ liệu đo): hundreds of thousands of dossiers written in bulk, with events and clocks.

They lie with twenty authorities; the demo commune, whose lists are measured, has one in ten: of 300,000
dossiers 30,000, of which 1,500 are open — a busy ward after two years.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app.db.models import Dossier, DossierClock, DossierPerson, Event, Offering, Procedure, ProcedureVersion, Unit
from app.domain.vietnamese import fold, person_sort_key
from app.seed.demo_people import person
from app.wiring import House
from workflows.calendar import VIETNAM

BATCH = 5_000
_OPEN_SHARE = 0.05
_COMMUNE = 2
_AUTHORITIES = 20


def fill(house: House, count: int, now: datetime, *, open_share: float = _OPEN_SHARE) -> None:
    """Write `count` dossiers: one in twenty open unless said otherwise, three in a hundred of those overdue."""
    dice = Random(42)
    with house.reading() as session:
        versions = _versions(session)
    units = _authorities(house)
    people = [person(dice) for _ in range(2_000)]
    for start in range(1, count + 1, BATCH):
        numbers = range(start, min(start + BATCH, count + 1))
        rows = [_rows(number, dice, versions, units, now=now, open_share=open_share) for number in numbers]
        with house.engine.connect().execution_options(writing=True) as connection, connection.begin():
            connection.execute(insert(Event), [row["event"] for row in rows])
            connection.execute(insert(Dossier), [row["dossier"] for row in rows])
            connection.execute(insert(DossierClock), [row["clock"] for row in rows])
            connection.execute(insert(DossierPerson), list(_people(rows, people, dice)))


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
        connection.execute(update(Unit).where(Unit.id.in_(made)).values(root_id=Unit.id))
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
    number: int, dice: Random, versions: list[int], units: list[int], *, now: datetime, open_share: float
) -> dict[str, dict[str, Any]]:
    is_open = dice.random() < open_share
    came = now - timedelta(minutes=dice.randint(10, 5_000) if is_open else dice.randint(10_000, 3_000_000))
    due = came + timedelta(days=dice.randint(2, 12))
    unit = _COMMUNE if number % 10 == 0 else dice.choice(units)
    code = f"B{unit:02d}-{came.astimezone(VIETNAM):%y%m%d}-{number:06d}"
    states = ("processing", "received", "finished") if open_share < 1 else ("processing", "received")
    state = dice.choice(states) if is_open else "returned"
    ended = None if state in {"processing", "received"} else due
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
        "dossier_id": number, "settling_unit_id": unit, "is_open": is_open and state != "finished", "due_at": due,
        "due_day": int(f"{due:%Y%m%d}"), "promised_at": due, "first_due_at": due, "statutory_due_at": due,
        "is_suspended": False, "limit_written": "3 working days", "touched_at": came,
        "standing": "unknown" if is_open else "on_time", "statutory_standing": "unknown",
        "calendar_version": 1,
    }  # fmt: skip
    event = {
        "subject_kind": "dossier", "subject_id": str(number), "dossier_id": number, "seq": 1,
        "kind": "dossier:imported", "at": came, "actor_kind": "scheduler", "actor_name": "Dữ liệu đo", "payload": {},
        "salt": "", "payload_hash": "0" * 64, "previous": "0" * 64, "hash": f"{number:064x}",
    }  # fmt: skip
    return {"dossier": dossier, "clock": clock, "event": event}


def _people(rows: list[dict[str, dict[str, Any]]], people: list[Any], dice: Random) -> Iterator[dict[str, Any]]:
    for row in rows:
        someone = dice.choice(people)
        for role in ("applicant", "subject"):
            number = row["dossier"]["id"]
            yield {
                "uid": f"{role[0]}{number:031x}", "dossier_id": number, "role": role, "kind": 1, "name": someone.name,
                "name_fold": fold(someone.name), "name_sort": person_sort_key(someone.name), "id_kind": "none",
                "birth": "", "sex": "", "letter": "",
            }  # fmt: skip
