"""The CMS inside a signature (phong bì chữ ký): what in it no digest protects, looked at byte by byte.

A signature covers its own signed attributes and, through them, the document and the signer's certificate.
Versions, outer algorithms, the signer's identifier, other certificates and padding are free for anybody to
change, and readers ignore them. Here each has to be what the rest of the signature says it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from asn1crypto import algos, cms, core
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from pyhanko.sign.general import extract_certificate_info
from pyhanko.sign.validation.ades import AdESBasicValidationResult
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from signing.trust import TrustStore

_UNSIGNED = frozenset({"signature_time_stamp_token", "counter_signature", "adobe_revocation_info_archival"})
_INDEFINITE = b"\x30\x80"
_LONG_FORM = 0x80
_CONSTRUCTED = 0x20
_HIGH_TAG = 0x1F


class MalformedEnvelopeError(ValueError):
    """The CMS holds bytes that contradict its own signed part."""


class StrayContentError(ValueError):
    """The CMS brings something that cannot be placed: a certificate of nobody known, an unknown attribute."""


def timestamp_tokens(signature: EmbeddedPdfSignature) -> Iterator[cms.SignedData]:
    """Yield the timestamp tokens over the signature value (level B-T and above)."""
    for attribute in signature.signer_info["unsigned_attrs"]:
        if attribute["type"].native == "signature_time_stamp_token":
            yield from (value["content"] for value in attribute["values"])


def proven_time(result: AdESBasicValidationResult[Any]) -> datetime | None:
    """Return the time of the valid signature timestamp, or None."""
    status: Any = getattr(result.api_status, "timestamp_validity", None)
    if status is None or not (status.valid and status.intact and status.trusted):
        return None
    moment: datetime = status.timestamp
    return moment


def require_canonical(signature: EmbeddedPdfSignature) -> None:
    """Raise `MalformedEnvelopeError` unless every unprotected byte is what it has to be."""
    _require_tiled(signature.pkcs7_content)
    for data in (signature.signed_data, *timestamp_tokens(signature)):
        _require_consistent(data)


def require_known_content(signature: EmbeddedPdfSignature, trust: TrustStore) -> None:
    """Raise `StrayContentError` unless further certificates are confirmed by an issuer and attributes known.

    A timestamp whose attribute name was damaged would otherwise go unnoticed, and with it the time.
    """
    if any(attribute["type"].native not in _UNSIGNED for attribute in signature.signer_info["unsigned_attrs"]):
        raise StrayContentError
    known = set(trust.roots + trust.intermediates)
    for data in (signature.signed_data, *timestamp_tokens(signature)):
        found = extract_certificate_info(data)
        brought = {bytes(c.dump()) for c in found.other_certs}
        issuers = [x509.load_der_x509_certificate(c) for c in known | brought | {found.signer_cert.dump()}]
        for certificate in brought - known:
            if not any(_issued(certificate, by=issuer) for issuer in issuers):
                raise StrayContentError


def _issued(certificate: bytes, *, by: x509.Certificate) -> bool:
    try:
        x509.load_der_x509_certificate(certificate).verify_directly_issued_by(by)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _require_consistent(data: cms.SignedData) -> None:
    signers = data["signer_infos"]
    if len(signers) != 1:
        raise MalformedEnvelopeError("one signer per signature")
    info = signers[0]
    outer = [algorithm.dump() for algorithm in data["digest_algorithms"]]
    certificate = extract_certificate_info(data).signer_cert
    kind = info["sid"].name
    named = {
        "issuer_and_serial_number": (certificate.issuer.dump(), certificate.serial_number),
        "subject_key_identifier": certificate.key_identifier,
    }
    checks = (
        outer == [info["digest_algorithm"].dump()],
        _plain(info["digest_algorithm"]) and _plain(info["signature_algorithm"]),
        named[kind] == _identifier(info["sid"]),
        info["version"].native == ("v1" if kind == "issuer_and_serial_number" else "v3"),
        data["version"].native == _version(data, info),
    )
    if not all(checks):
        raise MalformedEnvelopeError("unprotected fields contradict the signer")


def _identifier(sid: cms.SignerIdentifier) -> object:
    if sid.name == "subject_key_identifier":
        return sid.chosen.native
    return sid.chosen["issuer"].dump(), sid.chosen["serial_number"].native


def _version(data: cms.SignedData, info: cms.SignerInfo) -> str:
    # RFC 5652, 5.1; attribute certificates, which would raise it further, do not occur in PDF signatures.
    plain = data["encap_content_info"]["content_type"].native == "data" and info["version"].native == "v1"
    return "v1" if plain else "v3"


def _plain(algorithm: algos.DigestAlgorithm | algos.SignedDigestAlgorithm) -> bool:
    parameters = algorithm["parameters"]
    if algorithm["algorithm"].native == "rsassa_pss":
        return True
    return parameters.native is None and parameters.dump() in (b"", core.Null().dump())


def _require_tiled(content: bytes) -> None:
    """Every length fits exactly into the one above it, and only zeros follow the last byte."""
    if content.startswith(_INDEFINITE):
        return  # BER, as some old signers write it: its lengths cannot be checked in this way
    _, start, end = _header(content, 0)
    if any(content[end:]):
        raise MalformedEnvelopeError("padding is not empty")
    _walk(content, start, end)


def _walk(content: bytes, start: int, end: int) -> None:
    while start < end:
        tag, inner, stop = _header(content, start)
        if stop > end:
            raise MalformedEnvelopeError("a length runs out of its frame")
        if tag & _CONSTRUCTED:
            _walk(content, inner, stop)
        start = stop


def _header(content: bytes, at: int) -> tuple[int, int, int]:
    tag, length, start = content[at], content[at + 1], at + 2
    if tag == 0 or tag & _HIGH_TAG == _HIGH_TAG:
        raise MalformedEnvelopeError("no such tag in a CMS")
    if length >= _LONG_FORM:
        count = length - _LONG_FORM
        length, start = int.from_bytes(content[start : start + count], "big"), start + count
    return tag, start, start + length
