"""Doors of the flags: what is unusual in a period, one flag with its evidence, what is asked and answered."""

from __future__ import annotations

from flask import request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.db.scope import Reach, scope_of
from app.domain.people import Role
from app.queries.flags import Flag, flags_of
from app.services import explaining
from app.services.errors import NoRight
from app.web.context import house, now, staff
from app.web.desk.flags import presenters as shown
from app.web.desk.frame import desk_page
from app.web.desk.presenters.report import choices_of, period_words
from app.web.desk.report_asked import ReportAsked, report_asked, today, usual_periods
from app.web.forms import sentence_of
from app.web.responses import found, see_other
from workflows.errors import RuleBroken

UNPROCESSABLE = 422


def flags() -> Response:
    """Show the flags of a unit and a period, rule by rule."""
    with house().reading() as db:
        asked = report_asked(db)
        known = flags_of(db, asked.unit, asked.period)
    return desk_page(
        "desk/flags/list.html",
        status=UNPROCESSABLE if asked.errors else 200,
        asked=asked,
        period=period_words(asked.period),
        choices=choices_of(
            usual_periods(today()),
            asked.period,
            lambda period: url_for("desk.flags", **ReportAsked(asked.unit, period, asked.by).address()),
        ),
        groups=shown.groups(known, asked.address()),
        open_count=sum(flag.state != "answered" for flag in known),
        total=len(known),
    )


def flag(flag_id: str) -> Response:
    """Show one flag: its evidence, its dossiers, what was said."""
    with house().reading() as db:
        asked, one = _one(db, flag_id)
    return _page(asked, one)


def say(flag_id: str) -> Response:
    """Ask about a flag, or answer it; what was typed stays when it is refused."""
    text, kind = request.form.get("text", ""), request.form.get("kind", "")
    with house().reading() as db:
        asked, one = _one(db, flag_id)
    try:
        with house().unit_of_work() as uow:
            (explaining.ask if kind == "ask" else explaining.answer)(uow, staff(), one.finding, text, now())
    except NoRight:
        raise
    except RuleBroken as error:
        return _page(asked, one, typed=text, errors=(("text", sentence_of(error)),), status=UNPROCESSABLE)
    return see_other("desk.flag", flag_id=flag_id, **asked.address())


def _one(db: Session, flag_id: str) -> tuple[ReportAsked, Flag]:
    asked = report_asked(db).exact()
    known = {flag.finding.id: flag for flag in flags_of(db, asked.unit, asked.period)}
    return asked, found(known.get(flag_id))


def _page(
    asked: ReportAsked, one: Flag, *, typed: str = "", errors: tuple[tuple[str, str], ...] = (), status: int = 200
) -> Response:
    return desk_page(
        "desk/flags/flag.html",
        status=status,
        asked=asked,
        flag=shown.flag_shown(one, asked.address()),
        may_open=scope_of(staff()).reach is not Reach.NOTHING,
        may_answer=bool(staff().actor_kinds),
        may_ask=staff().has(Role.PROVINCE, Role.AUDITOR, Role.LEADER),
        typed=typed,
        errors=errors,
        address=asked.address(),
    )
