"""A citizen files a request for a marital status online, question by question."""

from __future__ import annotations

import re
from collections.abc import Iterator

from playwright.sync_api import FilePayload, Page, expect

from tests.support.seeded import SINGLE
from tests.web.public.citizen import pdf, photograph

PHOTO: FilePayload = {"name": "ban-an.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
SCAN: FilePayload = {"name": "ban-quet.pdf", "mimeType": "application/pdf", "buffer": pdf()}


def steps(page: Page) -> Iterator[str]:
    """Walk from the start to the numbers at the end; yield each question's words once it is answered."""
    page.goto(f"/nop-ho-so/{SINGLE}")
    yield "start"
    page.get_by_test_id("start").click()
    for answer in (whom, person, contact, case, purpose, empty, photo, scan, empty, delivery):
        answer(page)
        yield page.locator("h1").inner_text()
        go_on(page)
    expect(page).to_have_url(re.compile("/xem-lai$"))
    page.get_by_label("Tôi cam đoan").check()
    yield "review"
    page.get_by_test_id("submit").click()
    expect(page.get_by_test_id("filed")).to_be_visible()
    yield "filed"


def go_on(page: Page) -> None:
    """Save the answer and go to the next question."""
    before = page.url
    page.get_by_test_id("next").click()
    page.wait_for_url(lambda address: address != before)


def attach(page: Page, paper: FilePayload) -> None:
    """Choose a file; it is saved at once."""
    page.get_by_test_id("file-input").set_input_files(paper)
    expect(page.get_by_test_id("remove-file")).to_have_count(1)


def whom(page: Page) -> None:
    """For oneself."""
    page.get_by_label("Cho chính tôi").check()


def person(page: Page) -> None:
    """As it stands on the card."""
    page.get_by_label("Họ, chữ đệm và tên").fill("Nguyễn Văn Mẫu")
    page.get_by_label("Số CCCD hoặc số hộ chiếu").fill("001 090 123 456")
    page.get_by_label("Ngày sinh").fill("05/09/1990")
    page.get_by_label("Giới tính").select_option("Nam")
    page.get_by_label("Nơi ở hiện nay").fill("Thôn Đông, xã Vĩnh An")


def contact(page: Page) -> None:
    """A telephone, typed as people write it."""
    page.get_by_label("Số điện thoại").fill("0912 345 678")


def case(page: Page) -> None:
    """The usual case stands chosen."""
    expect(page.get_by_label("Trường hợp thông thường")).to_be_checked()


def purpose(page: Page) -> None:
    """What the paper is for."""
    page.get_by_label("Mua bán, chuyển nhượng tài sản").check()


def empty(page: Page) -> None:
    """Nothing to say here."""


def photo(page: Page) -> None:
    """The court's decision, photographed."""
    attach(page, PHOTO)


def scan(page: Page) -> None:
    """The certificate of death, as PDF."""
    attach(page, SCAN)


def delivery(page: Page) -> None:
    """To be fetched at the desk."""
    page.get_by_label("Tại quầy").check()
