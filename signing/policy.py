"""How strict a verification is (chính sách kiểm tra): roots, revocation, key usage; never the network."""

from __future__ import annotations

from enum import StrEnum

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
    CertRevTrustPolicy,
    RevocationCheckingPolicy,
)

from signing.trust import TrustStore


class Revocation(StrEnum):
    """`hard`: not knowing is INDETERMINATE. `soft`: ignorance is forgiven, a known revocation never is."""

    HARD = "hard"
    SOFT = "soft"


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
