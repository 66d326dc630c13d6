"""Doors of the certification book (sổ chứng thực): search, print, export, close a volume; attestations to print."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from importlib import import_module

from flask import flash, request, url_for
from werkzeug.wrappers import Response

from app.domain import checks
from app.domain.certification import SERIES
from app.i18n import gettext as _
from app.queries import certification as queries
from app.queries import certification_book as book_queries
from app.queries.certification_book import TITLES, Asked, FoundLine
from app.services.certification_terms import close_volume
from app.web.context import house, now, staff
from app.web.desk.document_views import Printed, shown_pdf
from app.web.desk.frame import desk_page
from app.web.filters import vn_date
from app.web.forms import sentence_of
from app.web.numbers import whole
from app.web.responses import download, found, see_other
from workflows.calendar import VIETNAM
from workflows.errors import RuleBroken

UNPROCESSABLE = 422
PAGE, MOST_PRINTED, LONGEST = 50, 5_000, timedelta(days=366)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class BookPage:
    """The register page: what was asked, what was found, where else to go."""

    asked: Asked
    first: str
    last: str
    rows: tuple[FoundLine, ...]
    total: int
    page: int
    pages: int
    series: tuple[tuple[str, str], ...]
    books: tuple[queries.BookRow, ...]
    pdf: str
    xlsx: str
    errors: tuple[tuple[str, str], ...]


def certification_book() -> Response:
    """Show the book of today, or what is searched for."""
    asked, errors = _asked()
    page = max(1, request.args.get("trang", 1, type=whole))
    with house().reading() as db:
        total = book_queries.count(db, staff(), asked)
        rows = book_queries.lines(db, staff(), asked, limit=PAGE, offset=min((page - 1) * PAGE, total))
        books = queries.books(db, staff().root_unit_id, now().astimezone(VIETNAM).year)
    shown = BookPage(
        asked=asked,
        first=vn_date(asked.first),
        last=vn_date(asked.last),
        rows=rows,
        total=total,
        page=page,
        pages=-(-total // PAGE),
        series=tuple((name, TITLES[name]) for name in SERIES),
        books=books,
        pdf=_address("desk.certification_book_pdf", asked),
        xlsx=_address("desk.certification_book_xlsx", asked),
        errors=errors,
    )
    return desk_page(
        "desk/certify/book.html", book=shown, page_address=_page_address, status=UNPROCESSABLE if errors else 200
    )


def certification_book_pdf() -> Response:
    """Answer the part asked for as PDF, ready for the binder."""
    asked, _errors = _asked()
    with house().reading() as db:
        book = book_queries.printed(db, staff(), asked, most=MOST_PRINTED, at=now())
    return shown_pdf(Printed(house().pdf.render(book), f"so-chung-thuc-{asked.first:%Y%m%d}.pdf"))


def certification_book_xlsx() -> Response:
    """Answer the part asked for as a spreadsheet."""
    asked, _errors = _asked()
    with house().reading() as db:
        book = book_queries.printed(db, staff(), asked, most=MOST_PRINTED, at=now())
    content: bytes = import_module("app.adapters.certification_sheet").book_xlsx(book)
    return download(content, f"so-chung-thuc-{asked.first:%Y%m%d}.xlsx", media_type=XLSX)


def close_certification_volume() -> Response:
    """Close the volume in use; the next number opens the next one."""
    try:
        with house().unit_of_work() as uow:
            name = close_volume(uow, staff(), request.form.get("series", ""), now())
    except RuleBroken as error:
        flash(sentence_of(error), "error")
    else:
        flash(_("Đã khóa quyển %(name)s. Số tiếp theo mở quyển mới.", name=name), "success")
    return see_other("desk.certification_book")


def attestations_pdf(ref: str) -> Response:
    """Answer the words for all copies of a request, a page a copy."""
    with house().reading() as db:
        entry = found(queries.entry(db, staff(), ref))
        form = found(book_queries.attestations(db, house().vault, entry))
    return shown_pdf(Printed(house().pdf.render(form), f"{ref}-loi-chung.pdf"))


def _asked() -> tuple[Asked, tuple[tuple[str, str], ...]]:
    """Return what is asked for; days that cannot be are said, and today is shown instead."""
    today = now().astimezone(VIETNAM).date()
    series = request.args.get("so", SERIES[0])
    series, words = series if series in SERIES else SERIES[0], request.args.get("tim", "")[:100]
    try:
        first = _day("tu") or today
        last = _day("den") or max(first, today)
    except RuleBroken as error:
        return Asked(series, today, today, words), ((error.where or "tu", sentence_of(error)),)
    if not timedelta(0) <= last - first <= LONGEST:
        sentence = _("Khoảng ngày phải từ trước đến sau và không quá một năm. Vui lòng nhập lại.")
        return Asked(series, today, today, words), (("den", sentence),)
    return Asked(series, first, last, words), ()


def _day(name: str) -> date | None:
    text = request.args.get(name, "").strip()
    return checks.day(text, where=name) if text else None


def _address(endpoint: str, asked: Asked, **more: object) -> str:
    days = {"tu": vn_date(asked.first), "den": vn_date(asked.last)}
    return url_for(endpoint, so=asked.series, **days, tim=asked.words or None, **more)


def _page_address(page: int) -> str:
    asked, _errors = _asked()
    return _address("desk.certification_book", asked, trang=page)
