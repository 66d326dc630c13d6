"""What a certificate says (chứng thư chữ ký số): its holder, its dates, whether it may sign at a time."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from signing.errors import (
    CertificateCannotSign,
    CertificateExpired,
    CertificateNotRegistered,
    CertificateNotYetValid,
    WrongHolder,
)

VIETNAM_OFFSET = timezone(timedelta(hours=7), "+07:00")
TEST_MARK = "CHỨNG THƯ THỬ NGHIỆM"


def holder_of(certificate: x509.Certificate) -> str:
    """Return the common name (tên chủ thể), or the whole subject when it has none."""
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else certificate.subject.rfc4514_string()


def identities_of(certificate: x509.Certificate) -> frozenset[str]:
    """Return what the subject claims to be, folded: CN, UID (as in `CCCD:…`, `MST:…`) and serial number."""
    oids = (NameOID.COMMON_NAME, NameOID.USER_ID, NameOID.SERIAL_NUMBER)
    values = [str(a.value) for oid in oids for a in certificate.subject.get_attributes_for_oid(oid)]
    said = [part for v in values for part in (v, v.partition(":")[2], v.partition(f" ({TEST_MARK}")[0])]
    return frozenset(_fold(part) for part in said if part)


def is_test(certificate: x509.Certificate) -> bool:
    """Return whether subject or issuer carries the mark of the demo authority."""
    both = certificate.subject.rfc4514_string() + certificate.issuer.rfc4514_string()
    return TEST_MARK in unicodedata.normalize("NFC", both)


def require_usable(certificate: bytes, at: datetime, *, holder: str | None = None) -> None:
    """Refuse a certificate (DER) that may not sign at `at` or, when `holder` is given, belongs to someone else."""
    read = x509.load_der_x509_certificate(certificate)
    name = holder_of(read)
    if at < read.not_valid_before_utc:
        raise CertificateNotYetValid(where="pin", holder=name, moment=vietnamese_time(read.not_valid_before_utc))
    if at > read.not_valid_after_utc:
        raise CertificateExpired(where="pin", holder=name, moment=vietnamese_time(read.not_valid_after_utc))
    if not _may_sign(read):
        raise CertificateCannotSign(where="pin", holder=name)
    if holder is not None and _fold(holder) not in identities_of(read):
        raise WrongHolder(where="pin", holder=name, expected=holder)


@dataclass(frozen=True, slots=True)
class Described:
    """A certificate in plain facts: what a register of keys keeps of it."""

    holder: str
    pem: str
    valid_from: datetime
    valid_to: datetime


def described(certificate: bytes) -> Described:
    """Return the facts of a certificate (DER)."""
    read = x509.load_der_x509_certificate(certificate)
    pem = read.public_bytes(Encoding.PEM).decode()
    return Described(holder_of(read), pem, read.not_valid_before_utc, read.not_valid_after_utc)


def require_registered(certificate: bytes, registered_pem: str) -> None:
    """Refuse a key whose certificate (DER) is not the one registered. Raises `CertificateNotRegistered`."""
    read = x509.load_der_x509_certificate(certificate)
    if read != x509.load_pem_x509_certificate(registered_pem.encode()):
        raise CertificateNotRegistered(where="pin", holder=holder_of(read), serial=format(read.serial_number, "x"))


def vietnamese_time(moment: datetime) -> str:
    """Return the moment in Vietnam time, as in 08:05 ngày 03/07/2026."""
    return moment.astimezone(VIETNAM_OFFSET).strftime("%H:%M ngày %d/%m/%Y")


def to_asn1(certificate: bytes) -> asn1_x509.Certificate:
    """Return the DER bytes in the shape that pyHanko asks for."""
    return asn1_x509.Certificate.load(certificate)


def _may_sign(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment


def _fold(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split()).casefold()
