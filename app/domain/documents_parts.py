"""Parts that many printed forms share: letterhead, persons, codes to look up, signers.

Plain values: they carry exactly what paper shows, already decided; templates only arrange them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_SECRET_GROUP = 4
_HEAD_LINE = 23
"""Capitals that fit on one line of the left half of an A5 head."""

_PLACE_WORDS = (" TỈNH ", " THÀNH PHỐ ", " XÃ ", " PHƯỜNG ", " ĐẶC KHU ")


class Edition(StrEnum):
    """Whether the document is real or comes from a demo home, whose signatures prove nothing."""

    OFFICIAL = "official"
    TEST = "test"


class Copy(StrEnum):
    """Which copy of Mẫu 01 this is (liên)."""

    KEPT = "kept"
    APPLICANT = "applicant"
    ELECTRONIC = "electronic"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Head of a form: superior body, issuing unit, number, place and day.

    An empty `number` prints dots to be filled by hand; `dated=None` does the same for the day.
    """

    superior: str
    unit: str
    number: str
    place: str
    dated: date | None

    @property
    def superior_lines(self) -> tuple[str, ...]:
        """The superior body in capitals, cut where a person would cut it."""
        return name_lines(self.superior)

    @property
    def unit_lines(self) -> tuple[str, ...]:
        """The issuing unit in capitals, cut where a person would cut it."""
        return name_lines(self.unit)


@dataclass(frozen=True, slots=True)
class Party:
    """Applicant, subject or authorised person as the form shows them. Empty text means "none"."""

    name: str
    identity_number: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Authorisation:
    """The authorised person (người được ủy quyền) and the paper that says so."""

    person: Party
    paper: str


@dataclass(frozen=True, slots=True)
class Lookup:
    """A page to look something up, its key and the secret that opens the details.

    The secret stands after `#`: browsers never send that part, so no server log keeps it.
    """

    page: str
    key: str
    secret: str = ""

    @property
    def url(self) -> str:
        """What the QR says: `https://…/tra-cuu/H44.105-261120-0123#7KQM4TXR`."""
        return f"{self.page}/{self.key}" + (f"#{self.secret}" if self.secret else "")

    @property
    def shown_page(self) -> str:
        """The page as people type it, without its scheme."""
        return self.page.split("://", 1)[-1]

    @property
    def shown_secret(self) -> str:
        """`7KQM-4TXR`: groups of four are copied with fewer slips."""
        starts = range(0, len(self.secret), _SECRET_GROUP)
        return "-".join(self.secret[start : start + _SECRET_GROUP] for start in starts)


@dataclass(frozen=True, slots=True)
class Reference:
    """The number a form is filed under: dossier code after reception, filing number before it."""

    label: str
    value: str

    @classmethod
    def dossier(cls, code: str) -> Reference:
        """A dossier code (mã hồ sơ)."""
        return cls("Mã hồ sơ", code)

    @classmethod
    def filing(cls, number: str) -> Reference:
        """A filing number (số nộp), given before reception; it becomes no dossier code by itself."""
        return cls("Số nộp", number)


def name_lines(name: str) -> tuple[str, ...]:
    """A body's name in capitals on one or two lines; a line break that the name brings is kept.

    A long name is cut before its place ("ỦY BAN NHÂN DÂN / XÃ AN MẪU"), else at the space nearest the middle.
    """
    text = name.upper().strip()
    if "\n" in text or len(text) <= _HEAD_LINE or " " not in text:
        return tuple(line.strip() for line in text.splitlines())
    cut = next((text.index(word) for word in _PLACE_WORDS if word in text), None)
    if cut is None or len(text) - cut > _HEAD_LINE + 1:
        cut = min((at for at, sign in enumerate(text) if sign == " "), key=lambda at: abs(at - len(text) / 2))
    return text[:cut], text[cut + 1 :]


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: authority lines (`KT. CHỦ TỊCH`, `PHÓ CHỦ TỊCH`) and the full name."""

    titles: tuple[str, ...]
    name: str
