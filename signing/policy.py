"""How strict a verification is (chính sách kiểm tra): roots, revocation, key usage; never the network."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from asn1crypto import algos, keys
from pyhanko.sign.validation.policy_decl import (
    CertificateFetchingRule,
    LocalKnowledge,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.fetchers import FetcherBackend
from pyhanko_certvalidator.policy_decl import (
    NO_REVOCATION,
    REQUIRE_REVINFO,
    AlgorithmUsageConstraint,
    AlgorithmUsagePolicy,
    CertRevTrustPolicy,
    RevocationCheckingPolicy,
)

from signing import algorithms
from signing.algorithms import Algorithm
from signing.trust import TrustStore


class Revocation(StrEnum):
    """`hard`: not knowing is INDETERMINATE. `soft`: ignorance is forgiven, a known revocation never is."""

    HARD = "hard"
    SOFT = "soft"


class DatedAlgorithms(AlgorithmUsagePolicy):
    """The rows of `algorithms` in the shape that pyHanko asks for: certificates, signatures, lists, timestamps."""

    def digest_algorithm_allowed(
        self, algo: algos.DigestAlgorithm, moment: datetime | None
    ) -> AlgorithmUsageConstraint:
        """Return whether the digest proves something made at `moment`."""
        return _constraint(algorithms.row_of(str(algo["algorithm"].native)), moment)

    def signature_algorithm_allowed(
        self, algo: algos.SignedDigestAlgorithm, moment: datetime | None, public_key: keys.PublicKeyInfo | None
    ) -> AlgorithmUsageConstraint:
        """Return whether key and digest of a signature prove something made at `moment`; the weaker one decides."""
        key = _constraint(algorithms.row_of(*strength_of(algo, public_key)), moment)
        digest = digest_of(algo)
        return _constraint(algorithms.row_of(digest), moment) if key and digest else key


def strength_of(algo: algos.SignedDigestAlgorithm, public_key: keys.PublicKeyInfo | None) -> tuple[str, int]:
    """Return the kind of key (as the rows call it) and its bits; 0 bits where the size is part of the name."""
    kind = str(algo.signature_algo)
    name = "rsa" if kind.startswith("rsa") else kind
    # Without its key the mechanism alone is asked about: any size of that kind has a row to answer.
    bits = int(public_key.bit_size) if public_key is not None and name in ("rsa", "ecdsa") else _ANY_SIZE
    return name, bits


def digest_of(algo: algos.SignedDigestAlgorithm) -> str:
    """Return the digest that the mechanism names, "" where it names none (it stands beside it, then)."""
    try:
        name = str(algo.hash_algo)
    except ValueError:
        return ""
    return "" if name in _FIXED else name


_ANY_SIZE = 1 << 20
# Edwards curves fix their digest: SHA-512, or an output of SHAKE-256 that has no row of its own.
_FIXED = frozenset({"shake256"})


def _constraint(row: Algorithm | None, moment: datetime | None) -> AlgorithmUsageConstraint:
    if row is None:
        return AlgorithmUsageConstraint(allowed=False)
    if row.accepts(moment):
        return AlgorithmUsageConstraint(allowed=True)
    return AlgorithmUsageConstraint(allowed=False, not_allowed_after=row.until, failure_reason=row.source)


def strict_spec(trust: TrustStore) -> SignatureValidationSpec:
    """Return the rules that require revocation data for every certificate below the root."""
    return _spec(trust, REQUIRE_REVINFO)


def lenient_spec(trust: TrustStore) -> SignatureValidationSpec:
    """Return the rules that do not ask for revocation: a second look, after the strict one found no data."""
    return _spec(trust, NO_REVOCATION)


def _spec(trust: TrustStore, rule: RevocationCheckingPolicy) -> SignatureValidationSpec:
    return SignatureValidationSpec(
        cert_validation_policy=CertValidationPolicySpec(
            trust_manager=trust.anchors(),
            revinfo_policy=CertRevTrustPolicy(rule),
            algorithm_usage_policy=DatedAlgorithms(),
        ),
        revinfo_gathering_policy=RevocationInfoGatheringSpec(
            online_fetching_rule=RevinfoOnlineFetchingRule.LOCAL_ONLY,
            fetcher_backend=FetcherBackend(),
            certificate_fetching_rule=CertificateFetchingRule.NEVER_FETCH,
        ),
        local_knowledge=LocalKnowledge(
            known_crls=trust.known_crls(),
            known_ocsps=trust.known_ocsps(),
            known_certs=trust.known_certificates(),
        ),
        # Both uses occur on certificates issued in Viet Nam; either is enough to sign a document.
        key_usage_settings=KeyUsageConstraints(
            key_usage={"non_repudiation", "digital_signature"},
            match_all_key_usages=False,
        ),
    )
