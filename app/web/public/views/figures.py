"""Open figures: how this authority settles dossiers, for everybody, as a page and as a file."""

from __future__ import annotations

from datetime import timedelta

from flask import abort, request
from werkzeug.wrappers import Response

from app.adapters.spreadsheet import csv_file
from app.domain.periods import Period, month_of
from app.queries.open_figures import OpenFigures, open_figures
from app.queries.report_scope import report_unit
from app.web.context import house, now
from app.web.public.presenters.open_figures import open_sheet, open_shown
from app.web.public.site import fronts
from app.web.responses import download, page
from workflows.calendar import VIETNAM

KEPT_SECONDS = 600  # a closed month: whoever reloads is answered by their own browser


def open_figures_page() -> Response:
    """Show the last closed month by field and the year up to it."""
    found = _found()
    answer = page(
        "public/figures.html",
        found=found,
        shown=open_shown(found) if found else None,
        authorities=[(one.code, one.authority) for one in fronts()],
    )
    return _kept(answer)


def open_figures_file() -> Response:
    """Send the same table as CSV."""
    found = _found()
    if found is None:
        abort(404)
    name = f"so-lieu-{found.unit.code}-{found.period.first_day:%Y%m}.csv"
    return _kept(download(csv_file(open_sheet(open_shown(found))), name, media_type="text/csv; charset=utf-8"))


def _found() -> OpenFigures | None:
    known = {one.code: one for one in fronts()}
    asked = request.args.get("don-vi") or next(iter(known), "")
    if not known:
        return None
    if asked not in known:
        abort(404)
    with house().reading() as db:
        return open_figures(db, report_unit(db, asked), _last_month())


def _last_month() -> Period:
    current = month_of(now().astimezone(VIETNAM).date())
    return month_of(current.first_day - timedelta(days=1))


def _kept(answer: Response) -> Response:
    answer.headers["Cache-Control"] = f"private, max-age={KEPT_SECONDS}"
    return answer
