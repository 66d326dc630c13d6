"""An administrator types a shortened limit and reads the percent beside it, before any button is pressed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.windows import Windows
from tests.support.seeded import SINGLE

pytestmark = pytest.mark.journey


def test_the_percent_follows_what_is_typed(windows: Windows) -> None:
    page = windows.sign_in("admin")
    page.goto(f"/quan-tri/thu-tuc/{SINGLE}/thoi-han")
    typed = page.locator("#rows-0-committed_amount")
    for amount, told in (("1", re.compile(r"Rút ngắn 67\s%")), ("2", re.compile(r"Rút ngắn 33\s%")), ("9", "")):
        typed.press("Control+a")
        typed.press_sequentially(amount)
        expect(page.get_by_test_id("percent-1")).to_have_text(told)
        expect(typed).to_be_focused()
        expect(typed).to_have_value(amount)
    page.locator("#cases-0-committed_amount").fill("1")
    expect(page.get_by_test_id("case-percent-1")).to_contain_text("Rút ngắn 92")
