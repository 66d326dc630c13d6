"""Numbers that name a dossier (mã hồ sơ, số đơn nộp, mã tra cứu).

Source: TT 03/2025/TT-VPCP art. 13 as amended by TT 04/2025/TT-VPCP art. 23; the 2018 form is
TT 01/2018/TT-VPCP art. 19. Which agency stands in the code and the width of the counter are dated data
(`CodeFormat`), because a replacing circular is expected (NĐ 309/2026 art. 10).
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import date

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0 O 1 I: read aloud and typed from paper
_LOOKALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})
_CODE = re.compile(r"^[A-Z]\d{2}(\.\d{1,3}){0,6}-\d{6}-\d{4,}$")
_CODE_2018 = re.compile(r"^\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}-\d{6}-\d{4,}$")
_DASHES = re.compile(r"[‐-―−–—_ ]+")
_MOST_OF_A_DAY = 9_999


class CounterExhausted(ValueError):
    """The four-digit counter of a day is used up; it never wraps."""


@dataclass(frozen=True, slots=True)
class CodeFormat:
    """How dossier codes are built from a date on. `agency` is "settling" (2025) or "receiving" (2018)."""

    agency: str = "settling"
    width: int = 4
    effective_from: date = date(2025, 9, 15)

    def code(self, agency_code: str, day: date, ordinal: int) -> str:
        """Return e.g. "H44.105-261120-0041". Raises CounterExhausted past 9,999 in one day."""
        if self.width == 4 and ordinal > _MOST_OF_A_DAY:
            raise CounterExhausted(agency_code)
        return f"{agency_code}-{day:%y%m%d}-{ordinal:0{self.width}d}"


FORMATS = (
    CodeFormat("receiving", 4, date(2018, 11, 1)),
    CodeFormat("settling", 4, date(2025, 9, 15)),
)


def code_format(day: date) -> CodeFormat:
    """Return the format in force on `day` (Vietnam date)."""
    return [known for known in FORMATS if known.effective_from <= day][-1]


def is_dossier_code(text: str) -> bool:
    """Tell whether `text` has the shape of a dossier code, today's or the one of 2018."""
    return bool(_CODE.match(text) or _CODE_2018.match(text))


def new_filing_number() -> str:
    """Return a random filing number such as "N7K3-9184": not gapless, tells nothing about volumes."""
    return f"N{_random(3)}-{secrets.randbelow(10_000):04d}{_random(2)}"


def inward_filing_number(row: int, token: str) -> str:
    """Return the filing number for a dossier of another system: nobody types it, millions come at once.

    It begins with the row of the file, so that numbers of one batch lie together in their index; `token` (random
    hex, drawn once for the file) tells files apart.
    """
    return f"N{row:08d}-{token[:10].upper()}"


def inward_uid(row: int, token: str, ordinal: int = 0) -> str:
    """Return the token of a table row (hex) that comes with a row of a file, in their order too.

    `token` as above, 22 digits of it: what is sealed under it is bound to its place, not hidden by it.
    """
    return f"{row:08x}{token}{ordinal:02x}"


def inward_token() -> str:
    """Return what tells the rows of one file from those of all others: 88 random bits."""
    return secrets.token_hex(11)


def new_secret() -> str:
    """Return a look-up secret of eight characters (40 bits), printed as "7KQM-4TXR"."""
    return _random(8)


def printed_secret(secret: str) -> str:
    """Return the secret as it stands on paper, in two groups of four."""
    return f"{secret[:4]}-{secret[4:]}"


def check_code(keyed_digest: str) -> str:
    """Return the eight-character check code of a result from its keyed digest (hex).

    Strangers see it on paper, so it is not the look-up secret: it opens the verification page and nothing else.
    """
    number = int(keyed_digest[:16], 16)
    letters = []
    for _ in range(8):
        number, place = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[place])
    return "".join(letters)


def normal_number(text: str) -> str:
    """Return a code or filing number as stored, however it was typed.

    Full-width digits, lower case, odd dashes and spaces are mended; a lost dash of a dossier code is
    put back (H44.105261120 0041 → H44.105-261120-0041).
    """
    plain = _DASHES.sub("-", unicodedata.normalize("NFKC", text).strip().upper())
    if "-" not in plain and (lost := re.match(r"^([A-Z]\d{2}(?:\.\d{1,3})*?)(\d{6})(\d{4,})$", plain)):
        return "-".join(lost.groups())
    mended = plain[:1] + plain[1:].translate(_LOOKALIKE)
    return mended if is_dossier_code(mended) else plain


def normal_secret(text: str) -> str:
    """Return a look-up secret as stored: upper case, without dashes or spaces."""
    return re.sub(r"[^A-Z0-9]", "", unicodedata.normalize("NFKC", text).upper())


def _random(length: int) -> str:
    # 256 is a multiple of 32: every letter is as likely, and one draw serves for all of them
    return "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in secrets.token_bytes(length))
