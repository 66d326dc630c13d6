"""Second half of a signature (hoàn tất ký): the value into the gap, then time and evidence by level."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO

from asn1crypto import cms
from pyhanko.sign.general import SigningError as PyhankoError
from pyhanko.sign.signers.pdf_byterange import PreparedByteRangeDigest

from signing.errors import SigningError, TimestampNotConfigured
from signing.keys import DIGEST, Signer, require_match
from signing.longterm import add_evidence, archive, certificates_in
from signing.prepare import Intent, Level, PreparedSignature, envelope, prepare
from signing.running import finished
from signing.timestamps import Timestamper, TimestampRelay
from signing.trust import TrustStore

Gather = Callable[[Sequence[bytes]], TrustStore]
"""Fetches revocation data for certificates (DER); an adapter's work, since this package has no network."""


def finish(
    prepared: PreparedSignature,
    value: bytes,
    *,
    timestampers: Sequence[Timestamper] = (),
    trust: TrustStore | None = None,
    gather: Gather | None = None,
) -> bytes:
    """Return the signed file; `gather` brings fresh evidence for the certificates in it, when the level needs it.

    `value` is the key's signature over `prepared.to_sign`; it is checked against the certificate first.
    Raises `KeyDoesNotMatch`, `TimestampNotConfigured`, `TimestampUnavailable`, `EvidenceIncomplete`; what
    was prepared stays good for another try.
    """
    require_match(prepared.certificate, prepared.to_sign, signature=value)
    relay = _relay(timestampers, prepared.level)
    signed = _filled(prepared, _container(prepared, value, relay=relay))
    if prepared.level.needs_evidence:
        known = (trust or TrustStore()) | (gather(certificates_in(signed)) if gather else TrustStore())
        signed = add_evidence(
            signed,
            known,
            field_name=prepared.field_name,
            level=prepared.level,
            at=prepared.at,
        )
        if prepared.level is Level.B_LTA and relay is not None:
            signed = archive(signed, relay, trust=known, at=prepared.at)
    return signed


def sign(
    pdf: bytes,
    signer: Signer,
    intent: Intent,
    *,
    timestampers: Sequence[Timestamper] = (),
    trust: TrustStore | None = None,
    gather: Gather | None = None,
) -> bytes:
    """Return the file signed with a key at hand: prepare, sign, finish in one call, all or nothing."""
    prepared = prepare(pdf, signer.certificate, intent, chain=signer.chain)
    return finish(prepared, signer.sign(prepared.to_sign), timestampers=timestampers, trust=trust, gather=gather)


def _relay(timestampers: Sequence[Timestamper], level: Level) -> TimestampRelay | None:
    if not level.needs_time:
        return None
    if not timestampers:
        raise TimestampNotConfigured(level=level.value)
    return TimestampRelay(timestampers)


def _container(prepared: PreparedSignature, value: bytes, *, relay: TimestampRelay | None) -> bytes:
    signer = envelope(prepared.certificate, prepared.chain, value=value)
    attributes = cms.CMSAttributes.load(prepared.to_sign)
    wrapped = signer.async_sign_prescribed_attributes(DIGEST, attributes, timestamper=relay)
    return bytes(finished(wrapped).dump())


def _filled(prepared: PreparedSignature, container: bytes) -> bytes:
    start, end = prepared.gap
    output = BytesIO(prepared.document)
    try:
        PreparedByteRangeDigest(prepared.document_digest, start, end).fill_with_cms(output, container)
    except PyhankoError as error:
        raise SigningError(detail="dấu thời gian dài hơn chỗ dành sẵn") from error
    return output.getvalue()
