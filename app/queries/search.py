"""Finding a dossier (tìm hồ sơ): a code or its last four digits, a name without accents, CCCD, phone.

What is typed decides where is looked; numbers of persons are compared by keyed digests only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from app.db.models import Dossier, DossierPerson
from app.db.scope import scope_filter
from app.domain.citizen_card import read_card
from app.domain.identifiers import normal_number
from app.domain.people import Staff
from app.domain.vietnamese import fold
from app.queries.work_rows import WorkRow, read_rows, rows_of
from app.vault import Vault
from workflows.errors import RuleBroken

MOST = 50
_DIGITS = re.compile(r"[\d\s.\-]+")
_TAIL = 4
_PHONE = range(9, 12)
_CARD = 12


@dataclass(frozen=True, slots=True)
class Found:
    """What a search brought: rows, and whether there are more than are shown."""

    rows: tuple[WorkRow, ...]
    has_more: bool


def find(session: Session, vault: Vault, staff: Staff, text: str) -> Found:
    """Return the dossiers of the person's part that fit what was typed or scanned, newest first."""
    wanted = _condition(vault, scanned_number(text))
    if wanted is None:
        return Found((), has_more=False)
    newest = rows_of().where(scope_filter(staff), wanted).order_by(Dossier.id.desc()).limit(MOST + 1)
    rows = read_rows(session, newest)
    return Found(rows[:MOST], has_more=len(rows) > MOST)


def scanned_number(text: str) -> str:
    """Return what a scan means: the number in a slip's address, a card's number, or the text itself."""
    plain = text.strip()
    if plain.startswith(("http://", "https://")):
        return urlsplit(plain).path.rpartition("/")[2]
    if plain.count("|") >= 2:
        try:
            return read_card(plain).number
        except RuleBroken:
            return plain
    return plain


def _condition(vault: Vault, text: str) -> ColumnElement[bool] | None:
    if _DIGITS.fullmatch(text):
        return _by_digits(vault, re.sub(r"\D", "", text))
    number = normal_number(text)
    named = or_(Dossier.code == number, Dossier.filing_number == number, Dossier.external_code == number)
    words = fold(text)
    return or_(named, _by_name(words)) if words else None


def _by_digits(vault: Vault, digits: str) -> ColumnElement[bool] | None:
    if len(digits) <= _TAIL:
        tail = digits.zfill(_TAIL)
        phone_ends = DossierPerson.phone_tail_mac == vault.mac(tail, "phone_tail")
        return or_(Dossier.code_tail == tail, _person(phone_ends))
    if len(digits) == _CARD:
        return _person(DossierPerson.id_number_mac == vault.mac(digits, "id_number"))
    if len(digits) in _PHONE:
        phone = "0" + digits.removeprefix("84").removeprefix("0")
        either = or_(
            DossierPerson.phone_mac == vault.mac(phone, "phone"),
            DossierPerson.id_number_mac == vault.mac(digits, "id_number"),
        )
        return _person(either)
    return None


def _by_name(words: str) -> ColumnElement[bool]:
    """Each typed word must occur in the folded name, in any order: "hoa dang" finds Đặng Thị Hòa."""
    wanted = [DossierPerson.name_fold.contains(word, autoescape=True) for word in words.split()[:8]]
    found = _person(wanted[0])
    for condition in wanted[1:]:
        found &= _person(condition)
    return found


def _person(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return Dossier.id.in_(select(DossierPerson.dossier_id).where(condition))
