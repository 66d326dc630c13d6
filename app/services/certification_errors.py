"""Why certification was refused (lý do từ chối ở bàn chứng thực): facts for the log, a sentence with a way on."""

from __future__ import annotations

from workflows.errors import N_, RuleBroken


class NoTariff(RuleBroken):
    """No tariff is in force on the day: nobody guesses what to charge."""

    code = "no_tariff"
    sentence = N_("Chưa có mức phí chứng thực áp dụng cho ngày {day}. Vui lòng báo quản trị nạp biểu phí.")


class NoSigner(RuleBroken):
    """The signer is unknown, another agency's, or has no authority to certify."""

    code = "no_signer"
    sentence = N_(
        "Chưa có người ký chứng thực còn thẩm quyền lúc {at}. "
        "Vui lòng chọn người khác hoặc ghi quyết định ủy quyền ở trang “Người ký”."
    )


class AlreadyVoid(RuleBroken):
    """A number is voided once."""

    code = "already_void"
    status = 409
    sentence = N_("Số {number} đã hủy trước đó. Vui lòng xem lại sổ.")


class BookClosed(RuleBroken):
    """A closed volume is not written in any more."""

    code = "book_closed"
    status = 409
    sentence = N_("Quyển {book} đã khóa nên không sửa, không hủy được nữa. Vui lòng ghi chú ở quyển đang mở.")


class PaperNotFound(RuleBroken):
    """The row is not one of this dossier."""

    code = "not_found"
    status = 404
    sentence = N_("Không tìm thấy giấy tờ này trong sổ chứng thực. Vui lòng mở lại từ sổ.")


class NotCompared(RuleBroken):
    """An electronic copy is certified after somebody compared the scan with the original."""

    code = "not_compared"
    sentence = N_("Bản quét của “{title}” chưa có hoặc chưa được đối chiếu. Vui lòng đối chiếu với bản chính rồi ký.")
