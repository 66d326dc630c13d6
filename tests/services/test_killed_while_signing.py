"""kill -9 between every two steps of signing: never a second number, never half a release, and a retry finishes."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import func, select

from app.adapters.trust import trust_of
from app.db.models import Event, Result, SignatureIntent, StoredFile
from app.db.unit_of_work import UnitOfWork
from app.seed.house import PIN
from app.services import signatures
from app.wiring import House
from signing import Verdict, verify
from tests.services.test_the_way import forward, proposed
from tests.support.seeded import Desk


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def after(function: Callable[..., Any]) -> Callable[..., Any]:
    def killed(*arguments: Any, **named: Any) -> Any:
        function(*arguments, **named)
        return die()

    return killed


def before(_function: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *_arguments, **_named: die()


def at_commit(number: int, when: Callable[..., Any]) -> Callable[[House], None]:
    """Die before or after the commit of that ordinal in this process."""

    def arm(_house: House) -> None:
        whole, seen = UnitOfWork.commit, [0]

        def counted(self: UnitOfWork) -> None:
            seen[0] += 1
            (when(whole) if seen[0] == number else whole)(self)

        UnitOfWork.commit = counted  # type: ignore[method-assign]  # in a process that is about to die

    return arm


def around(owner: Any, name: str, when: Callable[..., Any]) -> Callable[[House], None]:
    def arm(house: House) -> None:
        target = house.files if owner == "files" else owner
        setattr(target, name, when(getattr(target, name)))

    return arm


# The first unit of work of an act reads the key, the second stores the intent, the third the signed file.
STEPS = {
    "before the intent is stored": at_commit(2, before),
    "after the intent is stored": at_commit(2, after),
    "before the key is used": around(signatures, "sign", before),
    "after the key was used": around(signatures, "sign", after),
    "after the signed file is stored": around("files", "put", after),
    "before the release is stored": at_commit(3, before),
    "after the release is stored": at_commit(3, after),
}


@dataclass
class Case:
    desk: Desk
    code: str
    result_id: int

    def sign(self) -> None:
        chosen = [signatures.ToSign(self.code, self.desk.version(self.code), self.result_id)]
        signatures.sign_results(self.desk.house, self.desk.staff("leader"), chosen, PIN, self.desk.clock.now())

    def seal(self) -> None:
        one = signatures.ToSign(self.code, self.desk.version(self.code), self.result_id)
        signatures.seal_result(self.desk.house, self.desk.staff("records"), one, PIN, self.desk.clock.now())

    def result(self) -> Result:
        with self.desk.house.reading() as session:
            row = session.get_one(Result, self.result_id)
            session.expunge(row)
        return row


@pytest.fixture
def case(desk: Desk) -> Case:
    made = desk.receive()
    desk.digitize(made.code)
    forward(desk, made.code, "clerk")
    return Case(desk, made.code, proposed(desk, made.code))


@contextmanager
def killed(house: House, arm: Callable[[House], None]) -> Iterator[Callable[[Callable[[], None]], None]]:
    """Run an act in a forked process that dies where it was armed to."""
    house.engine.dispose()

    def run(act: Callable[[], None]) -> None:
        child = os.fork()
        if child == 0:
            try:
                arm(house)
                act()
            finally:
                os._exit(77)  # it survived
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status), "the act went through without passing the step"

    yield run


@pytest.mark.long
@pytest.mark.parametrize("step", STEPS)
def test_killed_while_the_leader_signs(case: Case, step: str) -> None:
    with killed(case.desk.house, STEPS[step]) as run:
        run(case.sign)
    stored = step == "after the release is stored"
    assert case.result().state == ("signed" if stored else "proposed")
    if not stored:
        case.sign()
    assert case.result().state == "signed"
    _intact(case, signatures_in_file=1)


@pytest.mark.parametrize("step", STEPS)
def test_killed_while_the_records_office_releases(case: Case, step: str) -> None:
    case.sign()
    with killed(case.desk.house, STEPS[step]) as run:
        run(case.seal)
    stored = step == "after the release is stored"
    assert case.result().state == ("released" if stored else "signed")
    assert case.result().number in ({None} if step == "before the intent is stored" else {1})
    if not stored:
        case.seal()
    assert (case.result().state, case.result().symbol) == ("released", "1/XN-UBND")
    _intact(case, signatures_in_file=2)
    with case.desk.house.reading() as session:
        reserved = select(func.count()).where(Event.kind == "dossier:number_reserved")
        assert session.scalar(reserved) == 1


def _intact(case: Case, *, signatures_in_file: int) -> None:
    house = case.desk.house
    with house.reading() as session:
        stored = session.get_one(StoredFile, case.result().file_id)
        intents = session.scalars(select(SignatureIntent)).all()
        content = house.files.get(stored.storage_id, stored.key_sealed)
    assert {intent.state for intent in intents} == {"done"}
    assert len(intents) == signatures_in_file
    verdict = verify(content, trust_of(house.settings.home), at=case.desk.clock.now())
    assert (verdict.verdict, len(verdict.signatures)) == (Verdict.PASSED, signatures_in_file)
