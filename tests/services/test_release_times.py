"""Timestamp authorities that do not answer: sealed, held, tried again, released by decision, proven later (F-16)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from app.db.models import Event, FileLink, OutboxMessage, ResultTime, StoredFile
from app.queries import issued_papers
from app.queries import release_times as waiting
from app.scheduler.timing import prove
from app.seed.house import PIN, trust_folder
from app.services import release_times
from app.services.errors import HeldTooShort, ReleaseHeld
from signing import Verdict, load_pkcs12, verify
from signing.authority import DemoAuthority
from signing.demo_time import DemoTimestampAuthority
from tests.services.test_killed_while_signing import Case
from tests.services.test_the_way import forward, proposed
from tests.support.seeded import Desk


@dataclass
class Authority:
    """A timestamp authority that can be switched off, or talk nonsense."""

    honest: DemoTimestampAuthority
    how: Callable[[bytes], bytes] | None = None
    name: str = "Trung tâm giờ"

    def answer(self, request: bytes) -> bytes:
        return (self.how or self.honest.answer)(request)


def silent(_request: bytes) -> bytes:
    raise ConnectionRefusedError


def garbled(_request: bytes) -> bytes:
    return b"<html>502</html>"


@pytest.fixture
def authority(desk: Desk) -> Authority:
    root = DemoAuthority.load((trust_folder(desk.house) / "demo-authority.p12").read_bytes(), PIN)
    founded = root.certificate.not_valid_before_utc
    key = load_pkcs12(root.timestamping(pin=PIN, valid_from=founded, years=2), PIN)
    made = Authority(DemoTimestampAuthority(key, desk.clock.now))
    desk.house.timestampers = (made,)  # type: ignore[misc]  # what the settings would name
    return made


@pytest.fixture
def case(desk: Desk, authority: Authority) -> Case:
    code = desk.receive().code
    desk.digitize(code)
    forward(desk, code, "clerk")
    case = Case(desk, code, proposed(desk, code))
    case.sign()
    return case


def row(case: Case) -> ResultTime | None:
    with case.desk.house.reading() as session:
        return session.get(ResultTime, case.result_id)


def content(case: Case) -> bytes:
    with case.desk.house.reading() as session:
        stored = session.get_one(StoredFile, case.result().file_id)
        return case.desk.house.files.get(stored.storage_id, stored.key_sealed)


def verdict(case: Case, at: datetime | None = None) -> Verdict:
    return verify(content(case), case.desk.house.trust, at=at or case.desk.clock.now()).verdict


def pass_time(case: Case, **amount: float) -> None:
    case.desk.clock.advance(timedelta(**amount))


def test_with_an_authority_the_release_is_timed_at_once(case: Case) -> None:
    case.seal()
    assert (case.result().state, row(case).state) == ("released", "timed")
    checked = verify(content(case), case.desk.house.trust, at=case.desk.clock.now())
    assert checked.signatures[1].timestamp == case.desk.clock.now()


@pytest.mark.parametrize("fault", [silent, garbled])
def test_without_an_answer_it_is_sealed_held_and_released_when_one_comes(
    case: Case, authority: Authority, fault: Callable[[bytes], bytes]
) -> None:
    authority.how = fault
    case.seal()
    assert (case.result().state, case.result().symbol, row(case).state) == ("signed", "1/XN-UBND", "held")
    assert verdict(case) is Verdict.PASSED
    with pytest.raises(ReleaseHeld):
        case.seal()
    pass_time(case, minutes=1)
    assert prove(case.desk.house, case.desk.clock.now()) == 0
    assert "Trung tâm giờ" in row(case).error
    sealed = content(case)
    authority.how = None
    pass_time(case, minutes=5)
    assert prove(case.desk.house, case.desk.clock.now()) == 1
    assert (case.result().state, row(case).state, verdict(case)) == ("released", "timed", Verdict.PASSED)
    assert content(case).startswith(sealed)
    assert _versions(case) == 4  # proposed, signed, sealed, timed: each of them is kept


def test_after_a_quarter_of_an_hour_the_leaders_are_told_once(case: Case, authority: Authority) -> None:
    authority.how = silent
    case.seal()
    for _ in range(4):
        pass_time(case, minutes=11)
        prove(case.desk.house, case.desk.clock.now())
    with case.desk.house.reading() as session:
        told = session.scalars(select(OutboxMessage).where(OutboxMessage.template == "release_held")).all()
    assert len(told) == 1


def test_a_leader_may_release_without_after_four_hours_and_the_time_comes_later(
    case: Case, authority: Authority
) -> None:
    authority.how = silent
    case.seal()
    with pytest.raises(HeldTooShort):
        decide(case)
    pass_time(case, hours=4)
    assert decide(case) == "1/XN-UBND"
    handed_out = content(case)
    assert (case.result().state, row(case).state) == ("released", "untimed")
    authority.how = None
    pass_time(case, minutes=1)
    assert prove(case.desk.house, case.desk.clock.now()) == 1
    assert content(case) != handed_out
    with case.desk.house.reading() as session:
        kinds = set(session.scalars(select(Event.kind).where(Event.dossier_id == case.desk.dossier(case.code).id)))
        assert {"dossier:release_held", "dossier:released_without_time", "dossier:result_timed"} <= kinds
        for file in (handed_out, content(case)):  # both versions are ours to confirm
            mac = case.desk.house.vault.mac(hashlib.sha256(file).digest(), "file")
            paper = issued_papers.by_digest(session, mac)
            assert paper
            assert paper.symbol == "1/XN-UBND"


def test_a_proof_is_renewed_before_it_ends(case: Case, authority: Authority) -> None:
    case.seal()
    pass_time(case, days=1)
    assert prove(case.desk.house, case.desk.clock.now()) == 1
    first = row(case).until
    assert first
    assert row(case).next_at == first - release_times.BEFORE_END
    assert prove(case.desk.house, case.desk.clock.now()) == 0
    case.desk.clock.set(row(case).next_at)
    root = DemoAuthority.load((trust_folder(case.desk.house) / "demo-authority.p12").read_bytes(), PIN)
    later = root.timestamping(pin=PIN, valid_from=case.desk.clock.now() - timedelta(days=1), years=9)
    authority.honest = DemoTimestampAuthority(load_pkcs12(later, PIN), case.desk.clock.now)
    assert prove(case.desk.house, case.desk.clock.now()) == 1
    assert row(case).until > first
    assert verdict(case) is Verdict.PASSED


def decide(case: Case) -> str:
    desk = case.desk
    with desk.house.reading() as session:
        [one] = waiting.held(session, desk.staff("leader"))
    with desk.house.unit_of_work() as uow:
        return release_times.release_without(
            uow,
            desk.staff("leader"),
            one.number,
            one.version,
            one.result_id,
            reason="Trung tâm cấp dấu thời gian ngừng phục vụ",
            sealer=desk.staff("records"),
            at=desk.clock.now(),
        )


def _versions(case: Case) -> int:
    with case.desk.house.reading() as session:
        return len(
            session.scalars(
                select(FileLink).where(FileLink.owner_id == case.result_id, FileLink.kind == "result")
            ).all()
        )
