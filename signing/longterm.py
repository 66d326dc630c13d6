"""Evidence that outlives the certificate (bằng chứng lâu dài): levels B-LT and B-LTA, and their renewal."""

from __future__ import annotations

import asyncio
from datetime import datetime
from io import BytesIO

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.signers.pdf_signer import TimestampDSSContentSettings
from pyhanko.sign.validation.dss import async_add_validation_info
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError

from signing.errors import EvidenceIncomplete
from signing.keys import DIGEST
from signing.prepare import Level
from signing.reading import open_pdf
from signing.timestamps import TimestampRelay
from signing.trust import TrustStore

_INCOMPLETE = (SignatureValidationError, ValidationError, PathError, ValueError)


def add_evidence(pdf: bytes, trust: TrustStore, *, field_name: str, level: Level, at: datetime) -> bytes:
    """Return the file with chain and revocation data of that signature in it; raises `EvidenceIncomplete`."""
    signature = next(s for s in open_pdf(pdf).embedded_signatures if s.field_name == field_name)
    output = BytesIO()
    work = async_add_validation_info(signature, _context(trust, at), output=output)
    try:
        asyncio.run(work)
    except _INCOMPLETE as error:
        raise EvidenceIncomplete(level=level.value) from error
    return output.getvalue()


def add_timestamp(pdf: bytes, relay: TimestampRelay, *, trust: TrustStore, at: datetime) -> bytes:
    """Return the file under a new document timestamp: the last step of B-LTA, and each renewal of it."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf), strict=True)
    stamping = PdfTimeStamper(relay).async_timestamp_pdf(
        writer,
        DIGEST,
        _context(trust, at),
        output=(output := BytesIO()),
        dss_settings=TimestampDSSContentSettings(include_vri=False),
    )
    try:
        asyncio.run(stamping)
    except _INCOMPLETE as error:
        raise EvidenceIncomplete(level=Level.B_LTA.value) from error
    return output.getvalue()


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
    )
