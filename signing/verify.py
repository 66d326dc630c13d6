"""Is this paper real (kiểm tra chữ ký số)? Any PDF in, a three-valued verdict out, never an exception.

By EN 319 102-1: format and coverage, digest, signature value, certificate path, revocation, time. No network:
what is neither in the file nor in the trust store is not known, and the verdict says so.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime
from typing import Any

from cryptography import x509
from pyhanko.sign.ades.report import AdESIndeterminate, AdESStatus, AdESSubIndic
from pyhanko.sign.validation.ades import AdESBasicValidationResult, ades_basic_validation, ades_lta_validation
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.policy_decl import PdfSignatureValidationSpec, SignatureValidationSpec
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo

from signing import verdicts
from signing.certificates import holder_of, is_test
from signing.coverage import ONLY_SIGNATURES, Coverage, coverage_of
from signing.envelope import proven_time, require_canonical, signature_timestamped
from signing.errors import SigningError
from signing.policy import Revocation, lenient_spec, strict_spec
from signing.reading import open_pdf
from signing.trust import TrustStore
from signing.verdicts import FileVerdict, SignatureVerdict, Verdict

# pyHanko answers missing revocation data with the general indication; a second look without it tells.
_PERHAPS_NOT_KNOWN = (AdESIndeterminate.CERTIFICATE_CHAIN_GENERAL_FAILURE, AdESIndeterminate.TRY_LATER)
_OF_STATUS = {
    AdESStatus.PASSED: Verdict.PASSED,
    AdESStatus.FAILED: Verdict.FAILED,
    AdESStatus.INDETERMINATE: Verdict.INDETERMINATE,
}


def verify(
    pdf: bytes, trust: TrustStore, *, at: datetime, revocation: Revocation = Revocation.HARD
) -> FileVerdict:
    """Return the verdict on every signature in the file, as of `at` (aware).

    A file that cannot be read, is locked, or holds no signature is INDETERMINATE with the reason.
    """
    try:
        found = open_pdf(pdf).embedded_regular_signatures
    except SigningError as error:
        return FileVerdict(Verdict.INDETERMINATE, str(error))
    except Exception:  # noqa: BLE001 - the file is the attacker's to write; a failure is a verdict, not a crash
        return FileVerdict(Verdict.INDETERMINATE, verdicts.MALFORMED)
    return verdicts.worst(_one(s, pdf, trust=trust, at=at, revocation=revocation) for s in found)


def _one(
    signature: EmbeddedPdfSignature, pdf: bytes, *, trust: TrustStore, at: datetime, revocation: Revocation
) -> SignatureVerdict:
    try:
        draft = _draft(signature)
        coverage = coverage_of(signature, file=pdf)
        require_canonical(signature)
        result, softened = _judge(signature, trust, at=at, revocation=revocation)
    except Exception:  # noqa: BLE001 - the same holds for what sits in a signature
        return _malformed(signature)
    seen = replace(
        draft,
        covers_whole_file=coverage.sound and coverage.whole,
        timestamp=proven_time(result),
        modified_after=coverage.modified_after,
    )
    return _concluded(seen, coverage, indication=result.ades_subindic, softened=softened)


def _judge(
    signature: EmbeddedPdfSignature, trust: TrustStore, *, at: datetime, revocation: Revocation
) -> tuple[AdESBasicValidationResult[Any], bool]:
    strict = _validate(signature, strict_spec(trust), at=at)
    if strict.ades_subindic not in _PERHAPS_NOT_KNOWN:
        return strict, False
    lenient = _validate(signature, lenient_spec(trust), at=at)
    if lenient.ades_subindic.status is not AdESStatus.PASSED:
        return strict, False
    if revocation is Revocation.SOFT:
        return lenient, True
    return replace(strict, ades_subindic=AdESIndeterminate.TRY_LATER), False


def _validate(
    signature: EmbeddedPdfSignature, spec: SignatureValidationSpec, *, at: datetime
) -> AdESBasicValidationResult[Any]:
    timing = ValidationTimingInfo(at, at, point_in_time_validation=False)
    if signature_timestamped(signature):
        whole = PdfSignatureValidationSpec(spec, diff_policy=ONLY_SIGNATURES)
        return asyncio.run(ades_lta_validation(signature, whole, timing_info=timing))
    digest = signature.compute_digest()
    return asyncio.run(
        ades_basic_validation(signature.signed_data, spec, timing_info=timing, raw_digest=digest)
    )


def _concluded(
    seen: SignatureVerdict, coverage: Coverage, *, indication: AdESSubIndic, softened: bool
) -> SignatureVerdict:
    status, name = indication.status, indication.standard_name
    if status is AdESStatus.FAILED:
        return replace(
            seen,
            verdict=Verdict.FAILED,
            sub_indication=name,
            reason=verdicts.reason_for(name),
            modified_after=seen.modified_after or name == "HASH_FAILURE",
        )
    if not coverage.sound or coverage.modified_after:
        why = verdicts.CHANGED_AFTER if coverage.sound else verdicts.BROKEN_RANGE
        return replace(seen, verdict=Verdict.FAILED, sub_indication="FORMAT_FAILURE", reason=why)
    if status is AdESStatus.INDETERMINATE:
        return replace(
            seen, verdict=_OF_STATUS[status], sub_indication=name, reason=verdicts.reason_for(name)
        )
    return replace(seen, verdict=Verdict.PASSED, reason=verdicts.PASSED_SOFT if softened else verdicts.PASSED)


def _draft(signature: EmbeddedPdfSignature) -> SignatureVerdict:
    certificate = x509.load_der_x509_certificate(signature.signer_cert.dump())
    return SignatureVerdict(
        signer=holder_of(certificate),
        signed_at=signature.self_reported_timestamp,
        timestamp=None,
        covers_whole_file=False,
        modified_after=False,
        verdict=Verdict.INDETERMINATE,
        sub_indication=None,
        reason="",
        field_name=str(signature.field_name),
        test_certificate=is_test(certificate),
    )


def _malformed(signature: EmbeddedPdfSignature) -> SignatureVerdict:
    return SignatureVerdict(
        signer="không đọc được",
        signed_at=None,
        timestamp=None,
        covers_whole_file=False,
        modified_after=False,
        verdict=Verdict.FAILED,
        sub_indication="FORMAT_FAILURE",
        reason=verdicts.MALFORMED,
        field_name=str(signature.field_name),
    )
