"""Keys that are no files: a token (SoftHSM2) and a remote service that really signs, through the house's services."""

from __future__ import annotations

import pytest
from pkcs11 import lib
from sqlalchemy import select

from app.adapters.trust import trust_of
from app.db.models import Event, Result, SigningKey, StoredFile
from app.domain.signing_keys import KeyKind, KeyPlace
from app.seed.house import PIN
from app.services import signatures, signers, signing_batches, signing_keys
from app.services.errors import AlreadyDone, NoSigningKey
from app.services.signatures import ToSign
from signing import SigningError, Verdict, load_pkcs12, verify
from tests.services.test_signing_batches import opened, seen, waiting
from tests.support.keys_elsewhere import *  # noqa: F403 - a token and a remote service, by name in its __all__
from tests.support.keys_elsewhere import SEAT, certified
from tests.support.remote_service import REMOTE_PIN, Service
from tests.support.seeded import Desk
from tests.support.softhsm import KINDS, LIBRARY, TOKEN_PIN


def verdict_of(desk: Desk, one: ToSign) -> tuple[Verdict, str]:
    with desk.house.reading() as session:
        stored = session.scalars(
            select(StoredFile).join(Result, Result.file_id == StoredFile.id).where(Result.id == one.result_id)
        ).one()
        content = desk.house.files.get(stored.storage_id, stored.key_sealed)
    told = verify(content, trust_of(desk.house.settings.home), at=desk.clock.now())
    return told.verdict, told.signatures[0].signer if told.signatures else ""


def signed_as_batch(desk: Desk, chosen: list[ToSign], pin: str) -> int:
    leader = desk.staff(SEAT)
    signer = signers.personal_signer(desk.house, leader, pin, signatures=len(chosen))
    batch_id = opened(desk, chosen)
    signing_batches.carry_out(desk.house, leader, batch_id, signer, now=desk.clock.now)
    return batch_id


def test_a_token_signs_the_queue_and_is_logged_out_after_it(desk: Desk, token: KeyPlace) -> None:
    chosen = [waiting(desk) for _ in range(2)]
    done = seen(desk, signed_as_batch(desk, chosen, TOKEN_PIN))
    assert (done.signed, done.failures, done.halted) == (2, (), "")
    assert all(verdict_of(desk, one) == (Verdict.PASSED, certificate_name(desk)) for one in chosen)
    with pytest.raises(SigningError) as wrong:  # logged out: the next PIN is looked at
        signers.personal_signer(desk.house, desk.staff(SEAT), "000000")
    assert wrong.value.code == "pin_wrong"
    assert "sẽ khóa" in str(wrong.value)
    with desk.house.reading() as session:
        kept = session.scalars(select(SigningKey).where(SigningKey.kind == "token")).one()
    assert (kept.p12_sealed, TOKEN_PIN in repr(vars(kept))) == (None, False)


def certificate_name(desk: Desk) -> str:
    return f"{desk.staff(SEAT).name} (CHỨNG THƯ THỬ NGHIỆM)"


def test_a_token_pulled_out_halts_the_batch_and_a_new_pin_goes_on(
    desk: Desk, token: KeyPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen, leader = [waiting(desk) for _ in range(3)], desk.staff(SEAT)
    whole, calls = signatures.sign, []

    def pulled_out_at_the_second(*arguments, **named):
        calls.append(1)
        if len(calls) == 2:
            lib(LIBRARY).finalize()
        return whole(*arguments, **named)

    with monkeypatch.context() as patched:
        patched.setattr(signatures, "sign", pulled_out_at_the_second)
        batch_id = signed_as_batch(desk, chosen, TOKEN_PIN)
    halted = seen(desk, batch_id)
    assert (halted.signed, halted.waiting, halted.failures, halted.done_at) == (1, 2, (), None)
    assert "Không thấy thiết bị ký" in halted.halted
    signer = signers.personal_signer(desk.house, leader, TOKEN_PIN, signatures=halted.waiting)
    with desk.house.unit_of_work() as uow:  # at once: nobody waits for a silence
        signing_batches.take_up(uow, leader, batch_id, desk.clock.now())
    signing_batches.carry_out(desk.house, leader, batch_id, signer, now=desk.clock.now)
    done = seen(desk, batch_id)
    assert (done.signed, done.halted, done.done_at is not None) == (3, "", True)
    with pytest.raises(AlreadyDone), desk.house.unit_of_work() as uow:
        signing_batches.take_up(uow, leader, batch_id, desk.clock.now())


def test_a_remote_key_signs_as_many_as_were_confirmed_and_a_silent_service_halts(desk: Desk, remote: Service) -> None:
    chosen = [waiting(desk) for _ in range(2)]
    remote.most = 1
    with pytest.raises(SigningError, match="chỉ ký được 1 văn bản"):
        signed_as_batch(desk, chosen, REMOTE_PIN)
    remote.most = 200
    with pytest.raises(SigningError, match="Còn 2 lần thử"):
        signed_as_batch(desk, chosen, "0000")
    remote.fails_after = 1
    halted = seen(desk, signed_as_batch(desk, chosen, REMOTE_PIN))
    assert (halted.signed, halted.waiting, "chưa ký" in halted.halted) == (1, 1, True)
    assert verdict_of(desk, chosen[0])[0] is Verdict.PASSED
    assert verdict_of(desk, chosen[1])[1] == ""  # as it was: nothing half-signed


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": "Người Khác"}, "certificate_of_another"),
        ({"days": 3_000}, "certificate_expired"),
    ],
)
def test_another_persons_or_an_expired_certificate_is_not_registered(desk: Desk, change, code) -> None:
    p12 = certified(desk, KINDS["ec"](), name=change.get("name", ""))
    place, admin = KeyPlace(KeyKind.FILE, p12=p12), desk.staff("admin")
    at = desk.clock.now().replace(year=2056) if "days" in change else desk.clock.now()
    with pytest.raises(SigningError) as refused, desk.house.unit_of_work() as uow:
        certificate = desk.house.keyring.certificate(place, PIN)
        signing_keys.register(uow, admin, place, certificate, at, user_id=desk.staff(SEAT).user_id)
    assert refused.value.code == code


def test_a_key_that_answers_with_another_certificate_is_not_used(desk: Desk, remote: Service) -> None:
    remote.keys["cred-1"] = load_pkcs12(certified(desk, KINDS["ec"]()), PIN)
    with pytest.raises(SigningError) as refused:
        signers.personal_signer(desk.house, desk.staff(SEAT), REMOTE_PIN)
    assert refused.value.code == "certificate_not_registered"


def test_a_new_key_retires_the_one_before_and_a_retired_one_does_not_sign(desk: Desk, remote: Service) -> None:
    with desk.house.reading() as session:
        rows = session.scalars(select(SigningKey).where(SigningKey.user_id == desk.staff(SEAT).user_id)).all()
        kinds = {(row.kind, row.retired_at is None) for row in rows}
        current = next(row.id for row in rows if row.retired_at is None)
    assert kinds == {("file", False), ("remote", True)}
    with desk.house.unit_of_work() as uow:
        signing_keys.retire(uow, desk.staff("admin"), current, desk.clock.now())
    with pytest.raises(NoSigningKey):
        signers.personal_signer(desk.house, desk.staff(SEAT), REMOTE_PIN)
    with desk.house.reading() as session:
        told = session.scalars(select(Event.kind).where(Event.subject_kind == "signing_key")).all()
    assert told.count("key:retired") == 2


def test_an_unset_library_or_service_is_named(desk: Desk) -> None:
    told = []
    for place in (KeyPlace(KeyKind.TOKEN, "a/b"), KeyPlace(KeyKind.REMOTE, "c")):
        with pytest.raises(SigningError) as refused:
            desk.house.keyring.open(place, "1234")
        told.append(str(refused.value))
    assert "MOTCUA_PKCS11_LIBRARY" in told[0]
    assert "MOTCUA_REMOTE_SIGNING_URL" in told[1]
