"""What was typed into the grid (lưới chứng thực): kept as typed, read into a visit, every wrong cell named."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.domain import checks
from app.domain.certification import MOST_PAPERS, Kind, Medium, Paper
from app.domain.certification import problems as problems_of_papers
from app.domain.citizen_card import read_card
from app.domain.paper_titles import written_out
from app.domain.people import IdKind, PersonData
from app.i18n import gettext as _
from app.services.certification import LATER, Visit
from app.web.desk.other_card import USE_CARD, OtherCard, other_card
from app.web.forms import sentence_of
from app.web.numbers import chosen
from workflows.errors import RuleBroken

BLANK_ROWS = 4
CASH, QR, EXEMPT = "cash", "qr", "exempt"
PAID_BY = (CASH, QR, LATER, EXEMPT)
_WHOLE = re.compile(r"[0-9]{1,6}")
_CARD_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Cells:
    """One row as typed."""

    title: str = ""
    pages: str = ""
    copies: str = ""
    electronic: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nobody wants anything of this row: pages and copies stand there before the title does."""
        return not self.title.strip()

    @property
    def paper(self) -> Paper:
        """The row as the rules take it; what is no whole number becomes 0, which they refuse."""
        medium = Medium.ELECTRONIC if self.electronic else Medium.PAPER
        copies = "1" if self.electronic and not self.copies.strip() else self.copies
        return Paper(written_out(self.title), _number(self.pages), _number(copies), medium)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole page as typed."""

    kind: Kind
    name: str
    id_number: str
    birth: str
    address: str
    rows: tuple[Cells, ...]
    paid_by: str
    exemption: str
    signer: str
    token: str
    card_problem: str = ""
    other_card: OtherCard | None = None

    @property
    def filled(self) -> tuple[Cells, ...]:
        """The rows that ask for something."""
        return tuple(row for row in self.rows if not row.is_blank)


def read_sheet(typed: Mapping[str, str]) -> Sheet:
    """Return the sheet as typed; a scanned card fills the person, one that cannot be read is said.

    A card of somebody else than who stands on the sheet is told and taken only when the clerk says.
    """
    count = min(MOST_PAPERS + 1, _number(typed.get("rows", "")) or BLANK_ROWS)
    rows = tuple(_cells(typed, place) for place in range(1, count + 1))
    paid_by = typed.get("paid_by", CASH)
    sheet = Sheet(
        kind=Kind.SIGNATURE if typed.get("kind") == Kind.SIGNATURE else Kind.COPY,
        name=typed.get("name", ""),
        id_number=typed.get("id_number", ""),
        birth=typed.get("birth", ""),
        address=typed.get("address", ""),
        rows=rows,
        paid_by=paid_by if paid_by in PAID_BY else CASH,
        exemption=typed.get("exemption", ""),
        signer=typed.get("signer", ""),
        token=typed.get("token", ""),
    )
    return _with_card(sheet, typed)


def problems(sheet: Sheet) -> tuple[tuple[str, str], ...]:
    """Return (id of the cell, sentence) of everything wrong, for the summary and beside each cell."""
    found = [("id_number", sheet.card_problem)] if sheet.card_problem else []
    if sheet.other_card:
        said = _("Thẻ vừa quét không khớp người đang nhập: chọn lấy theo thẻ hay giữ, rồi cấp số.")
        found.append(("id_number", said))
    if not sheet.name.strip():
        found.append(("name", sentence_of(checks.Missing(what="họ tên người yêu cầu"))))
    if sheet.paid_by == EXEMPT and not sheet.exemption.strip():
        found.append(("exemption", sentence_of(checks.Missing(what="lý do miễn phí"))))
    places = [place for place, row in enumerate(sheet.rows, start=1) if not row.is_blank]
    papers = [row.paper for row in sheet.filled]
    found.extend(_in_its_cell(wrong, sheet, places) for wrong in problems_of_papers(papers, sheet.kind))
    return tuple(found)


def cell_of(where: str | None) -> str:
    """Return the id of the cell that a refusal of the service names."""
    parts = (where or "").split(".")
    if parts[0] == "papers" and len(parts) == 3:
        return f"{parts[2]}-{parts[1]}"
    return {"applicant.id_number": "id_number", "applicant.birth": "birth"}.get(where or "", parts[-1] or "name")


def visit_of(sheet: Sheet) -> Visit:
    """Return the visit that a sheet without problems asks for."""
    kind = IdKind.CCCD if len(sheet.id_number.strip()) != 9 else IdKind.CMND
    person = PersonData(
        sheet.name, id_kind=kind, id_number=sheet.id_number, birth=sheet.birth, address=sheet.address
    )
    return Visit(
        kind=sheet.kind,
        applicant=person,
        papers=tuple(row.paper for row in sheet.filled),
        signer_id=chosen(sheet.signer) or 0,
        paid_by=CASH if sheet.paid_by == EXEMPT else sheet.paid_by,
        exemption=sheet.exemption if sheet.paid_by == EXEMPT else "",
        request_id=sheet.token or None,
    )


def _cells(typed: Mapping[str, str], place: int) -> Cells:
    return Cells(
        typed.get(f"title-{place}", ""),
        typed.get(f"pages-{place}", "1"),
        typed.get(f"copies-{place}", "1"),
        bool(typed.get(f"electronic-{place}")),
    )


def _with_card(sheet: Sheet, typed: Mapping[str, str]) -> Sheet:
    chosen = typed.get("other_card", "") if typed.get("act") == USE_CARD else ""
    scanned, before = chosen or sheet.id_number, typed.get("number_before", "")
    if "|" not in scanned and len(scanned) < _CARD_LONGEST:
        return sheet
    try:
        card = read_card(scanned)
    except RuleBroken as error:
        return replace(sheet, id_number="", card_problem=sentence_of(error))
    given = {
        "number": (_("Số CCCD"), before),
        "name": (_("Người yêu cầu"), sheet.name),
        "birth": (_("Ngày sinh"), sheet.birth),
    }
    if not chosen and (other := other_card(scanned, card, given)):
        return replace(sheet, id_number=before, other_card=other)
    return replace(sheet, id_number=card.number, name=card.name, birth=card.birth, address=card.address)


def _in_its_cell(wrong: RuleBroken, sheet: Sheet, places: list[int]) -> tuple[str, str]:
    """Say a broken rule with the number of the row on the screen and the text as it was typed."""
    _papers, row, column = (wrong.where or "papers.1.title").split(".")
    place = places[int(row) - 1] if int(row) <= len(places) else 1
    if column in {"pages", "copies"}:
        given = getattr(sheet.rows[place - 1], column).strip()
        wrong = type(wrong)(where=wrong.where, **{**wrong.facts, "given": given or "…"})
    return f"{column}-{place}", sentence_of(wrong)


def _number(text: str) -> int:
    return int(text) if _WHOLE.fullmatch(text.strip()) else 0
