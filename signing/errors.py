"""Refusals of the signing house (lỗi ký số): what is the case, where, and how to mend it, in Vietnamese.

The shape is that of `workflows.errors.RuleBroken` (`code`, `sentence`, `facts`, `where`), so a door shows
either kind in the same way; the two packages do not know each other.
"""

from __future__ import annotations

from typing import ClassVar


class SigningError(Exception):
    """Something that signing refuses. Nothing was half-signed: the file is as it was."""

    code: ClassVar[str] = "signing_failed"
    sentence: ClassVar[str] = "Chưa ký được tệp: {detail}. Tệp vẫn như cũ; vui lòng thử lại."
    key_gone: ClassVar[bool] = False
    """Whether nothing more can be signed before somebody sees to the key: a batch stops here."""

    def __init__(self, *, where: str | None = None, **facts: object) -> None:
        super().__init__(where, facts)
        self.where = where
        self.facts = facts

    def __str__(self) -> str:
        return self.sentence.format_map(self.facts)


class UnreadablePdf(SigningError):
    """The bytes are no PDF that can be read."""

    code = "pdf_unreadable"
    sentence = "Tệp không phải PDF đọc được ({detail}). Vui lòng xuất lại PDF từ tệp gốc rồi trình lại."


class LockedPdf(SigningError):
    """The PDF is encrypted."""

    code = "pdf_locked"
    sentence = "Tệp PDF có mật khẩu. Vui lòng bỏ mật khẩu rồi dùng lại tệp."


class UnreadableKeyFile(SigningError):
    """The bytes are no PKCS#12 file, or one without key or certificate."""

    code = "key_file_unreadable"
    sentence = "Tệp khóa không đúng dạng PKCS#12 (.p12, .pfx). Vui lòng chọn tệp do nơi cấp chứng thư giao."


class WrongPin(SigningError):
    """The PIN does not open the key; `tries` says what the token tells of the tries that are left."""

    code = "pin_wrong"
    sentence = "Mã PIN chưa đúng. {tries}"


class PinLocked(SigningError):
    """The token refuses every PIN."""

    code = "pin_locked"
    sentence = "Thiết bị ký đã khóa vì nhập sai PIN nhiều lần. Vui lòng nhờ nơi cấp chứng thư mở khóa."


class TokenAbsent(SigningError):
    """The token is not there, or was pulled out in the middle."""

    code = "token_absent"
    key_gone = True
    sentence = "Không thấy thiết bị ký ({detail}). Vui lòng cắm lại thiết bị rồi ký tiếp các văn bản còn lại."


class TokenBusy(SigningError):
    """Somebody is logged in to the token already: a PIN typed now would not even be looked at."""

    code = "token_busy"
    sentence = "Thiết bị ký đang ký việc khác nên mã PIN chưa được kiểm tra. Vui lòng đợi việc ấy xong rồi ký lại."


class RemoteRefused(SigningError):
    """The remote signing service is out of reach, answers garbage, or says no."""

    code = "remote_signing_refused"
    key_gone = True
    sentence = "Dịch vụ ký từ xa chưa ký ({detail}). Văn bản vẫn như cũ; vui lòng ký lại văn bản còn lại."


class CertificateExpired(SigningError):
    """Signing after the certificate's last day."""

    code = "certificate_expired"
    sentence = "Chứng thư của {holder} đã hết hạn từ {moment}. Vui lòng gia hạn chứng thư rồi ký lại."


class CertificateNotYetValid(SigningError):
    """Signing before the certificate's first day."""

    code = "certificate_not_yet_valid"
    sentence = "Chứng thư của {holder} chỉ có hiệu lực từ {moment}. Vui lòng kiểm tra lại giờ máy."


class CertificateRevoked(SigningError):
    """Signing with a certificate whose issuer has taken it back."""

    code = "certificate_revoked"
    sentence = "Chứng thư của {holder} đã bị thu hồi từ {moment} nên khóa không được dùng. Vui lòng dùng chứng thư mới."


class CertificateCannotSign(SigningError):
    """The certificate was issued for something else than signing, or with a key this house does not take."""

    code = "certificate_cannot_sign"
    sentence = "Chứng thư của {holder} không được cấp để ký số. Vui lòng chọn chứng thư ký."


class CertificateNotRegistered(SigningError):
    """The key that answered carries another certificate than the one registered for the signer."""

    code = "certificate_not_registered"
    sentence = "Khóa mang chứng thư của {holder} (số {serial}), khác chứng thư đã đăng ký. Vui lòng báo quản trị."


class WrongHolder(SigningError):
    """The certificate belongs to someone else."""

    code = "certificate_of_another"
    sentence = "Chứng thư mang tên {holder}, không phải {expected}. Vui lòng dùng chứng thư của người ký."


class KeyDoesNotMatch(SigningError):
    """A signature value that the certificate does not confirm, or a key file whose key is another's."""

    code = "key_does_not_match"
    sentence = "Khóa ký không khớp với chứng thư của {holder}. Chữ ký bị bỏ; vui lòng ký lại."


class TimestampUnavailable(SigningError):
    """No authority of the list gave a token that verifies."""

    code = "timestamp_unavailable"
    sentence = "Chưa lấy được dấu thời gian: {tried}. Có thể ký mức B-B và bổ sung dấu thời gian sau."


class TimestampNotConfigured(SigningError):
    """A level with time was asked for and there is no authority to ask."""

    code = "timestamp_not_configured"
    sentence = "Mức {level} cần dịch vụ dấu thời gian nhưng chưa khai báo. Vui lòng khai báo hoặc ký mức B-B."


class EvidenceIncomplete(SigningError):
    """Chain or revocation data for a long-term level is not at hand."""

    code = "evidence_incomplete"
    sentence = "Mức {level} cần chứng thư gốc tin cậy và dữ liệu thu hồi còn hạn; vui lòng bổ sung rồi ký lại."


class PlaceUnknown(SigningError):
    """The file has no box of that name to sign in."""

    code = "place_unknown"
    sentence = "Tệp không có ô ký “{place}”. Vui lòng kiểm tra mẫu văn bản."
