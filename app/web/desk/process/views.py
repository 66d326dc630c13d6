"""The door of the process page."""

from __future__ import annotations

from flask import url_for
from werkzeug.wrappers import Response

from app.domain import process as rules
from app.queries import process as asked_of
from app.web.context import house, staff
from app.web.desk.frame import desk_page
from app.web.desk.presenters.report import choices_of, period_words
from app.web.desk.process import presenters as shown
from app.web.desk.report_asked import ReportAsked, report_asked, today, usual_periods

UNPROCESSABLE = 422
WAYS, PROCEDURES = 8, 20


def process() -> Response:
    """Show how the dossiers of a unit and a period went."""
    with house().reading() as db:
        asked = report_asked(db)
        calendar, _version = house().calendars.of_unit(db, staff().root_unit_id)
        minutes = calendar.working_minutes_between
        stays = asked_of.stays_of(db, asked.unit, asked.period)
        used = asked_of.used_times(db, asked.unit, asked.period, minutes)
    return desk_page(
        "desk/process/page.html",
        status=UNPROCESSABLE if asked.errors else 200,
        asked=asked,
        period=period_words(asked.period),
        choices=choices_of(
            usual_periods(today()),
            asked.period,
            lambda period: url_for("desk.process", **ReportAsked(asked.unit, period, asked.by).address()),
        ),
        steps=shown.steps(rules.step_times(stays, minutes)),
        ways=shown.ways(rules.ways(stays)[:WAYS]),
        loops=rules.loops(stays),
        hand_overs=shown.hand_overs(rules.hand_overs(stays, minutes)),
        used=shown.used(used[:PROCEDURES], calendar.minutes_a_day),
        stays=len(stays),
    )
