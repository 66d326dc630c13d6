"""Receiving at the desk (tiếp nhận): by card, by alias, once, and with every mistake said where it is."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from sqlalchemy import select

from app.db.models import Event
from tests.support.seeded import Desk
from tests.web.desk.worker import CARD, USUAL, Worker, ticked


def test_a_scanned_card_fills_the_person(clerk: Worker):
    clerk.open("/mot-cua/tiep-nhan")
    page = clerk.send("/mot-cua/tiep-nhan", act="refresh", id_number=CARD)
    for value in ("025188004172", "Phạm Thị Hòa", "14/03/1988", "Xóm Đồi Chè, xã Vĩnh An"):
        assert f'value="{value}"' in page.text
    assert "Đã đọc từ thẻ" in page.text


def test_a_card_garbled_by_a_typing_program_is_said_and_not_kept(clerk: Worker):
    clerk.open("/mot-cua/tiep-nhan")
    garbled = "025188004172|131234567|Phamj Thij Hoaf|14031988|Nux|Xosm DDooif Chef|10052022"
    page = clerk.send("/mot-cua/tiep-nhan", act="refresh", id_number=garbled)
    assert "UniKey" in clerk.shown("card-problem")
    assert "Phamj" not in page.text


def test_somebody_else_s_card_is_said_and_changes_nothing_until_the_clerk_says(clerk: Worker):
    clerk.open("/mot-cua/tiep-nhan")
    typed = {"name": "Vi Văn Hải", "birth": "14/03/1988", "phone": "0912345678"}
    page = clerk.send("/mot-cua/tiep-nhan", act="refresh", id_number=CARD, number_before="001088000999", **typed)
    said = clerk.shown("other-card")
    assert "thẻ ghi “025188004172”, đang nhập “001088000999”" in said
    assert "thẻ ghi “Phạm Thị Hòa”, đang nhập “Vi Văn Hải”" in said
    assert "14/03/1988" not in said
    assert ('value="Vi Văn Hải"' in page.text, 'value="001088000999"' in page.text) == (True, True)
    kept = {**typed, "id_number": "001088000999", "other_card": clerk.hidden("other_card")}
    page = clerk.send("/mot-cua/tiep-nhan", act="refresh", **kept)
    assert ('data-testid="other-card"' in page.text, 'value="Vi Văn Hải"' in page.text) == (False, True)
    page = clerk.send("/mot-cua/tiep-nhan", act="use_card", **kept)
    for value in ("025188004172", "Phạm Thị Hòa", "0912345678"):
        assert f'value="{value}"' in page.text
    assert "Đã đọc từ thẻ" in page.text


def test_a_card_of_the_person_on_the_form_is_taken_without_a_word(clerk: Worker):
    clerk.open("/mot-cua/tiep-nhan")
    typed = {"name": "pham thi hoa", "birth": "1988", "number_before": "131234567"}
    page = clerk.send("/mot-cua/tiep-nhan", act="refresh", id_number=CARD, **typed)
    assert ('data-testid="other-card"' in page.text, 'value="Phạm Thị Hòa"' in page.text) == (False, True)


def test_a_procedure_is_found_by_what_a_clerk_types(clerk: Worker):
    single = "Cấp Giấy xác nhận tình trạng hôn nhân"
    for typed, received in (
        ("tthn", single),
        ("TTHN", single),
        ("1.004873", single),
        ("xac nhan tinh trang hon nhan", single),
        ("ks", "Đăng ký khai sinh"),
    ):
        clerk.open("/mot-cua/tiep-nhan")
        page = clerk.send("/mot-cua/tiep-nhan", act="refresh", procedure=typed)
        assert f"Tiếp nhận: {received}" in page.text, typed


def test_words_that_fit_several_procedures_offer_them(clerk: Worker):
    clerk.open("/mot-cua/tiep-nhan")
    page = clerk.send("/mot-cua/tiep-nhan", act="refresh", procedure="khai sinh")
    assert "thủ tục khớp" in page.text
    assert len(re.findall(r'name="quick"', page.text)) > 10  # the usual ten and those that fit


def test_the_promise_the_fee_and_what_is_missing_stand_beside_the_form(clerk: Worker):
    clerk.open("/mot-cua/tiep-nhan")
    clerk.send("/mot-cua/tiep-nhan", act="refresh", procedure="tthn")
    # Monday 23 November, two working days, Tuesday is the culture day: due on Thursday
    assert clerk.shown("promise") == "17:00 26/11"
    assert clerk.shown("fee") == "15.000 đ".replace(" đ", "\N{NO-BREAK SPACE}đ").replace("\N{NO-BREAK SPACE}", " ")
    assert "1 giấy" in clerk.shown("receive-side")


def test_reception_gives_a_code_and_mau_01(clerk: Worker):
    page = clerk.receive()
    assert clerk.shown("dossier-code") == "H99.105-261123- 0001"
    receipt = re.search(r'href="([^"]+\.pdf)"', page.text)
    assert receipt
    printed = clerk.client.get(receipt[1])
    assert (printed.mimetype, printed.data[:5]) == ("application/pdf", b"%PDF-")


def test_the_fee_is_taken_in_the_same_act(clerk: Worker, desk: Desk):
    clerk.receive(receipt_symbol="AA/26E", receipt_number="0000123")
    dossier = desk.dossier("H99.105-261123-0001")
    assert (dossier.fee_due_vnd, dossier.fee_paid_vnd) == (15_000, 15_000)


def test_the_same_form_twice_is_one_dossier(clerk: Worker):
    clerk.receive(token="one-form")
    clerk.receive(token="one-form")
    assert clerk.shown("dossier-code") == "H99.105-261123- 0001"
    assert "đã được tiếp nhận trước đó" in clerk.page.text
    clerk.receive(token="another")
    assert clerk.shown("dossier-code") == "H99.105-261123- 0002"


def test_an_authorised_person_and_whom_they_speak_for_are_apart(clerk: Worker):
    clerk.receive(
        acts_for="authorised",
        subject_name="Phạm Văn Bình",
        subject_birth="1960",
        letter="số 12/2026 ngày 20/11/2026, UBND xã Vĩnh An",
    )
    clerk.open("/mot-cua/ho-so/H99.105-261123-0001")
    assert "Chủ hồ sơ</dt><dd>Phạm Văn Bình" in clerk.page.text
    assert "Người được ủy quyền</dt><dd>Phạm Thị Hòa" in clerk.page.text


# What is typed into one field of an otherwise right form, and what is said about it.
MISTAKES = (
    ("id_number", "02518800417", "Số CCCD phải có 12 chữ số (đang có 11)"),
    ("name", "", "Chưa nhập họ tên"),
    ("name", "x" * 5_000, "Nội dung dài 5000 ký tự, tối đa 200"),
    ("birth", "31/02/1990", "không có thật"),
    ("birth", "24/11/2026", "ở sau hôm nay (23/11/2026)"),
    ("phone", "0912 345 67", "Số điện thoại chưa đúng"),
    ("email", "khong phai", "Địa chỉ thư điện tử chưa đúng"),
    ("procedure", "không có thủ tục này", "Không có thủ tục nào đang mở"),
    ("procedure", "", "Chưa chọn thủ tục"),
    ("own-purpose", "", "Chưa nhập mục đích sử dụng"),
    ("true_time", "25:99", "Giờ chưa đúng"),
    ("true_time", "07:45", "Chưa nhập lý do nhập muộn"),
)


def test_a_mistake_is_said_and_everything_typed_is_kept(clerk: Worker):
    for field, typed, said in MISTAKES:
        page = clerk.receive(**{field: typed})
        assert page.status_code == 422, (field, typed)
        assert said in clerk.shown("error-summary"), (field, typed)
        assert f'value="{USUAL["address"]}"' in page.text, (field, typed)


def test_a_number_that_contradicts_the_birth_needs_the_original_looked_at(clerk: Worker):
    page = clerk.receive(birth="14/03/1999")
    assert page.status_code == 422
    assert "đã đối chiếu giấy gốc" in page.text
    assert clerk.receive(birth="14/03/1999", checked_card="y").status_code == 200


def test_a_required_paper_that_is_not_there_is_named(clerk: Worker):
    clerk.open("/mot-cua/tiep-nhan")
    page = clerk.send("/mot-cua/tiep-nhan", act="receive", **USUAL)
    assert page.status_code == 422
    assert "Thành phần 1: chưa có Tờ khai" in clerk.shown("error-summary")


def test_a_late_entry_keeps_both_times(clerk: Worker, desk: Desk):
    clerk.receive(true_time="07:45", late_reason="Mất điện đầu giờ")
    dossier = desk.dossier("H99.105-261123-0001")
    assert dossier.entered_at - dossier.received_at == desk.clock.now() - dossier.received_at
    assert f"{dossier.received_at:%H:%M}" == "00:45"  # UTC
    clerk.open("/mot-cua/ho-so/H99.105-261123-0001")
    assert "Nhập muộn lúc 08:30 23/11/2026: Mất điện đầu giờ" in clerk.page.text


def test_a_draft_comes_back_as_it_was_and_only_to_its_owner(clerk: Worker, sit_down: Callable[[str], Worker]):
    clerk.open("/mot-cua/tiep-nhan")
    saved = clerk.client.post(
        "/mot-cua/tiep-nhan/nhap",
        data={"csrf_token": clerk.token, **USUAL, "name": "Nguyễn Dở Dang"},
        headers={"Accept": "application/json"},
    ).json
    page = clerk.open(f"/mot-cua/tiep-nhan?nhap={saved['draft']}")
    assert 'value="Nguyễn Dở Dang"' in page.text
    assert "Nguyễn Dở Dang" in clerk.open("/mot-cua/tiep-nhan").text  # offered on the next visit
    assert sit_down("clerk2").open(f"/mot-cua/tiep-nhan?nhap={saved['draft']}").status_code == 404


def test_a_refused_filing_takes_no_code(clerk: Worker):
    clerk.open("/mot-cua/tiep-nhan")
    clerk.send("/mot-cua/tiep-nhan", **{**USUAL, "token": "t-1"}, act="all_papers")
    clerk.send("/mot-cua/tiep-nhan", **{**USUAL, "token": "t-1", **_papers(clerk)}, act="refuse")
    number = clerk.where().rpartition("/")[2]
    clerk.act(number, "refuse", reason="Không thuộc thẩm quyền của xã")
    assert "Không được tiếp nhận" in clerk.shown("state")
    clerk.receive(token="t-2")
    assert clerk.shown("dossier-code") == "H99.105-261123- 0001"


def _papers(clerk: Worker) -> dict[str, str]:
    return ticked(clerk.page.text)


def test_the_paper_of_a_counter_is_remembered_and_printed_by_one_key(clerk: Worker, desk: Desk):
    code = desk.receive().code
    page = f"/mot-cua/ho-so/{code}/da-tiep-nhan"
    assert "giay=a5" not in clerk.open(page).text
    chosen = clerk.send("/mot-cua/kho-giay", giay="a5", tiep=page)
    assert "mỗi liên một tờ A5" in chosen.text
    assert "giay=a5" in clerk.open(page).text
    address = re.search(r'href="([^"]+giay=a5)"[^>]*data-key="F9"', chosen.text)
    assert address
    assert clerk.client.get(address[1].replace("&amp;", "&")).data.startswith(b"%PDF")
    clerk.open(page)
    assert clerk.send("/mot-cua/kho-giay", giay="a4", tiep="https://elsewhere.example/").status_code == 200


@pytest.mark.parametrize(
    ("person", "shown"),
    [
        ({"id_kind": "passport", "id_number": "C1234567", "name": "John Smith", "birth": "05/09/1980"}, "John Smith"),
        ({"id_kind": "none", "id_number": "", "name": "H'Hen Niê", "birth": "1979"}, "H'Hen Niê"),
        ({"id_kind": "none", "id_number": "", "name": "Y Blok", "birth": ""}, "Y Blok"),
    ],
)
def test_a_foreigner_somebody_without_number_and_a_year_of_birth_are_received(
    clerk: Worker, person: dict[str, str], shown: str
):
    clerk.receive(**person)
    code = clerk.shown("dossier-code").replace(" ", "")
    assert code == "H99.105-261123-0001"
    page = clerk.open(f"/mot-cua/ho-so/{code}").text
    assert html.escape(shown) in page.replace("&#39;", "&#x27;")
    assert person["birth"] in page


def test_the_next_dossier_keeps_the_person_and_reading_the_number_is_written_down(clerk: Worker, desk: Desk):
    clerk.receive()
    code = clerk.shown("dossier-code").replace(" ", "")
    page = clerk.open(f"/mot-cua/tiep-nhan?cung_nguoi={code}")
    for name in ("id_number", "name", "birth", "address", "phone"):
        assert f'value="{USUAL[name]}"' in page.text, name
    assert code[-4:] in page.text  # the dossier that is open already stands beside the form
    with desk.house.reading() as session:
        read = session.scalars(select(Event.kind).where(Event.subject_kind == "reading")).all()
    assert any("unmask" in kind for kind in read), read


def test_a_mother_s_birth_may_be_a_year_and_must_have_been(clerk: Worker):
    for typed, sentence in (("31/02/1990", "không có thật"), ("01/01/2030", "01/01/2030")):
        page = clerk.receive(procedure="ks", **{"own-mother_birth": typed})
        assert page.status_code == 422
        assert sentence in clerk.shown("error-summary")
        assert f'value="{typed}"' in page.text
    clerk.receive(procedure="ks", **{"own-mother_birth": "1990"})
    assert "1990" not in clerk.shown("error-summary")
