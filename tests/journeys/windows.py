"""Browser windows of the people of a journey, and what their consoles complain of."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, ViewportSize

from app.seed.house import PASSWORD
from tests.support.browser import PATIENCE, Site

WIDE, PHONE = 1366, 390
SIZES: dict[int, ViewportSize] = {WIDE: {"width": WIDE, "height": 768}, PHONE: {"width": PHONE, "height": 844}}
# Chromium repeats in its console that a page was answered with 404, 409 or 422: pages may be, their parts not.
_ANSWERED = "Failed to load resource"


@dataclass
class Windows:
    """Browser windows on one site. What their consoles complain of (scripts, the content policy) is collected."""

    browser: Browser
    site: Site
    complaints: list[str] = field(default_factory=list)
    open_ones: list[BrowserContext] = field(default_factory=list)

    def citizen(self, width: int = WIDE) -> Page:
        """Return a fresh window of somebody without an account."""
        context = self.browser.new_context(base_url=self.site.address, locale="vi-VN", viewport=SIZES[width])
        context.set_default_timeout(PATIENCE)
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        context.on("response", self._see)
        self.open_ones.append(context)
        return context.new_page()

    def sign_in(self, login: str, width: int = WIDE) -> Page:
        """Return a fresh window of a member of staff, on the page that comes after signing in."""
        page = self.citizen(width)
        page.goto("/dang-nhap")
        page.get_by_label("Tên đăng nhập").fill(login)
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_test_id("sign-in-send").click()
        page.wait_for_url(lambda address: "/dang-nhap" not in address)
        return page

    def close(self) -> None:
        """Close every window."""
        for context in self.open_ones:
            context.close()

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(_ANSWERED):
            self.complaints.append(f"{message.text} ({message.location})")

    def _see(self, answer: Response) -> None:
        if answer.status >= 400 and answer.request.resource_type != "document":
            self.complaints.append(f"{answer.status} {answer.url}")
