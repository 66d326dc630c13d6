"""Evidence that outlives the certificate: B-LT, B-LTA, its renewal; and authorities that are not ours."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from asn1crypto import tsp
from certomancer.registry import ArchLabel, CertLabel, CertomancerConfig, ServiceLabel
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from signing import CachedSigner, Intent, Level, SigningError, TrustStore, Verdict, load_pkcs12, sign, verify
from signing.authority import DemoAuthority
from signing.demo_time import DemoTimestampAuthority
from signing.longterm import prolong
from tests.signing.conftest import AT, FOUNDED, PIN

YEAR = timedelta(days=365)


@pytest.mark.parametrize(
    ("level", "years", "expected"),
    [
        (Level.B_T, 1, "TOTAL-PASSED"),
        (Level.B_T, 4, "INDETERMINATE"),
        (Level.B_LT, 1, "TOTAL-PASSED"),
        (Level.B_LT, 4, "INDETERMINATE"),
        (Level.B_LTA, 1, "TOTAL-PASSED"),
        (Level.B_LTA, 4, "TOTAL-PASSED"),
        (Level.B_LTA, 8, "TOTAL-PASSED"),
    ],
)
def test_how_long_a_signature_proves(world, by_level, level, years, expected):
    verdict = verify(by_level[level], world.trust, at=AT + years * YEAR)
    assert verdict.verdict.value == expected
    assert verdict.reason


def test_a_file_with_its_evidence_needs_the_root_alone(world, by_level):
    only_root = TrustStore(roots=world.trust.roots)
    verdicts = {level: verify(by_level[level], only_root, at=AT).verdict for level in Level}
    assert verdicts == {
        Level.B_B: Verdict.INDETERMINATE,
        Level.B_T: Verdict.INDETERMINATE,
        Level.B_LT: Verdict.PASSED,
        Level.B_LTA: Verdict.PASSED,
    }


def test_a_signed_file_is_prolonged_and_nothing_in_it_changes(world, by_level):
    old = by_level[Level.B_B]
    later = [AT + timedelta(days=30), AT + timedelta(days=60)]
    versions = [old]
    for moment in later:
        trust = trusting(world.root, moment - timedelta(days=1))
        versions.append(prolong(versions[-1], [clock(world.root, FOUNDED, moment)], trust=trust, at=moment))
    assert all(new.startswith(before) for before, new in pairwise(versions))
    only_root = TrustStore(roots=world.trust.roots)
    verdicts = [verify(pdf, only_root, at=later[-1]) for pdf in versions]
    assert [one.verdict for one in verdicts] == [Verdict.INDETERMINATE, Verdict.PASSED, Verdict.PASSED]
    assert [len(one.signatures) for one in verdicts] == [1, 1, 1]
    assert [pdf.count(b"/DocTimeStamp") for pdf in versions] == [0, 1, 2]


def clock(root: DemoAuthority, since: datetime, at: datetime) -> DemoTimestampAuthority:
    return DemoTimestampAuthority(load_pkcs12(root.timestamping(pin=PIN, valid_from=since), PIN), lambda: at)


def trusting(root: DemoAuthority, since: datetime) -> TrustStore:
    return TrustStore.load([("root.pem", root.root_pem), ("list.crl", root.revocation_list(since))])


@pytest.mark.parametrize("level", [Level.B_LT, Level.B_LTA])
@pytest.mark.parametrize("missing", ["root", "revocation"])
def test_evidence_that_is_missing_is_said_before_anything_is_written(world, form, level, missing):
    trust = TrustStore() if missing == "root" else TrustStore(roots=world.trust.roots)
    with pytest.raises(SigningError) as refused:
        sign(form, world.leader, Intent(AT, level=level), timestampers=[world.time], trust=trust)
    assert refused.value.code == "evidence_incomplete"


@pytest.fixture(scope="module")
def foreign(tmp_path_factory):
    """A two-step authority of another house with its own OCSP responder, CRL and TSA (certomancer, RSA)."""
    keys = tmp_path_factory.mktemp("keys")
    names = ("root", "issuer", "signer", "tsa", "responder")
    for name in names:
        made = rsa.generate_private_key(65_537, 2048)
        (keys / f"{name}.pem").write_bytes(made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return CertomancerConfig(_described(keys, names), key_search_dir=str(keys)).get_pki_arch(ArchLabel("other"))


class ForeignTime:
    """The foreign authority's TSA in the shape of ours."""

    name = "TSA ngoài"

    def __init__(self, arch, at: datetime) -> None:
        self._arch, self._at = arch, at

    def answer(self, request: bytes) -> bytes:
        service = self._arch.service_registry.summon_timestamper(ServiceLabel("tsa"), self._at)
        return service.request_tsa_response(tsp.TimeStampReq.load(request)).dump()


def test_a_foreign_authority_with_crl_and_tsa(foreign, form):
    trust, signer = _known(foreign)
    signed = sign(form, signer, Intent(AT, level=Level.B_LTA), timestampers=[ForeignTime(foreign, AT)], trust=trust)
    only = verify(signed, TrustStore(roots=trust.roots), at=AT).signatures[0]
    assert (only.verdict, only.timestamp, only.signer) == (Verdict.PASSED, AT, "Người ký nơi khác")
    assert not only.test_certificate


def test_a_foreign_signature_without_revocation_data(foreign, form):
    trust, signer = _known(foreign)
    signed = sign(form, signer, Intent(AT))
    assert verify(signed, TrustStore(roots=trust.roots), at=AT).signatures[0].sub_indication == "TRY_LATER"
    assert verify(signed, trust, at=AT).verdict is Verdict.PASSED


def _known(arch) -> tuple[TrustStore, CachedSigner]:
    certificates = {label: arch.get_cert(CertLabel(label)).dump() for label in ("root", "issuer", "signer")}
    lists = tuple(arch.service_registry.get_crl(ServiceLabel(name), AT).dump() for name in ("root-list", "issuer-list"))
    trust = TrustStore(roots=(certificates["root"],), intermediates=(certificates["issuer"],), crls=lists)
    package = arch.package_pkcs12(CertLabel("signer"), password=PIN.encode())
    return trust, load_pkcs12(package, PIN)


def _described(keys, names: tuple[str, ...]) -> dict:
    valid = {"valid-from": FOUNDED.isoformat(), "valid-to": (AT + 5 * YEAR).isoformat()}
    ca = {"extensions": [
        {"id": "basic_constraints", "critical": True, "value": {"ca": True}},
        {"id": "key_usage", "critical": True, "smart-value": {
            "schema": "key-usage", "params": ["key_cert_sign", "crl_sign", "digital_signature"]}},
    ]}  # fmt: skip

    def listed_in(name: str) -> dict:
        where = {"schema": "crl-dist-url", "params": {"crl-repo-names": [name]}}
        return {"id": "crl_distribution_points", "smart-value": where}

    def usage(name: str, *purposes: str) -> dict:
        listed = [
            listed_in("issuer-list"),
            {
                "id": "key_usage",
                "critical": True,
                "smart-value": {"schema": "key-usage", "params": ["digital_signature", "non_repudiation"]},
            },
        ]
        if purposes:
            listed.append({"id": "extended_key_usage", "critical": True, "value": list(purposes)})
        return {"subject": name, "issuer": "issuer", "validity": valid, "extensions": listed}  # fmt: skip

    return {
        "external-url-prefix": "http://localhost",
        "keysets": {"keys": {"path-prefix": str(keys), "keys": {n: {"path": f"{n}.pem"} for n in names}}},
        "pki-architectures": {"other": {
            "keyset": "keys",
            "entity-defaults": {"country-name": "VN", "organization-name": "Nơi khác"},
            "entities": {
                "root": {"common-name": "Gốc nơi khác"}, "issuer": {"common-name": "Nơi cấp khác"},
                "signer": {"common-name": "Người ký nơi khác"}, "tsa": {"common-name": "Giờ nơi khác"},
                "responder": {"common-name": "Trả lời nơi khác"},
            },
            "certs": {
                "root": {"subject": "root", "issuer": "root", "validity": valid, **ca},
                "issuer": {"subject": "issuer", "issuer": "root", "validity": valid,
                           "extensions": [*ca["extensions"], listed_in("root-list")]},
                "signer": usage("signer"), "tsa": usage("tsa", "time_stamping"),
                "responder": usage("responder", "ocsp_signing"),
            },
            "services": {
                "crl-repo": {name: {"for-issuer": issuer, "signing-key": issuer, "simulated-update-schedule": "P90D"}
                             for name, issuer in (("root-list", "root"), ("issuer-list", "issuer"))},
                "time-stamping": {"tsa": {"signing-cert": "tsa"}},
            },
        }},
    }  # fmt: skip


@pytest.mark.parametrize("fresh_for", [3, 3650], ids=["lists of days", "lists of years"])
def test_a_renewed_archive_outlives_the_authority_of_its_first_timestamps(world, form, fresh_for):
    """Signature timestamp and first archive timestamp by an authority that runs out; renewed by another before."""

    def listed(at: datetime) -> TrustStore:
        crl = world.root.revocation_list(at, days=fresh_for)
        return TrustStore.load([("root.pem", world.root.root_pem), ("list.crl", crl)])

    renewal, later = FOUNDED + YEAR - timedelta(days=5), AT + 2 * YEAR
    first, second = _authority(world, years=1, at=AT), _authority(world, years=10, at=renewal)
    signed = sign(form, world.leader, Intent(AT, level=Level.B_LTA), timestampers=[first], trust=listed(AT))
    renewed = prolong(signed, [second], trust=listed(renewal), at=renewal)
    assert verify(renewed, listed(later), at=later).verdict is Verdict.PASSED
    assert verify(signed, listed(later), at=later).verdict is Verdict.INDETERMINATE


def _authority(world, *, years: int, at: datetime) -> DemoTimestampAuthority:
    p12 = world.root.timestamping(pin=PIN, valid_from=FOUNDED, years=years)
    return DemoTimestampAuthority(load_pkcs12(p12, PIN), lambda: at)
