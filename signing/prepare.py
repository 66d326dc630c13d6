"""First half of a signature (chuẩn bị ký): the file with its gap, and the bytes that the key has to sign.

What comes out is plain data. It can wait in a database row while a remote service asks its owner, and nothing
of it is secret; `signing.finish` closes the gap.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from io import BytesIO

from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError as PyhankoError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.pdf_cms import ExternalSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from signing.appearance import Appearance, stamp_style
from signing.certificates import require_usable, to_asn1
from signing.errors import SigningError, UnreadablePdf
from signing.keys import DIGEST
from signing.reading import open_for_signing
from signing.running import finished

_ROOM_FOR_SIGNATURE = 2_048
_ROOM_FOR_TIMESTAMP = 16_384


class Level(StrEnum):
    """PAdES baseline levels (EN 319 142-1): bare, with time, with evidence, with renewable evidence."""

    B_B = "B-B"
    B_T = "B-T"
    B_LT = "B-LT"
    B_LTA = "B-LTA"

    @property
    def needs_time(self) -> bool:
        """Return whether a signature timestamp belongs to the level."""
        return self is not Level.B_B

    @property
    def needs_evidence(self) -> bool:
        """Return whether chain and revocation data belong to the level."""
        return self in (Level.B_LT, Level.B_LTA)


@dataclass(frozen=True, slots=True)
class Intent:
    """What a signature is to say: when, at which level, where on the page, and why.

    `holder` is a name or number that the certificate must carry; None accepts any holder.
    """

    at: datetime
    level: Level = Level.B_B
    appearance: Appearance | None = None
    field_name: str | None = None
    reason: str | None = None
    location: str | None = None
    holder: str | None = None


@dataclass(frozen=True, slots=True)
class PreparedSignature:
    """A file waiting for one signature value; every field is plain and may be stored.

    `to_sign` is what the key signs (with SHA-256); `gap` is where the value goes, as byte offsets.
    """

    document: bytes
    document_digest: bytes
    gap: tuple[int, int]
    to_sign: bytes
    certificate: bytes
    chain: tuple[bytes, ...]
    level: Level
    field_name: str
    at: datetime

    @property
    def digest(self) -> bytes:
        """Return SHA-256 of `to_sign`, for services that sign digests."""
        return hashlib.sha256(self.to_sign).digest()


def prepare(pdf: bytes, certificate: bytes, intent: Intent, *, chain: tuple[bytes, ...] = ()) -> PreparedSignature:
    """Return the file with room for a signature of `certificate` (DER), after every byte that is there.

    Raises a `SigningError`: unreadable or locked file; expired, unfit or someone else's certificate.
    """
    require_usable(certificate, intent.at, holder=intent.holder)
    writer = open_for_signing(pdf)
    field = intent.field_name or _free_name(writer)
    signer = envelope(certificate, chain)
    try:
        document, digest, gap = _with_gap(
            writer, signer, intent=intent, field=field, room=_room((certificate, *chain), intent.level)
        )
    except (PdfError, PyhankoError) as error:
        raise SigningError(detail=str(error)) from error
    attributes = finished(signer.signed_attrs(digest, DIGEST, use_pades=True))
    return PreparedSignature(
        document, digest, gap, attributes.dump(), certificate, chain, intent.level, field, intent.at
    )


def envelope(certificate: bytes, chain: tuple[bytes, ...], *, value: bytes | None = None) -> ExternalSigner:
    """Return pyHanko's signer without a key: it wraps a value made elsewhere. Roots are the reader's to have."""
    registry = SimpleCertificateStore()
    registry.register_multiple(_parsed(chain))
    return ExternalSigner(to_asn1(certificate), registry, signature_value=value, embed_roots=False)


def _with_gap(
    writer: IncrementalPdfFileWriter, signer: ExternalSigner, *, intent: Intent, field: str, room: int
) -> tuple[bytes, bytes, tuple[int, int]]:
    meta = PdfSignatureMetadata(
        field_name=field,
        md_algorithm=DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        reason=intent.reason,
        location=intent.location,
    )
    style = stamp_style(intent.appearance.stamp) if intent.appearance else None
    signer_pdf = PdfSigner(meta, signer, stamp_style=style, new_field_spec=_field_spec(field, intent.appearance))
    session = signer_pdf.init_signing_session(writer)
    session.system_time = intent.at
    output = BytesIO()
    prepared, _ = session.prepare_tbs_document(None, room).digest_tbs_document(output=output)
    gap = (prepared.reserved_region_start, prepared.reserved_region_end)
    return output.getvalue(), prepared.document_digest, gap


def _field_spec(field: str, appearance: Appearance | None) -> SigFieldSpec:
    if appearance is None:
        return SigFieldSpec(field)
    box = appearance.place.box
    edges = (round(box.left), round(box.bottom), round(box.right), round(box.top))
    return SigFieldSpec(field, on_page=appearance.place.page, box=edges, readable_field_name=appearance.label or None)


def _free_name(writer: IncrementalPdfFileWriter) -> str:
    try:
        taken = {str(f.get_object().get("/T", "")) for f in writer.prev.root["/AcroForm"]["/Fields"]}
    except KeyError:
        taken = set()
    except (TypeError, AttributeError) as error:
        raise UnreadablePdf(where="file", detail="biểu mẫu trong tệp hỏng") from error
    return next(name for n in range(1, len(taken) + 2) if (name := f"ChuKy{n}") not in taken)


def _room(certificates: tuple[bytes, ...], level: Level) -> int:
    # Two hexadecimal characters a byte. pyHanko would guess by a dry run, which costs a token a signature. Every
    # reader walks through the room digit by digit, so it is no wider than attributes and value may need.
    room = _ROOM_FOR_SIGNATURE + sum(len(c) for c in certificates) + (_ROOM_FOR_TIMESTAMP if level.needs_time else 0)
    return 2 * room


def _parsed(chain: tuple[bytes, ...]) -> list[asn1_x509.Certificate]:
    return [to_asn1(certificate) for certificate in chain]
