"""The QR of a citizen card (mã QR thẻ CCCD, thẻ căn cước): both layouts, and the garbling of typing programs.

Layouts seen on cards, fields apart by "|":
  card of 2021:  number|old number|name|ddmmyyyy|sex|address|date of issue ddmmyyyy
  card of 2024 (Luật Căn cước 26/2023): the same seven, then further fields (father, mother, …) that are left out.
A wedge scanner types the text: with Telex or VNI on, the letters come out garbled (VNI leaves digits in the
name), and so it must be said.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from app.domain.vietnamese import clean, fold
from workflows.errors import RuleBroken

_TELEX_TRACE = re.compile(r"[A-Za-z]*(?:aa|ee|oo|dd|uw|ow|aw)[a-z]*[sfrxj]?\b", re.IGNORECASE)
_VIETNAMESE_MARK = re.compile(r"[À-ỹĐđ]")


class CardUnreadable(RuleBroken):
    """The scanned text is not that of a citizen card."""

    code = "card_unreadable"
    sentence = "Chưa đọc được mã QR trên thẻ. Vui lòng quét lại hoặc nhập bằng tay theo thẻ."


class CardGarbled(RuleBroken):
    """A Vietnamese typing program changed the scanned letters."""

    code = "card_garbled"
    sentence = (
        "Bộ gõ tiếng Việt (UniKey, Telex) đang bật nên chữ quét bị sai. Vui lòng tắt bộ gõ rồi quét lại thẻ."
    )


@dataclass(frozen=True, slots=True)
class CitizenCard:
    """What a citizen card says. `birth` is dd/mm/yyyy, `sex` "Nam" or "Nữ"."""

    number: str
    old_number: str
    name: str
    birth: str
    sex: str
    address: str
    issued: str


def read_card(scanned: str) -> CitizenCard:
    """Return the fields of a scanned card. Raises CardGarbled or CardUnreadable."""
    fields = [clean(field) for field in unicodedata.normalize("NFC", scanned.strip()).split("|")]
    if len(fields) < 7 or not re.fullmatch(r"\d{12}", fields[0]):
        raise CardGarbled() if _looks_garbled(scanned) else CardUnreadable()
    number, old, name, birth, sex, address, issued = fields[:7]
    if sex not in {"Nam", "Nữ"} or _looks_garbled(name) or any(sign.isdigit() for sign in name):
        raise CardGarbled(where="card")
    return CitizenCard(number, old, name, _date(birth), sex, address, _date(issued) if issued else "")


def contradicted(card: CitizenCard, *, number: str, name: str, birth: str) -> tuple[str, ...]:
    """Return which of "number", "name" and "birth" were given and are not this card's: somebody else's, or a mistake.

    A name without its marks, the old number that stands on the card, and a month or year of birth agree with it.
    """
    given = re.sub(r"[\s.\-]", "", number)
    agrees = {
        "number": given in {"", card.number, card.old_number},
        "name": fold(name) in {"", fold(card.name)},
        "birth": _same_birth(card.birth, clean(birth)),
    }
    return tuple(what for what, does in agrees.items() if not does)


def _same_birth(on_card: str, given: str) -> bool:
    """Tell whether a birth as somebody types it (5/9/1990, 09/1990, 1990) can be the card's."""
    if not all(part.isdigit() for part in given.split("/")):
        return not given
    parts = [int(part) for part in given.split("/")]
    return parts == [int(part) for part in on_card.split("/")][-len(parts) :]


def _looks_garbled(text: str) -> bool:
    """Telex leaves letters such as "Nguyeexn" and turns "Nữ" into other letters; a card has marks, not those."""
    return bool(_TELEX_TRACE.search(text)) and not _VIETNAMESE_MARK.search(text)


def _date(digits: str) -> str:
    try:
        return f"{date(int(digits[4:8]), int(digits[2:4]), int(digits[0:2])):%d/%m/%Y}"
    except ValueError as wrong:
        raise CardUnreadable(where="card") from wrong
