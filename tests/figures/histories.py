"""Made-up histories: published dossiers with facts of any kind, possible and impossible ones.

The dossiers are written once for a test; their facts are thrown away and drawn anew for each example.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import delete, insert, select

from app.db.base import new_uid
from app.db.models import Dossier, DossierFact, Procedure, ProcedureVersion, Unit
from app.db.unit_of_work import UnitOfWork
from app.domain.calendar_csv import read_calendar
from app.domain.catalogue_table import table_from_csv
from app.domain.people import Actor
from app.seed import loader
from app.services.seeding import BaseSeed, plant
from app.wiring import House
from workflows.deadlines import Standing
from workflows.states import ActorKind, State

SOMEBODY = Actor(ActorKind.CLERK, "Cán bộ thử")
FIRST_DAY = datetime(2026, 9, 25, tzinfo=UTC)
FIELDS = ("Hộ tịch", "Đất đai", "=1+1", "")
NEVER_RECEIVED = {State.FILED, State.AWAITING_INTAKE_SUPPLEMENT, State.NOT_ACCEPTED}


@dataclass(frozen=True)
class World:
    """A province, two communes below it, a division of the first; dossiers waiting for their facts."""

    province: int
    communes: tuple[int, int]
    division: int
    procedure: int
    dossiers: tuple[int, ...]

    @property
    def units(self) -> tuple[int, ...]:
        return (self.province, *self.communes, self.division)


def make_world(house: House, dossiers: int = 14) -> World:
    """Write units, a procedure and dossiers of it; the last two dossiers are not published."""
    with house.unit_of_work() as uow:
        days, _ = read_calendar(table_from_csv(loader.calendar_text()))
        plant(uow, BaseSeed(days, loader.grounds(), ()), at=FIRST_DAY)
    with house.unit_of_work() as uow:
        province, first, second, division = _units(uow)
        version = _procedure(uow)
        made = [_dossier(uow, version, first, published=place < dossiers - 2) for place in range(dossiers)]
        return World(province, (first, second), division, version.procedure_id, tuple(made))


def rewrite(house: House, rows: list[dict[str, Any]]) -> None:
    """Put these facts in the place of all facts."""
    with house._sessions() as session:
        session.execute(delete(DossierFact))
        if rows:
            session.execute(insert(DossierFact), rows)
        session.commit()


def published(house: House) -> set[int]:
    with house.reading() as session:
        return set(session.scalars(select(Dossier.id).where(Dossier.is_published)))


def instants() -> st.SearchStrategy[datetime]:
    """Any quarter of an hour of ten weeks around October and November 2026, midnights in Vietnam among them."""
    return st.integers(0, 70 * 24 * 4).map(lambda quarters: FIRST_DAY + timedelta(minutes=15 * quarters - 60))


@st.composite
def facts_of(draw: st.DrawFn, world: World, dossier: int) -> list[dict[str, Any]]:
    """One to three facts of a dossier, each valid until the next; no sense is asked of what they say."""
    marks = sorted(draw(st.lists(instants(), min_size=1, max_size=3)))
    return [
        {
            **draw(_values(world)),
            "dossier_id": dossier,
            "valid_from": begin,
            "valid_to": end,
            "recorded_at": begin,
            "event_seq": place + 1,
        }
        for place, (begin, end) in enumerate(zip(marks, [*marks[1:], None], strict=True))
    ]


@st.composite
def _values(draw: st.DrawFn, world: World) -> dict[str, Any]:
    due = draw(st.integers(0, 4))
    return {
        "state": draw(st.sampled_from([state.value for state in State])),
        "procedure_id": world.procedure,
        "field": draw(st.sampled_from(FIELDS)),
        "settling_unit_id": draw(st.sampled_from(world.units)),
        "receiving_unit_id": world.communes[0],
        "channel": draw(st.sampled_from([1, 2, 3])),
        "is_assisted": draw(st.booleans()),
        "is_imported": draw(st.booleans()),
        "received_at": draw(st.none() | instants()),
        "ended_at": draw(st.none() | instants()),
        "returned_at": None,
        "due_at": draw(st.none() | instants()),
        "due_day": None,
        "by_day": True,
        "ended_day": None,
        "is_suspended": draw(st.booleans()),
        "standing": draw(st.sampled_from([standing.value for standing in Standing])),
        "statutory_standing": draw(st.sampled_from([standing.value for standing in Standing])),
        "restart_standing": draw(st.sampled_from([standing.value for standing in Standing])),
        "statutory_due_at": None,
        "supplement_requests": 0,
        "components": due,
        "components_due": due,
        "components_digitized": draw(st.integers(0, due)),
        "components_reused": draw(st.integers(0, 2)),
        "result_required": draw(st.booleans()),
        "result_electronic": draw(st.booleans()),
        "result_digitized": draw(st.booleans()),
        "fee_vnd": draw(st.sampled_from([0, 8_000])),
        "paid_online": draw(st.booleans()),
        "vneid_verified": draw(st.booleans()),
    }


def histories(world: World) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Facts of some of the world's dossiers."""
    return st.lists(st.sampled_from(world.dossiers), unique=True, max_size=len(world.dossiers)).flatmap(
        lambda chosen: st.tuples(*(facts_of(world, dossier) for dossier in chosen)).map(
            lambda each: [row for rows in each for row in rows]
        )
    )


def _units(uow: UnitOfWork) -> tuple[int, int, int, int]:
    province = Unit(code="H98", name="Tỉnh Thử", kind="province", is_own=True)
    uow.session.add(province)
    uow.session.flush()
    first = Unit(code="H98.1", name="Xã Một", kind="commune", parent_id=province.id)
    second = Unit(code="H98.2", name="Xã Hai", kind="commune", parent_id=province.id)
    uow.session.add_all([first, second])
    uow.session.flush()
    for unit in (province, first, second):
        unit.root_id = unit.id
    division = Unit(code="H98.1.1", name="Phòng Kinh tế", kind="division", parent_id=first.id, root_id=first.id)
    uow.session.add(division)
    uow.session.flush()
    return province.id, first.id, second.id, division.id


def _procedure(uow: UnitOfWork) -> ProcedureVersion:
    procedure = Procedure(code="1.999999", current_version_id=None)
    uow.session.add(procedure)
    uow.session.flush()
    version = ProcedureVersion(
        procedure_id=procedure.id,
        version=1,
        effective_from=FIRST_DAY.date(),
        name="Thủ tục thử",
        name_fold="thu tuc thu",
        field="Hộ tịch",
    )
    uow.session.add(version)
    uow.session.flush()
    procedure.current_version_id = version.id
    return version


def _dossier(uow: UnitOfWork, version: ProcedureVersion, unit: int, *, published: bool) -> int:
    uid = new_uid()
    dossier = Dossier(
        uid=uid,
        filing_number=f"THU-{uid[:10]}",
        channel=1,
        state="filed",
        secret_mac=uid,
        secret_sealed=b"",
        procedure_version_id=version.id,
        filing_unit_id=unit,
        receiving_unit_id=unit,
        settling_unit_id=unit,
        returning_unit_id=unit,
        filed_at=FIRST_DAY,
        is_published=published,
        event_seq=0,
    )
    uow.session.add(dossier)
    uow.session.flush()
    uow.record("dossier:filed", dossier, SOMEBODY, FIRST_DAY)
    return dossier.id
