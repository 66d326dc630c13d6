"""The cast of the demo (người đóng vai): who of each authority does which step, and their papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from io import BytesIO
from random import Random

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from app.domain.people import Role, Staff
from app.queries.accounts import staff_by_login
from app.services.values import NewFile
from app.wiring import House

_DIVISION = {
    "Tư pháp": "officer",
    "Kinh tế": "officer.kinhte",
    "Văn hóa – Xã hội": "officer.vanhoa",
    "Công an": "officer.congan",
    "Đất đai": "officer.so",
    "Môi trường": "officer.moitruong",
    "Nông nghiệp": "officer.nongnghiep",
    "Kiểm lâm": "officer.kiemlam",
}
_OF_AUTHORITY = {
    "H99.105": {Role.CLERK: ("clerk", "clerk2"), Role.LEADER: ("leader",), Role.RECORDS: ("records",)},
    "H99.12": {Role.CLERK: ("clerk.so",), Role.LEADER: ("leader.so",), Role.RECORDS: ("records.so",)},
}


@dataclass(frozen=True, slots=True)
class Cast:
    """Staff by login."""

    staff: dict[str, Staff]
    dice: Random

    def clerk(self, authority: str) -> Staff:
        """Return one of the clerks of an authority."""
        return self.staff[self.dice.choice(_OF_AUTHORITY[authority][Role.CLERK])]

    def clerks(self) -> tuple[Staff, ...]:
        """Return the clerks of every authority."""
        return tuple(self.staff[login] for roles in _OF_AUTHORITY.values() for login in roles[Role.CLERK])

    def of(self, authority: str, role: Role, division: str = "") -> Staff:
        """Return who does a step of this role."""
        if role is Role.OFFICER:
            return self.staff[_DIVISION[division]]
        return self.staff[_OF_AUTHORITY[authority][role][0]]


def cast_of(house: House, dice: Random, at: datetime) -> Cast:
    """Return the demo's staff as the house knows them."""
    logins = {login for roles in _OF_AUTHORITY.values() for names in roles.values() for login in names}
    with house.reading() as session:
        found = {login: staff_by_login(session, login, at) for login in sorted(logins | set(_DIVISION.values()))}
    return Cast({login: staff for login, staff in found.items() if staff}, dice)


def scan(house: House, name: str, number: int) -> NewFile:
    """Return a kept one-page paper, each a little different, as a scanner would make it."""
    return NewFile(house.files.put(_paper(name, number)), "application/pdf", 1, f"{name}.pdf", origin="scanned")


@cache
def _lines() -> tuple[float, ...]:
    return tuple(700 - 22 * line for line in range(18))


def _paper(name: str, number: int) -> bytes:
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, pageCompression=1)
    canvas.setFont("Helvetica-Bold", 15)
    canvas.drawString(80, 760, f"GIAY TO MAU SO {number:04d}")
    canvas.setLineWidth(6)
    dice = Random(f"{name}{number}")
    for height in _lines():
        canvas.setStrokeGray(0.75)
        canvas.line(80, height, 80 + dice.randint(180, 420), height)
    canvas.save()
    return out.getvalue()
