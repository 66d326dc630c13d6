"""Doors of the overviews: the desk today, the head of a unit, the list behind a number, the whole province."""

from __future__ import annotations

from flask import abort, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.domain.people import Role
from app.queries import slices
from app.queries.flags import flags_waiting
from app.queries.inbox import Horizon
from app.queries.slices import Cut, Slice
from app.web.context import house, now, staff
from app.web.desk.frame import desk_page
from app.web.desk.overview import presenters as shown
from app.web.desk.overview.live import unless_unchanged
from app.web.desk.overview.province import province_data
from app.web.desk.report_asked import report_asked, today
from app.web.desk.worklist_views import horizon_of
from app.web.numbers import whole

LONGEST_KEY = 200


def overview_desk() -> Response:
    """Show the desk's day: what came, went, is due, and the week ahead."""
    return unless_unchanged(_desk)


def overview_unit() -> Response:
    """Show the head of a unit how it stands: standing, steps, people, the week ahead."""
    return unless_unchanged(_unit)


def overview_province() -> Response:
    """Show the province all its units on one page."""
    return unless_unchanged(_province)


def overview_list(cut: str) -> Response:
    """Show the dossiers behind a number of an overview."""
    asked = _asked(cut)
    with house().reading() as db:
        horizon = _horizon(db)
        found = slices.dossiers(db, staff(), horizon, asked, page=max(1, request.args.get("trang", 1, type=whole)))
        of_holder = asked.cut in {Cut.HOLDER, Cut.HOLDER_LATE}
        holder = shown.holder_name(slices.by_holder(db, staff(), horizon), asked.key) if of_holder else ""
    return desk_page(
        "desk/overview/list.html",
        title=shown.title_of(asked, holder),
        found=found,
        at=now(),
        page_address=lambda page: url_for("desk.overview_list", cut=cut, khoa=asked.key or None, trang=page),
    )


def _desk(db: Session) -> Response:
    horizon, day = _horizon(db), today()
    first, week = shown.cuts_of_today(day), shown.days_ahead(day)
    counts = slices.counts(db, staff(), horizon, tuple(dict.fromkeys((*first, *week))))
    return desk_page(
        "desk/overview/desk.html",
        cards=shown.cards(counts, first),
        week=shown.columns(counts, day),
        is_head=staff().has(Role.LEADER, Role.AUDITOR),
        at=now(),
    )


def _unit(db: Session) -> Response:
    horizon, day = _horizon(db), today()
    first, week = tuple(Slice(cut) for cut in shown.STANDING_CUTS), shown.days_ahead(day)
    counts = slices.counts(db, staff(), horizon, (Slice(Cut.OPEN), *first, *week))
    steps = slices.by_step(db, staff(), horizon)
    return desk_page(
        "desk/overview/unit.html",
        total=counts[Slice(Cut.OPEN)],
        total_address=shown.address_of(Slice(Cut.OPEN)),
        parts=[(shown.BAR_PARTS[one.cut], counts[one]) for one in first],
        cards=shown.cards(counts, first),
        steps=shown.loads(steps, Cut.STEP, Cut.STEP_LATE),
        bottleneck=shown.bottleneck(steps),
        holders=shown.loads(slices.by_holder(db, staff(), horizon), Cut.HOLDER, Cut.HOLDER_LATE),
        week=shown.columns(counts, day),
        at=now(),
    )


def _province(db: Session) -> Response:
    asked = report_asked(db)
    return desk_page(
        "desk/overview/province.html",
        status=422 if asked.errors else 200,
        asked=asked,
        at=now(),
        flags=flags_waiting(db, asked.unit, asked.period),
        **province_data(db, asked, now()),
    )


def _horizon(db: Session) -> Horizon:
    calendar, _version = house().calendars.of_unit(db, staff().root_unit_id)
    return horizon_of(calendar, now())


def _asked(cut: str) -> Slice:
    if cut not in {one.value for one in Cut}:
        abort(404)
    return Slice(Cut(cut), request.args.get("khoa", "")[:LONGEST_KEY])
