"""Doors of the page that tries a limit, and of its table as a file."""

from __future__ import annotations

from flask import Response, abort, url_for
from sqlalchemy.orm import Session

from app.adapters.spreadsheet import csv_file
from app.domain.simulation import Simulation
from app.queries.report_scope import ReportUnitUnknown, units_for
from app.queries.simulation import ProcedureUnknown, resolved_procedures, simulate
from app.web.context import house, staff
from app.web.desk.frame import desk_page
from app.web.desk.report_views import MEDIA, UNPROCESSABLE
from app.web.desk.whatif import presenters
from app.web.desk.whatif.asked import Trial, trial
from app.web.responses import download


def whatif() -> Response:
    """Show the form and, once a procedure is chosen, what the limit would have meant."""
    with house().reading() as db:
        asked = _asked(db)
        procedures = resolved_procedures(db, asked.period, asked.unit)
        units = units_for(db, staff())
        found = _found(db, asked) if asked.procedure and not asked.errors else None
    return desk_page(
        "desk/whatif/page.html",
        status=UNPROCESSABLE if asked.errors else 200,
        asked=asked,
        procedures=procedures,
        units=units,
        found=found,
        shown=presenters.shown(found) if found else None,
        file=url_for("desk.whatif_file", **asked.address()),
    )


def whatif_file() -> Response:
    """Send the tables as CSV."""
    with house().reading() as db:
        asked = _asked(db)
        if asked.errors:
            abort(404)
        found = _found(db, asked)
    name = f"thu-thoi-han-{found.procedure}-{found.period.first_day:%Y%m%d}-{found.period.last_day:%Y%m%d}.csv"
    return download(csv_file(presenters.sheet(found)), name, media_type=MEDIA["csv"])


def _asked(db: Session) -> Trial:
    try:
        return trial(db)
    except ReportUnitUnknown:
        abort(404)  # the same for a unit that does not exist and one that is not theirs


def _found(db: Session, asked: Trial) -> Simulation:
    try:
        return simulate(
            db, house().calendars, asked.period, procedure_code=asked.procedure, limit=asked.limit, unit=asked.unit
        )
    except ProcedureUnknown:
        abort(404)
