"""Many signatures under one confirmation: its exact set, one failure named, and a process killed in the middle."""

from __future__ import annotations

import os
import signal
from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.x509 import load_pem_x509_certificate
from sqlalchemy import select

from app.db.models import Result, SigningKey, StoredFile
from app.queries.signing_batches import BatchProgress, batch_of, unfinished
from app.seed.house import PIN
from app.services import signatures, signers, signing_batches
from app.services.errors import AlreadyDone, NotFound
from app.services.signatures import ToSign
from signing import SigningError
from signing.authority import DemoAuthority
from tests.services.test_the_way import forward, proposed
from tests.support.seeded import Desk


@pytest.fixture
def chosen(desk: Desk) -> list[ToSign]:
    """Three results as the leader's page would send them."""
    return [waiting(desk) for _ in range(3)]


def waiting(desk: Desk) -> ToSign:
    code = desk.receive().code
    desk.digitize(code)
    forward(desk, code, "clerk")
    result_id = proposed(desk, code)
    with desk.house.reading() as session:
        digest = session.scalars(
            select(StoredFile.digest_mac).join(Result, Result.file_id == StoredFile.id).where(Result.id == result_id)
        ).one()
    return ToSign(code, desk.version(code), result_id, digest)


def opened(desk: Desk, chosen: list[ToSign]) -> int:
    with desk.house.unit_of_work() as uow:
        return signing_batches.open_batch(uow, desk.staff("leader"), chosen, desk.clock.now())


def carried_out(desk: Desk, batch_id: int) -> BatchProgress:
    leader = desk.staff("leader")
    signer = signers.personal_signer(desk.house, leader, PIN)
    signing_batches.carry_out(desk.house, leader, batch_id, signer, now=desk.clock.now)
    return seen(desk, batch_id)


def seen(desk: Desk, batch_id: int) -> BatchProgress:
    with desk.house.reading() as session:
        found = batch_of(session, desk.staff("leader"), batch_id)
    assert found
    return found


def test_a_file_that_changed_after_it_was_read_is_named_and_the_rest_is_signed(
    desk: Desk, chosen: list[ToSign]
) -> None:
    forged = [chosen[0], replace(chosen[1], digest="0" * 64), chosen[2]]
    done = carried_out(desk, opened(desk, forged))
    assert (done.signed, done.waiting, done.done_at is not None) == (2, 0, True)
    assert [failure.number for failure in done.failures] == [chosen[1].number]
    assert "đã đổi sau khi đọc" in done.failures[0].reason


def test_a_confirmation_is_bound_to_its_exact_set(chosen: list[ToSign]) -> None:
    digest = signing_batches.set_digest(chosen)
    assert digest == signing_batches.set_digest(chosen[::-1])
    assert digest != signing_batches.set_digest(chosen[:2])
    assert digest != signing_batches.set_digest([*chosen[:2], replace(chosen[2], digest="0" * 64)])


def test_a_batch_killed_in_the_middle_goes_on_with_a_new_pin(desk: Desk, chosen: list[ToSign]) -> None:
    batch_id = opened(desk, chosen)
    desk.house.engine.dispose()
    child = os.fork()
    if child == 0:
        _sign_one_and_die(desk, batch_id)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
    assert (seen(desk, batch_id).signed, seen(desk, batch_id).waiting) == (1, 2)
    with desk.house.reading() as session:
        assert unfinished(session, desk.staff("leader")) == seen(desk, batch_id)
    _refused(desk, batch_id, "leader", AlreadyDone)  # it may still be at work
    desk.clock.set(desk.clock.now() + timedelta(minutes=2))
    _refused(desk, batch_id, "officer", NotFound)
    with desk.house.unit_of_work() as uow:
        signing_batches.take_up(uow, desk.staff("leader"), batch_id, desk.clock.now())
    done = carried_out(desk, batch_id)
    assert (done.signed, done.failures, done.done_at is not None) == (3, (), True)


def _sign_one_and_die(desk: Desk, batch_id: int) -> None:
    whole, calls = signatures.sign, [0]

    def counted(*arguments, **named):
        calls[0] += 1
        if calls[0] == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        return whole(*arguments, **named)

    try:
        signatures.sign = counted  # type: ignore[assignment]  # in a process that is about to die
        carried_out(desk, batch_id)
    finally:
        os._exit(77)


def _refused(desk: Desk, batch_id: int, login: str, error: type[Exception]) -> None:
    with pytest.raises(error), desk.house.unit_of_work() as uow:
        signing_batches.take_up(uow, desk.staff(login), batch_id, desk.clock.now())


@pytest.mark.parametrize(("purpose", "login"), [("person", "leader"), ("seal", "records")])
def test_a_revoked_certificate_is_refused_before_the_key_is_used(desk: Desk, purpose: str, login: str) -> None:
    with desk.house.reading() as session:
        key = session.scalars(select(SigningKey).where(SigningKey.purpose == purpose)).all()
        serials = [load_pem_x509_certificate(one.certificate_pem.encode()).serial_number for one in key]
    folder, now = desk.house.settings.home / "trust", desk.clock.now()
    root = DemoAuthority.load((folder / "demo-authority.p12").read_bytes(), PIN)
    revoked = dict.fromkeys(serials, now - timedelta(hours=2))
    (folder / "demo-root.crl").write_bytes(root.revocation_list(now - timedelta(hours=1), revoked=revoked))
    opening = {"person": signers.personal_signer, "seal": signers.seal_signer}[purpose]
    with pytest.raises(SigningError, match="đã bị thu hồi") as refused:
        opening(desk.house, desk.staff(login), PIN)
    assert refused.value.code == "certificate_revoked"
