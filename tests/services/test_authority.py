"""Authority to sign at the minute, the block on paper, and the substitute who does the work of who is away."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from app.db.models import Event, Hop
from app.domain.people import Actor, Role
from app.queries import inbox
from app.queries.inbox import Horizon, ListQuery, Tab
from app.queries.result_queue import to_sign
from app.queries.signing_authorities import expected_signer
from app.seed.house import PIN
from app.services import accounts, authority, processing, signatures
from app.services.authority import AlreadyAway, NewAuthority, SpanWrong, SubstituteCannot
from tests.services.test_the_way import forward, proposed
from tests.support.seeded import SINGLE, Desk
from workflows.calendar import VIETNAM
from workflows.errors import RequirementNotMet
from workflows.states import ActorKind

SETUP = Actor(ActorKind.STAFF, "Thiết lập")


def at(day: int, clock: str = "00:00") -> datetime:
    hours, minutes = clock.split(":")
    return datetime(2026, 11, day, int(hours), int(minutes), tzinfo=VIETNAM)


def colleague(desk: Desk, login: str, name: str, of: str) -> None:
    """Give somebody of the demo a colleague with the same roles in the same unit."""
    first = desk.staff(of)
    with desk.house.unit_of_work() as uow:
        accounts.create_account(
            uow, SETUP, desk.clock.now(), login=login, name=name, unit_id=first.unit_id, roles=sorted(first.roles),
            title="Phó Chủ tịch", password="một mật khẩu đủ dài cho thử",
        )  # fmt: skip


def grant(desk: Desk, login: str, since: datetime, until: datetime | None, capacity: str = "KT") -> int:
    titles = {"head": "CHỦ TỊCH", "KT": "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"}[capacity]
    new = NewAuthority(desk.staff(login).user_id, capacity, titles, "QĐ 12/QĐ-UBND", date(2026, 11, 1), since, until)
    with desk.house.unit_of_work() as uow:
        return authority.grant(uow, desk.staff("admin"), new, desk.clock.now())


def away(desk: Desk, user: str, substitute: str, since: datetime, until: datetime) -> int:
    with desk.house.unit_of_work() as uow:
        return authority.leave(
            uow, desk.staff("admin"), desk.staff(user).user_id, desk.staff(substitute).user_id,
            since=since, until=until, reason="Nghỉ phép", at=desk.clock.now(),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        (at(1), None, ""),
        (at(1), at(23, "08:31"), ""),
        (at(1), at(23, "08:30"), "không còn hiệu lực lúc 08:30"),  # the end is exclusive: refused at the minute
        (at(23, "08:31"), None, "chưa có hiệu lực"),
        (at(23, "08:30"), None, ""),
    ],
)
def test_an_authority_holds_from_its_minute_to_its_minute(
    desk: Desk, since: datetime, until: datetime | None, said: str
) -> None:
    code = desk.receive(SINGLE).code
    desk.digitize(code)
    forward(desk, code, "clerk")
    result_id = proposed(desk, code)
    grant(desk, "leader", since, until)
    one = signatures.ToSign(code, desk.version(code), result_id)
    [outcome] = signatures.sign_results(desk.house, desk.staff("leader"), [one], PIN, desk.clock.now())
    assert outcome.ok is (said == "")
    assert said in outcome.reason
    with desk.house.reading() as session:
        told = session.scalars(select(Event.payload).where(Event.kind == "dossier:signed")).all()
    assert [payload["authority"] for payload in told if payload] == (["KT, QĐ 12/QĐ-UBND"] if not said else [])


def test_once_decisions_are_recorded_nobody_signs_without_one(desk: Desk) -> None:
    colleague(desk, "leader2", "Hoàng Thử Phó", "leader")
    grant(desk, "leader2", at(1), None)
    with pytest.raises(authority.AuthorityMissing), desk.house.reading() as session:
        authority.authority_of(session, desk.staff("leader"), desk.clock.now())


def test_the_block_is_that_of_who_signs_while_the_head_is_away(desk: Desk) -> None:
    colleague(desk, "leader2", "Hoàng Thử Phó", "leader")
    unit_id = desk.staff("leader").root_unit_id

    def block(when: datetime) -> tuple[tuple[str, ...], str] | None:
        with desk.house.reading() as session:
            found = expected_signer(session, unit_id, when)
        return (found.titles, found.name) if found else None

    assert block(at(23)) is None
    grant(desk, "leader2", at(1), None)
    grant(desk, "leader", at(1), None, "head")
    away(desk, "leader", "leader2", at(24), at(26))
    assert block(at(23)) == (("CHỦ TỊCH",), desk.staff("leader").name)
    assert block(at(25)) == (("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Hoàng Thử Phó")
    assert block(at(26)) == (("CHỦ TỊCH",), desk.staff("leader").name)


def test_the_substitute_has_the_inbox_and_both_names_stand_on_the_slip(desk: Desk) -> None:
    colleague(desk, "officer2", "Lê Thử Thay", "officer")
    code = desk.receive(SINGLE).code
    desk.digitize(code)
    forward(desk, code, "clerk", to_user_id=desk.staff("officer").user_id)

    def send_back() -> None:
        with desk.house.unit_of_work() as uow:
            staff, version = desk.staff("officer2"), desk.version(code)
            processing.send_back(uow, staff, code, version, reason="Thiếu trang", at=desk.clock.now())

    def mine() -> list[str]:
        now = desk.clock.now()
        horizon = Horizon(now, now + timedelta(hours=9), now + timedelta(days=1))
        query = ListQuery(mine=True)
        with desk.house.reading() as session:
            page = inbox.worklist(session, desk.staff("officer2"), Tab.PROCESSING, query, horizon)
        return [row.number for row in page.rows]

    assert mine() == []
    with pytest.raises(RequirementNotMet):
        send_back()
    away(desk, "officer", "officer2", at(23), at(24))
    assert mine() == [code]
    send_back()
    with desk.house.reading() as session:
        hop = session.scalars(select(Hop).where(Hop.action == "send_back")).one()
        told = session.scalars(select(Event.payload).where(Event.kind == "dossier:sent_back")).one()
    assert hop.user_name == f"Lê Thử Thay (thay {desk.staff('officer').name})"
    assert told
    assert told["instead_of"] == desk.staff("officer").name
    desk.clock.set(at(24, "00:00"))
    assert desk.staff("officer2").replaces == ()


def test_a_leader_s_substitute_signs_what_was_proposed_to_the_absent_one(desk: Desk) -> None:
    colleague(desk, "leader2", "Hoàng Thử Phó", "leader")
    code = desk.receive(SINGLE).code
    desk.digitize(code)
    forward(desk, code, "clerk")
    proposed(desk, code)
    with desk.house.unit_of_work() as uow:
        hop = uow.session.scalars(select(Hop).where(Hop.left_at.is_(None))).one()
        processing.assign(
            uow, desk.staff("leader"), code, desk.version(code), to_user_id=desk.staff("leader").user_id,
            at=desk.clock.now(),
        )  # fmt: skip
        assert hop.role == Role.LEADER
    with desk.house.reading() as session:
        assert to_sign(session, desk.staff("leader2")) == ()
    away(desk, "leader", "leader2", at(23), at(25))
    with desk.house.reading() as session:
        assert [row.row.number for row in to_sign(session, desk.staff("leader2"))] == [code]


@pytest.mark.parametrize(
    ("user", "substitute", "span", "refusal"),
    [
        ("officer", "clerk", (at(23), at(24)), SubstituteCannot),  # no role in common
        ("officer", "officer.kinhte", (at(23), at(24)), SubstituteCannot),  # the files do not come to that unit
        ("officer", "officer", (at(23), at(24)), SubstituteCannot),
        ("clerk", "clerk2", (at(24), at(23)), SpanWrong),
        ("clerk", "clerk.so", (at(23), at(24)), accounts.NoSuchAccount),
        ("clerk", "clerk2", (at(23), at(24)), None),
    ],
)
def test_who_may_stand_in_for_whom(
    desk: Desk, user: str, substitute: str, span: tuple[datetime, datetime], refusal: type[Exception] | None
) -> None:
    if refusal is not None:
        with pytest.raises(refusal):
            away(desk, user, substitute, *span)
        return
    away(desk, user, substitute, *span)
    with pytest.raises(AlreadyAway):
        away(desk, substitute, user, *span)


def test_an_end_counts_from_its_minute(desk: Desk) -> None:
    granted = grant(desk, "leader", at(1), None)
    absence = away(desk, "clerk", "clerk2", at(23), at(25))
    with desk.house.unit_of_work() as uow:
        authority.end(uow, desk.staff("admin"), granted, desk.clock.now())
        authority.come_back(uow, desk.staff("admin"), absence, desk.clock.now())
    with pytest.raises(authority.AuthorityExpired), desk.house.reading() as session:
        authority.authority_of(session, desk.staff("leader"), desk.clock.now())
    assert desk.staff("clerk2").replaces == ()
