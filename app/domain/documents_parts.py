"""Parts that many printed forms share: letterhead, persons, codes to look up, signers.

Plain values: they carry exactly what paper shows, already decided; templates only arrange them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_SECRET_GROUP = 4


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
    """Head of a form: superior body, issuing unit, number, place and day. A line break in `unit` is kept.

    An empty `number` prints dots to be filled by hand; `dated=None` does the same for the day.
    """

    superior: str
    unit: str
    number: str
    place: str
    dated: date | None


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
        """A filing number (mã nộp), given before reception; it becomes no dossier code by itself."""
        return cls("Mã nộp hồ sơ", number)


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: authority lines (`KT. CHỦ TỊCH`, `PHÓ CHỦ TỊCH`) and the full name."""

    titles: tuple[str, ...]
    name: str
