"""Set-up: what the Makefile, the scripts, the requirements and the settings promise."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from app.settings import SettingsInvalid, describe, from_environment

ROOT = Path(__file__).parent.parent
REQUIREMENTS = ("requirements.txt", "requirements-dev.txt")
TARGETS = {"run", "test", "test-fast", "test-long", "lint", "type", "migrate", "help"}


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_every_requirement_is_pinned_with_hashes(name):
    blocks = re.split(r"\n(?=[a-z])", read(name).strip())
    assert len(blocks) > 50
    assert [block for block in blocks if not re.match(r"\S+==\S+.*?--hash=sha256:", block, re.DOTALL)] == []


@pytest.mark.parametrize("name", [*REQUIREMENTS, "pyproject.toml", "Makefile", "deploy/prepare.sh"])
def test_no_address_of_a_package_index_is_committed(name):
    assert re.findall(r"https?://(?!127\.0\.0\.1)|--index|--extra-index|find-links", read(name)) == []


def test_tests_run_with_the_very_libraries_of_the_product():
    def pins(name: str) -> dict[str, str]:
        return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", read(name), re.MULTILINE))

    product, tests = pins("requirements.txt"), pins("requirements-dev.txt")
    assert {name: tests.get(name) for name in product} == product


def test_every_declared_package_exists():
    declared = tomllib.loads(read("pyproject.toml"))["tool"]["setuptools"]["packages"]
    assert [name for name in declared if not (ROOT / name / "__init__.py").exists()] == []


def test_make_help_lists_the_promised_targets():
    shown = subprocess.run(["make", "-s", "help"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert {line.split()[0] for line in shown.splitlines()} >= TARGETS


@pytest.mark.parametrize("script", ["deploy/prepare.sh", ".ci/run"])
def test_scripts_are_sound_and_executable(script):
    subprocess.run(["bash", "-n", script], cwd=ROOT, check=True)
    assert (ROOT / script).stat().st_mode & 0o111


def test_no_pipe_of_the_set_up_may_end_early():
    """With pipefail, `… | grep -q` fails now and then on a busy machine: what is there would be installed again."""
    assert "| grep -q" not in (ROOT / "deploy/prepare.sh").read_text(encoding="utf-8")


def test_prepare_refuses_an_unknown_purpose_and_says_how_to_call_it():
    done = subprocess.run(["deploy/prepare.sh", "all"], cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 2
    assert "run|test" in done.stderr


def test_an_empty_environment_gives_a_house_on_this_machine_only():
    settings = from_environment({})
    assert (settings.host, settings.port, settings.is_sqlite) == ("127.0.0.1", 8000, True)
    assert settings.home == ROOT / "var"
    assert settings.external_url == "http://127.0.0.1:8000"


WRONG = {
    "MOTCUA_PORT": ("80000", "từ 1 đến 65535"),
    "MOTCUA_DEMO": ("có", "1 hoặc 0"),
    "MOTCUA_DATABASE_URL": ("mysql://a/b", "SQLite hoặc PostgreSQL"),
    "MOTCUA_LOG_FORMAT": ("xml", "console, json"),
    "MOTCUA_EXTERNAL_URL": ("motcua.example", "https://"),
    "MOTCUA_COLOUR": ("red", "không có cấu hình tên này"),
}


def test_all_wrong_settings_are_named_at_once_each_with_its_way_out():
    with pytest.raises(SettingsInvalid) as refused:
        from_environment({name: value for name, (value, _) in WRONG.items()})
    told = {problem.option: problem.message for problem in refused.value.problems}
    assert told.keys() == WRONG.keys()
    assert all(way_out in told[name] for name, (_, way_out) in WRONG.items())


CONTRADICTIONS = {
    "MOTCUA_SESSION_SIGNER_IDLE_MINUTES": {"MOTCUA_SESSION_SIGNER_IDLE_MINUTES": "60"},
    "MOTCUA_UPLOAD_REQUEST_MB": {"MOTCUA_UPLOAD_FILE_MB": "200"},
    "MOTCUA_SMTP_FROM": {"MOTCUA_SMTP_HOST": "mail.example"},
    "MOTCUA_EXTERNAL_URL": {"MOTCUA_HOST": "0.0.0.0"},  # noqa: S104 - the very case that is refused
}


@pytest.mark.parametrize(("option", "environment"), CONTRADICTIONS.items())
def test_settings_that_contradict_each_other_are_refused(option, environment):
    with pytest.raises(SettingsInvalid) as refused:
        from_environment(environment)
    assert [problem.option for problem in refused.value.problems] == [option]


def test_secrets_do_not_show():
    settings = from_environment({"MOTCUA_SMTP_PASSWORD": "mat-khau", "MOTCUA_METRICS_TOKEN": "the-bai"})
    assert "mat-khau" not in repr(settings)
    assert "the-bai" not in repr(settings)


def test_what_belongs_to_the_tests_is_no_setting():
    assert from_environment({"MOTCUA_TEST_DATABASE": "postgres"}) == from_environment({})


def test_every_setting_is_explained_to_the_operator():
    manual = read("docs/operations.md")
    assert [name for name, _ in describe() if f"`{name}`" not in manual] == []
