"""Invented data for letters, tables and counter papers."""

from __future__ import annotations

from datetime import date, timedelta

from app.domain.documents import (
    Apology,
    Attachment,
    Attestations,
    BookLine,
    CashSheetForm,
    ControlSlip,
    CopyCertification,
    Edition,
    Entry,
    GroupEntry,
    GroupSlip,
    HandedDossier,
    HandoverList,
    Hop,
    HopResult,
    Letterhead,
    Lookup,
    OnlineRequest,
    OutageLog,
    Party,
    PrintedBook,
    QueueTicket,
    Register,
    RegisterRow,
    Report06a,
    RequestSection,
    Result,
    Row06a,
    Separator,
    SeparatorSheets,
    SheetEntry,
    SignatureCertification,
    Signer,
)
from app.domain.documents_figures import PrintedLine, PrintedNumber, PrintedTable
from tests.documents.samples import APPLICANT, AUTHORISED, CODE, DESK, HOTLINE, SITE, at, head

WIDE_HEAD = Letterhead("ỦY BAN NHÂN DÂN XÃ AN MẪU", "TRUNG TÂM PHỤC VỤ\nHÀNH CHÍNH CÔNG", "", "", None)

APOLOGY = Apology(
    head=Letterhead("ỦY BAN NHÂN DÂN XÃ AN MẪU", "PHÒNG KINH TẾ", "0009/PXL", "An Mẫu", date(2026, 11, 25)),
    addressee="Bà Phạm Quỳnh Thử",
    address_form="Bà",
    applicant=Party("Phạm Quỳnh Thử", "099199000321"),
    desk=DESK,
    unit="Phòng Kinh tế",
    procedure="Đăng ký đất đai, cấp Giấy chứng nhận lần đầu",
    code="H44.105-261028-0042",
    received_at=at("2026-10-28", "09:00"),
    promised_at=at("2026-11-26", "16:30"),
    new_promise=at("2026-12-03", "16:30"),
    return_place="Quầy trả kết quả, Trung tâm Phục vụ hành chính công xã An Mẫu",
    reason=(
        "Chi nhánh Văn phòng đăng ký đất đai chưa gửi bản trích đo thửa đất; Phòng Kinh tế đã có văn bản "
        "đề nghị ngày 17 tháng 11 năm 2026 và nhận được hẹn gửi trước ngày 30 tháng 11 năm 2026."
    ),
    signer=Signer(("THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ",), "Đặng Thị Giả Định"),
    contact="ông Đỗ Văn Nháp",
    contact_phone="0210 000 0145",
    recipients=("Như trên;", "Trung tâm PVHCC xã (để gửi, theo dõi);", "Lưu: VT, hồ sơ."),
)

_AGENCY = "ỦY BAN NHÂN DÂN\nXÃ AN MẪU, TỈNH PHÚ THỌ"
_LEADER = Signer(("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Vũ Đình Mẫu")
CONFIRMATION = Result(
    head=Letterhead("", _AGENCY, "214/UBND-XNTTHN", "An Mẫu", date(2026, 11, 25)),
    title="GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN",
    issuer="ỦY BAN NHÂN DÂN XÃ AN MẪU",
    dossier_code=CODE,
    opening=("Xét đề nghị của ông Trần Văn Thử về việc cấp Giấy xác nhận tình trạng hôn nhân cho ông Trần Văn Thử,",),
    verb="XÁC NHẬN:",
    entries=(
        Entry("Họ, chữ đệm, tên", "TRẦN VĂN THỬ"),
        Entry("Ngày, tháng, năm sinh", "01/01/1999"),
        Entry("Giới tính", "Nam", row="person"),
        Entry("Dân tộc", "Kinh", row="person"),
        Entry("Quốc tịch", "Việt Nam", row="person"),
        Entry("Giấy tờ tùy thân", "Căn cước số 099099000123, cấp ngày 02/03/2025"),
        Entry("Nơi cư trú", "Thôn Mẫu Đông, xã An Mẫu, tỉnh Phú Thọ"),
        Entry("Tình trạng hôn nhân", "Đã ly hôn; hiện tại chưa đăng ký kết hôn với ai."),
        Entry("Giấy này được cấp để", "làm thủ tục vay vốn; không có giá trị để đăng ký kết hôn."),
    ),
    closing=("Giấy này có giá trị sử dụng trong thời hạn 06 tháng kể từ ngày cấp.",),
    signer=_LEADER,
    check=Lookup(f"{SITE}/xac-minh", "KQ-214-2026", "M3VX6QTN"),
    edition=Edition.TEST,
)
DECISION = Result(
    head=Letterhead("", _AGENCY, "", "An Mẫu", None),
    title="QUYẾT ĐỊNH",
    subject="Về việc trợ cấp xã hội hằng tháng",
    issuer="CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ AN MẪU",
    dossier_code="H44.105-261110-0031",
    opening=(
        "Căn cứ Luật Tổ chức chính quyền địa phương;",
        "Theo đề nghị của Trưởng phòng Văn hóa - Xã hội (văn bản mẫu, nội dung bịa).",
    ),
    verb="QUYẾT ĐỊNH:",
    articles=(
        "Trợ cấp xã hội hằng tháng đối với bà Hồ Thị Nháp, mức 750.000 đồng, từ ngày 01 tháng 12 năm 2026.",
        "Quyết định này có hiệu lực kể từ ngày ký.",
        "Trưởng phòng Văn hóa - Xã hội và bà Hồ Thị Nháp chịu trách nhiệm thi hành Quyết định này./.",
    ),
    recipients=("Như Điều 3;", "Lưu: VT."),
    signer=Signer(("CHỦ TỊCH",), "Lý Ngọc Phỏng"),
    check=Lookup(f"{SITE}/xac-minh", "KQ-0087-2026", "ZX4NP7RD"),
    edition=Edition.TEST,
)

ONLINE_REQUEST = OnlineRequest(
    addressee="Ủy ban nhân dân xã An Mẫu",
    title="TỜ KHAI CẤP GIẤY XÁC NHẬN\nTÌNH TRẠNG HÔN NHÂN",
    filing_number="N7F3-9184QD",
    filed_at=at("2026-11-19", "21:04"),
    applicant=APPLICANT,
    authorised=AUTHORISED,
    procedure="Cấp Giấy xác nhận tình trạng hôn nhân",
    procedure_code="1.004873",
    sections=(
        RequestSection(
            "Nội dung đề nghị",
            (
                Entry("Ngày, tháng, năm sinh", "01/01/1999", row="birth"),
                Entry("Giới tính", "Nam", row="birth"),
                Entry("Dân tộc", "Kinh", row="birth"),
                Entry("Tình trạng hôn nhân", "Đã ly hôn"),
                Entry("Mục đích sử dụng", "Làm thủ tục vay vốn"),
                Entry("Nơi cư trú trước đây", ""),
            ),
        ),
    ),
    attachments=(
        Attachment("Bản án ly hôn đã có hiệu lực", "ban-an.pdf", 6, "Bản chụp từ bản chính"),
        Attachment("Giấy ủy quyền", "IMG_20261119_210211.jpg", 1, "Ảnh chụp"),
    ),
    return_choice="Quầy trả kết quả của Trung tâm và bản điện tử",
    proof="đăng nhập VNeID mức độ 2",
    submitter="Nguyễn Thị Mẫu",
)


def _hop(giver: tuple[str, str], taker: tuple[str, str], clock: str, result: HopResult, *, note: str = "") -> Hop:
    handed = at("2026-11-25", clock)
    return Hop(
        *giver,
        *taker,
        handed_at=handed,
        taken_at=None if result is HopResult.OPEN else handed + timedelta(minutes=21),
        due_at=at("2026-11-25", "16:30"),
        result=result,
        note=note,
    )


_DESK_PERSON = ("Trung tâm PVHCC xã", "Lê Thị Ví Dụ")
_OFFICER = ("Phòng Văn hóa - Xã hội", "Đỗ Văn Nháp")
_BOSS = ("Lãnh đạo UBND xã", "Vũ Đình Mẫu")
_RECORDS = ("Văn thư", "Ngô Thị Tạm")
CONTROL_SLIP = ControlSlip(
    head=head("0123/PKS-TTPVHCC"),
    code=CODE,
    settling_unit="Phòng Văn hóa - Xã hội, UBND xã An Mẫu",
    cooperating_units=(),
    received_at=at("2026-11-20", "09:15"),
    promised_at=at("2026-11-26", "16:30"),
    hops=(
        _hop(_DESK_PERSON, _OFFICER, "09:20", HopResult.EARLY),
        _hop(_OFFICER, _BOSS, "10:05", HopResult.ON_TIME, note="Ký số"),
        _hop(_BOSS, _RECORDS, "15:10", HopResult.LATE, note="Số 214"),
        _hop(_RECORDS, _DESK_PERSON, "15:30", HopResult.OPEN),
    ),
)


def register(rows: int) -> Register:
    """The register of one week with as many rows as asked."""
    week = at("2026-11-16", "07:30")
    return Register(
        head=Letterhead(WIDE_HEAD.superior, WIDE_HEAD.unit, "02/STD-TTPVHCC", "", None),
        field="Hộ tịch",
        book="02-HT/2026",
        first_day=date(2026, 11, 16),
        last_day=date(2026, 11, 20),
        printed_at=at("2026-11-20", "17:05"),
        rows=tuple(
            RegisterRow(
                code=f"H44.105-261116-{index:04}",
                procedure="Thay đổi, cải chính, bổ sung thông tin hộ tịch",
                applicant=f"Bùi Đức Mẫu Lượng {index}",
                address="Thôn Mẫu Bắc",
                phone=f"0900 000 {index % 1000:03}",
                settling_unit="Phòng Văn hóa - Xã hội",
                received_at=week + timedelta(minutes=7 * index),
                promised_at=week + timedelta(days=3, hours=9),
                returned_at=week + timedelta(days=3, hours=7) if index % 3 else None,
                method="Tại quầy" if index % 3 else "",
            )
            for index in range(1, rows + 1)
        ),
    )


GROUP_SLIP = GroupSlip(
    head=Letterhead(_AGENCY, "TRUNG TÂM PHỤC VỤ\nHÀNH CHÍNH CÔNG", "0003/DS-TTPVHCC", "An Mẫu", date(2026, 11, 20)),
    representative="Đỗ Văn Nháp",
    procedure="Cấp Giấy xác nhận tình trạng hôn nhân",
    received_at=at("2026-11-20", "08:42"),
    receiver="Nguyễn Thị Thử Hằng",
    tracking_page="motcua.example.vn/tra-cuu",
    entries=(
        GroupEntry(CODE, "Phạm Quỳnh Thử", "14/03/1988", at("2026-11-26", "16:30"), "7KQM-4TXR"),
        GroupEntry(CODE, "H'Hen Mẫu", "1979", None, "9DFX-2MRP"),
    ),
)

CASH_SHEET = CashSheetForm(
    head=Letterhead(_AGENCY, "TRUNG TÂM PHỤC VỤ\nHÀNH CHÍNH CÔNG", "0017/BK", "An Mẫu", date(2026, 11, 20)),
    ordinal=17,
    clerk="Nguyễn Thị Thử Hằng",
    closed_at=at("2026-11-20", "17:05"),
    entries=(
        SheetEntry(CODE, "Phạm Quỳnh Thử", at("2026-11-20", "08:42"), "Thu", "Tiền mặt", "AA/26P 0000101", 16_000),
        SheetEntry(CODE, "Y Blok Mẫu", at("2026-11-20", "09:10"), "Thu", "Chuyển khoản", "AA/26P 0000102", 8_000),
        SheetEntry(
            CODE, "Y Blok Mẫu", at("2026-11-20", "09:40"), "Hoàn", "Tiền mặt", "", -4_000, "Thuộc diện miễn, đã nộp"
        ),
    ),
    receipts=("AA/26P: 0000101 đến 0000103 (3 tờ; hủy: 0000103)",),
    cash_vnd=12_000,
    transfer_vnd=8_000,
    counted_vnd=12_000,
)

HANDOVER_LIST = HandoverList(
    head=Letterhead(WIDE_HEAD.superior, WIDE_HEAD.unit, "0007/BG-TTPVHCC", "An Mẫu", date(2026, 11, 20)),
    list_code="BG-261120-0007",
    giving_unit=DESK,
    giver="bà Lê Thị Ví Dụ",
    taking_unit="Phòng Văn hóa - Xã hội, UBND xã An Mẫu",
    taker="ông Đỗ Văn Nháp",
    handed_at=at("2026-11-20", "16:10"),
    dossiers=tuple(
        HandedDossier(
            f"H44.105-261120-{100 + 3 * index:04}",
            "Đăng ký việc nhận cha, mẹ, con",
            "Phạm Quỳnh Mẫu Lượng",
            3 + index % 7,
            "01 kết luận" if index % 2 else "",
            at("2026-11-26", "16:30"),
        )
        for index in range(1, 13)
    ),
)

_FIGURES = {
    "Hộ tịch": (571, 212, 318, 41, 491, 354, 136, 1, 80, 80, 0),
    "Chứng thực": (1977, 96, 1874, 7, 1898, 1367, 531, 0, 79, 79, 0),
    "Đất đai": (201, 31, 104, 66, 173, 125, 46, 2, 28, 27, 1),
    "Bảo trợ xã hội": (137, 47, 62, 28, 118, 85, 33, 0, 19, 19, 0),
    "Hoạt động khoa học và công nghệ, đổi mới sáng tạo và chuyển đổi số": (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
}
REPORT_06A = Report06a(
    reporting_unit="UBND xã An Mẫu",
    receiving_unit="UBND tỉnh Phú Thọ",
    period="Tháng 11 năm 2026",
    first_day=date(2026, 10, 15),
    last_day=date(2026, 11, 14),
    rows=tuple(Row06a(label, *figures) for label, figures in _FIGURES.items()),
    total=Row06a("Tổng cộng", *(sum(column) for column in zip(*_FIGURES.values(), strict=True))),
    place="An Mẫu",
    dated=date(2026, 11, 16),
    preparer=Signer(("NGƯỜI LẬP BIỂU",), "Lê Thị Ví Dụ"),
    leader=Signer(("THỦ TRƯỞNG ĐƠN VỊ",), "Vũ Đình Mẫu"),
    counted_at=at("2026-11-14", "17:00"),
    formula="phiên bản 3",
    frozen="Số liệu chốt lúc 17:00 14/11/2026, bản chốt 0007",
    page=f"{SITE}/mot-cua/bao-cao?tu=15/10/2026&den=14/11/2026&don_vi=H98.1",
)

_BY_FIELD = {
    "Hộ tịch": ("571", "568", "99,5 %"),
    "Chứng thực": ("1.977", "1.977", "100 %"),
    "Cộng": ("2.548", "2.545", "99,9 %"),
}
TABLE = PrintedTable(
    title="HỒ SƠ TIẾP NHẬN TRỰC TUYẾN THEO CẤP",
    source="Nghị quyết số 02-VM",
    reporting_unit="UBND xã An Mẫu",
    receiving_unit="UBND tỉnh Phú Thọ",
    first_day=date(2026, 10, 15),
    last_day=date(2026, 11, 14),
    first_head="Lĩnh vực",
    heads=("Tiếp nhận", "Đúng hạn", "Tỷ lệ"),
    lines=tuple(
        PrintedLine(label, tuple(PrintedNumber(text, SITE) for text in row), is_sum=label == "Cộng")
        for label, row in _BY_FIELD.items()
    ),
    readings=("Hồ sơ rút không tính vào mẫu số.",),
    place="An Mẫu",
    dated=date(2026, 11, 16),
    preparer=Signer(("NGƯỜI LẬP BIỂU",), "Lê Thị Ví Dụ"),
    leader=Signer(("THỦ TRƯỞNG ĐƠN VỊ",), "Vũ Đình Mẫu"),
    counted_at=at("2026-11-14", "17:00"),
    page=f"{SITE}/mot-cua/bao-cao/bieu/online",
)

TICKET = QueueTicket(
    superior="UBND XÃ AN MẪU",
    unit="TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG",
    number="B042",
    service="Hộ tịch, chứng thực",
    counters="Quầy 2 hoặc quầy 3",
    issued_at=at("2026-11-20", "09:02"),
    follow=Lookup(f"{SITE}/stt", "B042-261120"),
    people_before=6,
    wait_minutes=18,
    priority="người cao tuổi",
)
SEPARATORS = SeparatorSheets(
    CODE,
    (
        Separator(1, "Tờ khai cấp Giấy xác nhận tình trạng hôn nhân", "Bản chính", 2),
        Separator(2, "Bản án ly hôn đã có hiệu lực", "Bản sao", 6),
    ),
)
CERTIFICATION = CopyCertification(
    "4187",
    "03/2026",
    date(2026, 11, 20),
    Signer(("TUQ. CHỦ TỊCH", "CÔNG CHỨC TƯ PHÁP - HỘ TỊCH"), "Đỗ Văn Nháp"),
    "Chứng thực bản sao đúng với bản chính",
)
ATTESTATIONS = Attestations(
    (
        CERTIFICATION,
        SignatureCertification(
            "12",
            "01/2026",
            date(2026, 11, 20),
            Signer(("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Lý Ngọc Phỏng"),
            "Ngày 20 tháng 11 năm 2026. Tại UBND xã An Mẫu. Tôi Lý Ngọc Phỏng, Phó chủ tịch, chứng thực: ông (bà) "
            "Trần Văn Thử, giấy tờ tùy thân số 001099000001, đã ký vào giấy tờ, văn bản này trước mặt tôi.",
        ),
    ),
    (2, 1),
)
BOOK = PrintedBook(
    Letterhead("", "UBND xã An Mẫu", "", "Xã An Mẫu", date(2026, 11, 20)),
    "Sổ chứng thực bản sao từ bản chính",
    "SCT/BS",
    date(2026, 11, 20),
    date(2026, 11, 20),
    tuple(
        BookLine(
            4100 + n, date(2026, 11, 20), "Trần Văn Thử", "Bằng tốt nghiệp THPT", "Lý Ngọc Phỏng",
            "KT. CHỦ TỊCH – PHÓ CHỦ TỊCH", 10, 1, 20_000, "Hủy: In nhầm trang" if n == 3 else "", n == 3,
        )
        for n in range(30)
    ),
    at("2026-11-20", "16:45"),
)  # fmt: skip

A4_FORMS: dict[str, object] = {
    "mau-04": APOLOGY,
    "mau-06": CONTROL_SLIP,
    "mau-07": register(40),
    "ket-qua-xac-nhan": CONFIRMATION,
    "ket-qua-quyet-dinh": DECISION,
    "to-khai-dien-tu": ONLINE_REQUEST,
    "bieu-06a": REPORT_06A,
    "bieu-khac": TABLE,
    "phieu-ban-giao": HANDOVER_LIST,
    "phieu-ghi-tay": OutageLog(WIDE_HEAD, hotline=HOTLINE),
    "bang-ke-thu-tien": CASH_SHEET,
    "tiep-nhan-danh-sach": GROUP_SLIP,
    "the-xep-hang": TICKET,
    "phan-cach-quet": SEPARATORS,
    "loi-chung": CERTIFICATION,
    "loi-chung-luot": ATTESTATIONS,
    "so-chung-thuc": BOOK,
}
