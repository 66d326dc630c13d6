"""Encodings of Vietnamese files (bảng mã chữ Việt): UTF-8 is read, older tables are recognised and refused.

TCVN3, VNI and Windows-1258 share bytes, so a file of one read as another gives letters that look almost
right. Converting silently would put wrong names into the register; hence the guess is only named.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Iterator

from app.domain.catalogue_rows import Fault, ImportRefused

_WORDS_OF_FILES = (
    "ấp bản bình cấp chính chỉ chứng chức của cơ cư công đã đăng đất đến địa điểm định đồng được đường "
    "giấy giáo hà hành hiện hộ hồ hóa không ký kết lý mã mẫu năm ngày người nghề nghiệp nhà nhận nhân nộp "
    "nông phường phát phí quản quận quốc quyền quyết sách sơ số sở sử tên tế thành thẩm thể thị thủ thông "
    "thôn thường tỉnh tính tổ tổng trách trí trình trưởng trú từ tục và văn vệ việc viên việt vụ xã xây "
    "xác ủy yên đơn đối nguyễn trần lê phạm hoàng "
)
_COMMON = frozenset(_WORDS_OF_FILES.split())
_LOOKED_AT = 20_000
_ENOUGH_MARKS = 10
_WORD = re.compile(r"[^\W\d_]+")


def decoded_lines(lines: Iterable[bytes], start: bytes) -> Iterator[str]:
    """Yield the lines of a UTF-8 file (with or without BOM) that begins with `start`, and is whole if shorter.

    Raises ImportRefused naming the line and, where it can be recognised, the older table the file is in.
    """
    _refuse_disguised(start)
    for number, line in enumerate(lines, start=1):
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            raise ImportRefused([Fault(number, "tệp", _sentence(guess(start[:_LOOKED_AT])))]) from None
        if "\r" in text[:-2]:  # ends of lines as old Macintosh programs write them
            yield from io.StringIO(text, newline="")
        else:
            yield text


def guess(data: bytes) -> str:
    """Return the name of the older table in which `data` reads as Vietnamese; "" when none does."""
    scores = {name: _vietnamese_words(read(data)) for name, read in _READERS.items()}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] else ""


def _refuse_disguised(data: bytes) -> None:
    """Refuse text typed in an old font and then saved as UTF-8: valid bytes, but "Thñ tôc" for "Thủ tục".

    Real Vietnamese soon shows a letter past U+00FF (đ, ă, ế, …); such a file never does.
    """
    start = data.decode("utf-8-sig", errors="ignore")[:_LOOKED_AT]  # may end within a letter
    marks = [letter for letter in start if ord(letter) > 0x7F]
    if len(marks) < _ENOUGH_MARKS or any(ord(letter) > 0xFF for letter in marks):
        return
    data = start.encode("latin-1")
    if (name := guess(data)) and _vietnamese_words(_READERS[name](data)) > 2 * _vietnamese_words(start):
        line = start[: start.index(marks[0])].count("\n") + 1
        raise ImportRefused([Fault(line, "tệp", _sentence(name))])


def _sentence(name: str) -> str:
    supposed = f" (đoán: {name})" if name else ""
    return f"Tệp không phải UTF-8{supposed}; mở tệp bằng phần mềm bảng tính và lưu lại dạng “CSV UTF-8”"


def _vietnamese_words(text: str) -> int:
    words = _WORD.findall(unicodedata.normalize("NFC", text).lower())
    return sum(1 for word in words if word in _COMMON and not word.isascii())


def _tcvn3(data: bytes) -> str:
    return data.decode("latin-1").translate(_TCVN3)


def _vni(data: bytes) -> str:
    return _VNI_PAIR.sub(_join_vni, data.decode("latin-1").lower()).translate(_VNI_LETTERS)


def _windows_1258(data: bytes) -> str:
    return data.decode("cp1258", errors="replace")


def _join_vni(pair: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", pair[1].translate(_VNI_LETTERS) + _VNI_MARKS[pair[2]])


_TCVN3_LETTERS = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB5: "àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộ",
    0xEA: "ờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}
_TCVN3 = {start + step: letter for start, run in _TCVN3_LETTERS.items() for step, letter in enumerate(run)}

_GRAVE, _ACUTE, _TILDE, _HOOK, _DOT = "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"
_ROOF, _BREVE = "\u0302", "\u0306"
_VNI_MARKS = {
    "ø": _GRAVE, "ù": _ACUTE, "õ": _TILDE, "û": _HOOK, "ï": _DOT, "â": _ROOF, "ê": _BREVE,
    "à": _ROOF + _GRAVE, "á": _ROOF + _ACUTE, "ã": _ROOF + _TILDE, "å": _ROOF + _HOOK, "ä": _ROOF + _DOT,
    "è": _BREVE + _GRAVE, "é": _BREVE + _ACUTE, "ü": _BREVE + _TILDE, "ú": _BREVE + _HOOK, "ë": _BREVE + _DOT,
}  # fmt: skip
_VNI_LETTERS = str.maketrans({"ñ": "đ", "ö": "ư", "ô": "ơ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"})
_VNI_PAIR = re.compile("([aeiouyôö])([" + "".join(_VNI_MARKS) + "])")

_READERS = {"TCVN3 (ABC)": _tcvn3, "VNI": _vni, "Windows-1258": _windows_1258}
