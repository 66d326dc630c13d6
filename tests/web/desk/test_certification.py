"""The certification pages: a grid that keeps what was typed, one effect a form, papers to print, the book."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from datetime import date, timedelta

import openpyxl
import pikepdf
import pytest
from PIL import Image
from sqlalchemy import update

from app.db.base import new_uid
from app.db.models import ProcedureLimit, ProcedureVersion
from app.domain.certification import Kind
from app.services.attestation_words import NewWords, write
from tests.support.seeded import Desk
from tests.web.desk.test_every_page import problems_of
from tests.web.desk.worker import PAGE_PIN, Worker

GRID = "/mot-cua/chung-thuc"
WORDS = f"{GRID}/loi-chung"
Sit = Callable[[str], Worker]


def grid(worker: Worker, *papers: tuple[str, str, str], **other: object) -> Worker:
    """Fill the grid and send it."""
    worker.open(GRID)
    cells = {
        f"{column}-{place}": value
        for place, paper in enumerate(papers, start=1)
        for column, value in zip(("title", "pages", "copies"), paper, strict=True)
    }
    typed = {"kind": "copy", "rows": "4", "name": "Vi Thị Hợi", "signer": "1", "paid_by": "cash", "act": "number"}
    worker.send(GRID, **{**typed, "token": worker.hidden("token"), **cells, **other})
    return worker


def test_a_visit_is_numbered_and_its_words_are_printed_once_a_copy(clerk: Worker):
    grid(clerk, ("btn", "1", "10"), ("Học bạ", "12", "10"), ("ks", "2", "10"))
    assert clerk.shown("numbers") == "1–3"
    assert "Bằng tốt nghiệp THPT × 10" in clerk.page.text
    printed = clerk.open(f"{GRID}/H99.105-261123-0001/loi-chung.pdf")
    with pikepdf.open(io.BytesIO(printed.data)) as pdf:
        assert len(pdf.pages) == 30


@pytest.mark.parametrize(
    ("papers", "other", "said"),
    [
        ((("", "1", "1"),), {}, "Chưa có giấy tờ nào"),
        ((("btn", "hai", "1"),), {}, "Số trang “hai” chưa đúng"),
        ((("", "1", "1"), ("btn", "1", "0")), {}, "Số bản “0” chưa đúng"),
        ((("btn", "1", "1"),), {"name": ""}, "Chưa nhập họ tên người yêu cầu"),
        ((("btn", "1", "1"),), {"paid_by": "exempt"}, "Chưa nhập lý do miễn phí"),
        ((("btn", "1", "1"),), {"signer": "99"}, "Chưa có người ký chứng thực còn thẩm quyền"),
        ((("btn", "1", "1"),), {"id_number": "123"}, "Số CCCD phải có 12 chữ số"),
        ((("btn", "1", "1"),), {"id_number": "02518800417|Nguyeexn Vawn|1|2|3|4|5"}, "Bộ gõ tiếng Việt"),
    ],
)
def test_bad_input_keeps_what_was_typed_and_takes_no_number(clerk: Worker, papers, other, said: str):
    grid(clerk, *papers, **other)
    assert clerk.page.status_code == 422
    assert said in clerk.page.text
    assert all(f'value="{value}"' in clerk.page.text for paper in papers for value in paper if value)
    assert clerk.shown("next-number") == "1"


def test_a_double_click_numbers_once(clerk: Worker):
    grid(clerk, ("btn", "1", "1"), token="the-same-form")
    grid(clerk, ("btn", "1", "1"), token="the-same-form")
    assert "không cấp thêm số" in clerk.page.text
    assert clerk.shown("next-number") == "2"


def test_signed_then_handed_out_and_a_stale_screen_is_told(clerk: Worker):
    grid(clerk, ("btn", "1", "1"))
    stale = clerk.hidden("version")
    clerk.send(f"{GRID}/H99.105-261123-0001/da-ky")
    assert "Đã ghi ký lượt" in clerk.page.text
    assert clerk.send(f"{GRID}/H99.105-261123-0001/tra", version=stale).status_code == 409
    clerk.send(f"{GRID}/H99.105-261123-0001/tra")
    assert "Đã trả 08:30" in clerk.page.text


def test_who_has_no_right_and_who_is_another_unit(clerk: Worker, sit_down: Sit):
    grid(clerk, ("btn", "1", "1"))
    papers = f"{GRID}/H99.105-261123-0001/giay"
    officer, other = sit_down("officer"), sit_down("clerk.so")
    assert [officer.open(path).status_code for path in (GRID, papers)] == [403, 403]
    assert [other.open(papers).status_code, other.open(GRID).status_code] == [404, 200]
    assert other.send(f"{GRID}/H99.105-261123-0001/tra").status_code == 404


def test_a_number_is_voided_with_its_reason_and_stays_in_the_book(clerk: Worker):
    grid(clerk, ("btn", "1", "1"), ("hb", "3", "2"))
    papers = f"{GRID}/H99.105-261123-0001/giay"
    clerk.open(papers)
    assert clerk.send(f"{papers}/2/huy", reason=" ").status_code == 422
    clerk.send(f"{papers}/2/huy", reason="In nhầm trang")
    assert "Hủy: In nhầm trang" in clerk.page.text
    clerk.send(f"{papers}/1/dinh-chinh", title="Bằng đại học", reason="Ghi nhầm")
    book = clerk.open(f"{GRID}/so")
    assert clerk.shown("count") == "2 số"
    assert "Bằng đại học" in book.text
    assert "Hủy: In nhầm trang" in book.text
    assert clerk.open(f"{GRID}/so?tim=dai+hoc").text.count("<tr><td") == 1
    assert clerk.open(f"{GRID}/so?tim=vi+thi+hoi").text.count("<tr") == 3
    assert clerk.open(f"{GRID}/so?tu=32/13/2026").status_code == 422


def test_the_book_is_printed_and_exported(clerk: Worker):
    grid(clerk, ("=1+1", "1", "1"))
    with pikepdf.open(io.BytesIO(clerk.open(f"{GRID}/so.pdf").data)) as pdf:
        assert len(pdf.pages) == 1
    book = openpyxl.load_workbook(io.BytesIO(clerk.open(f"{GRID}/so.xlsx").data))
    texts = [cell.value for row in book.active for cell in row]
    assert "Vi Thị Hợi" in texts
    assert "=1+1" in texts


def test_signatures_have_their_own_book_and_words(clerk: Worker):
    grid(clerk, ("Giấy ủy quyền", "2", "1"), kind="signature", id_number="025188004172")
    assert clerk.shown("next-number") == "2"
    assert clerk.open(f"{GRID}/H99.105-261123-0001/loi-chung.pdf").mimetype == "application/pdf"


CARD = "001190000123|111222333|Phạm Thị Hòa|05091990|Nữ|Xóm 1, xã Vĩnh An|01012021"


def test_a_card_of_somebody_else_is_told_and_taken_only_when_the_clerk_says(clerk: Worker):
    paper = ("btn", "1", "1")
    grid(clerk, paper, id_number=CARD, act="card")  # Vi Thị Hợi stands on the sheet
    assert "thẻ ghi “Phạm Thị Hòa”, đang nhập “Vi Thị Hợi”" in clerk.shown("other-card")
    assert 'value="Vi Thị Hợi"' in clerk.page.text
    assert 'value="btn"' in clerk.page.text
    assert 'value="Phạm Thị Hòa"' not in clerk.page.text
    assert problems_of(clerk.page.text) == []
    assert "other-card" not in grid(clerk, paper, act="keep_typed").page.text
    taken = grid(clerk, paper, act="use_card", other_card=CARD).page.text
    assert ('value="Phạm Thị Hòa"' in taken, 'value="001190000123"' in taken) == (True, True)
    assert "other-card" not in taken
    numbered = grid(clerk, paper, id_number=CARD)  # also when the sheet is to be numbered at once
    assert (numbered.page.status_code, "chọn lấy theo thẻ hay giữ" in numbered.page.text) == (422, True)


def test_a_card_of_the_person_who_stands_there_and_one_on_an_empty_sheet_are_taken_at_once(clerk: Worker):
    for name in ("", "pham thi hoa"):
        page = grid(clerk, ("btn", "1", "1"), name=name, id_number=CARD, act="card").page.text
        assert ('value="Phạm Thị Hòa"' in page, "other-card" in page) == (True, False)


def test_an_electronic_copy_is_scanned_compared_and_signed(clerk: Worker):
    grid(clerk, ("btn", "1", "1"), **{"electronic-1": "1"})
    papers = f"{GRID}/H99.105-261123-0001/giay"
    clerk.open(papers)
    assert clerk.send(f"{papers}/1/ban-quet", file=(io.BytesIO(b"nothing"), "x.jpg")).status_code == 422
    assert clerk.send(f"{papers}/1/doi-chieu").status_code == 422
    clerk.open(papers)
    clerk.send(f"{papers}/1/ban-quet", file=(io.BytesIO(photograph()), "bang.jpg"))
    clerk.send(f"{papers}/1/doi-chieu")
    assert "đã đối chiếu, chờ ký" in clerk.page.text
    assert "Mã PIN chưa đúng" in clerk.send(f"{papers}/1/ky", pin="000000").text
    clerk.open(papers)
    clerk.send(f"{papers}/1/ky", pin=PAGE_PIN)
    assert "đã chứng thực" in clerk.page.text
    copy = clerk.open(f"{papers}/1/ban-sao.pdf").data
    with pikepdf.open(io.BytesIO(copy)) as pdf:
        assert pdf.Root.AcroForm.SigFlags == 3
    clerk.open(papers)
    clerk.send(f"{GRID}/H99.105-261123-0001/tra")
    assert "Đã trả" in clerk.page.text


def photograph() -> bytes:
    """A picture of a paper."""
    out = io.BytesIO()
    Image.new("RGB", (827, 1169), "white").save(out, "JPEG", dpi=(100, 100))
    return out.getvalue()


def test_a_leader_keeps_the_signers(sit_down: Sit, clerk: Worker):
    leader = sit_down("leader")
    leader.open(f"{GRID}/nguoi-ky")
    wrong = leader.send(f"{GRID}/nguoi-ky", name="Người Ký", titles="TUQ. CHỦ TỊCH", since="mai")
    assert wrong.status_code == 422
    assert 'value="Người Ký"' in wrong.text
    leader.send(f"{GRID}/nguoi-ky", name="Người Ký", titles="TUQ. CHỦ TỊCH", since="01/01/2026", until="01/01/2027")
    assert "Người Ký" in clerk.open(GRID).text
    leader.send(f"{GRID}/nguoi-ky/3/het")
    assert "Người Ký" not in clerk.open(GRID).text


def test_a_volume_is_closed(clerk: Worker):
    grid(clerk, ("btn", "1", "1"))
    clerk.open(f"{GRID}/so")
    clerk.send(f"{GRID}/so/khoa", series="SCT/BS")
    assert "Đã khóa quyển 01/2026-SCT/BS" in clerk.page.text


def test_the_afternoon_brings_a_slip(sit_down: Sit, desk: Desk):
    desk.clock.advance(timedelta(hours=6, minutes=50))  # 15:20
    clerk = grid(sit_down("clerk"), ("btn", "1", "1"))
    assert "In phiếu hẹn (Mẫu 01)" in clerk.page.text
    assert "phiếu hẹn, trả lúc 17:00 25/11/2026" in clerk.shown("slip-note")


def test_the_cut_off_is_the_procedure_s_own(sit_down: Sit, desk: Desk):
    """Another cut-off in the catalogue, and both the note and the slip follow it."""
    with desk.house.unit_of_work() as uow:
        uow.session.execute(update(ProcedureLimit).values(cutoff="11:00"))
        uow.session.execute(update(ProcedureVersion).values(revision=ProcedureVersion.revision.concat(new_uid())))
    desk.clock.advance(timedelta(hours=2, minutes=45))  # 11:15
    clerk = grid(sit_down("clerk"), ("btn", "1", "1"))
    assert "In phiếu hẹn (Mẫu 01)" in clerk.page.text
    assert "phiếu hẹn" in clerk.shown("slip-note")


def test_a_certified_dossier_is_signed_at_its_desk_and_never_forwarded(clerk: Worker):
    code = "H99.105-261123-0001"
    grid(clerk, ("btn", "1", "1"))
    listed = clerk.open("/mot-cua/?nhom=dang-xu-ly").text
    assert f"/mot-cua/chung-thuc/{code}/giay" in listed
    assert "Ghi đã ký" in listed
    assert "Chờ ký chứng thực" in listed
    assert code not in clerk.open("/mot-cua/?nhom=cho-ban-giao").text
    assert 'data-testid="act-forward"' not in clerk.open(f"/mot-cua/ho-so/{code}").text
    refused = clerk.act(code, "forward")
    assert refused.status_code in {404, 409}
    clerk.open(f"{GRID}/{code}/giay")
    clerk.send(f"{GRID}/{code}/tra")
    assert "Đã trả" in clerk.page.text


def test_the_words_of_an_attestation_are_the_authority_s_by_date(sit_down: Sit, clerk: Worker):
    grid(clerk, ("btn", "1", "1"))
    leader = sit_down("leader")
    leader.open(WORDS)
    new = {"kind": "copy", "text": "Chứng thực đúng bản chính\n{nơi}", "since": "24/11/2026"}
    preview = leader.send(WORDS, **new, act="preview")
    assert "Trung tâm Phục vụ hành chính công" in leader.shown("words-preview")
    assert problems_of(preview.text) == []
    for wrong in ({"text": "{ký tên}"}, {"text": ""}, {"since": "22/11/2026"}, {"since": "mai"}):
        leader.open(WORDS)
        assert leader.send(WORDS, **(new | wrong), act="write").status_code == 422
    leader.open(WORDS)
    leader.send(WORDS, **new, act="write")
    assert "Chưa áp dụng" in leader.shown("attestation-words")
    assert clerk.client.post(WORDS, data={**new, "csrf_token": clerk.token, "act": "write"}).status_code == 403
    assert "đúng với bản chính" in words_of(clerk, "H99.105-261123-0001")


def words_of(worker: Worker, code: str) -> str:
    """Return the words that are printed for a request, in one line."""
    printed = worker.open(f"{GRID}/{code}/loi-chung.pdf")
    found = subprocess.run(["pdftotext", "-", "-"], input=printed.data, capture_output=True, check=True)
    return " ".join(found.stdout.decode().split())


def test_tomorrow_s_words_are_printed_tomorrow_and_today_s_again(sit_down: Sit, desk: Desk, clerk: Worker):
    grid(clerk, ("btn", "1", "1"))
    with desk.house.unit_of_work() as uow:
        words = NewWords(Kind.COPY, "Đúng với bản chính, theo mẫu mới", date(2026, 11, 24), "Thông tư mới")
        write(uow, desk.staff("leader"), words, desk.clock.now())
    desk.clock.advance(timedelta(days=1))
    morning = grid(sit_down("clerk"), ("btn", "1", "1"))
    assert "theo mẫu mới" in words_of(morning, "H99.105-261124-0001")
    assert "theo mẫu mới" not in words_of(morning, "H99.105-261123-0001")
