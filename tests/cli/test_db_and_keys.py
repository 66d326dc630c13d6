"""Backup, restore and keys: what was there is there again, and whatever does not fit is refused untouched."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path

import pytest

from app.cli.main import run
from app.settings import from_environment
from app.vault import load_vault
from app.wiring import key_file

PASSPHRASE = "một câu đủ dài để giữ khóa"


@pytest.fixture
def passphrase(tmp_path: Path) -> str:
    path = tmp_path / "passphrase"
    path.write_text(PASSPHRASE + "\n", "utf-8")
    return str(path)


@pytest.fixture
def empty_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A second machine: an empty folder, the embedded database."""
    folder = tmp_path / "second"
    monkeypatch.setenv("MOTCUA_HOME", str(folder))
    monkeypatch.delenv("MOTCUA_DATABASE_URL", raising=False)
    return folder


def run_at(home: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setenv("MOTCUA_HOME", str(home))
    return run(arguments)


def error_of(capsys: pytest.CaptureFixture[str]) -> str:
    return json.loads(capsys.readouterr().out)["error"]["message"]


@pytest.fixture
def saved(home: Path, tmp_path: Path, passphrase: str) -> tuple[Path, Path]:
    """A house with one file, backed up, and its keys exported; on the embedded database."""
    assert run(["db", "upgrade"]) == 0
    settings = from_environment()
    vault = load_vault(key_file(settings))
    (home / "files" / "ab").mkdir(parents=True)
    (home / "files" / "ab" / "abc").write_bytes(vault.seal(b"paper", "place"))
    backup, keys = tmp_path / "house.tar", tmp_path / "keys.json"
    assert run(["db", "backup", str(backup)]) == 0
    assert run(["keys", "export", str(keys), "--passphrase-file", passphrase]) == 0
    return backup, keys


def test_a_house_comes_back_on_another_machine(saved, passphrase, empty_home):
    backup, keys = saved
    assert run(["keys", "restore", str(keys), "--passphrase-file", passphrase]) == 0
    assert run(["db", "restore", str(backup)]) == 0
    vault = load_vault(key_file(from_environment()))
    assert vault.open((empty_home / "files" / "ab" / "abc").read_bytes(), "place") == b"paper"
    assert run(["db", "check"]) == 0


def test_the_backup_holds_no_key(saved, home):
    with tarfile.open(saved[0]) as archive:
        assert {name.split("/")[0] for name in archive.getnames()} == {"manifest.json", "database", "files"}
    assert json.loads(key_file(from_environment()).read_text())["mac"].encode() not in saved[0].read_bytes()


def test_a_backup_without_its_keys_is_refused(saved, empty_home, capsys):
    assert run(["db", "restore", str(saved[0]), "--json"]) == 2
    assert "motcua keys restore" in error_of(capsys)
    assert not (empty_home / "motcua.sqlite").exists()


def test_a_home_in_use_is_not_overwritten(saved, home, capsys):
    before = (home / "motcua.sqlite").read_bytes()
    assert run(["db", "restore", str(saved[0]), "--json"]) == 2
    assert "không trống" in error_of(capsys)
    assert (home / "motcua.sqlite").read_bytes() == before


@pytest.mark.parametrize("damage", ["cut", "not a tar", "flipped"])
def test_a_damaged_backup_is_refused_and_nothing_is_written(damage, saved, passphrase, empty_home, capsys):
    backup, keys = saved
    content = bytearray(backup.read_bytes())
    if damage == "flipped":
        content[content.index(b"SQLite format 3") + 200] ^= 1
    backup.write_bytes({"cut": content[: len(content) // 2], "not a tar": b"hello", "flipped": content}[damage])
    run(["keys", "restore", str(keys), "--passphrase-file", passphrase])
    capsys.readouterr()
    assert run(["db", "restore", str(backup), "--json"]) == 2
    assert error_of(capsys)
    assert not (empty_home / "motcua.sqlite").exists()
    assert not (empty_home / "files").exists()


def test_an_existing_backup_is_not_overwritten(saved, capsys):
    before = saved[0].read_bytes()
    assert run(["db", "backup", str(saved[0]), "--json"]) == 2
    assert saved[0].read_bytes() == before


@pytest.mark.parametrize(("given", "said"), [("sai mật khẩu hoàn toàn", "không đúng"), ("", "không đúng")])
def test_a_wrong_passphrase_opens_nothing(given, said, saved, tmp_path, empty_home, capsys):
    wrong = tmp_path / "wrong"
    wrong.write_text(given, "utf-8")
    assert run(["keys", "restore", str(saved[1]), "--passphrase-file", str(wrong), "--json"]) == 2
    assert said in error_of(capsys)
    assert not (empty_home / "keys" / "vault.json").exists()


def test_a_short_passphrase_is_refused(home, tmp_path, capsys):
    short = tmp_path / "short"
    short.write_text("ngắn", "utf-8")
    assert run(["keys", "export", str(tmp_path / "k"), "--passphrase-file", str(short), "--json"]) == 2
    assert "12 ký tự" in error_of(capsys)


def test_rotated_keys_seal_anew_and_still_open_the_old(home):
    settings = from_environment()
    old = load_vault(key_file(settings)).seal(b"paper", "place")
    assert run(["keys", "rotate"]) == 0
    vault = load_vault(key_file(settings))
    assert vault.open(old, "place") == b"paper"
    assert vault.seal(b"paper", "place")[0] != old[0]


def test_upgrade_twice_changes_nothing(home, capsys):
    assert run(["db", "upgrade", "--json"]) == 0
    first = json.loads(capsys.readouterr().out)
    assert run(["db", "upgrade", "--json"]) == 0
    assert first["before"] is None
    assert json.loads(capsys.readouterr().out)["before"] == first["after"]


def test_check_finds_a_database_whose_schema_is_not_ours(house, capsys):
    with house.engine.connect().execution_options(writing=True) as connection:
        connection.exec_driver_sql("DROP TABLE heartbeats")
        connection.commit()
    assert run(["db", "check", "--json"]) == 1
    assert "heartbeats" in " ".join(json.loads(capsys.readouterr().out)["problems"])


def test_a_sound_database_passes_its_check(house, capsys):
    assert run(["db", "check", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"ok": True, "problems": []}
