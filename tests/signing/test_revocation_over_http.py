"""OCSP and CRL of a real responder over loopback: evidence is fetched, embedded, and refuses a revoked key."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from threading import Thread

import pytest
from certomancer.integrations.animator import Animator, AnimatorArchStore
from certomancer.registry import ArchLabel, CertLabel, CertomancerConfig, PKIArchitecture
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from werkzeug.serving import make_server

from app.adapters.revocation import RevocationSource
from app.adapters.timestamps import HttpTimestampAuthority
from signing import CachedSigner, Intent, Level, SigningError, TrustStore, Verdict, load_pkcs12, sign, verify
from signing.longterm import certificates_in
from signing.revoked import require_not_revoked
from tests.signing.conftest import AT, FOUNDED, PIN

NAMES = ("root", "issuer", "signer", "listed", "revoked", "revoked-listed", "tsa", "responder")


@dataclass(frozen=True)
class Authority:
    """A running authority: its certificates, where it answers, and what it was asked."""

    arch: PKIArchitecture
    address: str
    asked: list[str]

    @property
    def trust(self) -> TrustStore:
        root, issuer = (self.arch.get_cert(CertLabel(name)).dump() for name in ("root", "issuer"))
        return TrustStore(roots=(root,), intermediates=(issuer,))

    @property
    def time(self) -> HttpTimestampAuthority:
        return HttpTimestampAuthority(f"{self.address}/other/tsa/tsa")

    def signer(self, name: str) -> CachedSigner:
        return load_pkcs12(self.arch.package_pkcs12(CertLabel(name), password=PIN.encode()), PIN)

    def source(self, address: str | None = None) -> RevocationSource:
        return RevocationSource((address or f"{self.address}/other",), patience=5)

    def gather(self, certificates) -> TrustStore:
        return self.source().gather(certificates, trust=self.trust)


@pytest.fixture(scope="module")
def authority(tmp_path_factory) -> Iterator[Authority]:
    keys = tmp_path_factory.mktemp("keys")
    for name in NAMES:
        made = ec.generate_private_key(ec.SECP256R1())
        (keys / f"{name}.pem").write_bytes(made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    config = CertomancerConfig(described(keys, address), key_search_dir=str(keys))
    arch, asked = config.get_pki_arch(ArchLabel("other")), []
    animator = Animator(AnimatorArchStore(config.pki_archs), at_time=AT)

    def noted(environ, start_response):
        asked.append(environ["PATH_INFO"])
        return animator(environ, start_response)

    server = make_server("127.0.0.1", port, noted)
    Thread(target=server.serve_forever, daemon=True).start()
    yield Authority(arch, address, asked)
    server.shutdown()


def described(keys, address: str) -> dict:
    valid = {"valid-from": FOUNDED.isoformat(), "valid-to": (AT + timedelta(days=1800)).isoformat()}
    taken_back = {"revoked-since": (AT - timedelta(days=30)).isoformat(), "reason": "key_compromise"}

    def extension(name: str, schema: str, params, **more) -> dict:
        return {"id": name, "smart-value": {"schema": schema, "params": params}, **more}

    authority = [
        {"id": "basic_constraints", "critical": True, "value": {"ca": True}},
        extension("key_usage", "key-usage", ["key_cert_sign", "crl_sign"], critical=True),
    ]
    use = extension("key_usage", "key-usage", ["digital_signature", "non_repudiation"], critical=True)
    responds = extension("authority_information_access", "aia-urls", {"ocsp-responder-names": ["ocsp"]})

    def listed(name: str) -> dict:
        return extension("crl_distribution_points", "crl-dist-url", {"crl-repo-names": [name]})

    def leaf(name: str, *extensions: dict, **more) -> dict:
        return {"subject": name, "issuer": "issuer", "validity": valid, "extensions": [use, *extensions], **more}

    return {
        "external-url-prefix": address,
        "keysets": {"keys": {"path-prefix": str(keys), "keys": {name: {"path": f"{name}.pem"} for name in NAMES}}},
        "pki-architectures": {"other": {
            "keyset": "keys",
            "entity-defaults": {"country-name": "VN"},
            "entities": {name: {"common-name": f"Nơi khác {name}"} for name in NAMES},
            "certs": {
                "root": {"subject": "root", "issuer": "root", "validity": valid, "extensions": authority},
                "issuer": {"subject": "issuer", "issuer": "root", "validity": valid,
                           "extensions": [*authority, listed("roots")]},
                "signer": leaf("signer", responds),
                "listed": leaf("listed", listed("issued")),
                "revoked": leaf("revoked", responds, revocation=taken_back),
                "revoked-listed": leaf("revoked-listed", listed("issued"), revocation=taken_back),
                "tsa": leaf("tsa", listed("issued"), {"id": "extended_key_usage", "critical": True,
                                                      "value": ["time_stamping"]}),
                "responder": leaf("responder", {"id": "extended_key_usage", "value": ["ocsp_signing"]},
                                  {"id": "ocsp_no_check"}),
            },
            "services": {
                "ocsp": {"ocsp": {"for-issuer": "issuer", "responder-cert": "responder"}},
                "crl-repo": {name: {"for-issuer": issuer, "signing-key": issuer, "simulated-update-schedule": "P90D"}
                             for name, issuer in (("roots", "root"), ("issued", "issuer"))},
                "time-stamping": {"tsa": {"signing-cert": "tsa"}},
            },
        }},
    }  # fmt: skip


@pytest.mark.parametrize("name", ["signer", "listed"], ids=["by OCSP", "by CRL"])
@pytest.mark.parametrize("level", [Level.B_LT, Level.B_LTA])
def test_evidence_is_fetched_and_embedded(authority, form, name, level):
    made = sign(
        form,
        authority.signer(name),
        Intent(AT, level=level),
        timestampers=[authority.time],
        trust=authority.trust,
        gather=authority.gather,
    )
    only_root = TrustStore(roots=authority.trust.roots)
    assert verify(made, only_root, at=AT + timedelta(minutes=1)).verdict is Verdict.PASSED
    assert any(path.startswith("/other/ocsp/ocsp") for path in authority.asked)


def test_without_an_allowed_address_nothing_is_asked_and_the_level_is_refused(authority, form):
    elsewhere = authority.source("http://127.0.0.1:9/other")
    before = len(authority.asked)
    assert elsewhere.gather([authority.signer("signer").certificate], trust=authority.trust).ocsps == ()
    assert len(authority.asked) == before
    with pytest.raises(SigningError) as refused:
        sign(
            form,
            authority.signer("signer"),
            Intent(AT, level=Level.B_LT),
            timestampers=[authority.time],
            trust=authority.trust,
            gather=lambda found: elsewhere.gather(found, trust=authority.trust),
        )
    assert refused.value.code == "evidence_incomplete"


@pytest.mark.parametrize("name", ["revoked", "revoked-listed"], ids=["by OCSP", "by CRL"])
def test_a_revoked_certificate_is_refused_by_name_before_its_key_is_used(authority, name):
    signer = authority.signer(name)
    known = authority.trust | authority.gather([signer.certificate, *signer.chain])
    with pytest.raises(SigningError) as refused:
        require_not_revoked(signer.certificate, signer.chain, trust=known, at=AT)
    assert refused.value.code == "certificate_revoked"
    assert f"Nơi khác {name}" in str(refused.value)


@pytest.mark.parametrize("name", ["signer", "listed"])
def test_a_good_one_and_one_that_nobody_speaks_of_are_not_refused(authority, name):
    signer = authority.signer(name)
    known = authority.trust | authority.gather([signer.certificate, *signer.chain])
    require_not_revoked(signer.certificate, signer.chain, trust=known, at=AT)
    require_not_revoked(signer.certificate, signer.chain, trust=authority.trust, at=AT)


def test_every_certificate_of_a_file_is_named_once(authority, form):
    made = sign(form, authority.signer("signer"), Intent(AT, level=Level.B_T), timestampers=[authority.time])
    found = certificates_in(made)
    assert authority.arch.get_cert(CertLabel("tsa")).dump() in found
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("http://ca.example/ocsp", True),
        ("http://ca.example/ocsp/x", True),
        ("http://ca.example/ocspx", False),
        ("http://ca.example/ocsp/../admin", False),
        ("https://ca.example/ocsp", False),
        ("http://ca.example:81/ocsp", False),
        ("http://ca.example@evil.example/ocsp", False),
        ("http://169.254.169.254/ocsp", False),
        ("http://ca.example:x/ocsp", False),
        ("file:///ocsp", False),
    ],
)
def test_only_what_lies_under_a_listed_address_is_asked(url, allowed):
    assert RevocationSource(("http://ca.example/ocsp",)).allows(url) is allowed


class Endless:
    """A responder that never stops."""

    def __call__(self, _environ, start_response):
        start_response("200 OK", [])
        return (b"x" * 65_536 for _ in range(200))


def test_an_answer_without_end_is_no_answer(authority):
    server = make_server("127.0.0.1", 0, Endless())
    Thread(target=server.serve_forever, daemon=True).start()
    here = RevocationSource((f"http://127.0.0.1:{server.port}",), patience=5)
    assert here._list(f"http://127.0.0.1:{server.port}/list.crl") is None
    server.shutdown()
