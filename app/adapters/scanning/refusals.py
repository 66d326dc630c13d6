"""Why a file cannot be scanned (lý do từ chối tệp): each names the file and the way on."""

from __future__ import annotations

from workflows.errors import RuleBroken


class NothingToScan(RuleBroken):
    """Every page was blank."""

    code = "all_blank"
    sentence = "Mọi trang đều trắng nên không có gì để số hóa. Hãy xem lại mặt giấy trong khay quét."


class FileNotScannable(RuleBroken):
    """The content is neither a picture nor a PDF, whatever its ending says."""

    code = "file_kind"
    sentence = "Tệp “{name}” là tệp {kind}, không phải ảnh hoặc PDF. Hãy quét hay chụp lại giấy rồi gửi tệp đó."


class FileTwoFaced(RuleBroken):
    """A file that is two kinds at once (polyglot)."""

    code = "file_two_kinds"
    sentence = "Tệp “{name}” vừa là {kind} vừa chứa {other}. Tệp như vậy không được nhận; hãy quét lại giấy gốc."


class FileLocked(RuleBroken):
    """A PDF that asks for a password."""

    code = "file_locked"
    sentence = "Tệp “{name}” có mật khẩu. Hãy lưu bản không đặt mật khẩu rồi gửi lại."


class FileBroken(RuleBroken):
    """Cut short or damaged."""

    code = "file_broken"
    sentence = "Tệp “{name}” bị hỏng hoặc chưa trọn. Hãy mở thử trên máy rồi quét hoặc sao chép lại."


class FileTooBig(RuleBroken):
    """More pages, pixels or bytes than one file may have."""

    code = "file_too_big"
    sentence = "Tệp “{name}” vượt giới hạn {limit}. Hãy tách nhỏ hoặc quét ở 300 dpi."


class FileTooHard(RuleBroken):
    """Opening it took more time or memory than one file may take."""

    code = "file_too_hard"
    sentence = "Tệp “{name}” cần quá nhiều thời gian hoặc bộ nhớ để mở nên đã dừng. Hãy quét lại giấy gốc."


REFUSALS: dict[str, type[RuleBroken]] = {
    kind.code: kind for kind in (FileNotScannable, FileTwoFaced, FileLocked, FileBroken, FileTooBig, FileTooHard)
}
