"""Every printed form: right paper, Tinos alone, the words a clerk looks for, the flavour that is asked for."""

from __future__ import annotations

import subprocess
from io import BytesIO

import pikepdf
import pytest

from app.adapters.pdf_layouts import LAYOUTS, Flavour
from app.domain import documents
from tests.documents.gallery import FORMS, TEMPLATES
from tests.documents.samples import RECEIPT

A4, A4_WIDE, A5, ROLL = (210, 297), (297, 210), (148, 210), (80, 128)

PAPER = {
    "mau-01": A5,
    "mau-01-hai-lien": A4_WIDE,
    "mau-01-hai-to": A5,
    "mau-02": A5,
    "mau-03": A5,
    "mau-04": A4,
    "mau-05": A5,
    "mau-06": A5,
    "mau-07": A4_WIDE,
    "ket-qua-xac-nhan": A4,
    "ket-qua-quyet-dinh": A4,
    "to-khai-dien-tu": A4,
    "bieu-06a": A4_WIDE,
    "bieu-khac": A4_WIDE,
    "phieu-ban-giao": A4,
    "phieu-ghi-tay": A4_WIDE,
    "bang-ke-thu-tien": A4,
    "tiep-nhan-danh-sach": A4,
    "the-xep-hang": ROLL,
    "phan-cach-quet": A4,
    "loi-chung": A4,
}

WORDS = {
    "mau-01": ["GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ", "16 giờ 30 phút, thứ Năm, ngày 26 tháng 11 năm 2026"],
    "mau-02": ["PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ", "NGƯỜI HƯỚNG DẪN", "9DFX-2MRP"],
    "mau-03": ["PHIẾU TỪ CHỐI TIẾP NHẬN", "Số nộp (nếu có): N7F3-9184QD", "K4ZQ-8T2W"],
    "mau-04": ["VĂN BẢN XIN LỖI", "Ngày 28 tháng 10 năm 2026", "thứ Năm, ngày 03 tháng 12 năm 2026"],
    "mau-05": ["MẪU TẠM", "theo đề nghị của người nộp", "chưa có quyết định hoặc thông báo kết quả"],
    "mau-06": ["PHIẾU KIỂM SOÁT", "Cơ quan phối hợp giải quyết hồ sơ: (không có)", "Chưa xác nhận"],
    "mau-07": ["SỔ THEO DÕI HỒ SƠ", "Phương", "H44.105-261116-0040"],
    "ket-qua-xac-nhan": ["CHỨNG THƯ THỬ NGHIỆM", "XÁC NHẬN:", "Dân tộc: Kinh", "KT. CHỦ TỊCH", "M3VX-6QTN"],
    "ket-qua-quyet-dinh": ["Điều 3. Trưởng phòng", "Nơi nhận:", "- Lưu: VT."],
    "to-khai-dien-tu": ["Số nộp: N7F3-9184QD", "Nơi cư trú trước đây: (không có)", "VNeID mức độ 2"],
    "bieu-06a": ["2.886 386 2.358 142 2.680 1.931 746 3 206 205 1", "(3) = (7) + (11): 2.886 = 2.680 + 206"],
    "bieu-khac": ["HỒ SƠ TIẾP NHẬN TRỰC TUYẾN THEO CẤP", "2.548 2.545 99,9 %", "Hồ sơ rút không tính"],
    "phieu-ban-giao": ["Liên 1: Bên giao lưu", "Liên 2: Bên nhận lưu", "12 (mười hai) hồ sơ"],
    "phieu-ghi-tay": ["KHI MẤT ĐIỆN, MẤT MẠNG", "tờ số 2", "lãnh đạo xác nhận trước khi cấp mã"],
    "tiep-nhan-danh-sach": ["GIẤY TIẾP NHẬN HỒ SƠ THEO DANH SÁCH", "2 (hai) hồ sơ", "7KQM-4TXR"],
    "bang-ke-thu-tien": ["BẢNG KÊ THU TIỀN", "không thay biên lai", "AA/26P: 0000101 đến 0000103", "khớp ngăn tiền"],
    "the-xep-hang": ["B042", "6 người, khoảng 18 phút", "thứ Sáu, ngày 20/11/2026"],
    "phan-cach-quet": ["01", "02", "Bản sao. Số trang cần có: 6"],
    "loi-chung": ["BẢN SAO", "Số chứng thực: 4187", "03/2026-SCT/BS", "TUQ. CHỦ TỊCH"],
}


def test_every_form_of_the_domain_has_a_layout_and_a_sample():
    pieces = {type(form) for form in FORMS.values()}
    assert pieces == set(LAYOUTS)
    assert all((TEMPLATES / layout.template).is_file() for layout in LAYOUTS.values())


@pytest.mark.parametrize("name", PAPER)
def test_paper(name, drawn):
    with pikepdf.open(BytesIO(drawn(name))) as pdf:
        sizes = {tuple(round(float(side) / 72 * 25.4) for side in page.mediabox[2:]) for page in pdf.pages}
    assert sizes == {PAPER[name]}


@pytest.mark.parametrize("name", FORMS)
def test_only_tinos_is_embedded(name, drawn, tmp_path):
    file = tmp_path / "form.pdf"
    file.write_bytes(drawn(name))
    rows = subprocess.run(["pdffonts", file], capture_output=True, check=True, text=True).stdout.splitlines()[2:]
    assert rows
    assert all("Tinos" in row.split()[0] for row in rows), rows


@pytest.mark.parametrize("name", WORDS)
def test_words_come_out_as_right_vietnamese(name, drawn, text_of):
    text = text_of(drawn(name))
    assert [wanted for wanted in WORDS[name] if wanted not in text] == []


def test_the_receipt_has_the_fields_of_mau_01_in_their_order(drawn, text_of):
    text = text_of(drawn("mau-01"))
    labels = [
        *("Mã hồ sơ:", "Trung tâm Phục vụ hành chính công", "Tiếp nhận hồ sơ của Ông (Bà)/Tổ chức:"),
        *("Số định danh cá nhân/tổ chức:", "Địa chỉ:", "Số điện thoại:", "Người được ủy quyền:"),
        *("Nội dung yêu cầu giải quyết:", "Thành phần hồ sơ nộp gồm:", "Số lượng hồ sơ: 01 (bộ)"),
        *("Thời gian giải quyết hồ sơ theo quy định là:", "Thời gian nhận hồ sơ:"),
        *("Thời gian trả kết quả giải quyết hồ sơ:", "Đăng ký nhận kết quả tại:", "Vào Sổ theo dõi hồ sơ"),
        *("NGƯỜI NỘP HỒ SƠ", "NGƯỜI TIẾP NHẬN HỒ SƠ"),
    ]
    found = [text.find(label) for label in labels]
    assert -1 not in found
    assert found == sorted(found)


def test_the_kept_copy_never_carries_the_secret(printer, drawn, text_of):
    kept = text_of(printer.render(RECEIPT.as_copy(documents.Copy.KEPT)))
    assert "7KQM" not in kept
    assert "Đã nhận kết quả ngày" in kept
    assert text_of(drawn("mau-01-hai-lien")).count("7KQM-4TXR") == 1


def test_digital_signature_lines_stand_on_the_electronic_receipt_only(printer, drawn, text_of):
    electronic = text_of(printer.render(RECEIPT.as_copy(documents.Copy.ELECTRONIC)))
    assert "(Chữ ký số của người nộp," in electronic
    assert "Chữ ký số" not in text_of(drawn("mau-01"))


@pytest.mark.parametrize(
    ("flavour", "mark"),
    [
        (Flavour.ARCHIVE, b'pdfaid:part="2" pdfaid:conformance="U"'),
        (Flavour.ACCESSIBLE, b'pdfuaid:part="1"'),
        (Flavour.PLAIN, b""),
    ],
)
def test_flavours_say_what_they_are(printer, flavour, mark):
    with pikepdf.open(BytesIO(printer.render(RECEIPT, flavour=flavour))) as pdf:
        written = pdf.Root.Metadata.read_bytes() if "/Metadata" in pdf.Root else b""
        assert pdf.Root.Lang == "vi"
        assert ("/StructTreeRoot" in pdf.Root) is (flavour is Flavour.ACCESSIBLE)
    assert mark in written
    assert bool(written) is bool(mark)


def test_the_same_form_gives_the_same_bytes(printer, drawn):
    assert printer.render(FORMS["mau-03"]) == drawn("mau-03")


def test_an_unfrozen_report_is_a_draft(printer, text_of):
    report = FORMS["bieu-06a"]
    total = documents.Row06a("Tổng cộng", *report.total.figures, pending_unknown=3)
    draft = documents.Report06a(**{name: getattr(report, name) for name in report.__slots__} | {"total": total})
    text = text_of(printer.render(draft))
    assert "BẢN NHÁP" in text
    assert "Còn 3 hồ sơ chưa xác định được" in text


def test_something_else_is_no_form(printer):
    with pytest.raises(KeyError):
        printer.render("giấy")
