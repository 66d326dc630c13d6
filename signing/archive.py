"""Document timestamps (dấu thời gian lưu trữ, level B-LTA): a broken one disproves the file around it.

A sound one needs no verdict of its own; `verify` uses it as proof of existence. One whose digest no longer
fits says that something it covered was changed. What comes after it is looked at from each signature.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESFailure, AdESSubIndic
from pyhanko.sign.validation.ades import ades_timestamp_validation
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo

from signing.coverage import coverage_of
from signing.envelope import require_canonical
from signing.policy import lenient_spec
from signing.running import finished
from signing.trust import TrustStore
from signing.verdicts import BROKEN_ARCHIVE, SignatureVerdict

_FAILED = (AdESFailure.HASH_FAILURE, AdESFailure.SIG_CRYPTO_FAILURE, AdESFailure.FORMAT_FAILURE)


def broken_timestamps(
    reader: PdfFileReader, pdf: bytes, *, trust: TrustStore, at: datetime
) -> Iterator[SignatureVerdict]:
    """Yield a failed verdict for each document timestamp that does not hold."""
    for timestamp in reader.embedded_timestamp_signatures:
        if _broken(timestamp, pdf, trust=trust, at=at):
            name = str(timestamp.field_name)
            yield replace(SignatureVerdict.unread(field_name=name), signer=name, reason=BROKEN_ARCHIVE)


def _broken(timestamp: EmbeddedPdfSignature, pdf: bytes, *, trust: TrustStore, at: datetime) -> bool:
    try:
        require_canonical(timestamp)
        coverage = coverage_of(timestamp, file=pdf)
        indication = _indication(timestamp, trust, at=at)
    except Exception:  # noqa: BLE001 - whatever a hostile token does to the reader, it proves nothing
        return True
    return not coverage.sound or indication in _FAILED


def _indication(timestamp: EmbeddedPdfSignature, trust: TrustStore, *, at: datetime) -> AdESSubIndic:
    def imprint(algorithm: str) -> bytes:
        return timestamp.compute_digest(algorithm)

    timing = ValidationTimingInfo(at, at, point_in_time_validation=False)
    result = ades_timestamp_validation(timestamp.signed_data, lenient_spec(trust), imprint, timing_info=timing)
    return finished(result).ades_subindic
