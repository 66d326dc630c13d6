"""The three values: what is believed decides, ignorance is said, and no file makes the verifier fall over."""

from __future__ import annotations

import zlib
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from cryptography.x509 import load_der_x509_certificate
from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate

from signing import Intent, Level, Revocation, TrustStore, Verdict, load_pkcs12, sign, verify
from signing.authority import DemoAuthority
from signing.verdicts import REASONS, SignatureVerdict, worst
from tests.signing.conftest import AT, FOUNDED, trust_of

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def stranger() -> DemoAuthority:
    return DemoAuthority.create(FOUNDED)


@pytest.fixture(scope="module")
def revoked(world) -> TrustStore:
    serial = load_der_x509_certificate(world.leader.certificate).serial_number
    return trust_of(world.root, revoked={serial: AT - DAY})


def roots_only(world) -> TrustStore:
    return TrustStore(roots=world.trust.roots)


def said(verdict) -> tuple[str, str | None]:
    only = verdict.signatures[0]
    assert verdict.verdict is only.verdict
    return only.verdict.value, only.sub_indication


@pytest.mark.parametrize(
    ("revocation", "expected"),
    [
        (Revocation.HARD, ("INDETERMINATE", "TRY_LATER")),
        (Revocation.SOFT, ("TOTAL-PASSED", None)),
    ],
)
def test_revocation_that_nobody_knows(world, signed, revocation, expected):
    assert said(verify(signed, roots_only(world), at=AT, revocation=revocation)) == expected


def test_ignorance_is_told_in_words(world, signed):
    softened = verify(signed, roots_only(world), at=AT, revocation=Revocation.SOFT).signatures[0]
    assert "chưa kiểm tra được" in softened.reason
    assert "không có dữ liệu thu hồi" in verify(signed, roots_only(world), at=AT).reason


@pytest.mark.parametrize("revocation", Revocation)
def test_a_known_revocation_is_never_forgiven(signed, revoked, revocation):
    assert said(verify(signed, revoked, at=AT, revocation=revocation)) == ("INDETERMINATE", "REVOKED_NO_POE")


def test_a_signature_proven_to_be_older_than_the_revocation(world, form, revoked):
    early = AT - 30 * DAY
    clock = type(world.time)(world.time.signer, lambda: early)
    stamped = sign(form, world.leader, Intent(early, level=Level.B_T), timestampers=[clock])
    assert verify(stamped, revoked, at=AT).verdict is Verdict.PASSED
    late = sign(form, world.leader, Intent(AT, level=Level.B_T), timestampers=[world.time])
    assert said(verify(late, revoked, at=AT)) == ("INDETERMINATE", "REVOKED_NO_POE")


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (AT, ("TOTAL-PASSED", None)),
        (AT + 365 * 4 * DAY, ("INDETERMINATE", "OUT_OF_BOUNDS_NO_POE")),
    ],
)
def test_a_bare_signature_dies_with_its_certificate(world, signed, when, expected):
    assert said(verify(signed, world.trust, at=when)) == expected


@pytest.mark.parametrize("trusted", ["nobody", "a stranger with the same name"])
def test_a_chain_to_nobody_we_know(signed, stranger, trusted):
    trust = TrustStore() if trusted == "nobody" else trust_of(stranger)
    verdict = verify(signed, trust, at=AT, revocation=Revocation.SOFT)
    assert verdict.verdict is Verdict.INDETERMINATE
    assert "tin cậy" in verdict.reason


def test_one_bad_signature_decides_for_the_file(world, stranger, signed):
    key = load_pkcs12(stranger.seal("Cơ quan lạ", code="MST:0", pin="1", valid_from=FOUNDED), "1")
    both = verify(sign(signed, key, Intent(AT)), world.trust, at=AT)
    assert [one.verdict for one in both.signatures] == [Verdict.PASSED, Verdict.INDETERMINATE]
    assert both.verdict is Verdict.INDETERMINATE
    assert both.reason.startswith("Cơ quan lạ")


def bomb() -> bytes:
    """A page whose content is 200 MB of spaces."""
    packed = zlib.compressobj(9)
    data = b"".join(packed.compress(b" " * 1_000_000) for _ in range(200)) + packed.flush()
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    page.Contents = pdf.make_stream(b"")
    page.Contents.write(data, filter=pikepdf.Name.FlateDecode)
    return saved(pdf)


def saved(pdf: pikepdf.Pdf, **options) -> bytes:
    out = BytesIO()
    pdf.save(out, **options)
    return out.getvalue()


def locked() -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    return saved(pdf, encryption=pikepdf.Encryption(user="x", owner="y"))


def fields_in_a_circle() -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    field = pdf.make_indirect(pikepdf.Dictionary(T="a"))
    field.Kids = pikepdf.Array([field])
    field.Parent = field
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field], SigFlags=3)
    return saved(pdf)


def a_signature_of_nothing() -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    value = pikepdf.Dictionary(Type=pikepdf.Name.Sig, Filter=pikepdf.Name("/Adobe.PPKLite"), Contents=b"\x30\x00")
    field = pdf.make_indirect(pikepdf.Dictionary(T="a", FT=pikepdf.Name.Sig, V=pdf.make_indirect(value)))
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field], SigFlags=3)
    return saved(pdf)


def nested() -> bytes:
    return b"%PDF-1.7\n1 0 obj\n" + b"[" * 200_000 + b"\nendobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF"


HOSTILE = {
    "empty": lambda: b"",
    "words": lambda: b"hello",
    "a page of the web": lambda: b"<html>%PDF-1.4 </html>",
    "only a head": lambda: b"%PDF-1.7\n",
    "zeros": lambda: bytes(4096),
    "locked": locked,
    "bomb": bomb,
    "circle": fields_in_a_circle,
    "nested": nested,
    "no value": a_signature_of_nothing,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_gets_an_answer(world, kind):
    verdict = verify(HOSTILE[kind](), world.trust, at=AT)
    assert verdict.verdict is not Verdict.PASSED
    assert verdict.reason
    if kind not in {"no value", "circle"}:
        assert verdict.signatures == ()
        assert verdict.verdict is Verdict.INDETERMINATE


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_file_has_no_signature_to_judge(world, signed, share):
    verdict = verify(signed[: int(len(signed) * share)], world.trust, at=AT)
    assert (verdict.verdict, verdict.signatures) == (Verdict.INDETERMINATE, ())
    assert "không phải PDF đọc được" in verdict.reason or "không có chữ ký số" in verdict.reason


def test_without_a_signature_there_is_nothing_to_say(world, form):
    verdict = verify(form, world.trust, at=AT)
    assert (verdict.verdict, verdict.signatures) == (Verdict.INDETERMINATE, ())
    assert "không có chữ ký số" in verdict.reason


def test_the_worst_signature_speaks_for_the_file():
    failed = SignatureVerdict.unread(field_name="a")
    passed, unclear = replace(failed, verdict=Verdict.PASSED), replace(failed, verdict=Verdict.INDETERMINATE)
    assert worst([passed, unclear, failed]).verdict is Verdict.FAILED
    assert worst([passed, unclear]).verdict is Verdict.INDETERMINATE
    assert worst([passed, passed]).verdict is Verdict.PASSED
    assert worst([]).verdict is Verdict.INDETERMINATE


def test_every_sub_indication_of_the_standard_has_its_sentence():
    names = {one.standard_name for kind in (AdESFailure, AdESIndeterminate) for one in kind}
    unused = {"POLICY_PROCESSING_ERROR", "SIGNATURE_POLICY_NOT_AVAILABLE", "SIGNED_DATA_NOT_FOUND"}
    assert names - set(REASONS) <= unused
