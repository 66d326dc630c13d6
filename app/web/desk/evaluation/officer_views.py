"""Doors of people's evaluation (đánh giá cán bộ): the unit's people for its leader, for everybody their own line."""

from __future__ import annotations

from flask import abort, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.domain.officer_evaluation import HELD, HELD_BY_ID, INDICES, SETTLED, SETTLED_BY_ID, Officer
from app.domain.people import Role
from app.domain.periods import Period
from app.i18n import gettext as _
from app.queries import officer_evaluation as evidence
from app.queries.report_scope import report_unit
from app.web.context import house, staff
from app.web.desk.evaluation import presenters as shown
from app.web.desk.evaluation.views import UNPROCESSABLE, address_of, asked_unit
from app.web.desk.frame import desk_page
from app.web.desk.presenters.report import choices_of, period_words
from app.web.desk.report_asked import ReportAsked, calendar_periods, today
from app.web.responses import found


def officers() -> Response:
    """Show everybody of the own unit to its leader, and to anybody else themselves."""
    with house().reading() as db:
        asked = _own(db)
        people = evidence.officers(db, asked.unit, asked.period, only=evidence.shown_to(staff()))
        unnamed = evidence.unnamed_stays(db, asked.unit, asked.period) if staff().has(Role.LEADER) else 0
    return desk_page(
        "desk/evaluation/officers.html",
        status=UNPROCESSABLE if asked.errors else 200,
        **_frame(asked, "desk.officers"),
        heads=tuple(_(shown.TITLES[name]) for name in shown.TABLE),
        index_heads=tuple(_(column.title).partition(",")[0] for column in INDICES),
        unnamed=unnamed,
        people=shown.officers_of(people, asked.period, _opens(asked)),
        is_leader=staff().has(Role.LEADER),
    )


def officer(user_id: int) -> Response:
    """Show one person with every count. 404 for anybody who is not theirs to see."""
    with house().reading() as db:
        asked = _own(db)
        one = _person(db, asked, user_id)
    columns = [column.id for column in (*HELD, *SETTLED)]
    person = shown.officer_of(one, asked.period, _opens(asked), columns)
    return desk_page(
        "desk/evaluation/officer.html",
        **_frame(asked, "desk.officer", user_id=user_id),
        person=person,
        cells=tuple(zip((_(shown.TITLES[name]) for name in columns), person.cells, strict=True)),
        index_heads=tuple(_(column.title) for column in INDICES),
    )


def officer_list(user_id: int, column: str) -> Response:
    """Show the stays or dossiers behind one count of a person, by the condition that counted them."""
    if column not in {*HELD_BY_ID, *SETTLED_BY_ID}:
        abort(404)
    with house().reading() as db:
        asked = _own(db)
        one = _person(db, asked, user_id)
        held = evidence.held_of(db, asked.unit, asked.period, only=user_id) if column in HELD_BY_ID else ()
        settled = evidence.settled_of(db, asked.unit, asked.period, only=user_id) if column in SETTLED_BY_ID else ()
    stays = tuple(filter(HELD_BY_ID[column].test, held)) if held else ()
    dossiers = tuple(filter(SETTLED_BY_ID[column].test, settled)) if settled else ()
    return desk_page(
        "desk/evaluation/list.html",
        **_frame(asked, "desk.officer", user_id=user_id),
        name=one.name,
        title=_(shown.TITLES[column]),
        stays=stays,
        dossiers=dossiers,
        count=len(stays) + len(dossiers),
        of_stays=column in HELD_BY_ID,
    )


def _own(db: Session) -> ReportAsked:
    """Return the period asked for, of the own authority alone: nobody reads about another unit's people."""
    asked = asked_unit(db)
    return ReportAsked(report_unit(db, staff().root_unit_code), asked.period, asked.by, asked.wrong)


def _person(db: Session, asked: ReportAsked, user_id: int) -> Officer:
    allowed = evidence.shown_to(staff())
    if allowed not in {None, user_id}:
        abort(404)
    return found(next(iter(evidence.officers(db, asked.unit, asked.period, only=user_id)), None))


def _frame(asked: ReportAsked, endpoint: str, **more: int) -> dict[str, object]:
    def page_of(period: Period) -> str:
        return url_for(endpoint, **more, **address_of(ReportAsked(asked.unit, period, asked.by)))

    return {
        "asked": asked,
        "errors": asked.errors,
        "address": address_of(asked),
        "period": period_words(asked.period),
        "choices": choices_of(calendar_periods(today()), asked.period, page_of),
        "here": url_for(endpoint, **more),
        "back": url_for("desk.officers", **address_of(asked)),
    }


def _opens(asked: ReportAsked) -> shown.Opens:
    def opens(user_id: int, column: str) -> str:
        return url_for("desk.officer_list", user_id=user_id, column=column, **address_of(asked))

    return opens
