"""Is this certificate revoked, before its key is used (chứng thư bị thu hồi)? Only a known revocation refuses."""

from __future__ import annotations

from datetime import datetime

from cryptography import x509
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathError, RevokedError, ValidationError
from pyhanko_certvalidator.policy_decl import (
    REQUIRE_REVINFO,
    CertRevTrustPolicy,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)

from signing.certificates import holder_of, to_asn1, vietnamese_time
from signing.errors import CertificateRevoked
from signing.policy import DatedAlgorithms
from signing.running import finished
from signing.trust import TrustStore

# Data on the authorities above may be missing; what is known of the signer's own certificate is asked all the same.
_SIGNER_ALONE = RevocationCheckingPolicy(
    ee_certificate_rule=RevocationCheckingRule.CRL_OR_OCSP_REQUIRED,
    intermediate_ca_cert_rule=RevocationCheckingRule.NO_CHECK,
)


def require_not_revoked(
    certificate: bytes, chain: tuple[bytes, ...], *, trust: TrustStore, at: datetime
) -> None:
    """Raise `CertificateRevoked` when authentic data of `trust` says that the certificate is revoked.

    Not knowing is no refusal: a desk without a line to its authority signs on, and verification says what it lacks.
    """
    for policy in (REQUIRE_REVINFO, _SIGNER_ALONE):
        try:
            finished(_validator(certificate, chain, policy, trust=trust, at=at).async_validate_usage(set()))
        except RevokedError as revoked:
            holder = holder_of(x509.load_der_x509_certificate(certificate))
            moment = vietnamese_time(revoked.revocation_dt)
            raise CertificateRevoked(where="pin", holder=holder, moment=moment) from revoked
        except (PathError, ValidationError, ValueError):
            continue


def _validator(
    certificate: bytes,
    chain: tuple[bytes, ...],
    policy: RevocationCheckingPolicy,
    *,
    trust: TrustStore,
    at: datetime,
) -> CertificateValidator:
    context = ValidationContext(
        trust_manager=trust.anchors(),
        moment=at,
        best_signature_time=at,
        allow_fetching=False,
        crls=[one.crl_data for one in trust.known_crls()],
        ocsps=[one.ocsp_response_data for one in trust.known_ocsps()],
        revinfo_policy=CertRevTrustPolicy(policy, retroactive_revinfo=True),
        algorithm_usage_policy=DatedAlgorithms(),
    )
    above = [*trust.known_certificates(), *(to_asn1(one) for one in chain)]
    return CertificateValidator(to_asn1(certificate), intermediate_certs=above, validation_context=context)
