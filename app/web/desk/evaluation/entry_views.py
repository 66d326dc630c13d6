"""Entering what the evaluation cannot count: surveys, complaints, posted procedures, each with source and day."""

from __future__ import annotations

from werkzeug.wrappers import Response

from app.i18n import gettext as _
from app.services import entered_figures
from app.web.context import house, now, staff
from app.web.desk.closing.said import say_entered
from app.web.desk.evaluation.forms import figure_of, typed
from app.web.desk.evaluation.views import address_of, asked_unit, evaluation_page
from app.web.forms import sentence_of
from app.web.responses import see_other
from workflows.errors import RuleBroken


def enter_evaluation() -> Response:
    """Keep an entered figure and show the page with it; wrong input stays in the form."""
    values = typed()
    with house().reading() as db:
        asked = asked_unit(db).exact()
    try:
        new = figure_of(values)
        with house().unit_of_work() as uow:
            entered_figures.enter_as(uow, staff(), asked.unit.code, asked.period, new, now())
    except RuleBroken as error:
        return evaluation_page(values, ((error.where or "item", sentence_of(error)),))
    say_entered(_("Đã ghi số liệu."), asked)
    return see_other("desk.evaluation", **address_of(asked))
