"""One signature against the standard (EN 319 102-1): which process applies, and what it says.

Basic signatures take the process of clause 5.3, timestamped ones 5.5, and those whose certificate has run out
the long-term one, 5.6. pyHanko carries them out; here they are chosen and fed with what is known offline.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from cryptography.x509 import load_der_x509_certificate
from pyhanko.sign.ades.report import AdESIndeterminate, AdESPassed, AdESStatus, AdESSubIndic
from pyhanko.sign.validation.ades import (
    AdESBasicValidationResult,
    ades_basic_validation,
    ades_lta_validation,
    ades_with_time_validation,
)
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.policy_decl import PdfSignatureValidationSpec, SignatureValidationSpec
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo

from signing.certificates import holder_of
from signing.coverage import ONLY_SIGNATURES
from signing.envelope import (
    StrayContentError,
    proven_time,
    require_known_content,
    timestamp_tokens,
)
from signing.policy import Revocation, lenient_spec, strict_spec
from signing.running import finished
from signing.trust import TrustStore, evidence_in
from signing.verdicts import STRAY_CONTENT, RevocationState, reason_for

# pyHanko answers missing revocation data with the general indication; a second look without it tells.
_PERHAPS_NOT_KNOWN = (AdESIndeterminate.CERTIFICATE_CHAIN_GENERAL_FAILURE, AdESIndeterminate.TRY_LATER)

_NOT_KNOWN = frozenset({"TRY_LATER", "REVOCATION_OUT_OF_BOUNDS_NO_POE"})


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: whom to believe, as of when, and how strict about revocation."""

    trust: TrustStore
    at: datetime
    revocation: Revocation


@dataclass(frozen=True, slots=True)
class Judgement:
    """The standard's answer on the signature itself; `softened` when revocation had to be left open."""

    status: AdESStatus
    sub_indication: str
    reason: str
    proven: datetime | None = None
    softened: bool = False
    chain: tuple[str, ...] = ()

    @property
    def revocation(self) -> RevocationState:
        """Return what the answer says of the certificate's revocation."""
        if self.sub_indication.startswith("REVOKED"):
            return RevocationState.REVOKED
        if self.softened or self.sub_indication in _NOT_KNOWN:
            return RevocationState.UNKNOWN
        return RevocationState.GOOD if self.status is AdESStatus.PASSED else RevocationState.UNCHECKED


def judge(signature: EmbeddedPdfSignature, question: Question) -> Judgement:
    """Return the judgement; raises only what hostile bytes make pyHanko raise."""
    known = question.trust | evidence_in(signature.reader)
    result = _validate(signature, strict_spec(known), at=question.at)
    if result.ades_subindic in _PERHAPS_NOT_KNOWN:
        lenient = _validate(signature, lenient_spec(known), at=question.at)
        if lenient.ades_subindic is AdESPassed.OK:
            return _without_revocation(signature, lenient, question=question, known=known)
    return _checked(signature, result, known=known, at=question.at)


def _without_revocation(
    signature: EmbeddedPdfSignature,
    lenient: AdESBasicValidationResult[Any],
    *,
    question: Question,
    known: TrustStore,
) -> Judgement:
    if question.revocation is Revocation.HARD:
        return _said(AdESIndeterminate.TRY_LATER, lenient, question.at)
    return replace(_checked(signature, lenient, known=known, at=question.at), softened=True)


def _checked(
    signature: EmbeddedPdfSignature, result: AdESBasicValidationResult[Any], *, known: TrustStore, at: datetime
) -> Judgement:
    if result.ades_subindic is AdESPassed.OK:
        try:
            require_known_content(signature, known)
        except StrayContentError:
            name = AdESIndeterminate.CERTIFICATE_CHAIN_GENERAL_FAILURE.standard_name
            return Judgement(AdESStatus.INDETERMINATE, name, STRAY_CONTENT)
    return _said(result.ades_subindic, result, at)


def _said(indication: AdESSubIndic, result: AdESBasicValidationResult[Any], at: datetime) -> Judgement:
    proven = proven_time(result)
    if indication is AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE:
        proven = _timed(result, at)
        # The time is known, and it came too late for the algorithm: no proof of existence is missing.
        indication = AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE if proven else indication
    name = str(indication.standard_name)
    return Judgement(indication.status, name, reason_for(name), proven, chain=_chain(result))


def _timed(result: AdESBasicValidationResult[Any], at: datetime) -> datetime | None:
    """Return the proven time of a signature that was stopped at its algorithm, before its status was written."""
    best: datetime = getattr(result, "best_signature_time", at)
    return best if best < at else None


def _chain(result: AdESBasicValidationResult[Any]) -> tuple[str, ...]:
    """Return the names from the signer's certificate up to the root, empty when no path was found."""
    path = getattr(result.api_status, "validation_path", None)
    if path is None:
        return ()
    names = [holder_of(load_der_x509_certificate(one.dump())) for one in path.iter_certs(include_root=True)]
    return tuple(reversed(names))


def _validate(
    signature: EmbeddedPdfSignature, spec: SignatureValidationSpec, *, at: datetime
) -> AdESBasicValidationResult[Any]:
    timing = ValidationTimingInfo(at, at, point_in_time_validation=False)
    data, digest = signature.signed_data, signature.compute_digest()
    if not any(True for _ in timestamp_tokens(signature)):
        return finished(ades_basic_validation(data, spec, timing_info=timing, raw_digest=digest))
    result = finished(ades_with_time_validation(data, spec, timing_info=timing, raw_digest=digest))
    if result.ades_subindic is AdESPassed.OK and _current(signature, at):
        return result
    # Out of its time, the certificate needs evidence that was itself timestamped: the long-term process.
    whole = PdfSignatureValidationSpec(spec, diff_policy=ONLY_SIGNATURES)
    longer = finished(ades_lta_validation(signature, whole, timing_info=timing))
    passed = AdESPassed.OK in (longer.ades_subindic, result.ades_subindic)
    return longer if passed else result


def _current(signature: EmbeddedPdfSignature, at: datetime) -> bool:
    certificate = signature.signer_cert
    return bool(certificate.not_valid_before <= at <= certificate.not_valid_after)
