"""The public manner of `motcua`: one JSON document, words on stderr, exit codes 0, 1 and 2."""

from __future__ import annotations

import json
import os

import click
import pytest

from app.cli import common
from app.cli.main import COMMANDS, motcua, run


def answered(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict, str]:
    """Return exit code, the one JSON document of stdout, and what was said on stderr."""
    code = run([*arguments, "--json"])
    captured = capsys.readouterr()
    return code, json.loads(captured.out), captured.err


@pytest.mark.parametrize(("arguments", "where", "message"), [
    (["nap"], None, "Không có lệnh 'nap'. Xem: motcua --help"),
    (["db", "upgrade", "--colour"], "--colour", "Không có tùy chọn --colour. Xem: motcua db upgrade --help"),
    (["db", "backup"], "FILE", "Thiếu FILE. Xem: motcua db backup --help"),
    (["db", "restore", "/none"], "FILE", "FILE: File '/none' does not exist. Xem: motcua db restore --help"),
    (
        ["due", "--received", "mai"],
        "--received",
        "--received: 'mai' không phải là thời điểm; ví dụ 2026-11-23T08:30. Xem: motcua due --help",
    ),
])
def test_bad_usage_is_one_json_error_and_exit_2(arguments, where, message, home, capsys):
    exit_code, document, said = answered(capsys, *arguments)
    assert exit_code == common.REFUSED
    assert document == {"error": {"code": "bad_usage", "message": message, "where": where}}
    assert message in said


def test_a_wrong_setting_is_refused_by_name(home, monkeypatch, capsys):
    monkeypatch.setenv("MOTCUA_PORT", "many")
    exit_code, document, _ = answered(capsys, "db", "upgrade")
    assert (exit_code, document["error"]["where"]) == (common.REFUSED, "MOTCUA_PORT")


def test_an_unreachable_database_is_named_with_the_next_step(home, monkeypatch, capsys):
    monkeypatch.setenv("MOTCUA_DATABASE_URL", "postgresql+psycopg://nobody@127.0.0.1:1/none")
    exit_code, document, _ = answered(capsys, "db", "upgrade")
    assert exit_code == common.REFUSED
    assert document["error"]["code"] == "database_unusable"
    assert "motcua doctor" in document["error"]["message"]


def test_help_lists_every_command_without_importing_any(capsys):
    assert run(["--help"]) == common.DONE
    shown = capsys.readouterr().out
    assert [name for name in COMMANDS if f"  {name} " not in shown] == []


def test_every_command_of_the_table_is_installed():
    assert motcua.list_commands(click.Context(motcua)) == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name, capsys):
    assert run([name, "--help"]) == common.DONE
    assert "Usage: motcua" in capsys.readouterr().out


def test_keys_that_others_may_read_stop_every_command(home, capsys):
    assert run(["keys", "rotate"]) == common.DONE
    (home / "keys" / "vault.json").chmod(0o644)
    capsys.readouterr()
    exit_code, document, _ = answered(capsys, "keys", "rotate")
    assert (exit_code, document["error"]["code"]) == (common.REFUSED, "keys_unusable")
    assert "chmod 600" in document["error"]["message"]


def test_a_folder_that_cannot_be_written_is_named(tmp_path, monkeypatch, capsys):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("MOTCUA_HOME", str(tmp_path / "file" / "home"))
    exit_code, document, _ = answered(capsys, "db", "upgrade")
    assert (exit_code, document["error"]["code"]) == (common.REFUSED, "home_unusable")


@pytest.mark.parametrize(("text", "iso"), [
    ("2026-11-23T08:30", "2026-11-23T08:30:00+07:00"),
    ("2026-11-23T01:30:00+00:00", "2026-11-23T08:30:00+07:00"),
    ("2026-11-23", "2026-11-23T00:00:00+07:00"),
])
def test_times_without_zone_are_vietnam_times(text, iso):
    assert json.loads(common.as_json(common.Instant().convert(text, None, None))) == iso


def test_the_environment_of_the_operator_does_not_reach_the_tests():
    assert {name for name in os.environ if name.startswith("MOTCUA_")} <= {
        "MOTCUA_TEST_DATABASE", "MOTCUA_TEST_CLUSTER", "MOTCUA_TEST_TEMPLATES",
    }  # fmt: skip
