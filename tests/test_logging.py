"""The log tells what happened and keeps what must not be told."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from app.logging import configure, hide_personal_data


@pytest.fixture
def json_log() -> Iterator[None]:
    """The log as the house writes it, for one test; pytest's own handlers are back afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


def logged(capsys: pytest.CaptureFixture[str], **facts: object) -> dict[str, object]:
    """Return one event as it was written."""
    configure("json")
    structlog.get_logger("motcua").info("received", **facts)
    return json.loads(capsys.readouterr().err)


@pytest.mark.parametrize(("typed", "shown"), [
    ("001099012345", "…345"),
    ("số 001099012345 không khớp", "số …345 không khớp"),
    ("012345678", "…678"),
    ("0912345678", "…678"),
    ("+84912345678", "…678"),
    ("H44.01.261123-0001", "H44.01.261123-0001"),
    ("24:00", "24:00"),
    ("15000", "15000"),
])
def test_personal_numbers_keep_their_last_three_digits(typed, shown):
    assert hide_personal_data(None, "info", {"event": typed})["event"] == shown


@pytest.mark.parametrize("key", ["password", "new_password", "passphrase", "signing_pin", "csrf_token", "Cookie"])
def test_secrets_are_never_written(key, json_log, capsys):
    assert logged(capsys, **{key: "mot-cua-demo"})[key] == "…"


def test_a_line_tells_level_name_and_vietnam_time(json_log, capsys):
    line = logged(capsys, dossier=12)
    assert (line["event"], line["level"], line["logger"], line["dossier"]) == ("received", "info", "motcua", 12)
    assert line["at"].endswith("+07:00")


def test_a_trace_is_cleaned_like_every_line(json_log, capsys):
    configure("json")
    try:
        raise ValueError("001099012345")
    except ValueError:
        logging.getLogger("library").exception("failed")
    line = json.loads(capsys.readouterr().err)
    assert "ValueError" in line["exception"]
    assert "001099012345" not in line["exception"]
