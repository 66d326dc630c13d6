"""Is this paper real (kiểm tra chữ ký số)? Any PDF in, a three-valued verdict out, never an exception.

Format and coverage are looked at here, the signature itself in `judging`. No network: what is neither in the
file nor in the trust store is not known, and the verdict says so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from cryptography import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESStatus
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from signing import verdicts
from signing.archive import broken_timestamps
from signing.certificates import holder_of, is_test
from signing.coverage import Coverage, coverage_of
from signing.envelope import require_canonical
from signing.errors import SigningError
from signing.judging import Judgement, Question, judge
from signing.policy import Revocation
from signing.reading import open_pdf
from signing.trust import TrustStore
from signing.verdicts import FileVerdict, SignatureVerdict, Verdict

_FORMAT_FAILURE = "FORMAT_FAILURE"
_OF_STATUS = {
    AdESStatus.PASSED: Verdict.PASSED,
    AdESStatus.FAILED: Verdict.FAILED,
    AdESStatus.INDETERMINATE: Verdict.INDETERMINATE,
}


def verify(pdf: bytes, trust: TrustStore, *, at: datetime, revocation: Revocation = Revocation.HARD) -> FileVerdict:
    """Return the verdict on every signature in the file, as of `at` (aware).

    A file that cannot be read, is locked, or holds no signature is INDETERMINATE with the reason.
    """
    try:
        return verdicts.worst(_each(open_pdf(pdf), pdf, Question(trust, at, revocation)))
    except SigningError as error:
        return FileVerdict(Verdict.INDETERMINATE, str(error))
    except MemoryError:
        return FileVerdict(Verdict.INDETERMINATE, verdicts.TOO_HEAVY)
    except Exception:  # noqa: BLE001 - the file is the attacker's to write; a failure is a verdict, not a crash
        return FileVerdict(Verdict.INDETERMINATE, verdicts.MALFORMED)


def _each(reader: PdfFileReader, pdf: bytes, question: Question) -> Iterator[SignatureVerdict]:
    for signature in reader.embedded_regular_signatures:
        yield _one(signature, pdf, question)
    yield from broken_timestamps(reader, pdf, trust=question.trust, at=question.at)


def _one(signature: EmbeddedPdfSignature, pdf: bytes, question: Question) -> SignatureVerdict:
    draft = SignatureVerdict.unread(field_name=str(signature.field_name))
    try:
        draft = _named(draft, signature)
        coverage = coverage_of(signature, file=pdf)
        require_canonical(signature)
        judgement = judge(signature, question)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - the same holds for what sits in a signature
        return draft
    return _concluded(draft, coverage, judgement)


def _named(draft: SignatureVerdict, signature: EmbeddedPdfSignature) -> SignatureVerdict:
    encoded = signature.signer_cert.dump()
    certificate = x509.load_der_x509_certificate(encoded)
    return replace(
        draft,
        signer=holder_of(certificate),
        signed_at=signature.self_reported_timestamp,
        test_certificate=is_test(certificate),
        certificate_sha256=hashlib.sha256(encoded).hexdigest(),
    )


def _concluded(draft: SignatureVerdict, coverage: Coverage, judgement: Judgement) -> SignatureVerdict:
    seen = replace(
        draft,
        timestamp=judgement.proven,
        covers_whole_file=coverage.sound and coverage.whole,
        modified_after=coverage.modified_after or judgement.sub_indication == "HASH_FAILURE",
        revision=coverage.revision,
        revisions=coverage.revisions,
        changes=coverage.changes,
        chain=judgement.chain,
        revocation=judgement.revocation,
    )
    altered = not coverage.sound or coverage.modified_after
    if altered and judgement.status is not AdESStatus.FAILED:
        why = verdicts.CHANGED_AFTER if coverage.sound else verdicts.BROKEN_RANGE
        return replace(seen, verdict=Verdict.FAILED, sub_indication=_FORMAT_FAILURE, reason=why)
    verdict = _OF_STATUS[judgement.status]
    if verdict is Verdict.PASSED:
        reason = verdicts.PASSED_SOFT if judgement.softened else verdicts.PASSED
        return replace(seen, verdict=verdict, sub_indication=None, reason=reason)
    return replace(seen, verdict=verdict, sub_indication=judgement.sub_indication, reason=judgement.reason)
