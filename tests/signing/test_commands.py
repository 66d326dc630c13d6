"""`motcua sign` and `motcua verify`: answers by contract, exit codes, and a sentence for each refusal."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from app.cli.main import run
from tests.signing.conftest import AT, LEADER, PIN, World

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"


@pytest.fixture
def motcua(home, capsys):
    """Run one command with `--json` and return its exit code and the one document on stdout."""

    def ask(*arguments: object) -> tuple[int, dict]:
        code = run([*map(str, arguments), "--json"])
        document = json.loads(capsys.readouterr().out)
        if "error" not in document:
            schema = json.loads((SCHEMAS / f"{arguments[0]}.schema.json").read_text("utf-8"))
            jsonschema.validate(document, schema)
        return code, document

    return ask


@pytest.fixture
def desk(tmp_path, world: World, form, signed):
    """A folder with a form, a signed form, a trust folder, a key file and its PIN."""
    trust = tmp_path / "roots"
    trust.mkdir()
    (trust / "root.pem").write_bytes(world.root.root_pem)
    (tmp_path / "form.pdf").write_bytes(form)
    (tmp_path / "signed.pdf").write_bytes(signed)
    (tmp_path / "forged.pdf").write_bytes(signed.replace(b"/Type", b"/Tipe", 1))
    key = world.root.person(LEADER, unit="A", title="B", pin=PIN, valid_from=AT)
    (tmp_path / "leader.p12").write_bytes(key)
    (tmp_path / "pin").write_text(f"{PIN}\n")
    (tmp_path / "wrong-pin").write_text("000000")
    return tmp_path


@pytest.mark.parametrize(
    ("file", "options", "code", "verdict", "sub_indication"),
    [
        ("signed.pdf", ["--revocation", "soft"], 0, "TOTAL-PASSED", None),
        ("signed.pdf", [], 1, "INDETERMINATE", "TRY_LATER"),
        (
            "signed.pdf",
            ["--revocation", "soft", "--at", "2035-01-01T00:00"],
            1,
            "INDETERMINATE",
            "OUT_OF_BOUNDS_NO_POE",
        ),
        ("forged.pdf", ["--revocation", "soft"], 1, "TOTAL-FAILED", "HASH_FAILURE"),
        ("form.pdf", [], 1, "INDETERMINATE", None),
        ("pin", [], 1, "INDETERMINATE", None),
    ],
)
def test_verify_answers_by_contract(motcua, desk, file, options, code, verdict, sub_indication):
    at = [] if "--at" in options else ["--at", "2026-03-10T08:00"]
    found, document = motcua("verify", desk / file, "--trust", desk / "roots", *at, *options)
    assert (found, document["verdict"]) == (code, verdict)
    assert [one["sub_indication"] for one in document["signatures"]] == (
        [sub_indication] if code == 0 or sub_indication else []
    )
    assert all(one["signed_at"] == "2026-03-09T08:30:00+07:00" for one in document["signatures"])


def test_nothing_is_trusted_by_default(motcua, desk):
    code, document = motcua("verify", desk / "signed.pdf", "--at", "2026-03-10T08:00")
    assert (code, document["signatures"][0]["sub_indication"]) == (1, "NO_CERTIFICATE_CHAIN_FOUND")


def test_a_key_file_signs_and_the_result_verifies(motcua, desk, database_url):
    out = desk / "out.pdf"
    code, document = motcua(
        "sign", desk / "form.pdf", "--signer", desk / "leader.p12", "--pin-file", desk / "pin", "--output", out
    )
    assert (code, document["level"], document["output"]) == (0, "B-B", str(out))
    code, document = motcua("verify", out, "--trust", desk / "roots", "--revocation", "soft")
    assert (code, len(document["signatures"])) == (0, 1)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["form.pdf", "--signer", "leader.p12", "--pin-file", "wrong-pin"], "pin_wrong"),
        (["form.pdf", "--signer", "khong-co-ai"], "no_signing_key"),
        (["form.pdf", "--signer", "remote:khong-co", "--pin-file", "pin"], "remote_signing_refused"),
        (["form.pdf", "--signer", "token:khong-co/khoa", "--pin-file", "pin"], "token_absent"),
        (["pin", "--signer", "leader.p12", "--pin-file", "pin"], "pdf_unreadable"),
        (["form.pdf", "--signer", "leader.p12", "--pin-file", "pin", "--level", "B-T"], "timestamp_not_configured"),
        (["form.pdf", "--signer", "leader.p12", "--pin-file", "pin", "--level", "B-X"], "bad_usage"),
        (["absent.pdf", "--signer", "leader.p12", "--pin-file", "pin"], "bad_usage"),
    ],
)
def test_a_refused_signature_writes_nothing(motcua, desk, database_url, arguments, code, monkeypatch):
    monkeypatch.chdir(desk)
    found, document = motcua("sign", *arguments, "--output", "out.pdf")
    assert (found, document["error"]["code"]) == (2, code)
    assert document["error"]["message"]
    assert not list(desk.glob("out.pdf*"))
