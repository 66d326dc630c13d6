"""Received regardless of boundary: four units apart, a second start of the clock, each its part and nothing more."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from app.db.models import DossierClock, IssuedForm
from app.domain.documents import ReceiptPair
from app.domain.parts import Part, Places, is_ours
from app.queries import inbox
from app.queries.dossier_file import dossier_file
from app.queries.dossier_values import DossierFile
from app.queries.inbox import Horizon, ListQuery, Tab
from app.queries.printing import issued_form
from app.services import boundaries, consulting, processing, waiting
from app.services.errors import AlreadyDone, CompetentNotReceived, NoRight
from app.services.values import Received
from tests.services.test_the_way import finished
from tests.support.seeded import Desk
from workflows.calendar import VIETNAM
from workflows.errors import TransitionNotAllowed
from workflows.states import Action, ActorKind

LAND = "1.012784"
DEPARTMENT = "H99.12"
TUESDAY_NOON = datetime(2026, 11, 25, 10, 0, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("action", "kind", "parts", "ours"),
    [
        (Action.EXTEND, ActorKind.LEADER, {Part.SETTLING}, True),
        (Action.EXTEND, ActorKind.LEADER, {Part.RECEIVING, Part.RETURNING}, False),
        (Action.COMPETENT_RECEIVE, ActorKind.CLERK, {Part.SETTLING}, True),
        (Action.COMPETENT_RECEIVE, ActorKind.CLERK, {Part.RECEIVING}, False),
        (Action.FORWARD, ActorKind.CLERK, {Part.RECEIVING}, True),
        (Action.RETURN_RESULT, ActorKind.CLERK, {Part.RETURNING}, True),
        (Action.WITHDRAW, ActorKind.CLERK, {Part.ASSISTING}, False),
        (Action.WITHDRAW, ActorKind.CLERK, {Part.RETURNING}, False),
        (Action.CONFIRM_PAYMENT, ActorKind.CASHIER, {Part.RETURNING}, True),
        (Action.STOP, ActorKind.LEADER, set(), False),
    ],
)
def test_each_act_belongs_to_a_part(action: Action, kind: ActorKind, parts: set[Part], ours: bool) -> None:
    assert is_ours(action, kind, frozenset(parts)) is ours


def test_an_authority_may_be_several_parts_at_once() -> None:
    assert Places(1, 1, 2, 1).parts_of(1) == {Part.ASSISTING, Part.RECEIVING, Part.RETURNING}
    assert Places(1, 1, 2, 1).parts_of(3, 2) == {Part.SETTLING}


def elsewhere(desk: Desk) -> Received:
    """A procedure of the department, received at the commune's desk."""
    return desk.receive(LAND, settling_code=DEPARTMENT)


def seen(desk: Desk, code: str, login: str) -> DossierFile:
    with desk.house.reading() as session:
        found = dossier_file(
            session, desk.house.vault, desk.house.calendars, desk.staff(login), code, at=desk.clock.now()
        )
    assert found, f"{login} does not see {code}"
    return found


def take_over(desk: Desk, code: str, login: str) -> None:
    with desk.house.unit_of_work() as uow:
        boundaries.take_over(uow, desk.staff(login), code, desk.version(code), desk.clock.now())


def test_no_clock_runs_before_the_competent_agency_has_it_then_it_runs_from_there(desk: Desk) -> None:
    made = elsewhere(desk)
    dossier = desk.dossier(made.code)
    assert made.code.startswith("H99.12-")  # the settling agency's identifier
    assert dossier.receiving_unit_id != dossier.settling_unit_id
    assert seen(desk, made.code, "clerk").clock is None
    with desk.house.reading() as session:
        clock = session.get_one(DossierClock, made.dossier_id)
        assert (clock.is_suspended, clock.due_at) == (True, None)
        [form] = session.query(IssuedForm).all()
        pair = issued_form(
            session, desk.house.vault, desk.house.calendars, desk.staff("clerk"), form.id, base_url="http://127.0.0.1"
        )
    assert isinstance(pair, ReceiptPair)
    assert (pair.receipt.competent[:2], pair.receipt.competent_received_at) == ("Sở", None)
    assert pair.receipt.promised_at > pair.receipt.received_at
    desk.clock.set(TUESDAY_NOON)
    take_over(desk, made.code, "clerk.so")
    after = desk.dossier(made.code)
    assert (after.received_at, after.competent_received_at) == (dossier.received_at, TUESDAY_NOON)
    shown = seen(desk, made.code, "clerk").clock
    assert shown
    assert shown.started_at == TUESDAY_NOON
    with pytest.raises(AlreadyDone):
        take_over(desk, made.code, "clerk.so")


def test_only_the_settling_agency_takes_over_and_before_it_nobody_there_works_on_it(desk: Desk) -> None:
    code = elsewhere(desk).code
    with pytest.raises(NoRight):
        take_over(desk, code, "clerk")
    desk.digitize(code)
    with desk.house.unit_of_work() as uow:
        processing.forward(uow, desk.staff("clerk"), code, desk.version(code), at=desk.clock.now())
    with pytest.raises(CompetentNotReceived), desk.house.unit_of_work() as uow:
        waiting.stop(
            uow, desk.staff("leader.so"), code, desk.version(code), ground="Điều 21", reason="Trùng",
            at=desk.clock.now(),
        )  # fmt: skip
    with pytest.raises(NoRight), desk.house.unit_of_work() as uow:
        waiting.stop(
            uow, desk.staff("leader"), code, desk.version(code), ground="Điều 21", reason="Trùng", at=desk.clock.now()
        )
    take_over(desk, code, "clerk.so")
    assert Action.STOP in seen(desk, code, "leader.so").allowed
    assert Action.STOP not in seen(desk, code, "leader").allowed


def test_each_unit_sees_its_part(desk: Desk) -> None:
    code = elsewhere(desk).code
    desk.digitize(code)
    with desk.house.unit_of_work() as uow:
        processing.forward(uow, desk.staff("clerk"), code, desk.version(code), at=desk.clock.now())
    desk.clock.advance(timedelta(minutes=5))
    take_over(desk, code, "clerk.so")
    ours, theirs = seen(desk, code, "clerk"), seen(desk, code, "leader.so")
    assert len(theirs.hops) == 2
    assert (ours.hops, ours.steps, ours.consultations) == ((), (), ())
    assert {event.kind for event in theirs.events} - {event.kind for event in ours.events} >= {"dossier:forwarded"}
    assert any(paper.files for paper in ours.papers)


def test_who_only_helped_to_file_sees_that_it_is_on_its_way(desk: Desk) -> None:
    """The department's desk helped; the commune received, settles and returns."""
    code = desk.receive(assisting_code=DEPARTMENT).code
    desk.digitize(code)
    file = seen(desk, code, "clerk.so")
    assert (file.papers, file.own_fields, file.forms, file.hops) == ((), (), (), ())
    assert {person.id_masked for person in file.people} == {""}
    assert file.clock is not None


def test_a_dossier_of_one_authority_knows_no_second_start(desk: Desk) -> None:
    code = desk.receive().code
    with pytest.raises((AlreadyDone, TransitionNotAllowed)):
        take_over(desk, code, "clerk")


def test_who_only_returns_has_it_on_the_list_when_it_is_ready_and_does_nothing_else(desk: Desk) -> None:
    """Received and settled by the commune, fetched at the department's desk."""
    code = desk.receive(returning_code=DEPARTMENT).code
    desk.digitize(code)
    theirs = desk.staff("clerk.so")

    def listed() -> list[str | None]:
        at = desk.clock.now()
        with desk.house.reading() as session:
            page = inbox.worklist(session, theirs, Tab.RETURN, ListQuery(), Horizon(at, at, at))
        return [row.code for row in page.rows]

    assert listed() == []
    with pytest.raises(NoRight), desk.house.unit_of_work() as uow:
        waiting.withdraw(uow, theirs, code, desk.version(code), reason="Đổi ý", at=desk.clock.now())
    finished(desk, code)
    assert listed() == [code]
    assert seen(desk, code, "clerk.so").allowed == {Action.RETURN_RESULT}


def test_who_is_asked_for_an_opinion_decides_nothing(desk: Desk) -> None:
    code = desk.receive().code
    desk.digitize(code)
    with desk.house.unit_of_work() as uow:
        processing.forward(uow, desk.staff("clerk"), code, desk.version(code), at=desk.clock.now())
    with desk.house.unit_of_work() as uow:
        unit_id = desk.staff("leader.so").root_unit_id
        consulting.consult(
            uow, desk.staff("officer"), code, desk.version(code), unit_id=unit_id, question="Có ý kiến gì không?",
            at=desk.clock.now(),
        )  # fmt: skip
    assert seen(desk, code, "leader.so").allowed == frozenset()
    with pytest.raises(NoRight), desk.house.unit_of_work() as uow:
        waiting.stop(
            uow, desk.staff("leader.so"), code, desk.version(code), ground="Điều 21", reason="Trùng",
            at=desk.clock.now(),
        )  # fmt: skip
