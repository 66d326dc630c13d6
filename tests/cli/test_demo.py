"""Filling the demo house: told when it is whole, and when an earlier fill was broken off."""

from __future__ import annotations

import pytest

from app.cli import home as homes
from app.cli.main import run
from app.seed.demo_fill import fill


class _BrokenOff(Exception):
    """Stands for Ctrl-C in the middle."""


def _break_off(_done: int, _total: int) -> None:
    raise _BrokenOff


@pytest.fixture
def prepared(home, monkeypatch):
    monkeypatch.setenv("MOTCUA_DEMO", "1")
    assert run(["demo", "prepare"]) == 0


def test_a_whole_fill_is_told_as_whole(prepared, capsys):
    assert run(["demo", "fill", "--total", "4", "--full-day", "0"]) == 0
    assert "4 hồ sơ" in capsys.readouterr().err
    assert run(["demo", "fill"]) == 0
    assert "đã có sẵn" in capsys.readouterr().err


def test_a_fill_broken_off_is_not_told_as_whole(prepared, capsys):
    with homes.opened_house(demo=True) as house, pytest.raises(_BrokenOff):
        fill(house, house.clock.now(), total=4, full_day=0, report=_break_off)
    assert run(["demo", "fill"]) == 0
    said = capsys.readouterr().err
    assert "còn dở" in said
    assert "đã có sẵn" not in said
