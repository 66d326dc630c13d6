"""The CMS inside a signature (phong bì chữ ký): what in it no digest protects and has to be looked at."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from asn1crypto import cms
from pyhanko.sign.validation.ades import AdESBasicValidationResult
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from signing.errors import SigningError


def signature_timestamped(signature: EmbeddedPdfSignature) -> bool:
    """Return whether a timestamp token over the signature value is attached (B-T and above)."""
    attributes = signature.signer_info["unsigned_attrs"]
    return any(a["type"].native == "signature_time_stamp_token" for a in attributes)


def proven_time(result: AdESBasicValidationResult[Any]) -> datetime | None:
    """Return the time of the valid signature timestamp, or None."""
    status: Any = getattr(result.api_status, "timestamp_validity", None)
    if status is None or not (status.valid and status.intact and status.trusted):
        return None
    moment: datetime = status.timestamp
    return moment


def require_canonical(signature: EmbeddedPdfSignature) -> None:
    """Refuse bytes that no digest protects and no reader looks at: padding, outer algorithms, versions."""
    content = signature.pkcs7_content
    container = cms.ContentInfo.load(content)
    length = len(container.dump())
    if any(content[length:]):
        raise SigningError(detail="phần đệm của chữ ký không rỗng")
    data, info = signature.signed_data, signature.signer_info
    outer = {a["algorithm"].native for a in data["digest_algorithms"]}
    if info["digest_algorithm"]["algorithm"].native not in outer:
        raise SigningError(detail="thuật toán băm khai báo mâu thuẫn")
