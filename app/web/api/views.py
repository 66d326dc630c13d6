"""Doors of the API: each answers one JSON document; times in Vietnam's, rates with both counts."""

from __future__ import annotations

from datetime import date

from flask import Response, abort, jsonify, request
from sqlalchemy.orm import Session

from app.domain import checks
from app.domain.periods import Period, between
from app.domain.reports import ReportUnit
from app.queries import figures, linked, offered
from app.queries.report_scope import ReportUnitUnknown, report_unit
from app.queries.tracking import proven, tracked
from app.web.api import shapes
from app.web.api.openapi import document
from app.web.context import house, now
from app.web.guesses import count_wrong, refuse_guessing
from app.web.keys import api_key
from app.web.numbers import whole

PAGE = 100
LONGEST = 100


def openapi() -> Response:
    """Answer the description of the whole API."""
    return jsonify(document())


def tracking() -> Response:
    """Answer what the owner of a dossier may know, for number and secret in the body."""
    asked = request.get_json(silent=True)
    told = asked if isinstance(asked, dict) else {}
    number = checks.text(str(told.get("number", "")), what="mã hồ sơ", where="number", longest=LONGEST)
    secret = checks.text(str(told.get("secret", "")), what="mã tra cứu", where="secret", longest=LONGEST)
    refuse_guessing(number)
    with house().reading() as db:
        dossier = proven(db, house().vault, number, secret)
        found = tracked(db, house().calendars, dossier.id, at=now()) if dossier else None
    if found is None:
        count_wrong(number)
        abort(404)
    return jsonify(shapes.tracked(found))


def procedures() -> Response:
    """Answer a page of the procedures received here, searched without diacritics."""
    page = max(request.args.get("page", 1, type=whole), 1)
    with house().reading() as db:
        rows = offered.matching(offered.rows(db), request.args.get("q", "")[:LONGEST])
    shown = rows[(page - 1) * PAGE : page * PAGE]
    return jsonify(total=len(rows), page=page, procedures=[shapes.procedure_row(row) for row in shown])


def procedure(code: str) -> Response:
    """Answer one procedure as it is in force."""
    with house().reading() as db:
        found = offered.procedure(db, code, at=now())
    return jsonify(shapes.procedure(found) if found else abort(404))


def form_06a() -> Response:
    """Answer form II.06a of a unit within the key's organisation."""
    with house().reading() as db:
        unit, period = _unit(db), _period()
        form = figures.form06a(db, unit, period)
    return jsonify(shapes.form_06a(form))


def rates() -> Response:
    """Answer the rates of a unit within the key's organisation."""
    with house().reading() as db:
        unit, period = _unit(db), _period()
        found = figures.rates(db, unit, period)
    return jsonify(shapes.of_period(unit, period) | {"rates": {name: shapes.rate(one) for name, one in found.items()}})


def dossiers() -> Response:
    """Answer the dossiers that changed after a cursor, oldest change first; no person's data."""
    cursor = max(request.args.get("cursor", 0, type=whole), 0)
    with house().reading() as db:
        rows = linked.changed_since(db, _own(db).unit_ids, cursor)
    last = rows[-1].cursor if rows else cursor
    return jsonify(dossiers=[shapes.changed(row) for row in rows], cursor=last, more=len(rows) == linked.PAGE)


def _own(db: Session) -> ReportUnit:
    return report_unit(db, api_key().unit_code, descendants=api_key().unit_kind == "province")


def _unit(db: Session) -> ReportUnit:
    """Return the unit asked for; 404 for one outside the organisation, as for one that does not exist."""
    own, code = _own(db), request.args.get("unit", "")[:LONGEST]
    if not code or code == own.code:
        return own
    try:
        asked = report_unit(db, code)
    except ReportUnitUnknown:
        abort(404)
    return asked if set(asked.unit_ids) <= set(own.unit_ids) else abort(404)


def _period() -> Period:
    return between(_day("from"), _day("to"))


def _day(name: str) -> date:
    typed = request.args.get(name, "")
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise checks.NotADate(where=name, value=typed[:LONGEST]) from None


