"""Axe over a page's shoulder: what is wrong with it, and whether it scrolls sideways.

Axe is brought into each page once and tells violations alone: its account of all that is well takes as long again.
"""

from __future__ import annotations

from typing import Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
ASKED: Final = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": list(RULES)}}
_SCRIPT: Final = Axe().axe_script
_RUN: Final = """([part, asked]) => axe.run(part || document, asked).then(({ violations }) =>
    violations.map(one => `${one.id}: ${one.nodes[0].html.slice(0, 120)}`))"""
_MENUS: Final = "details:has(> .mc-top-menu)"
_OPEN_ALL: Final = f"document.querySelectorAll('details').forEach(one => {{ one.open = !one.matches('{_MENUS}') }})"
_OPEN_MENUS: Final = f"[...document.querySelectorAll('{_MENUS}')].map(one => {{ one.open = true }}).length"
# All that a menu's looks hang on: its markup but for the token in it, the style sheets, the width of the window.
_LOOKS_OF_MENUS: Final = """() => [innerWidth, ...[...document.styleSheets].map(sheet => sheet.href),
    ...[...document.querySelectorAll('.mc-top-menu')].map(one => one.outerHTML.replace(/value="[^"]*"/g, ""))].join()"""
_menus_found_well: Final[set[str]] = set()


def violations(page: Page) -> list[str]:
    """Return what axe finds on the page with everything unfolded, one line each.

    A menu that drops over the page hides what is below it as long as it is open: it is judged by itself, and once for
    all pages that show the very same one.
    """
    page.evaluate(_OPEN_ALL)
    found = _judged(page, None)
    if page.evaluate(_OPEN_MENUS):
        found += _menus_judged(page)
    page.evaluate(_OPEN_ALL)
    return found


def is_wider_than_its_window(page: Page) -> bool:
    """Tell whether the page scrolls sideways (WCAG 1.4.10)."""
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


def _menus_judged(page: Page) -> list[str]:
    looks = page.evaluate(_LOOKS_OF_MENUS)
    if looks in _menus_found_well:
        return []
    found = _judged(page, ".mc-top-menu")
    if not found:
        _menus_found_well.add(looks)
    return found


def _judged(page: Page, part: str | None) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(_SCRIPT)
    found: list[str] = page.evaluate(_RUN, [part, ASKED])
    return found
