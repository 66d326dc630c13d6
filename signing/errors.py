"""Named refusals of the signing house (lỗi ký số), told in Vietnamese: what, where, how to mend it.

The shape is that of ``workflows.errors.RuleBroken`` (``code``, ``sentence``, ``facts``, ``where``) so that a door
shows either kind in the same way; the two packages do not know each other.
"""

from __future__ import annotations


class SigningError(Exception):
    """Something that signing refuses, with its reason; nothing was half-signed."""

    code = "signing_failed"
    sentence = "Không ký được tệp: {detail}. Chưa có gì bị thay đổi; hãy thử lại."

    def __init__(self, where: str | None = None, /, **facts: object) -> None:
        self.where = where
        self.facts: dict[str, object] = facts
        super().__init__(self.sentence.format(**facts))


class UnreadablePdf(SigningError):
    code = "pdf_unreadable"
    sentence = "Tệp không phải PDF đọc được ({detail}). Hãy mở lại tệp gốc, xuất PDF rồi trình lại."


class LockedPdf(SigningError):
    code = "pdf_locked"
    sentence = "Tệp PDF có mật khẩu nên không ký được. Hãy bỏ mật khẩu rồi trình lại."


class UnreadableKeyFile(SigningError):
    code = "key_file_unreadable"
    sentence = "Tệp khóa không đúng dạng PKCS#12 (.p12, .pfx). Hãy chọn đúng tệp do nơi cấp chứng thư giao."


class WrongPin(SigningError):
    code = "pin_wrong"
    sentence = "Mã PIN chưa đúng. {tries}"

    def __init__(self, where: str | None = None, /, *, tries: str = "Hãy nhập lại.") -> None:
        super().__init__(where, tries=tries)


class PinLocked(SigningError):
    code = "pin_locked"
    sentence = "Thiết bị ký đã khóa vì nhập sai PIN nhiều lần. Hãy nhờ nơi cấp chứng thư mở khóa."


class TokenAbsent(SigningError):
    code = "token_absent"
    sentence = "Không thấy thiết bị ký ({detail}). Hãy cắm lại thiết bị rồi ký tiếp các văn bản còn lại."


class CertificateExpired(SigningError):
    code = "certificate_expired"
    sentence = "Chứng thư của {holder} đã hết hạn từ {moment}. Hãy gia hạn chứng thư rồi ký lại."


class CertificateNotYetValid(SigningError):
    code = "certificate_not_yet_valid"
    sentence = "Chứng thư của {holder} có hiệu lực từ {moment}. Hãy kiểm tra giờ máy hoặc chờ đến lúc đó."


class CertificateCannotSign(SigningError):
    code = "certificate_cannot_sign"
    sentence = "Chứng thư của {holder} không được cấp để ký số. Hãy chọn chứng thư ký."


class WrongHolder(SigningError):
    code = "certificate_of_another"
    sentence = "Chứng thư mang tên {holder}, không phải {expected}. Hãy dùng đúng chứng thư của người ký."


class KeyDoesNotMatch(SigningError):
    code = "key_does_not_match"
    sentence = "Chữ ký trả về không khớp với chứng thư của {holder}. Chữ ký bị bỏ; hãy ký lại."


class TimestampUnavailable(SigningError):
    code = "timestamp_unavailable"
    sentence = "Không lấy được dấu thời gian: {tried}. Có thể ký mức B-B và bổ sung dấu thời gian sau."


class TimestampNotConfigured(SigningError):
    code = "timestamp_not_configured"
    sentence = "Mức {level} cần dịch vụ dấu thời gian nhưng chưa khai báo. Hãy khai báo hoặc ký mức B-B."


class EvidenceIncomplete(SigningError):
    code = "evidence_incomplete"
    sentence = "Mức {level} cần đủ chứng thư gốc và trạng thái thu hồi, nhưng còn thiếu ({detail})."


class FileChanged(SigningError):
    code = "file_changed"
    sentence = "Tệp đã khác với tệp được xác nhận ký (SHA-256 {expected}). Hãy đọc lại rồi xác nhận lại."


class PlaceOutsidePage(SigningError):
    code = "place_not_found"
    sentence = "Tệp không có ô ký “{place}”. Hãy kiểm tra mẫu văn bản hoặc chọn vị trí ký khác."
