"""The front page, the catalogue, one procedure, where to find us, what we do with data, the language."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, request, url_for
from markupsafe import Markup

from app.adapters.codes import qr_svg
from app.domain.vietnamese import clean
from app.i18n import gettext as _
from app.queries import front, offered
from app.queries.front import Opening
from app.web.context import house, now
from app.web.filters import vn_time
from app.web.language import switch
from app.web.public.presenters.procedure import catalogue_groups, field_tabs, procedure_page
from app.web.public.presenters.site import HoursLine, hours_lines
from app.web.public.site import fronts
from app.web.responses import found, page

POPULAR = 5
ON_A_PAGE = 50
LONGEST_QUESTION = 120


def home() -> Response:
    """The front page."""
    with house().reading() as db:
        popular = offered.most_asked(db, offered.rows(db), at=now(), count=POPULAR)
    week = opening()
    return page(
        "public/home.html",
        popular=popular,
        hours=hours_lines(week.weekly) if week else (),
        open_until=vn_time(week.open_until) if week else "",
        next_closed=week.next_off if week else None,
    )


def catalogue() -> Response:
    """Every procedure received here, found without diacritics and narrowed by field."""
    asked = clean(request.args.get("q", ""))[:LONGEST_QUESTION]
    with house().reading() as db:
        matching = offered.matching(offered.rows(db), asked)
    tabs = field_tabs(matching)
    field = next((tab.key for tab in tabs if tab.key == request.args.get("linh-vuc")), "")
    shown = [row for row in matching if not field or row.field == field]
    number = min(max(request.args.get("trang", 1, int), 1), _pages(len(shown)))
    return page(
        "public/catalogue.html",
        asked=asked,
        field=field,
        fields=tabs,
        total=len(shown),
        groups=catalogue_groups(shown[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]),
        page=number,
        pages=_pages(len(shown)),
        address=_address_of_page(asked, field),
    )


def procedure(code: str) -> Response:
    """One procedure."""
    with house().reading() as db:
        row = found(offered.procedure(db, code, at=now()))
    week = opening()
    return page(
        "public/procedure.html",
        procedure=procedure_page(row, lambda: qr_of("public.procedure", code=code)),
        local_filing=house().settings.local_filing,
        hours=hours_lines(week.weekly) if week else (),
    )


def contact() -> Response:
    """Where we are and when we open, desk by desk."""
    desks = [(one, hours_of(one.unit_id)) for one in fronts()]
    return page("public/contact.html", desks=desks)


def privacy() -> Response:
    """What happens to personal data."""
    return page("public/privacy.html")


def language(tag: str) -> Response:
    """Speak another language from now on."""
    return switch(tag)


def opening() -> Opening | None:
    """Return the opening hours of the first desk; None before the first run."""
    known = fronts()
    if not known:
        return None
    with house().reading() as db:
        return front.opening(db, house().calendars, known[0].unit_id, at=now())


def hours_of(unit_id: int) -> tuple[HoursLine, ...]:
    """Return the week of one authority's desk."""
    with house().reading() as db:
        return hours_lines(front.opening(db, house().calendars, unit_id, at=now()).weekly)


def qr_of(endpoint: str, fragment: str = "", **values: str) -> Markup:
    """Return a QR that opens a page of ours on a phone; what stands after `#` no server sees."""
    address = house().settings.external_url.rstrip("/") + url_for(endpoint, **values)
    return qr_svg(f"{address}#{fragment}" if fragment else address, _("Mã QR của trang này"))


def _pages(total: int) -> int:
    return max((total + ON_A_PAGE - 1) // ON_A_PAGE, 1)


def _address_of_page(asked: str, field: str) -> Callable[[int], str]:
    kept = {name: value for name, value in (("q", asked), ("linh-vuc", field)) if value}
    return lambda number: url_for("public.catalogue", **kept, trang=number)
