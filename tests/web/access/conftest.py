"""Two communes, one person for each role in both, one dossier in the first: the ground of the access matrix."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.db.models import Membership, Procedure, ProcedureComponent, Unit, UserAccount
from app.domain.channels import Channel
from app.domain.people import PersonData, Role
from app.queries.accounts import staff_of
from app.services.intake import receive_new
from app.services.opening import open_procedures
from app.services.sessions import Visitor, open_session
from app.services.values import ComponentData, Filing, Reception
from app.wiring import House
from tests.support.people import add_authority, add_division
from tests.support.statutory import *  # noqa: F403 - the template of the house, by name in its __all__
from tests.web.access.ground import Ground, Person

BIRTH = "1.001193"  # đăng ký khai sinh
OURS, THEIRS = "H44.105", "H44.106"


@pytest.fixture
def ground(house: House) -> Ground:
    at = house.clock.now()
    people = [_person(house, role, code) for code in (OURS, THEIRS) for role in Role if _authority(house, code)]
    by_place = {(person.role, person.unit): person for person in people}
    clerk, admin = by_place[Role.CLERK, OURS], by_place[Role.ADMIN, OURS]
    with house.unit_of_work() as uow:
        open_procedures(uow, _staff(house, admin), [BIRTH], at)
    with house.unit_of_work() as uow:
        code = receive_new(uow, _staff(house, clerk), Reception(_filing(uow)), at).code
    return Ground(tuple(people), code)


def _filing(uow):
    version_id = uow.session.scalar(select(Procedure.current_version_id).where(Procedure.code == BIRTH))
    asked = uow.session.scalars(select(ProcedureComponent).where(ProcedureComponent.version_id == version_id))
    papers = tuple(ComponentData(paper.ordinal, form="paper", originals=1) for paper in asked)
    applicant = PersonData("Lò Thị Mai", id_number="001190012345", birth="02/03/1990", phone="0912345678")
    return Filing(BIRTH, OURS, Channel.DIRECT, applicant, components=papers)


def _authority(house: House, code: str) -> int:
    with house.reading() as db:
        known = db.scalar(select(Unit.id).where(Unit.code == code))
    if known is None:
        known = add_authority(house, code, f"UBND xã {code}")
        add_division(house, known, f"{code}.4", "Bộ phận Tư pháp")
    return known


def _person(house: House, role: Role, code: str) -> Person:
    """Return a signed-in person; the password is never used, so nobody waits for its hashing."""
    with house.unit_of_work() as uow:
        # An officer sits in a division; the dossier of the ground has not come to it.
        seat = f"{code}.4" if role is Role.OFFICER else code
        unit = uow.session.scalars(select(Unit).where(Unit.code == seat)).one()
        user = UserAccount(
            login=f"{role}.{code}".lower(),
            name=f"{role} {code}",
            unit_id=unit.id,
            password_hash="-",
            created_at=house.clock.now(),
        )
        uow.session.add(user)
        uow.session.flush()
        uow.session.add(Membership(user_id=user.id, unit_id=unit.id, role=role.value))
        opened = open_session(
            uow,
            user,
            house.clock.now(),
            lifetime=timedelta(hours=9),
            visitor=Visitor("127.0.0.1", "test"),
        )
        return Person(user.id, role, code, opened.token)


def _staff(house: House, person: Person):
    with house.reading() as db:
        return staff_of(db, person.user_id, house.clock.now())
