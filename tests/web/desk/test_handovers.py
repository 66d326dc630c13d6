"""The hand-over's pages: scan, print, scan back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from tests.support.seeded import SINGLE, Desk
from tests.web.desk.test_every_page import problems_of, unlabelled
from tests.web.desk.worker import Worker

PAGE = "/mot-cua/ban-giao"


def test_a_pile_there_and_back(clerk: Worker, sit_down: Callable[[str], Worker], desk: Desk):
    codes = [desk.receive(SINGLE).code for _ in range(2)]
    for code in codes:
        desk.digitize(code)
    assert codes[0] in clerk.open(PAGE).text
    wrong = clerk.send(PAGE, codes=f"{codes[0]}\nH99.105-261123-9999")
    assert wrong.status_code == 422
    assert "9999" in clerk.shown("error-summary")
    assert codes[0] in wrong.text  # what was scanned stays
    given = clerk.send(PAGE, codes=f"https://x/tra-cuu/{codes[0]}#SECRET\n", code=codes[1])
    assert problems_of(given.text) == []
    address = clerk.where()
    assert clerk.client.get(f"{address}.pdf").data.startswith(b"%PDF")

    officer = sit_down("officer")
    page = officer.open(address)
    assert problems_of(page.text) == []
    assert unlabelled(page.text) == []
    assert officer.send(address, codes=codes[0]).status_code == 422
    assert codes[1] in officer.shown("error-summary")
    done = officer.send(address, codes=codes[0], code=codes[1])
    assert "Đã nhận đủ" in done.text
    assert sit_down("officer.so").open(address).status_code == 404


def test_each_file_says_by_when_its_papers_go_on_the_list_and_on_its_own_page(
    clerk: Worker, sit_down: Callable[[str], Worker], desk: Desk
):
    """Received on Monday 23 November 2026 at 08:30: the same day; data of an online filing have no papers."""
    code = desk.receive(SINGLE).code
    desk.digitize(code)
    for page in (clerk.open(PAGE), clerk.open(f"/mot-cua/ho-so/{code}")):
        assert "17:00 23/11/2026" in page.text
        assert "Hôm nay" in page.text
        assert problems_of(page.text) == []
    desk.clock.advance(timedelta(hours=9))
    later = sit_down("clerk2")
    assert "Quá hạn 30 phút" in later.open(PAGE).text
    assert later.send(PAGE, codes=code).status_code == 200
    assert "Chuyển hồ sơ giấy" not in later.open(f"/mot-cua/ho-so/{code}").text
