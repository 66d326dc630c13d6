"""The floor of the signing figures: pyHanko as its manual shows it, but with the key parsed once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from signing import CachedSigner, Place, Timestamper, TrustStore
from signing.appearance import stamp_style
from signing.certificates import to_asn1
from signing.keys import DIGEST
from signing.timestamps import TimestampRelay


@dataclass(frozen=True, slots=True)
class BareWork:
    """One file to sign with one key: the same parts that the house uses."""

    pdf: bytes
    key: CachedSigner
    stamp: bytes
    place: Place
    time: Timestamper
    trust: TrustStore
    at: datetime


class _Cached(Signer):
    """pyHanko's signer over a key that is parsed already; its own parses RSA again each time."""

    def __init__(self, key: CachedSigner) -> None:
        registry = SimpleCertificateStore()
        registry.register_multiple([to_asn1(certificate) for certificate in key.chain])
        super().__init__(embed_roots=False, signing_cert=to_asn1(key.certificate), cert_registry=registry)
        self._key = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:  # noqa: ARG002, FBT001, FBT002, RUF100 - the library's signature
        """Return the raw signature."""
        return self._key.sign(data)


def basic(work: BareWork) -> bytes:
    """Return the file signed at level B-B."""
    return _signed(work, PdfSignatureMetadata(**_COMMON))


def archived(work: BareWork) -> bytes:
    """Return the file signed at level B-LTA."""
    context = _context(work.trust, work.at)
    meta = PdfSignatureMetadata(**_COMMON, embed_validation_info=True, use_pades_lta=True, validation_context=context)
    return _signed(work, meta)


def validated(pdf: bytes, trust: TrustStore, at: datetime) -> object:
    """Return pyHanko's own status of the first signature."""
    signature = PdfFileReader(BytesIO(pdf)).embedded_regular_signatures[0]
    return validate_pdf_signature(signature, _context(trust, at))


_COMMON = {"field_name": "ChuKy", "md_algorithm": DIGEST, "subfilter": SigSeedSubFilter.PADES}


def _signed(work: BareWork, meta: PdfSignatureMetadata) -> bytes:
    box = work.place.box
    edges = (round(box.left), round(box.bottom), round(box.right), round(box.top))
    signer = PdfSigner(
        meta,
        _Cached(work.key),
        timestamper=TimestampRelay([work.time]) if meta.use_pades_lta else None,
        stamp_style=stamp_style(work.stamp),
        new_field_spec=SigFieldSpec("ChuKy", on_page=work.place.page, box=edges),
    )
    output: BytesIO = signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(work.pdf)))
    return output.getvalue()


def _context(trust: TrustStore, at: datetime) -> ValidationContext:
    return ValidationContext(
        trust_manager=trust.anchors(),
        moment=at,
        best_signature_time=at,
        allow_fetching=False,
        crls=[known.crl_data for known in trust.known_crls()],
        revocation_mode="require",
    )
