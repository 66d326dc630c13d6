"""Signing a result: every level, two signatures in order, and independent programs that agree."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from asn1crypto import cms

from signing import Appearance, Intent, Level, Verdict, sign, verify
from signing.appearance import seal_place, signature_place
from signing.errors import TimestampNotConfigured
from signing.places import box_kept_free
from tests.signing.conftest import AGENCY, AT, LEADER, World


def signed_and_sealed(world: World, form: bytes, stamps, level: Level) -> bytes:
    picture = Appearance(stamps.signature(LEADER), signature_place(box_kept_free(form)), f"Chữ ký của {LEADER}")
    help_ = {"timestampers": [world.time], "trust": world.trust}
    once = sign(form, world.leader, Intent(AT, level=level, appearance=picture, field_name="Lanh-dao"), **help_)
    seal = Appearance(stamps.seal(AGENCY), seal_place(picture.place), f"Dấu {AGENCY}")
    return sign(once, world.seal, Intent(AT + timedelta(minutes=9), level=level, appearance=seal), **help_)


@pytest.fixture(scope="module", params=list(Level), ids=[level.value for level in Level])
def result(request, world, form, stamps) -> bytes:
    """Signed by the leader, then sealed, once at each level."""
    return signed_and_sealed(world, form, stamps, request.param)


def test_both_signatures_stand_and_the_later_one_is_no_change(world, result):
    verdict = verify(result, world.trust, at=AT + timedelta(days=1))
    assert verdict.verdict is Verdict.PASSED
    leader, seal = verdict.signatures
    assert [leader.modified_after, seal.modified_after] == [False, False]
    assert leader.signer.startswith(LEADER)
    assert seal.signer.startswith(AGENCY)
    assert not leader.covers_whole_file  # the seal was added after it
    assert leader.signed_at == AT
    assert all(one.test_certificate for one in verdict.signatures)


def test_what_was_there_stays_byte_by_byte(form, result):
    assert result.startswith(form)


def test_time_is_proven_from_b_t_on(world, by_level):
    times = {level: verify(pdf, world.trust, at=AT).signatures[0].timestamp for level, pdf in by_level.items()}
    assert times == {Level.B_B: None, Level.B_T: AT, Level.B_LT: AT, Level.B_LTA: AT}


def test_poppler_and_qpdf_agree(result, tmp_path):
    file = tmp_path / "result.pdf"
    file.write_bytes(result)
    said = _run("pdfsig", "-nocert", str(file))
    assert said.count("Signature is Valid") == 2
    assert said.count("Signature Type: ETSI.CAdES.detached") == 2
    assert "No syntax or stream encoding errors" in _run("qpdf", "--check", str(file))


def test_openssl_agrees(world, signed, tmp_path):
    first, second, third, fourth = map(int, re.search(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)", signed).groups())
    value = bytes.fromhex(signed[second + 1 : third - 1].decode())
    (tmp_path / "cms.der").write_bytes(cms.ContentInfo.load(value).dump())
    (tmp_path / "content").write_bytes(signed[first : first + second] + signed[third : third + fourth])
    (tmp_path / "root.pem").write_bytes(world.root.root_pem)
    _run("openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", str(tmp_path / "cms.der"),
         "-content", str(tmp_path / "content"), "-CAfile", str(tmp_path / "root.pem"), "-purpose", "any",
         "-out", str(tmp_path / "out"), "-attime", str(int(AT.timestamp())))  # fmt: skip
    assert (tmp_path / "out").read_bytes() == (tmp_path / "content").read_bytes()


def test_the_archive_form_is_kept(form, result):
    with pikepdf.open(BytesIO(form)) as before, pikepdf.open(BytesIO(result)) as after:
        assert after.open_metadata().pdfa_status == before.open_metadata().pdfa_status == "2U"
        assert after.Root.OutputIntents[0].DestOutputProfile.read_bytes()
        assert after.Root.Lang == before.Root.Lang
        shown = [note for note in after.pages[0].Annots if note.Subtype == "/Widget" and "/AP" in note]
        assert [int(note.F) & 0b110 for note in shown] == [0b100, 0b100]  # printed, not hidden


def test_a_batch_uses_one_open_key(world, form):
    batch = [sign(form, world.leader, Intent(AT, reason=f"Hồ sơ {n}")) for n in range(5)]
    assert len({hash(pdf) for pdf in batch}) == 5
    assert all(verify(pdf, world.trust, at=AT).verdict is Verdict.PASSED for pdf in batch)


def _run(program: str, *arguments: str) -> str:
    assert shutil.which(program), f"{program} is needed by this test"
    done = subprocess.run([program, *arguments], capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_level_with_time_needs_someone_who_tells_it(form, world):
    with pytest.raises(TimestampNotConfigured, match="Mức B-T cần dịch vụ dấu thời gian"):
        sign(form, world.leader, Intent(AT, level=Level.B_T))
