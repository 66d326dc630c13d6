"""The citizen pages in a real browser: axe has nothing to say, nothing scrolls sideways, the small script helps."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.axe import is_wider_than_its_window, violations
from tests.support.browser import *  # noqa: F403 - the browser's fixtures, by name in its __all__
from tests.support.browser import Site, served
from tests.support.seeded import SINGLE, Desk
from tests.web.public.at_the_desk import ask_for_papers
from tests.web.public.citizen import Citizen, photograph

PAGES = (
    "/",
    "/thu-tuc",
    f"/thu-tuc/{SINGLE}",
    f"/nop-ho-so/{SINGLE}",
    "/tra-cuu",
    "/xac-minh",
    "/lien-he",
    "/khong-co",
)
# A screen and a phone of today are in tests/journeys, page by page; here the narrowest that has to do.
NARROWEST = 320


@pytest.fixture
def site(citizen: Citizen) -> Iterator[Site]:
    with served(citizen.app) as running:
        yield running


@pytest.fixture(params=[NARROWEST])
def window(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    """A window of the narrowest screen, or of the width that the test names."""
    with chromium.new_context(viewport={"width": request.param, "height": 800}) as context:
        yield context.new_page()


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    with chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True) as context:
        yield context.new_page()


def looks_right(page: Page, where: str = "") -> None:
    assert violations(page) == [], where
    assert not is_wider_than_its_window(page), where


def test_plain_pages(site: Site, window: Page):
    for path in PAGES:
        window.goto(site.url(path))
        looks_right(window, path)


@pytest.mark.parametrize("window", [1366, NARROWEST], indirect=True)
def test_a_dossier_from_its_qr_to_the_supplement(site: Site, window: Page, desk: Desk):
    received = desk.receive()
    ask_for_papers(desk, received)
    window.goto(site.url(f"/tra-cuu/{received.code}"))
    looks_right(window, "progress")
    window.goto("about:blank")  # a phone opens the address anew
    window.goto(site.url(f"/tra-cuu/{received.code}#{received.secret}"))
    window.wait_for_url("**/ho-so")
    assert received.secret not in window.url
    looks_right(window, "dossier")
    window.get_by_test_id("answer-supplement").click()
    picture = {"name": "trang.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    window.get_by_test_id("file-input").set_input_files(picture)
    expect(window.get_by_test_id("remove-file")).to_have_count(1)
    looks_right(window, "supplement")
    window.get_by_test_id("send-supplement").click()
    expect(window.get_by_test_id("state")).to_contain_text("Đang xử lý")


def test_a_wrong_answer_takes_the_focus(site: Site, window: Page):
    window.goto(site.url(f"/nop-ho-so/{SINGLE}"))
    window.get_by_test_id("start").click()
    window.get_by_test_id("next").click()
    summary = window.get_by_test_id("error-summary")
    expect(summary).to_be_focused()
    looks_right(window, "wrong answer")
    window.keyboard.press("Tab")
    window.keyboard.press("Enter")
    assert window.url.endswith("#whom")


def test_the_skip_link_is_the_first_stop(site: Site, phone: Page):
    phone.goto(site.url("/thu-tuc"))
    phone.keyboard.press("Tab")
    expect(phone.locator(".mc-skip")).to_be_focused()
    phone.keyboard.press("Enter")
    expect(phone.locator("#noi-dung")).to_be_focused()


def test_targets_are_large_enough(site: Site, phone: Page, desk: Desk):
    """WCAG 2.5.8: 24 by 24 pixels, but for links within a sentence."""
    small = """[...document.querySelectorAll('a, button, select, input:not([type=hidden]), summary')].filter(one => {
        const box = one.getBoundingClientRect()
        return box.width > 1 && box.height < 24 && !one.closest('p, .mc-skip, dd, li > span, label')
    }).map(one => one.outerHTML.slice(0, 80))"""
    for path in PAGES:
        phone.goto(site.url(path))
        assert phone.evaluate(small) == [], path


def test_the_script_only_spares_clicks(site: Site, chromium: Browser):
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(site.url(f"/nop-ho-so/{SINGLE}"))
        page.get_by_test_id("start").click()
        page.locator("input[value=me]").check()
        page.get_by_test_id("next").click()
        assert page.url.endswith("/nguoi-nop")
        page.goto(site.url(f"/thu-tuc/{SINGLE}"))
        assert page.locator("[data-print]").is_hidden()  # a button that could do nothing is not shown
