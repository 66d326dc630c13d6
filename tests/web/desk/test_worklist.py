"""The work list (việc của tôi): tabs, order, search, the list as a file, and only the person's own part."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta

from app.domain.channels import Channel
from app.services import submission
from tests.support.seeded import BIRTH, Desk
from tests.web.desk.worker import Worker


def rows(worker: Worker) -> list[str]:
    """The numbers of the rows on the page now open, in their order."""
    assert worker.page is not None
    return re.findall(r'data-testid="row-([^"]+)"', worker.page.text)


def file_online(desk: Desk, procedure: str = BIRTH) -> str:
    """File a dossier online now, and return its filing number."""
    with desk.house.unit_of_work() as uow:
        filing = desk.filing(procedure, channel=Channel.ONLINE)
        return submission.file_online(uow, filing, at=desk.clock.now()).filing_number


def test_each_tab_shows_what_stands_there_with_its_count(clerk: Worker, desk: Desk):
    received, filed = desk.receive(), file_online(desk)
    expected = {
        "hom-nay": {received.code, filed},
        "cho-tiep-nhan": {filed},
        "dang-xu-ly": {received.code},
        "cho-so-hoa": {received.code},
        "cho-tra-ket-qua": set(),
    }
    for tab, numbers in expected.items():
        clerk.open(f"/mot-cua/?nhom={tab}")
        assert set(rows(clerk)) == numbers, tab
        assert clerk.shown(f"tab-{tab}").endswith(str(len(numbers))), tab


def test_the_most_urgent_stands_first_and_lateness_is_said_in_words(sit_down: Callable[[str], Worker], desk: Desk):
    first = desk.receive()  # Monday, two working days, Tuesday is a holiday: due on Thursday
    desk.clock.advance(timedelta(days=2))
    second = desk.receive()  # Wednesday: due on Friday
    desk.clock.advance(timedelta(days=2))
    clerk = sit_down("clerk")
    clerk.open("/mot-cua/?nhom=dang-xu-ly")
    assert rows(clerk) == [first.code, second.code]
    assert "Quá hạn 1 ngày" in clerk.page.text
    clerk.open("/mot-cua/?nhom=qua-han")
    assert rows(clerk) == [first.code]


def test_an_online_filing_carries_its_answer_clock(sit_down: Callable[[str], Worker], desk: Desk):
    file_online(desk)
    desk.clock.advance(timedelta(hours=3))
    clerk = sit_down("clerk")
    clerk.open("/mot-cua/?nhom=cho-tiep-nhan")
    assert re.search(r"Trả lời: \d giờ", clerk.page.text)
    assert 'class="mc-eight"' in clerk.page.text


def test_a_dossier_is_found_by_code_digits_name_card_and_phone(clerk: Worker, desk: Desk):
    desk.receive()
    clerk.receive(name="Đặng Thị Hòa", phone="0987654321")
    code = clerk.where().split("/")[-2]
    for typed in (code, code[-4:], code.lower(), "dang hoa", "Đặng Thị Hòa", "025188004172", "0987654321", "4321"):
        clerk.open("/mot-cua/")
        clerk.send("/mot-cua/tim", q=typed)
        assert clerk.where() == f"/mot-cua/ho-so/{code}", typed
    for typed in ("khong ai ten nay", "9999", "=HYPERLINK(1)", "<script>"):
        clerk.open("/mot-cua/")
        clerk.send("/mot-cua/tim", q=typed)
        assert "Không tìm thấy hồ sơ khớp" in clerk.page.text, typed


def test_another_authority_finds_nothing(sit_down: Callable[[str], Worker], desk: Desk):
    code = desk.receive().code
    stranger = sit_down("clerk.so")
    stranger.open("/mot-cua/")
    stranger.send("/mot-cua/tim", q=code)
    assert "Không tìm thấy hồ sơ khớp" in stranger.page.text
    assert stranger.open(f"/mot-cua/ho-so/{code}").status_code == 404


def test_the_list_comes_as_a_file_whose_cells_stay_text(clerk: Worker):
    clerk.receive(name="=HYPERLINK(1)")
    answer = clerk.client.get("/mot-cua/danh-sach.csv?nhom=dang-xu-ly")
    assert answer.data.startswith("\ufeff".encode())
    table = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert table[0][:2] == ["Mã hồ sơ", "Chủ hồ sơ"]
    assert table[1][1] == "'=HYPERLINK(1)"


def test_filters_narrow_and_say_how_many(clerk: Worker, desk: Desk):
    desk.receive()
    other = desk.receive(BIRTH)
    clerk.open(f"/mot-cua/?nhom=dang-xu-ly&thu_tuc={BIRTH}")
    assert rows(clerk) == [other.code]
    assert clerk.shown("count") == "1 hồ sơ, gấp nhất trước"
    clerk.open("/mot-cua/?nhom=dang-xu-ly&kenh=2")
    assert rows(clerk) == []
    clerk.open("/mot-cua/?nhom=khong-co&kenh=x&trang=-5")
    assert clerk.page.status_code == 200
