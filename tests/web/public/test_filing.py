"""Filing online: one question at a time, kept at every step, filed once."""

from __future__ import annotations

import re
import unicodedata

import pytest

from app.factory import create_app
from app.settings import from_environment
from app.wiring import build_house
from tests.support.seeded import BIRTH, SINGLE, Desk
from tests.web.public.citizen import Citizen, pdf, photograph, shown


def filed(citizen: Citizen, procedure: str = SINGLE) -> tuple[str, str]:
    """File a whole dossier and return number and secret."""
    citizen.fill_in(procedure)
    page = citizen.send(citizen.where(), agree="1")
    return shown(page, "filing-number"), shown(page, "filing-secret")


@pytest.mark.parametrize("procedure", [SINGLE, BIRTH])
def test_a_dossier_is_filed_and_found_again(citizen: Citizen, procedure: str):
    number, secret = filed(citizen, procedure)
    assert re.fullmatch(r"N[0-9A-Z]{3}-\d{4}[0-9A-Z]{2}", number)
    page = Citizen(citizen.app).track(number, secret)
    assert "Cán bộ trả lời chậm nhất" in page.text


def test_what_was_answered_reaches_the_desk(citizen: Citizen, desk: Desk):
    number, _secret = filed(citizen)
    dossier = desk.dossier(number)
    assert (dossier.state, dossier.channel, dossier.source) == ("filed", 2, "local")
    assert dossier.summary == "Nguyễn Văn Mẫu"


def test_a_second_click_files_nothing_new(citizen: Citizen):
    number, secret = filed(citizen)
    page = citizen.send(f"/nop-ho-so/{SINGLE}/xem-lai", agree="1")
    assert (shown(page, "filing-number"), shown(page, "filing-secret")) == (number, secret)


def test_a_question_opened_after_filing_leads_to_the_number(citizen: Citizen):
    number, _secret = filed(citizen)
    assert shown(citizen.open(f"/nop-ho-so/{SINGLE}/nguoi-nop"), "filing-number") == number


def test_a_shared_machine_can_forget(citizen: Citizen):
    filed(citizen)
    citizen.send(f"/nop-ho-so/{SINGLE}/quen")
    assert citizen.open(f"/nop-ho-so/{SINGLE}/da-nop").status_code == 404


def test_the_draft_opens_on_another_machine(citizen: Citizen):
    citizen.begin(SINGLE)
    citizen.answer()
    citizen.answer()
    code = shown(citizen.open(f"/nop-ho-so/{SINGLE}/de-sau"), "draft-code")
    other = Citizen(citizen.app)
    other.open(f"/nop-ho-so/{SINGLE}")
    other.send(f"/nop-ho-so/{SINGLE}/mo-nhap", draft=code)
    assert other.where().endswith("/lien-he")
    assert "Nguyễn Văn Mẫu" in other.open(f"/nop-ho-so/{SINGLE}/nguoi-nop").text


@pytest.mark.parametrize("code", ["", "7", "1.AAAA", "x.y.z", "999999999999999.a"])
def test_a_wrong_draft_code_opens_nothing(citizen: Citizen, code: str):
    citizen.open(f"/nop-ho-so/{SINGLE}")
    page = citizen.send(f"/nop-ho-so/{SINGLE}/mo-nhap", draft=code)
    assert page.status_code == 422
    assert "Không mở được bản nháp" in page.text


WRONG = [
    ("nguoi-nop", {"id_number": "00109012345"}, "Số CCCD phải có 12 chữ số (đang có 11)"),
    ("nguoi-nop", {"id_number": "0010901234567"}, "đang có 13"),
    ("nguoi-nop", {"birth": "31/02/1990"}, "không có thật"),
    ("nguoi-nop", {"birth": "01/01/2030"}, "ở sau hôm nay"),
    ("nguoi-nop", {"birth": "01/01/2206"}, "không có thật"),
    ("nguoi-nop", {"name": "A" * 5000}, "dài 5000 ký tự, tối đa 200"),
    ("nguoi-nop", {"name": ""}, "Chưa nhập họ và tên"),
    ("lien-he", {"phone": "gọi tôi"}, "Số điện thoại chưa đúng"),
    ("lien-he", {"phone": ""}, "Chưa nhập số điện thoại"),
    ("lien-he", {"email": "khong-phai"}, "thư điện tử chưa đúng"),
]


@pytest.mark.parametrize(("slug", "typed", "sentence"), WRONG)
def test_a_wrong_answer_is_named_and_kept(citizen: Citizen, slug: str, typed: dict[str, str], sentence: str):
    citizen.begin(SINGLE)
    citizen.answer()
    if slug == "lien-he":
        citizen.answer()
    page = citizen.answer(**typed)
    assert page.status_code == 422
    assert page.text.count(sentence) == 2  # in the summary, and beside the field
    assert 'aria-invalid="true"' in page.text
    assert f'value="{next(iter(typed.values()))}"' in page.text


def test_invisible_and_decomposed_letters_are_cleaned(citizen: Citizen, desk: Desk):
    citizen.begin(SINGLE)
    citizen.answer()
    citizen.answer(name=unicodedata.normalize("NFD", "Đặng\u200b  Thị Hòa"))
    assert 'value="Đặng Thị Hòa"' in citizen.open(f"/nop-ho-so/{SINGLE}/nguoi-nop").text


def test_a_name_is_text_and_nothing_else(citizen: Citizen):
    citizen.begin(SINGLE)
    citizen.answer()
    citizen.answer(name="<script>alert(1)</script>")
    assert "<script>alert" not in citizen.open(f"/nop-ho-so/{SINGLE}/nguoi-nop").text


def at_first_paper(citizen: Citizen) -> None:
    citizen.begin(BIRTH)
    for _question in range(12):
        if "/giay-to" not in citizen.where():
            citizen.answer()
    assert "/giay-to" in citizen.where()


FILES = [
    ("giay.pdf", b"<html>giay</html>", "là tệp HTML"),
    ("giay.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "là tệp SVG"),
    ("giay.pdf", b"", "rỗng hoặc tải chưa trọn"),
    ("giay.pdf", pdf()[:300], "bị hỏng"),
    ("giay.jpg", photograph()[:400], "bị hỏng"),
    ("giay.zip", b"PK\x03\x04" + b"\0" * 60, "không phải PDF hoặc ảnh"),
]


@pytest.mark.parametrize(("name", "content", "sentence"), FILES)
def test_a_file_is_what_it_is_when_opened(citizen: Citizen, name: str, content: bytes, sentence: str):
    at_first_paper(citizen)
    citizen.attach(("trang-1.jpg", photograph()))
    page = citizen.attach((name, content))
    assert page.status_code == 422
    assert sentence in page.text
    assert page.text.count('data-testid="remove-file"') == 1


def test_an_attached_file_is_shown_and_can_be_removed(citizen: Citizen):
    at_first_paper(citizen)
    page = citizen.attach(("../../etc/passwd.jpg", photograph()), ("b.pdf", pdf()))
    pictures = re.findall(r'<img src="([^"]+)"', page.text)
    assert [citizen.client.get(picture).mimetype for picture in pictures] == ["image/jpeg", "image/jpeg"]
    assert "etc/passwd" not in page.text.replace("_etc_passwd", "")
    page = citizen.send(re.findall(r'action="([^"]+/xoa/\d+)"', page.text)[0])
    assert page.text.count('data-testid="remove-file"') == 1


def test_pictures_of_a_draft_are_its_owners(citizen: Citizen):
    at_first_paper(citizen)
    picture = re.findall(r'<img src="([^"]+)"', citizen.attach(("a.jpg", photograph())).text)[0]
    assert Citizen(citizen.app).client.get(picture).status_code == 404


def test_an_unanswered_question_keeps_the_dossier_back(citizen: Citizen, desk: Desk):
    citizen.begin(SINGLE)
    page = citizen.send(f"/nop-ho-so/{SINGLE}/xem-lai", agree="1")
    assert page.status_code == 422
    assert "Chưa trả lời: Bạn là ai?" in page.text


def test_filing_here_can_be_switched_off(desk: Desk):
    closed = build_house(from_environment(local_filing=False), desk.clock)
    citizen = Citizen(create_app(house=closed))
    page = citizen.open(f"/nop-ho-so/{SINGLE}")
    assert "Nộp trên Cổng Dịch vụ công quốc gia" in page.text
    assert citizen.send(f"/nop-ho-so/{SINGLE}").status_code == 404
    assert "file-national" in citizen.open(f"/thu-tuc/{SINGLE}").text
    closed.engine.dispose()


def test_a_filing_can_be_withdrawn_until_it_is_received(citizen: Citizen, desk: Desk):
    number, secret = filed(citizen)
    citizen.track(number, secret)
    page = citizen.send("/ho-so/rut")
    assert "Hồ sơ đã rút." in page.text
    assert desk.dossier(number).state == "withdrawn"
    assert citizen.send("/ho-so/rut").status_code == 409


def test_a_received_dossier_is_withdrawn_only_at_the_desk(citizen: Citizen, desk: Desk):
    received = desk.receive()
    page = citizen.track(received.code, received.secret)
    assert "Rút hồ sơ" not in page.text
    assert citizen.send("/ho-so/rut").status_code == 409
    assert desk.dossier(received.code).state == "received"
