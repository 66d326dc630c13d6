"""The words of an attestation (lời chứng): text that an authority sets by date, with blanks that the desk fills.

The law prescribes the words by circular and changes them; what stands here are only the names of the blanks. A text
with a blank that nobody fills is refused when it is written, not when it is printed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.domain import checks
from workflows.errors import N_, RuleBroken

LONGEST = 2_000
# What a blank stands for, with the example that the page of the words shows.
BLANKS: Mapping[str, str] = {
    "ngày": "Ngày 23 tháng 11 năm 2026",
    "nơi": "Trung tâm Phục vụ hành chính công xã Sông Hồng",
    "người ký": "Nguyễn Thị Lành",
    "chức danh": "Phó Chủ tịch",
    "người yêu cầu": "Vi Thị Hợi",
    "giấy tờ tùy thân": ", giấy tờ tùy thân số 001300000012",
    "tên giấy tờ": "Giấy ủy quyền",
}
_BLANK = re.compile(r"\{([^{}]*)\}")


class BlankUnknown(RuleBroken):
    """A blank of the text that nothing fills."""

    code = "blank_unknown"
    sentence = N_("Không có ô điền “{given}”. Chỉ dùng các ô: {known}.")


def checked(text: str) -> str:
    """Return the words cleaned. Raises Missing, TooLong, BlankUnknown."""
    text = checks.paragraph(text, what="lời chứng", where="text", longest=LONGEST)
    for name in _BLANK.findall(text):
        if name not in BLANKS:
            raise BlankUnknown(where="text", given=f"{{{name}}}", known=", ".join(f"{{{known}}}" for known in BLANKS))
    return text


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return the words with their blanks filled; one without a value stays empty."""
    return _BLANK.sub(lambda found: values.get(found.group(1), ""), text)
