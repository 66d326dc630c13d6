"""What a verification answers (kết luận kiểm tra chữ ký), in the three values of EN 319 102-1."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from signing.words import N_


class Verdict(StrEnum):
    """TOTAL-PASSED proves; TOTAL-FAILED disproves; INDETERMINATE lacks something to do either."""

    PASSED = "TOTAL-PASSED"
    FAILED = "TOTAL-FAILED"
    INDETERMINATE = "INDETERMINATE"


class RevocationState(StrEnum):
    """What is known of the signer's certificate: `good` needs data that says so; `unchecked` never got that far."""

    GOOD = "good"
    REVOKED = "revoked"
    UNKNOWN = "unknown"
    UNCHECKED = "unchecked"


class Change(StrEnum):
    """What a later revision of the file brought; all but `content` are legitimate."""

    SIGNATURE = "signature"
    TIMESTAMP = "timestamp"
    EVIDENCE = "evidence"
    CONTENT = "content"


_FROM_WORST = (Verdict.FAILED, Verdict.INDETERMINATE, Verdict.PASSED)


@dataclass(frozen=True, slots=True)
class SignatureVerdict:
    """One signature. Times are aware; `signed_at` is the signer's claim, `timestamp` an authority's proof.

    It speaks for `revision` of the file's `revisions` (counted from 1; 0 when that cannot be told); `changes` is
    what came after. `chain` names the certificates from the signer's to the trusted root, empty without a path.
    """

    signer: str
    signed_at: datetime | None
    timestamp: datetime | None
    covers_whole_file: bool
    modified_after: bool
    verdict: Verdict
    sub_indication: str | None
    reason: str
    field_name: str = ""
    test_certificate: bool = False
    revision: int = 0
    revisions: int = 0
    changes: tuple[Change, ...] = ()
    chain: tuple[str, ...] = ()
    revocation: RevocationState = RevocationState.UNCHECKED
    certificate_sha256: str = ""

    @classmethod
    def unread(cls, *, field_name: str) -> SignatureVerdict:
        """Return the verdict on a signature that cannot be read: failed, for its format."""
        return cls(
            signer=UNKNOWN_SIGNER,
            signed_at=None,
            timestamp=None,
            covers_whole_file=False,
            modified_after=False,
            verdict=Verdict.FAILED,
            sub_indication="FORMAT_FAILURE",
            reason=MALFORMED,
            field_name=field_name,
        )


@dataclass(frozen=True, slots=True)
class FileVerdict:
    """The whole file: as bad as its worst signature, and why."""

    verdict: Verdict
    reason: str
    signatures: tuple[SignatureVerdict, ...] = ()


def worst(signatures: Iterable[SignatureVerdict]) -> FileVerdict:
    """Return the file's verdict over its signatures, given in file order."""
    listed = tuple(signatures)
    if not listed:
        return FileVerdict(Verdict.INDETERMINATE, NO_SIGNATURE)
    lowest = min(listed, key=lambda s: _FROM_WORST.index(s.verdict))
    if lowest.verdict is Verdict.PASSED:
        reason = ALL_PASSED.format(count=len(listed)) if len(listed) > 1 else ONE_PASSED
        return FileVerdict(Verdict.PASSED, reason, listed)
    return FileVerdict(lowest.verdict, f"{lowest.signer}: {lowest.reason}", listed)


UNKNOWN_SIGNER = N_("không đọc được")
NO_SIGNATURE = N_("Tệp không có chữ ký số nào nên không có gì để kiểm tra.")
ONE_PASSED = N_("Chữ ký trong tệp hợp lệ và nội dung còn nguyên vẹn.")
ALL_PASSED = N_("Cả {count} chữ ký trong tệp đều hợp lệ và nội dung còn nguyên vẹn.")
PASSED = N_("Chữ ký hợp lệ: nội dung còn nguyên vẹn, chứng thư tin cậy và còn hiệu lực khi ký.")
PASSED_SOFT = N_("Chữ ký hợp lệ; chưa kiểm tra được chứng thư có bị thu hồi hay không, và được bỏ qua theo lựa chọn.")
CHANGED_AFTER = N_("Tệp đã bị thay đổi sau khi ký bằng cách không do chữ ký hợp lệ nào tạo ra.")
BROKEN_RANGE = N_("Vùng được ký không phủ kín phần tệp mà chữ ký nhận là của mình; tệp có dấu hiệu bị ghép.")
BROKEN_ARCHIVE = N_("Dấu thời gian lưu trữ không còn khớp với nội dung mà nó bảo vệ.")
STRAY_CONTENT = N_("Trong chữ ký có phần kèm theo bị hỏng hoặc không rõ nguồn gốc.")
TOO_HEAVY = N_("Tệp quá nặng hoặc có cấu trúc lặp, không kiểm tra trọn được trong giới hạn an toàn.")
MALFORMED = N_("Chữ ký không đúng cấu trúc nên không đọc được.")

REASONS: dict[str, str] = {
    "HASH_FAILURE": N_("Nội dung đã bị sửa sau khi ký: mã băm không còn khớp."),
    "SIG_CRYPTO_FAILURE": N_("Giá trị chữ ký không khớp với chứng thư của người ký."),
    "FORMAT_FAILURE": MALFORMED,
    "REVOKED": N_("Chứng thư đã bị thu hồi trước khi ký."),
    "REVOKED_NO_POE": N_("Chứng thư đã bị thu hồi và không có dấu thời gian chứng minh đã ký trước đó."),
    "REVOKED_CA_NO_POE": N_("Chứng thư của nơi cấp đã bị thu hồi và không có bằng chứng ký trước đó."),
    "EXPIRED": N_("Chứng thư đã hết hạn khi ký."),
    "NOT_YET_VALID": N_("Chứng thư chưa có hiệu lực khi ký."),
    "OUT_OF_BOUNDS_NO_POE": N_("Chứng thư không còn trong hạn và không có dấu thời gian chứng minh đã ký trong hạn."),
    "OUT_OF_BOUNDS_NOT_REVOKED": N_("Chứng thư đã hết hạn và không có dấu thời gian chứng minh đã ký trước đó."),
    "NO_CERTIFICATE_CHAIN_FOUND": N_("Chứng thư của người ký không dẫn về gốc nào trong danh sách tin cậy."),
    "CERTIFICATE_CHAIN_GENERAL_FAILURE": N_("Không lập được đường dẫn tin cậy cho chứng thư của người ký."),
    "NO_SIGNING_CERTIFICATE_FOUND": N_("Trong chữ ký không có chứng thư của người ký."),
    "CHAIN_CONSTRAINTS_FAILURE": N_("Chứng thư không được phép dùng để ký văn bản."),
    "SIG_CONSTRAINTS_FAILURE": N_("Chữ ký thiếu thông tin mà chuẩn bắt buộc phải có."),
    "CRYPTO_CONSTRAINTS_FAILURE": N_("Chữ ký dùng thuật toán không còn an toàn."),
    "CRYPTO_CONSTRAINTS_FAILURE_NO_POE": N_("Chữ ký dùng thuật toán không còn an toàn, không rõ ký từ bao giờ."),
    "TRY_LATER": N_("Chưa biết chứng thư có bị thu hồi hay không vì không có dữ liệu thu hồi."),
    "REVOCATION_OUT_OF_BOUNDS_NO_POE": N_("Dữ liệu thu hồi không còn dùng được cho thời điểm này."),
    "TIMESTAMP_ORDER_FAILURE": N_("Thứ tự các dấu thời gian mâu thuẫn với nhau."),
    "NO_POE": N_("Chứng thư đã hết hạn và không có dấu thời gian lưu trữ (mức B-LTA) chứng minh nó còn tốt khi ký."),
    "GENERIC": N_("Không đủ thông tin để kết luận về chữ ký."),
}


def reason_for(sub_indication: str) -> str:
    """Return the Vietnamese sentence of a sub-indication."""
    return REASONS.get(sub_indication, REASONS["GENERIC"])
