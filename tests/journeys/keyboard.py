"""Somebody who has no mouse: presses keys, and can see where they are at each stop."""

from __future__ import annotations

import time
from dataclasses import dataclass

from playwright.sync_api import Page

CARD = "025188004172|131234567|Phạm Thị Hòa|14031988|Nữ|Xóm Đồi Chè, xã Vĩnh An|10052022"
_SCANNED_EVERY = 0.002  # seconds
_ENTER = 13
# The focus is on something, in sight: not the empty page, not outside the window, not under the bars.
_SEEN = """() => {
    const here = document.activeElement
    if (!here || here === document.body) return "nowhere"
    const box = here.getBoundingClientRect()
    const name = here.dataset.testid || here.id || here.name || here.textContent.trim().slice(0, 30)
    if (!box.width || !box.height) return `${name} is hidden`
    const [x, y] = [box.left + Math.min(box.width / 2, 200), box.top + Math.min(box.height / 2, 60)]
    if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return `${name} is outside the window`
    const top = document.elementFromPoint(x, y)
    const label = here.labels?.length ? here.labels[0] : null
    const seen = top && (here.contains(top) || top.contains(here) || label?.contains(top))
    return seen ? "" : `${name} is covered by ${top?.outerHTML.slice(0, 60)}`
}"""


def scanned(page: Page, text: str) -> None:
    """Type as a wedge scanner does, a key each two milliseconds by the keys' own clock, however slow the machine is."""
    device = page.context.new_cdp_session(page)
    begun = time.time()
    for place, key in enumerate(text):
        if key.isascii():
            device.send("Input.dispatchKeyEvent", _struck(key, begun + place * _SCANNED_EVERY, text=key))
        else:  # a scanner has no key for it
            device.send("Input.insertText", {"text": key})
    end = {"code": "Enter", "windowsVirtualKeyCode": _ENTER, "text": "\r"}
    device.send("Input.dispatchKeyEvent", _struck("Enter", begun + len(text) * _SCANNED_EVERY, **end))
    device.detach()


def _struck(key: str, at: float, **also: object) -> dict[str, object]:
    return {"type": "keyDown", "key": key, "timestamp": at, **also}


@dataclass
class Keyboard:
    """Counts every key; a stop that cannot be seen fails."""

    page: Page
    keys: int = 0
    scans: int = 0

    def press(self, *keys: str) -> None:
        """Press keys one by one, seeing the stop after each."""
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += 1
            self.see()

    def send(self, key: str) -> None:
        """Press a key whose effect the journey waits for itself."""
        self.page.keyboard.press(key)
        self.keys += 1

    def leave(self, key: str) -> None:
        """Press a key that leads to another page."""
        before = self.page.url
        self.send(key)
        self.page.wait_for_url(lambda address: address != before)

    def type(self, text: str) -> None:
        """Type text where the focus is."""
        self.see()
        self.page.keyboard.type(text)
        self.keys += len(text)

    def scan(self, text: str) -> None:
        """Let a wedge scanner type: very fast, Enter at the end. It costs the clerk one gesture."""
        self.see()
        scanned(self.page, text)
        self.scans += 1

    def see(self) -> None:
        """The present stop is in sight."""
        hidden = self.page.evaluate(_SEEN)
        assert not hidden, f"{self.page.url}: {hidden}"

    def until(self, selector: str, key: str = "Tab", most: int = 40) -> None:
        """Press `key` until the focus is on the element."""
        for _n in range(most):
            if self.page.evaluate("one => document.activeElement?.matches(one)", selector):
                return
            self.press(key)
        raise AssertionError(f"{most} × {key} do not lead to {selector}")
