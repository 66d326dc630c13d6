"""Doors of the register (Sổ theo dõi hồ sơ, Mẫu 07): by field and days, on screen and as PDF."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from flask import request, url_for
from werkzeug.wrappers import Response

from app.domain import checks
from app.i18n import gettext as _
from app.queries.desk_catalogue import fields_offered
from app.queries.printing_tables import register_book
from app.web.context import house, now, staff
from app.web.desk.document_views import Printed, shown_pdf
from app.web.desk.frame import desk_page
from app.web.filters import vn_date
from app.web.forms import sentence_of
from workflows.calendar import VIETNAM
from workflows.errors import RuleBroken

LONGEST = 366  # days in one register
UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class Asked:
    """The days (both included) and the field asked for; what is wrong with them, if anything."""

    first: date
    last: date
    field: str
    errors: tuple[tuple[str, str], ...] = ()


def register() -> Response:
    """Show the register of a few days."""
    asked = asked_register()
    with house().reading() as db:
        book = register_book(
            db,
            house().vault,
            staff(),
            field=asked.field,
            first_day=asked.first,
            last_day=asked.last,
            at=now(),
        )
        fields = fields_offered(db, staff().root_unit_id)
    address = {"tu": vn_date(asked.first), "den": vn_date(asked.last), "linh_vuc": asked.field}
    return desk_page(
        "desk/register.html",
        status=UNPROCESSABLE if asked.errors else 200,
        book=book,
        asked=asked,
        fields=fields,
        first=vn_date(asked.first),
        last=vn_date(asked.last),
        count_words=_("%(n)s hồ sơ", n=len(book.rows)),
        pdf=url_for("desk.register_pdf", **address),
        make=url_for("desk.want_register", **address),
    )


def register_pdf() -> Response:
    """Answer the register as PDF, ready for the book."""
    asked = asked_register()
    with house().reading() as db:
        book = register_book(
            db,
            house().vault,
            staff(),
            field=asked.field,
            first_day=asked.first,
            last_day=asked.last,
            at=now(),
        )
    name = f"so-theo-doi-{asked.first:%Y%m%d}-{asked.last:%Y%m%d}.pdf"
    return shown_pdf(Printed(house().pdf.render(book), name))


def asked_register() -> Asked:
    """Return the days and the field that the address asks for."""
    today = now().astimezone(VIETNAM).date()
    field = request.args.get("linh_vuc", "")[:120]
    try:
        first = _day("tu") or today.replace(day=1)
        last = _day("den") or today
    except RuleBroken as error:
        return Asked(today.replace(day=1), today, field, ((error.where or "", sentence_of(error)),))
    if not timedelta(0) <= last - first <= timedelta(days=LONGEST):
        sentence = _("Khoảng ngày phải từ trước đến sau và không quá một năm. Vui lòng nhập lại.")
        return Asked(today.replace(day=1), today, field, (("den", sentence),))
    return Asked(first, last, field)


def _day(name: str) -> date | None:
    text = request.args.get(name, "").strip()
    return checks.day(text, where=name) if text else None
