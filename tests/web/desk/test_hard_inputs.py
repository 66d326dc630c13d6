"""What a desk is given by mistake or on purpose: each is answered in words, keeps what was typed, writes nothing."""

from __future__ import annotations

import io
import unicodedata
import warnings
import zlib

import pikepdf
import pytest
from PIL import Image
from sqlalchemy import func, select

from app.db.models import Dossier, Event
from app.services import revising_parts
from app.services.revising import Revision
from app.web import uploads
from tests.services.test_revising_parts import PAPER, TODAY, newest
from tests.support.seeded import SINGLE, Desk
from tests.web.desk.test_papers import attach
from tests.web.desk.worker import USUAL, Worker, ticked

MEGABYTE = 1024 * 1024
HOSTILE_NAMES = ('<script>alert("1")</script>', "{{7*7}}", '=HYPERLINK("http://evil.example","x")')


def written(desk: Desk) -> int:
    """How many dossiers there are."""
    with desk.house.reading() as db:
        return db.scalar(select(func.count()).select_from(Dossier)) or 0


def test_an_old_number_goes_with_the_old_card_only(clerk: Worker, desk: Desk):
    page = clerk.receive(id_number="012345678")
    assert page.status_code == 422
    assert "CMND cũ (9 số)" in clerk.shown("error-summary")
    page = clerk.receive(id_number="025188004172", id_kind="cmnd")
    assert page.status_code == 422
    assert "Số CMND cũ có 9 chữ số (đang có 12)" in clerk.shown("error-summary")
    assert written(desk) == 0
    assert clerk.receive(id_number="012 345.678", id_kind="cmnd").status_code == 200


def test_a_choice_that_left_the_list_is_said_in_the_page_s_language(clerk: Worker, desk: Desk):
    assert clerk.receive(sex="khác", delivery="teleport").status_code == 422
    assert clerk.shown("error-summary").count("Giá trị này không có trong danh sách") == 2
    assert written(desk) == 0


def test_hidden_and_decomposed_letters_are_mended_and_told(clerk: Worker, desk: Desk):
    page = clerk.receive(name=unicodedata.normalize("NFD", "Phạm\u200b  Thị \u202eHòa"))
    assert "Đã bỏ ký tự ẩn trong ô “Họ và tên”" in page.text
    clerk.open("/mot-cua/ho-so/H99.105-261123-0001")
    assert "Phạm Thị Hòa" in clerk.page.text


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_is_only_text(clerk: Worker, name: str):
    clerk.receive(name=name)
    clerk.open("/mot-cua/ho-so/H99.105-261123-0001")
    escaped = name.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;")
    assert escaped in clerk.page.text
    assert "<script>alert" not in clerk.page.text


def test_a_looked_at_card_is_written_into_the_chain(clerk: Worker, desk: Desk):
    clerk.receive(birth="14/03/1999", checked_card="y")
    clerk.receive(token="second", checked_card="y")
    with desk.house.reading() as db:
        told = db.scalars(select(Event).where(Event.kind == "dossier:received").order_by(Event.id)).all()
    assert [event.payload.get("card_compared") for event in told] == [True, None]


def test_a_procedure_revised_while_the_form_was_open_is_told_and_nothing_is_lost(clerk: Worker, desk: Desk):
    clerk.open("/mot-cua/tiep-nhan")
    typed = {**USUAL, "token": clerk.hidden("token")}
    clerk.send("/mot-cua/tiep-nhan", act="all_papers", **typed)
    shown = {**typed, **ticked(clerk.page.text)}
    with desk.house.unit_of_work() as uow:
        revision = Revision(SINGLE, newest(desk).id, TODAY)
        revising_parts.revise_papers(uow, desk.staff("admin"), revision, papers=[PAPER], at=desk.clock.now())
    page = clerk.send("/mot-cua/tiep-nhan", act="receive", **shown)
    assert page.status_code == 409
    assert "Thủ tục đã đổi phiên bản sau khi mở trang" in page.text
    assert f'value="{USUAL["address"]}"' in page.text
    assert written(desk) == 0
    again = {**typed, **ticked(page.text), "c1-have": "1"}
    assert clerk.send("/mot-cua/tiep-nhan", act="receive", **again).status_code == 200


def test_a_form_of_many_megabytes_is_refused_as_a_whole(clerk: Worker, desk: Desk):
    page = clerk.receive(name="x" * (5 * MEGABYTE))
    assert page.status_code == 413
    assert "Mỗi tệp tối đa 25 MB, mỗi lần gửi tối đa 100 MB" in page.text
    assert written(desk) == 0


def test_too_many_and_too_large_files_are_refused_by_name(clerk: Worker, desk: Desk, monkeypatch):
    monkeypatch.setattr(uploads, "MEGABYTE", 1024)
    code = desk.receive().code
    many = [(io.BytesIO(b"x"), f"{n}.pdf") for n in range(60)]
    assert "Gửi 60 tệp một lần" in attach(clerk, code, *many)
    assert clerk.page.status_code == 422
    large = io.BytesIO(b"%PDF-1.7\n" + b"0" * (26 * 1024))
    assert "“to.pdf” lớn hơn 25 MB" in attach(clerk, code, (large, "to.pdf"))
    assert clerk.page.status_code == 422


def enormous_png() -> bytes:
    """A small file that asks for 1.6 thousand million pixels."""
    drawn = io.BytesIO()
    Image.new("1", (8, 8)).save(drawn, "PNG")
    head = bytearray(drawn.getvalue())
    head[16:24] = (40_000).to_bytes(4, "big") * 2
    head[29:33] = zlib.crc32(bytes(head[12:29])).to_bytes(4, "big")
    return bytes(head)


def test_a_small_file_that_unpacks_to_an_enormous_one_is_refused_at_once(clerk: Worker, desk: Desk):
    code = desk.receive().code
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert "vượt giới hạn" in attach(clerk, code, (io.BytesIO(enormous_png()), "bom.png"))
    assert clerk.page.status_code == 422


def test_a_locked_pdf_is_refused_with_its_reason(clerk: Worker, desk: Desk):
    locked = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(locked, encryption=pikepdf.Encryption(owner="chu", user="khoa"))
    code = desk.receive().code
    assert "“khoa.pdf” có mật khẩu" in attach(clerk, code, (io.BytesIO(locked.getvalue()), "khoa.pdf"))
    assert clerk.page.status_code == 422


def test_a_door_that_stays_closed_is_written_into_the_log(clerk: Worker, desk: Desk, capsys):
    foreign = desk.receive("1.012783", clerk="clerk.so", unit_code="H99.12").code
    capsys.readouterr()
    closed = clerk.client.get(f"/mot-cua/ho-so/{foreign}")
    unknown = clerk.client.get("/mot-cua/ho-so/H99.12-261123-9999")
    assert closed.status_code == unknown.status_code == 404
    told = [line for line in capsys.readouterr().err.splitlines() if "door=desk.dossier" in line]
    assert len(told) == 2
    words = ("refused", "status=404", f"user={desk.staff('clerk').user_id}")
    assert all(word in line for line in told for word in words)
