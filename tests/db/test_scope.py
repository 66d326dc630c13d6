"""Who sees which dossier: the authorities that have a part in it, the division it came to, and nobody else."""

from __future__ import annotations

import pytest

from app.db.models import Dossier, Hop
from app.db.scope import Reach, may_see, scope_of
from app.domain.people import SCHEDULER, Role, Staff
from tests.support.seeded import Desk


def staff(*roles: Role) -> Staff:
    return Staff(1, "a", "A", "", 2, "H1.2", "Phòng", 3, "H1", "Xã", frozenset(roles))


@pytest.mark.parametrize(
    ("roles", "reach", "may_write"),
    [
        ((Role.CLERK,), Reach.AUTHORITY, True),
        ((Role.LEADER,), Reach.AUTHORITY, True),
        ((Role.RECORDS,), Reach.AUTHORITY, True),
        ((Role.CASHIER,), Reach.AUTHORITY, True),
        ((Role.AUDITOR,), Reach.AUTHORITY, False),
        ((Role.OFFICER,), Reach.DIVISION, True),
        ((Role.OFFICER, Role.CLERK), Reach.AUTHORITY, True),
        ((Role.ADMIN,), Reach.NOTHING, False),
        ((Role.PROVINCE,), Reach.NOTHING, False),
        ((), Reach.NOTHING, False),
    ],
)
def test_roles_say_how_far_a_person_sees(roles, reach, may_write):
    scope = scope_of(staff(*roles))
    assert (scope.reach, scope.may_write) == (reach, may_write)


def seen_by(desk: Desk, dossier_id: int) -> set[str]:
    logins = ("clerk", "leader", "records", "auditor", "officer", "officer.kinhte", "admin", "clerk.so")
    with desk.house.reading() as db:
        return {login for login in logins if may_see(db, dossier_id, desk.staff(login))}


def test_a_dossier_just_received_is_seen_at_its_authority_and_by_no_division_yet(desk: Desk):
    assert seen_by(desk, desk.receive().dossier_id) == {"clerk", "leader", "records", "auditor"}


def test_a_division_sees_what_came_to_it_also_after_it_went_on(desk: Desk):
    dossier = desk.receive().dossier_id
    officer = desk.staff("officer")
    with desk.house.unit_of_work() as uow:
        hop = Hop(
            dossier_id=dossier,
            ordinal=9,
            step_ordinal=2,
            step_name="Thẩm tra",
            role="officer",
            unit_id=officer.unit_id,
            handed_at=desk.clock.now(),
            left_at=desk.clock.now(),
        )
        uow.session.add(hop)
        uow.record("dossier:forwarded", uow.session.get_one(Dossier, dossier), SCHEDULER, desk.clock.now())
    assert seen_by(desk, dossier) == {"clerk", "leader", "records", "auditor", "officer"}


@pytest.mark.parametrize("part", ["filing_unit_id", "settling_unit_id", "returning_unit_id"])
def test_each_authority_with_a_part_sees_the_dossier(desk: Desk, part: str):
    """Received regardless of boundary: who helped, who settles, who returns (phi địa giới)."""
    dossier = desk.receive().dossier_id
    with desk.house.unit_of_work() as uow:
        row = uow.session.get_one(Dossier, dossier)
        setattr(row, part, desk.staff("clerk.so").root_unit_id)
        uow.record("dossier:corrected", row, SCHEDULER, desk.clock.now())
    assert "clerk.so" in seen_by(desk, dossier)


def test_an_import_is_nobody_s_to_see_until_it_is_published(desk: Desk):
    dossier = desk.receive().dossier_id
    with desk.house.unit_of_work() as uow:
        row = uow.session.get_one(Dossier, dossier)
        row.is_published = False
        uow.record("dossier:corrected", row, SCHEDULER, desk.clock.now())
    assert seen_by(desk, dossier) == set()
