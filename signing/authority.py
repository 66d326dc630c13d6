"""The demo certificate authority (đơn vị cấp chứng thư thử nghiệm), made at first start.

Its certificates shout in every name that they are test certificates: nothing signed with them has legal
value. The caller gives the times; keys and serial numbers are random. P-256, so a first start is quick.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from signing.certificates import TEST_MARK
from signing.keys import load_pkcs12

ROOT_NAME = f"Gốc thử nghiệm Một cửa ({TEST_MARK})"
_NO_VALUE = f"{TEST_MARK} - KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True, slots=True)
class DemoAuthority:
    """Root key and certificate; issues person, seal and timestamp certificates and the revocation list."""

    key: PrivateKey
    certificate: x509.Certificate

    @classmethod
    def create(cls, valid_from: datetime, *, years: int = 20) -> DemoAuthority:
        """Return a new root, valid from `valid_from`."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = _name(ROOT_NAME)
        builder = _builder(name, name, key, valid_from=valid_from, days=365 * years)
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        builder = builder.add_extension(_usage(authority=True), critical=True)
        return cls(key, builder.sign(key, hashes.SHA256()))

    @classmethod
    def load(cls, data: bytes, pin: str) -> DemoAuthority:
        """Return the authority that `to_pkcs12` wrote; raises `WrongPin` or `UnreadableKeyFile`."""
        signer = load_pkcs12(data, pin)
        return cls(signer.key, x509.load_der_x509_certificate(signer.certificate))

    @property
    def root_pem(self) -> bytes:
        """Return the root to trust, PEM."""
        return self.certificate.public_bytes(Encoding.PEM)

    def to_pkcs12(self, pin: str) -> bytes:
        """Return root key and certificate as PKCS#12 under `pin`."""
        return _pack(ROOT_NAME, self.key, self.certificate, chain=(), pin=pin)

    def person(
        self,
        name: str,
        *,
        unit: str,
        title: str,
        pin: str,
        valid_from: datetime,
        years: int = 3,
        identity: str | None = None,
        key: PrivateKey | None = None,
    ) -> bytes:
        """Return the PKCS#12 of a person's signing certificate (chứng thư cá nhân) under `pin`."""
        subject = _name(name, unit=unit, title=title, identity=identity)
        return self._issue(subject, pin=pin, valid_from=valid_from, years=years, key=key)

    def seal(
        self,
        agency: str,
        *,
        code: str,
        pin: str,
        valid_from: datetime,
        years: int = 3,
        key: PrivateKey | None = None,
    ) -> bytes:
        """Return the PKCS#12 of an agency's certificate (chứng thư của cơ quan) under `pin`."""
        subject = _name(agency, unit=agency, identity=code)
        return self._issue(subject, pin=pin, valid_from=valid_from, years=years, key=key)

    def timestamping(
        self, *, pin: str, valid_from: datetime, years: int = 10, key: PrivateKey | None = None
    ) -> bytes:
        """Return the PKCS#12 of the demo timestamp authority under `pin`."""
        subject = _name(f"Dấu thời gian thử nghiệm ({TEST_MARK})")
        return self._issue(
            subject,
            pin=pin,
            valid_from=valid_from,
            years=years,
            key=key,
            purpose=ExtendedKeyUsageOID.TIME_STAMPING,
        )

    def revocation_list(self, at: datetime, *, revoked: dict[int, datetime] | None = None, days: int = 3650) -> bytes:
        """Return the PEM of the list of revoked serial numbers (CRL), issued at `at`.

        Ten years by default: a demo home works offline and nobody reissues its list.
        """
        until = at + timedelta(days=days)
        builder = x509.CertificateRevocationListBuilder(self.certificate.subject, at, until)
        builder = builder.add_extension(x509.CRLNumber(int(at.timestamp())), critical=False)
        builder = builder.add_extension(_authority_key(self.certificate), critical=False)
        for serial, moment in sorted((revoked or {}).items()):
            entry = x509.RevokedCertificateBuilder(serial, moment).build()
            builder = builder.add_revoked_certificate(entry)
        return builder.sign(self.key, hashes.SHA256()).public_bytes(Encoding.PEM)

    def _issue(
        self,
        subject: x509.Name,
        *,
        pin: str,
        valid_from: datetime,
        years: int,
        key: PrivateKey | None,
        purpose: x509.ObjectIdentifier | None = None,
    ) -> bytes:
        key = key or ec.generate_private_key(ec.SECP256R1())
        builder = _builder(subject, self.certificate.subject, key, valid_from=valid_from, days=365 * years)
        builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        builder = builder.add_extension(_usage(authority=False), critical=True)
        builder = builder.add_extension(_authority_key(self.certificate), critical=False)
        if purpose is not None:
            builder = builder.add_extension(x509.ExtendedKeyUsage([purpose]), critical=True)
        label = str(subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)
        return _pack(label, key, builder.sign(self.key, hashes.SHA256()), chain=(self.certificate,), pin=pin)


def _name(common: str, *, unit: str = "", title: str = "", identity: str | None = None) -> x509.Name:
    # X.520 allows 64 characters in O, OU and CN; long unit names are cut, the mark never is.
    pairs = [
        (NameOID.COUNTRY_NAME, "VN"),
        (NameOID.ORGANIZATION_NAME, TEST_MARK),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, _NO_VALUE),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, _cut(unit, 64)),
        (NameOID.TITLE, _cut(title, 64)),
        (NameOID.USER_ID, identity or ""),
        (NameOID.COMMON_NAME, _marked(common)),
    ]
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in pairs if value])


def _marked(common: str) -> str:
    if TEST_MARK in common:
        return _cut(common, 64)
    suffix = f" ({TEST_MARK})"
    return _cut(common, 64 - len(suffix.encode())) + suffix


def _cut(text: str, room: int) -> str:
    """Return as much of `text` as fits `room` bytes: X.520 limits are counted so, letters have up to three."""
    return text.encode()[:room].decode(errors="ignore").strip()


def _builder(
    subject: x509.Name, issuer: x509.Name, key: PrivateKey, *, valid_from: datetime, days: int
) -> x509.CertificateBuilder:
    public = key.public_key()
    builder = x509.CertificateBuilder(
        issuer, subject, public, x509.random_serial_number(), valid_from, valid_from + timedelta(days=days)
    )
    return builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_cert_sign=authority,
        crl_sign=authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _authority_key(certificate: x509.Certificate) -> x509.AuthorityKeyIdentifier:
    key_id = certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(key_id)


def _pack(
    label: str,
    key: PrivateKey,
    certificate: x509.Certificate,
    *,
    chain: tuple[x509.Certificate, ...],
    pin: str,
) -> bytes:
    return pkcs12.serialize_key_and_certificates(
        label.encode(),
        key,
        certificate,
        list(chain),
        BestAvailableEncryption(pin.encode()),
    )
