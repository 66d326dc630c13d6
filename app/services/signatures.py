"""Signing results (ký số, đóng dấu): the intent is stored before the key is used, the file after.

Two transactions around the key: a crash between them leaves the intent, so that a retry finds its reserved
number instead of taking a second one (reliability I-16, I-17).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Protocol

from sqlalchemy import select

from app.db.models import Dossier, Result, SignatureIntent, StoredFile
from app.db.unit_of_work import UnitOfWork
from app.domain.people import Role, Staff, acting
from app.services import reissue_release, release_times, results
from app.services.authority import authority_of
from app.services.dossiers import to_change
from app.services.errors import FileChanged, FileMissing, NoRight, ReleaseHeld
from app.services.filing import local_day
from app.services.signers import Keys, personal_signer, seal_signer
from app.services.values import KeptFile, NewFile
from signing import (
    Appearance,
    Intent,
    Level,
    Place,
    Signer,
    SigningError,
    Timestamper,
    finish,
    prepare,
    sign,
)
from signing.appearance import signature_place
from signing.errors import TimestampUnavailable
from signing.places import box_kept_free
from workflows.errors import RuleBroken
from workflows.states import ActorKind

LEADER_FIELD = "Lanh-dao"
SEAL_FIELD = "Co-quan"


class Files(Protocol):
    """The file store, as signing needs it."""

    def get(self, storage_id: str, key_sealed: bytes) -> bytes: ...  # noqa: D102 - a port, said in the adapter
    def put(self, content: bytes) -> KeptFile: ...  # noqa: D102 - a port, said in the adapter


class Stamps(Protocol):
    """Draws what a signature looks like."""

    def signature(self, name: str) -> bytes: ...  # noqa: D102 - a port, said in the adapter
    def release(self, pdf: bytes, agency: str, symbol: str, dated: datetime) -> tuple[bytes, Place]: ...  # noqa: D102 - a port, said in the adapter


class Ports(Keys, Protocol):
    """What the signing room needs of the house."""

    @property
    def files(self) -> Files: ...  # noqa: D102 - a port
    @property
    def stamps(self) -> Stamps: ...  # noqa: D102 - a port
    @property
    def timestampers(self) -> Sequence[Timestamper]: ...  # noqa: D102 - a port


class Proof(Enum):
    """What a seal's time rests on: an authority's word, nobody's although asked, or nobody was to be asked."""

    TIMED = "timed"
    MISSING = "missing"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class ToSign:
    """One result chosen on the sign queue, as the leader read it; `digest` is the keyed digest of its file."""

    number: str
    version: int
    result_id: int
    digest: str = ""


@dataclass(frozen=True, slots=True)
class SignedOutcome:
    """How one of a batch went; `reason` is a sentence when it did not, `key_gone` that the next will not either."""

    number: str
    ok: bool
    reason: str = ""
    key_gone: bool = False


def sign_results(ports: Ports, staff: Staff, chosen: Sequence[ToSign], pin: str, at: datetime) -> list[SignedOutcome]:
    """Sign results with the leader's key: one PIN for the set, one failure named and the rest finished.

    Raises WrongPin or NoSigningKey before anything is signed.
    """
    with closing(personal_signer(ports, staff, pin, signatures=len(chosen))) as signer:
        return [sign_one(ports, staff, one, signer, at) for one in chosen]


def seal_result(ports: Ports, staff: Staff, one: ToSign, pin: str, at: datetime) -> str:
    """Number and seal a signed result (cấp số, ký số của cơ quan) and return its number as printed.

    With timestamp authorities configured and none answering, it is sealed all the same and its release is held.
    """
    if not staff.has(Role.RECORDS):
        raise NoRight(who="văn thư")
    signer, agency = seal_signer(ports, staff, pin)
    with closing(signer):
        intent_id, content, symbol = _intend_seal(ports, staff, one, at)
        stamp, place = ports.stamps.release(content, agency, symbol, at)
        look = Appearance(stamp, place, f"Số {symbol}, con dấu của {agency}")
        intent = Intent(at, appearance=look, field_name=SEAL_FIELD, reason=f"Phát hành số {symbol}")
        signed, proof = sign_under_time(ports, content, signer, intent)
    _store_sealed(ports, staff, one, intent_id, signed, proof=proof, at=at)
    return symbol


def sign_one(
    ports: Ports,
    staff: Staff,
    one: ToSign,
    signer: Signer,
    at: datetime,
    *,
    also: Callable[[UnitOfWork], None] = lambda _uow: None,
) -> SignedOutcome:
    """Sign one result and tell how it went; `also` joins the transaction that stores the signed file."""
    try:
        intent_id, content = _intend(ports, staff, one, at)
        look = Appearance(
            ports.stamps.signature(staff.name), signature_place(box_kept_free(content)), f"Chữ ký của {staff.name}"
        )
        signed = sign(content, signer, Intent(at, appearance=look, field_name=LEADER_FIELD, reason="Ký duyệt kết quả"))
        _store_signed(ports, staff, one, intent_id, signed, at=at, also=also)
    except RuleBroken as refused:
        return SignedOutcome(one.number, ok=False, reason=str(refused))
    except SigningError as failed:
        return SignedOutcome(one.number, ok=False, reason=str(failed), key_gone=failed.key_gone)
    return SignedOutcome(one.number, ok=True)


def sign_under_time(ports: Ports, content: bytes, signer: Signer, intent: Intent) -> tuple[bytes, Proof]:
    """Return the signed file and whether its time is proven; the key is used once either way."""
    if not ports.timestampers:
        return sign(content, signer, intent), Proof.NOT_ASKED
    prepared = prepare(content, signer.certificate, replace(intent, level=Level.B_T), chain=signer.chain)
    value = signer.sign(prepared.to_sign)
    try:
        return finish(prepared, value, timestampers=ports.timestampers), Proof.TIMED
    except TimestampUnavailable:
        return finish(replace(prepared, level=Level.B_B), value), Proof.MISSING


def _intend(ports: Ports, staff: Staff, one: ToSign, at: datetime) -> tuple[int, bytes]:
    with ports.unit_of_work() as uow:
        authority_of(uow.session, staff, at)  # before the key is used, not after
        dossier = to_change(uow, staff, one.number, one.version)
        result = results.of_dossier(uow, dossier, one.result_id, state="proposed")
        if result.replaces_id is not None:
            reissue_release.must_approve(uow, dossier, staff)
        stored = _file_of(uow, result)
        if one.digest and one.digest != stored.digest_mac:
            raise FileChanged(where="file", name=result.title)
        intent = _intent(uow, result, "leader", stored.digest_mac, staff, at)
        return intent.id, ports.files.get(stored.storage_id, stored.key_sealed)


def _store_signed(
    ports: Ports,
    staff: Staff,
    one: ToSign,
    intent_id: int,
    signed: bytes,
    *,
    at: datetime,
    also: Callable[[UnitOfWork], None],
) -> None:
    kept = ports.files.put(signed)
    with ports.unit_of_work() as uow:
        dossier = to_change(uow, staff, one.number, one.version)
        result = results.of_dossier(uow, dossier, one.result_id, state="proposed")
        results.replace_file(uow, result, _signed_file(kept, result), by=staff.name, at=at)
        results.decide(uow, dossier, result, staff, at)
        _done(uow, intent_id, at)
        also(uow)


def _intend_seal(ports: Ports, staff: Staff, one: ToSign, at: datetime) -> tuple[int, bytes, str]:
    with ports.unit_of_work() as uow:
        dossier = to_change(uow, staff, one.number, one.version)
        result = results.of_dossier(uow, dossier, one.result_id, state="signed")
        if release_times.is_held(uow, result.id):
            raise ReleaseHeld(symbol=result.symbol)
        stored = _file_of(uow, result)
        intent = _intent(uow, result, "seal", stored.digest_mac, staff, at)
        if not intent.reserved_symbol:
            intent.reserved_symbol = result.symbol or results.take_number(uow, result, at)
            _reserve(uow, dossier, result, staff, at)
        return intent.id, ports.files.get(stored.storage_id, stored.key_sealed), intent.reserved_symbol


def _store_sealed(
    ports: Ports, staff: Staff, one: ToSign, intent_id: int, signed: bytes, *, proof: Proof, at: datetime
) -> None:
    kept = ports.files.put(signed)
    with ports.unit_of_work() as uow:
        result = uow.session.get_one(Result, one.result_id)
        dossier = uow.session.get_one(Dossier, result.dossier_id)
        results.replace_file(uow, result, _signed_file(kept, result), by=staff.name, at=at)
        _done(uow, intent_id, at)
        if proof is Proof.MISSING:
            release_times.hold(uow, dossier, result, staff, at)
            return
        results.finish(uow, dossier, result, staff, issued_on=local_day(at), at=at)
        if proof is Proof.TIMED:
            release_times.watch(uow, result, staff, at)


def _reserve(uow: UnitOfWork, dossier: Dossier, result: Result, staff: Staff, at: datetime) -> None:
    uow.record("dossier:number_reserved", dossier, acting(staff, ActorKind.RECORDS), at, symbol=result.symbol)


def _intent(uow: UnitOfWork, result: Result, purpose: str, digest: str, staff: Staff, at: datetime) -> SignatureIntent:
    known = uow.session.scalars(
        select(SignatureIntent).where(
            SignatureIntent.result_id == result.id, SignatureIntent.purpose == purpose, SignatureIntent.digest == digest
        )
    ).first()
    if known:
        return known
    made = SignatureIntent(result_id=result.id, purpose=purpose, digest=digest, user_id=staff.user_id, intended_at=at)
    uow.session.add(made)
    uow.session.flush()
    return made


def _done(uow: UnitOfWork, intent_id: int, at: datetime) -> None:
    intent = uow.session.get_one(SignatureIntent, intent_id)
    intent.state, intent.done_at = "done", at


def _file_of(uow: UnitOfWork, result: Result) -> StoredFile:
    stored = uow.session.get(StoredFile, result.file_id) if result.file_id else None
    if stored is None:
        raise FileMissing(where="file", name=result.title, form="bản điện tử")
    return stored


def _signed_file(kept: KeptFile, result: Result) -> NewFile:
    return NewFile(kept, "application/pdf", 1, f"{result.title}.pdf", origin="signed")
