"""Evidence that outlives the certificate (bằng chứng lâu dài): levels B-LT and B-LTA, and their renewal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import extract_certificate_info
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.signers.pdf_signer import TimestampDSSContentSettings
from pyhanko.sign.validation.dss import async_add_validation_info
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError
from pyhanko_certvalidator.path import ValidationPath

from signing.algorithms import renew_by
from signing.envelope import timestamp_tokens
from signing.errors import EvidenceIncomplete
from signing.keys import DIGEST
from signing.policy import DatedAlgorithms, digest_of, strength_of
from signing.prepare import Level
from signing.reading import open_pdf
from signing.running import finished
from signing.timestamps import Timestamper, TimestampRelay
from signing.trust import TrustStore, evidence_in

# No VRI entries: they are out of use in PAdES, and touching one looks like a change to every earlier signature.
_EVIDENCE_UNDER_TIMESTAMP = TimestampDSSContentSettings(include_vri=False, update_before_ts=True)
_INCOMPLETE = (SignatureValidationError, ValidationError, PathError, ValueError)


def prolong(pdf: bytes, timestampers: Sequence[Timestamper], *, trust: TrustStore, at: datetime) -> bytes:
    """Return a new version of a signed file that proves for longer: fresh evidence for all, under a new timestamp.

    To be done while every certificate in it is valid: first some days after signing, because only revocation
    data issued after a signature speaks about it, then before the last document timestamp expires.
    Raises `EvidenceIncomplete`, `TimestampUnavailable`.
    """
    for signature in open_pdf(pdf).embedded_regular_signatures:
        if signature.signer_cert.not_valid_after > at:
            pdf = add_evidence(pdf, trust, field_name=str(signature.field_name), level=Level.B_LTA, at=at)
    return archive(pdf, TimestampRelay(timestampers), trust=trust, at=at)


def stamp_time(pdf: bytes, timestampers: Sequence[Timestamper]) -> bytes:
    """Return a new version of the file under a bare document timestamp: it existed by then, and no more is said.

    Raises `TimestampUnavailable`, `UnreadablePdf`.
    """
    output = BytesIO()
    writer = IncrementalPdfFileWriter.from_reader(open_pdf(pdf))
    finished(PdfTimeStamper(TimestampRelay(timestampers)).async_timestamp_pdf(writer, DIGEST, output=output))
    return output.getvalue()


def certificates_in(pdf: bytes) -> tuple[bytes, ...]:
    """Return every certificate (DER) that the file's signatures and timestamps bring: whom evidence is needed for."""
    found: dict[bytes, None] = {}
    for signature in open_pdf(pdf).embedded_signatures:
        for data in (signature.signed_data, *timestamp_tokens(signature)):
            brought = extract_certificate_info(data)
            found.update(dict.fromkeys(one.dump() for one in (brought.signer_cert, *brought.other_certs)))
    return tuple(found)


def proven_until(pdf: bytes) -> datetime | None:
    """Return when the last document timestamp stops to prove, None without one.

    That is the end of its certificate or, where it comes first, the date by which its algorithms are to be renewed;
    a date that was past when the timestamp was made asks for nothing that another timestamp of the kind could give.
    """
    stamps = open_pdf(pdf).embedded_timestamp_signatures
    return _holds_until(stamps[-1]) if stamps else None


def time_proven_until(pdf: bytes) -> datetime | None:
    """Return when the time of its signatures can no longer be proven, None where no timestamp says it.

    As `proven_until`; without a document timestamp, when the certificate of a signature's own timestamp ends.
    """
    signatures = open_pdf(pdf).embedded_regular_signatures
    own = [extract_certificate_info(token).signer_cert for one in signatures for token in timestamp_tokens(one)]
    return proven_until(pdf) or min((certificate.not_valid_after for certificate in own), default=None)


def _holds_until(timestamp: EmbeddedPdfSignature) -> datetime:
    ends: datetime = timestamp.signer_cert.not_valid_after
    mechanism = timestamp.signer_info["signature_algorithm"]
    used = (strength_of(mechanism, timestamp.signer_cert.public_key), (digest_of(mechanism) or DIGEST, 0))
    fades, made = renew_by(*used), timestamp.self_reported_timestamp
    return min(ends, fades) if fades is not None and (made is None or made < fades) else ends


def add_evidence(pdf: bytes, trust: TrustStore, *, field_name: str, level: Level, at: datetime) -> bytes:
    """Return the file with chain and revocation data of that signature in it; raises `EvidenceIncomplete`."""
    signature = next(s for s in open_pdf(pdf).embedded_signatures if s.field_name == field_name)
    output = BytesIO()
    work = async_add_validation_info(signature, _context(trust, at), add_vri_entry=False, output=output)
    try:
        finished(work)
    except _INCOMPLETE as error:
        raise EvidenceIncomplete(level=level.value) from error
    return output.getvalue()


def archive(pdf: bytes, relay: TimestampRelay, *, trust: TrustStore, at: datetime) -> bytes:
    """Return the file under a new document timestamp: the last step of B-LTA, and each renewal of it.

    An earlier document timestamp is validated first and its evidence goes in as well, so that the chain holds.
    Raises `EvidenceIncomplete`, `TimestampUnavailable`.
    """
    reader = open_pdf(pdf)
    context = _context(trust | evidence_in(reader), at)
    try:
        return finished(_archived(reader, relay, context))
    except _INCOMPLETE as error:
        raise EvidenceIncomplete(level=Level.B_LTA.value) from error


async def _archived(reader: PdfFileReader, relay: TimestampRelay, context: ValidationContext) -> bytes:
    output = BytesIO()
    await PdfTimeStamper(relay).async_timestamp_pdf(
        IncrementalPdfFileWriter.from_reader(reader),
        DIGEST,
        context,
        validation_paths=[await _path_of(last, context) for last in reader.embedded_timestamp_signatures[-1:]],
        dss_settings=_EVIDENCE_UNDER_TIMESTAMP,
        output=output,
    )
    return output.getvalue()


async def _path_of(timestamp: EmbeddedPdfSignature, context: ValidationContext) -> ValidationPath:
    others = timestamp.other_embedded_certs
    validator = CertificateValidator(timestamp.signer_cert, intermediate_certs=others, validation_context=context)
    path: ValidationPath = await validator.async_validate_usage(set(), {"time_stamping"})
    return path


def _context(trust: TrustStore, at: datetime) -> ValidationContext:
    return ValidationContext(
        trust_manager=trust.anchors(),
        other_certs=trust.known_certificates(),
        moment=at,
        allow_fetching=False,
        crls=[c.crl_data for c in trust.known_crls()],
        ocsps=[c.ocsp_response_data for c in trust.known_ocsps()],
        revocation_mode="require",
        best_signature_time=at,
        algorithm_usage_policy=DatedAlgorithms(),
        # What an authority says after the signature speaks about it all the more.
        retroactive_revinfo=True,
    )
