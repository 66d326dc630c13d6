"""Invented data for every slip: the commune An Mẫu, its people and its numbers do not exist."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.domain.documents import (
    Authorisation,
    Letterhead,
    ListedPaper,
    Lookup,
    Party,
    Receipt,
    ReceiptPair,
    ReceiptSheets,
    Reference,
    Refusal,
    StopGround,
    StopNotice,
    SupplementRequest,
    Wanted,
)

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
DESK = "Trung tâm Phục vụ hành chính công xã An Mẫu"
HOTLINE = "0210 000 0123"
SITE = "https://motcua.example.vn"
CODE = "H44.105-261120-0123"


def at(day: str, clock: str) -> datetime:
    """`at("2026-11-20", "09:15")`: a Vietnamese clock time."""
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=HANOI)


def head(number: str, *, day: date = date(2026, 11, 20)) -> Letterhead:
    """The centre's letterhead."""
    return Letterhead("UBND xã An Mẫu", "Trung tâm Phục vụ hành chính công", number, "An Mẫu", day)


APPLICANT = Party(
    "Trần Văn Thử", "099099000123", "Thôn Mẫu Đông, xã An Mẫu, tỉnh Phú Thọ", "0900 000 123", "a@example.com"
)
AUTHORISED = Authorisation(
    Party("Nguyễn Thị Mẫu", "099199000456", "Thôn Mẫu Tây, xã An Mẫu, tỉnh Phú Thọ", "0900 000 456"),
    paper="Giấy ủy quyền ngày 19/11/2026",
)

RECEIPT = Receipt(
    head=head("0123/TTPVHCC"),
    desk=DESK,
    applicant=APPLICANT,
    authorised=AUTHORISED,
    procedure="Cấp Giấy xác nhận tình trạng hôn nhân",
    papers=(
        ListedPaper("Tờ khai cấp Giấy xác nhận tình trạng hôn nhân", "01 bản chính"),
        ListedPaper("Bản án ly hôn đã có hiệu lực", "01 bản sao"),
        ListedPaper("Giấy ủy quyền", "01 bản chính"),
    ),
    limit="03 ngày làm việc",
    received_at=at("2026-11-20", "09:15"),
    promised_at=at("2026-11-26", "16:30"),
    why="03 ngày làm việc tính từ 23/11; trừ ngày nghỉ 24/11 (Ngày Văn hóa Việt Nam).",
    return_place="Quầy trả kết quả của Trung tâm",
    book="02-HT/2026",
    book_entry="0123",
    tracking=Lookup(f"{SITE}/tra-cuu", CODE, "7KQM4TXR"),
    submitter="Nguyễn Thị Mẫu",
    receiver="Lê Thị Ví Dụ",
    hotline=HOTLINE,
)

SUPPLEMENT_REQUEST = SupplementRequest(
    head=head("0017/PBS-TTPVHCC"),
    reference=Reference.dossier("H44.105-261120-0131"),
    applicant=Party(
        "H’Hen Thử", "", "Số 12, đường Ví Dụ, xã An Mẫu, tỉnh Phú Thọ", "0900 000 131", "hhenthu@example.com"
    ),
    procedure="Đăng ký thành lập hộ kinh doanh",
    procedure_code="1.001612",
    wanted=(
        Wanted(
            "Giấy đề nghị đăng ký hộ kinh doanh",
            "ghi thêm mã ngành của nghề “sửa chữa xe đạp, xe máy”; ký lại ở trang 2.",
        ),
        Wanted("Biên bản họp thành viên hộ gia đình", "nộp 01 bản chính, đủ chữ ký của hai thành viên."),
        Wanted("Văn bản ủy quyền", "nộp 01 bản chính hoặc bản sao có chứng thực."),
        Wanted("Giấy tờ về địa điểm kinh doanh", "không phải nộp thêm; dữ liệu đã có."),
    ),
    reason="hồ sơ do các thành viên hộ gia đình đăng ký nhưng chưa có biên bản họp và văn bản ủy quyền.",
    guide="Lê Thị Ví Dụ",
    guide_phone=HOTLINE,
    answer_page=Lookup(f"{SITE}/tra-cuu", "H44.105-261120-0131", "9DFX2MRP"),
    deadline=at("2026-12-14", "17:00"),
    consequence="Quá thời gian này hồ sơ đóng lại; khi hồ sơ đủ, thời hạn giải quyết tính lại từ đầu.",
    note="Bổ sung tại quầy: mang theo phiếu này. Việc bổ sung không thu thêm phí, lệ phí.",
)

REFUSAL = Refusal(
    head=head("0004/PTC-TTPVHCC"),
    desk=DESK,
    applicant=Party("Y Blok Mẫu", "099099000789", "Thôn Mẫu Nam, xã An Mẫu, tỉnh Phú Thọ", "0900 000 789"),
    procedure="Chứng thực bản sao từ bản chính giấy tờ, văn bản",
    reasons=(
        "Bản chính “Hợp đồng thuê nhà ngày 02/10/2026” bị tẩy xóa ở mục giá thuê, các bên không xác nhận.",
        "Bản chính như vậy không được dùng làm cơ sở để chứng thực bản sao.",
    ),
    advice="Ông (Bà) có thể nộp lại khi có bản chính không bị sửa chữa, hoặc lập phụ lục. "
    "Giấy tờ đã nộp được trả lại đủ cùng phiếu này.",
    reference=Reference.filing("N7F3-9184QD"),
    submitter="Y Blok Mẫu",
    receiver="Lê Thị Ví Dụ",
    check=Lookup(f"{SITE}/xac-minh", "PTC-0004-2026", "K4ZQ8T2W"),
    hotline=HOTLINE,
)

STOP_NOTICE = StopNotice(
    head=head("0002/TBD-TTPVHCC"),
    desk=DESK,
    code="H44.105-261118-0077",
    applicant=Party(
        "Hoàng Văn Tạm",
        "099099000654",
        "Thôn Mẫu Bắc, xã An Mẫu, tỉnh Phú Thọ",
        "0900 000 654",
        "hoangvantam@example.com",
    ),
    procedure="Thay đổi nội dung đăng ký hộ kinh doanh",
    ground=StopGround.WITHDRAWN,
    received_at=at("2026-11-18", "10:05"),
    requested_at=at("2026-11-20", "08:40"),
    requested_where="tại quầy",
    stopped_at=at("2026-11-20", "08:52"),
    reason="chưa thống nhất được tên hộ kinh doanh mới.",
    returned_papers="01 Thông báo thay đổi, 01 bản sao giấy chứng nhận đăng ký.",
    fees="chưa thu.",
    submitter="Hoàng Văn Tạm",
    receiver="Lê Thị Ví Dụ",
    check=Lookup(f"{SITE}/xac-minh", "TBD-0002-2026", "W7RM3HXD"),
    hotline=HOTLINE,
)

SLIPS: dict[str, object] = {
    "mau-01": RECEIPT,
    "mau-01-hai-lien": ReceiptPair(RECEIPT),
    "mau-01-hai-to": ReceiptSheets(RECEIPT),
    "mau-02": SUPPLEMENT_REQUEST,
    "mau-03": REFUSAL,
    "mau-05": STOP_NOTICE,
}
