"""The grid page as it is shown (trang lưới chứng thực): rows with fees, the tray, the side column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from app.domain.certification import Kind, Tariff, numbers_text
from app.i18n import gettext as _
from app.queries.certification import BookRow, DaySum, Entry, SignerRow
from app.web.desk.certify.forms import Cells, Sheet
from app.web.desk.presenters.marks import Mark
from app.web.filters import money, number, vn_date, vn_day_month, vn_time
from workflows.calendar import VIETNAM
from workflows.states import State


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row of the grid: what was typed, its errors by column, the fee as reckoned."""

    place: int
    cells: Cells
    fee: str
    errors: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TrayRow:
    """One request in the tray with its next act; an empty `act` has none."""

    ref: str
    version: int
    time: str
    person: str
    papers: str
    numbers: str
    fee: str
    mark: Mark
    act: str
    address: str
    quick: str
    quick_address: str
    print_address: str
    slip_address: str
    papers_address: str
    is_void: bool


@dataclass(frozen=True, slots=True)
class GridPage:
    """The whole page."""

    sheet: Sheet
    rows: tuple[GridRow, ...]
    total: str
    tariff: Tariff
    tariff_words: str
    books: tuple[BookRow, ...]
    book: BookRow
    signers: tuple[SignerRow, ...]
    signer_chosen: str
    titles: tuple[tuple[str, str], ...]
    tray: tuple[TrayRow, ...]
    done: TrayRow | None
    day: DaySum
    day_fee: str
    slip_words: str
    errors: tuple[tuple[str, str], ...]
    error_of: Mapping[str, str]


def grid_rows(sheet: Sheet, tariff: Tariff, errors: Sequence[tuple[str, str]]) -> tuple[GridRow, ...]:
    """Return the rows with their fees; a row that cannot be reckoned shows a dash."""
    wrong = dict(errors)
    return tuple(
        GridRow(
            place,
            cells,
            _fee(cells, tariff),
            {column: wrong[f"{column}-{place}"] for column in ("title", "pages", "copies", "medium")
             if f"{column}-{place}" in wrong},
        )
        for place, cells in enumerate(sheet.rows, start=1)
    )  # fmt: skip


def total_of(sheet: Sheet, tariff: Tariff) -> int:
    """Return what the visit pays, whole đồng, as far as its rows can be reckoned."""
    papers = [row.paper for row in sheet.filled]
    return sum(tariff.of(paper) for paper in papers if paper.pages > 0 and paper.copies > 0)


def tariff_words(tariff: Tariff) -> str:
    """Say the tariff in one sentence."""
    if tariff.per == "case":
        return _("Mỗi trường hợp %(fee)s. %(basis)s", fee=money(tariff.first_page_vnd), basis=tariff.legal_basis)
    words = _(
        "Mỗi bản: trang 1–%(n)s là %(first)s, từ trang sau là %(further)s",
        n=tariff.first_pages, first=money(tariff.first_page_vnd), further=money(tariff.further_page_vnd),
    )  # fmt: skip
    cap = _(", không quá %(cap)s.", cap=money(tariff.cap_vnd)) if tariff.cap_vnd else "."
    return f"{words}{cap} {tariff.legal_basis}"


def tray_row(entry: Entry, at: datetime) -> TrayRow:
    """Return a request as its row in the tray; one of an earlier day says which."""
    is_today = entry.received_at.astimezone(VIETNAM).date() == at.astimezone(VIETNAM).date()
    act, address, quick, quick_address = _acts(entry)
    living = entry.living
    return TrayRow(
        ref=entry.code,
        version=entry.version,
        time=vn_time(entry.received_at) if is_today else vn_day_month(entry.received_at),
        person=entry.person,
        papers=", ".join(f"{paper.title} × {paper.copies}" for paper in entry.papers),
        numbers=numbers_text([paper.number for paper in entry.papers]),
        fee=money(entry.fee_due_vnd),
        mark=_mark(entry),
        act=act,
        address=address,
        quick=quick,
        quick_address=quick_address,
        print_address=url_for("desk.attestations_pdf", ref=entry.code) if copies_of(entry) else "",
        slip_address=url_for("desk.form_pdf", ref=entry.code, form_id=entry.form_id) if entry.form_id else "",
        papers_address=url_for("desk.certified_papers", ref=entry.code),
        is_void=not living,
    )


def kind_words(kind: str) -> str:
    """Return what the page is about."""
    return _("Chứng thực chữ ký") if kind == Kind.SIGNATURE else _("Chứng thực bản sao từ bản chính")


def signer_words(signer: SignerRow) -> str:
    """Return a signing block in one line, with its decision and dates."""
    titles = ", ".join(signer.titles)
    if not signer.decision:
        return titles
    until = vn_date(signer.until) if signer.until else ""
    dates = (
        _("từ %(since)s đến trước %(until)s", since=vn_date(signer.since), until=until)
        if until
        else _("từ %(since)s", since=vn_date(signer.since))
    )
    return f"{titles} · {signer.decision}, {dates}"


def copies_of(entry: Entry) -> int:
    """Return how many attestations are printed for a request: one a copy on paper."""
    return sum(paper.copies for paper in entry.living if paper.medium == "paper")


def _fee(cells: Cells, tariff: Tariff) -> str:
    paper = cells.paper
    return money(tariff.of(paper)) if not cells.is_blank and paper.pages > 0 and paper.copies > 0 else "–"


def _mark(entry: Entry) -> Mark:
    if not entry.living:
        return Mark("plain", "slash-circle", _("Hủy: %(reason)s", reason=entry.papers[0].void_reason))
    if entry.state is State.RETURNED:
        return Mark("done", "check2-all", _("Đã trả %(at)s", at=vn_time(entry.returned_at)))
    if entry.state is State.FINISHED:
        return Mark("ok", "check-circle", _("Đã ký"))
    if open_copies := sum(paper.check_state in {"unchecked", "compared"} for paper in entry.living):
        return Mark("soon", "file-earmark-lock", _("Chờ ký %(n)s bản điện tử", n=number(open_copies)))
    return Mark("soon", "hourglass-split", _("Chờ ký"))


def _acts(entry: Entry) -> tuple[str, str, str, str]:
    """Return the next act with its address, and the act that does both at once where there are two left."""
    give = url_for("desk.hand_out_certified", ref=entry.code)
    if not entry.living or entry.state in {State.RETURNED, State.WITHDRAWN, State.STOPPED}:
        return "", "", "", ""
    if entry.state is State.FINISHED:
        return _("Trả"), give, "", ""
    if any(paper.check_state in {"unchecked", "compared"} for paper in entry.living):
        return "", "", "", ""
    return _("Ghi đã ký"), url_for("desk.sign_off_certified", ref=entry.code), _("Ký và trả"), give
