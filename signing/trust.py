"""Whom to believe (danh sách tin cậy): roots, intermediates, and revocation data known offline."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from asn1crypto import crl, ocsp, pem, x509
from cryptography.x509 import load_der_x509_certificate, load_der_x509_crl
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko_certvalidator.registry import SimpleTrustManager
from pyhanko_certvalidator.revinfo.archival import CRLContainer, OCSPContainer


@dataclass(frozen=True, slots=True)
class TrustStore:
    """Roots that are believed, certificates that help to build a path, and revocation data; all DER."""

    roots: tuple[bytes, ...] = ()
    intermediates: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()
    ocsps: tuple[bytes, ...] = ()
    unread: tuple[str, ...] = field(default=(), compare=False)
    """Names of the files that were neither certificate nor revocation list."""

    @classmethod
    def load(cls, files: Iterable[tuple[str, bytes]]) -> TrustStore:
        """Return the contents of a trust folder, sorted: PEM or DER; self-issued means root."""
        certificates: list[bytes] = []
        crls: list[bytes] = []
        unread = []
        for name, content in files:
            for block in _blocks(content):
                if _reads(load_der_x509_certificate, block):
                    certificates.append(block)
                elif _reads(load_der_x509_crl, block):
                    crls.append(block)
                else:
                    unread.append(name)
        roots = [c for c in certificates if _self_issued(c)]
        others = [c for c in certificates if not _self_issued(c)]
        return cls(tuple(roots), tuple(others), tuple(crls), unread=tuple(unread))

    def __or__(self, other: TrustStore) -> TrustStore:
        return TrustStore(
            self.roots + other.roots,
            self.intermediates + other.intermediates,
            self.crls + other.crls,
            self.ocsps + other.ocsps,
            self.unread + other.unread,
        )

    def anchors(self) -> SimpleTrustManager:
        """Return the roots as anchors. Never the system's list: pyHanko's way to it may break."""
        return SimpleTrustManager.build([x509.Certificate.load(root) for root in self.roots])

    def known_crls(self) -> list[CRLContainer]:
        """Return the revocation lists as pyHanko reads them."""
        return [CRLContainer(crl.CertificateList.load(one)) for one in self.crls]

    def known_ocsps(self) -> list[OCSPContainer]:
        """Return the OCSP answers as pyHanko reads them."""
        return [c for one in self.ocsps for c in OCSPContainer.load_multi(ocsp.OCSPResponse.load(one))]

    def known_certificates(self) -> list[x509.Certificate]:
        """Return every certificate that may help to build a path."""
        return [x509.Certificate.load(one) for one in self.intermediates + self.roots]


def evidence_in(reader: PdfFileReader) -> TrustStore:
    """Return what the file itself brings (its DSS): certificates and revocation data, never a root."""
    try:
        dss = DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        return TrustStore()
    return TrustStore(
        intermediates=tuple(certificate.dump() for certificate in dss.load_certs()),
        crls=tuple(stream.get_object().read_data(DecodePurpose.CRL) for stream in dss.crls),
        ocsps=tuple(stream.get_object().read_data(DecodePurpose.OCSP_RESPONSE) for stream in dss.ocsps),
    )


def _blocks(content: bytes) -> Iterable[bytes]:
    if not pem.detect(content):
        return [content]
    try:
        return [block for _kind, _headers, block in pem.unarmor(content, multiple=True)]
    except ValueError:
        return [content]


def _reads(reader: Callable[[bytes], object], block: bytes) -> bool:
    try:
        reader(block)
    except ValueError:
        return False
    return True


def _self_issued(certificate: bytes) -> bool:
    return bool(x509.Certificate.load(certificate).self_issued)
