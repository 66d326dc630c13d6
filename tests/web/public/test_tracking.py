"""Where is my dossier? By number alone nothing personal; with the secret everything its owner may know."""

from __future__ import annotations

import re

import pytest

from app.services import submission
from tests.support.seeded import Desk
from tests.web.public.at_the_desk import ask_for_papers
from tests.web.public.citizen import Citizen, shown

SECRET_THINGS = ("Đàng", "tình trạng hôn nhân", "Hẹn trả", "Đã làm gì", "Lệ phí còn phải nộp")


@pytest.fixture
def received(desk: Desk):
    """A dossier received at the desk this morning."""
    return desk.receive()


@pytest.mark.parametrize(
    "typed",
    [
        "{code}",
        " {lower} ",
        "{no_dashes}",
        "{spaces}",
        "{long_dashes}",
        "{full_width}",
        "{o_for_zero}",
        "{filing}",
    ],
)
def test_a_mistyped_number_is_understood(citizen: Citizen, received, typed: str):
    code = received.code
    number = typed.format(
        code=code,
        lower=code.lower(),
        no_dashes=code.replace("-", ""),
        spaces=code.replace("-", " "),
        long_dashes=code.replace("-", "–"),
        full_width="".join(chr(ord(letter) + 0xFEE0) if letter.isdigit() else letter for letter in code),
        o_for_zero=code[:4] + code[4:].replace("0", "O"),
        filing=received.filing_number.lower(),
    )
    page = citizen.track(number)
    assert page.status_code == 200
    assert code in re.sub("<[^>]+>", "", page.text)


def test_the_number_alone_tells_only_progress(citizen: Citizen, desk: Desk, received):
    page = citizen.track(received.code)
    name = desk.dossier(received.code).summary
    assert "UBND xã Vĩnh An" in page.text
    assert "23/11/2026" in page.text
    assert 'aria-current="step"' in page.text
    assert [told for told in (*SECRET_THINGS, name, received.filing_number) if told in page.text] == []


def test_unknown_and_foreign_numbers_answer_alike(citizen: Citizen, desk: Desk, received):
    with desk.house.unit_of_work() as uow:
        hidden = submission.by_secret(uow, received.code, received.secret)
        hidden.is_published = False
        uow.record("dossier:corrected", hidden, submission.CITIZEN, desk.clock.now())
    hidden_page, unknown_page = citizen.track(received.code), citizen.track("H99.105-261123-9999")
    assert hidden_page.status_code == unknown_page.status_code == 404
    strip = re.compile(r'value="[^"]*"|v=\w+|ngon-ngu/\S+')
    assert strip.sub("", hidden_page.text) == strip.sub("", unknown_page.text)


def test_with_the_secret_the_promise_and_why(citizen: Citizen, received):
    page = citizen.track(received.code, received.secret.lower())
    assert citizen.where() == "/ho-so"
    assert shown(page, "promise") == "Thứ Năm 26/11/2026, trước 17 giờ"
    assert "2 ngày làm việc" in page.text
    assert "Ngày Văn hóa Việt Nam" in page.text  # 24/11 does not count, and the trace says so
    assert "Tiếp nhận, cấp mã" in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_the_calendar_counts_along_to_the_promise(citizen: Citizen, received):
    cells = re.findall(
        r'<td class="([^"]*)"><time datetime="2026-11-(\d\d)">[^<]*</time>(?:<span>([^<]*)</span>)?',
        citizen.track(received.code, received.secret).text,
    )
    assert {day: note for _css, day, note in cells if note and day <= "27"} == {
        "23": "nhận hôm nay",
        "24": "nghỉ lễ",
        "25": "ngày 1",
        "26": "ngày 2 hẹn trả",
    } | {"27": "hạn luật"}


def test_a_wrong_secret_opens_nothing_and_soon_has_to_wait(citizen: Citizen, received):
    pages = [citizen.track(received.code, "AAAA-BBBB") for _time in range(8)]
    assert [page.status_code for page in pages[:5]] == [422] * 5
    assert "Hẹn trả" not in "".join(page.text for page in pages)
    assert pages[-1].status_code == 429
    assert int(pages[-1].headers["Retry-After"]) > 0


def test_walking_through_codes_is_slowed_down(citizen: Citizen):
    answers = [citizen.track(f"H99.105-261123-{number:04d}").status_code for number in range(1, 40)]
    assert set(answers[:25]) == {404}
    assert answers[-1] == 429


def test_the_address_of_the_qr_asks_for_the_secret(citizen: Citizen, received):
    page = citizen.open(f"/tra-cuu/{received.code}")
    assert page.status_code == 200
    assert "data-track" in page.text
    assert 'id="secret"' in page.text
    assert received.secret not in page.text


def test_without_proof_there_is_no_dossier_page(citizen: Citizen, received):
    citizen.track(received.code)
    citizen.open("/ho-so")
    assert citizen.where() == "/tra-cuu"


def test_leaving_takes_the_proof_away(citizen: Citizen, received):
    citizen.track(received.code, received.secret)
    citizen.open("/ho-so/dong")
    citizen.open("/ho-so")
    assert citizen.where() == "/tra-cuu"


def test_proof_ends_after_half_an_hour(citizen: Citizen, desk: Desk, received):
    citizen.track(received.code, received.secret)
    desk.clock.set(desk.clock.now().replace(hour=3, minute=0))  # 10:00 in Vietnam
    citizen.open("/ho-so")
    assert citizen.where() == "/tra-cuu"


def test_a_new_secret_locks_the_old_proof_out(citizen: Citizen, desk: Desk, received):
    citizen.track(received.code, received.secret)
    with desk.house.unit_of_work() as uow:
        dossier = submission.by_secret(uow, received.code, received.secret)
        dossier.secret_mac = uow.vault.mac("NEWSECRT", "lookup")
        uow.record("dossier:corrected", dossier, submission.CITIZEN, desk.clock.now())
    citizen.open("/ho-so")
    assert citizen.where() == "/tra-cuu"


def test_a_result_of_another_dossier_is_not_there(citizen: Citizen, received):
    citizen.track(received.code, received.secret)
    assert citizen.send("/ho-so/ket-qua/1").status_code == 404


def test_waiting_for_the_citizen_is_said_first(citizen: Citizen, desk: Desk, received):
    ask_for_papers(desk, received)
    page = citizen.track(received.code, received.secret)
    assert "Bạn cần gửi thêm giấy tờ." in page.text
    assert "Bản sao giấy khai sinh" in page.text
    assert "tạm dừng" in page.text
