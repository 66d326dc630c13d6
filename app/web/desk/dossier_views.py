"""Doors of one dossier's page (hồ sơ): look, see a number whole, act."""

from __future__ import annotations

from dataclasses import replace

from flask import flash, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import Form

from app.domain.people import PersonRole
from app.i18n import gettext as _
from app.queries.dossier_file import dossier_file
from app.queries.dossier_values import DossierFile
from app.services import reading_events
from app.services.errors import StaleScreen
from app.services.values import IssuedSlip
from app.web.context import house, now, staff
from app.web.desk import acts, stale_views
from app.web.desk.act_runs import Target
from app.web.desk.cash.presenters import money_panel
from app.web.desk.frame import desk_page
from app.web.desk.presenters.act_bar import act_bar
from app.web.desk.presenters.act_dialogs import act_buttons, blank
from app.web.desk.presenters.dossier import FORM_NAMES, dossier_page
from app.web.desk.presenters.dossier_people import Fact, clear_facts
from app.web.desk.refusals import status_of
from app.web.forms import blame
from app.web.numbers import whole
from app.web.responses import found, see_other
from workflows.errors import RuleBroken
from workflows.ledger import Reading

UNPROCESSABLE = 422


def dossier(ref: str) -> Response:
    """Show one dossier; that it was opened is written down."""
    with house().unit_of_work() as uow:
        found(_file_or_none(uow.session, ref))
        reading_events.opened(uow, staff(), ref, now())
    return _show(ref, opened=request.args.get("viec", ""))


def unmask(ref: str) -> Response:
    """Show the numbers of the people whole, this once; who asked is written down."""
    with house().reading() as db:
        file = found(_file_or_none(db, ref))
    with house().unit_of_work() as uow:
        whole = [
            (person.role, reading_events.unmasked(uow, staff(), ref, PersonRole(person.role), now()))
            for person in file.people
        ]
    return _show(ref, in_clear=clear_facts(whole))


def act(ref: str, key: str) -> Response:
    """Do one act. A wrong form opens again with what was typed; a stale screen shows both versions."""
    with house().reading() as db:
        file = found(_file_or_none(db, ref))
        row = found(acts.BY_KEY.get(key))
        form = blank(db, row, file, staff(), now(), request.form)
    if not form.validate():
        return _show(ref, opened=key, filled=form, status=UNPROCESSABLE)
    try:
        done = row.run(Target(file, request.form.get("version", 0, type=whole)), form)
    except StaleScreen as error:
        return stale_views.stale(file, str(row.text), form, error)
    except RuleBroken as error:
        blame(form, error, otherwise=next(iter(form)).name)
        return _show(ref, opened=key, filled=form, status=status_of(error))
    _tell(str(row.text), done)
    return see_other("desk.dossier", ref=ref)


def show_act(ref: str, key: str) -> Response:
    """An act's address opened by hand leads to the page with its dialog open."""
    return see_other("desk.dossier", ref=ref, viec=key)


def _show(
    ref: str,
    *,
    opened: str = "",
    filled: Form | None = None,
    in_clear: tuple[Fact, ...] = (),
    status: int = 200,
) -> Response:
    reading = Reading.RESTART if request.args.get("cach") == Reading.RESTART else Reading.SUBTRACT
    with house().reading() as db:
        file = found(_file_or_none(db, ref, reading))
        money = money_panel(db, file, staff())
        buttons = act_buttons(db, file, staff(), now(), opened=opened, filled=filled)
    shown = replace(dossier_page(file, now(), reading, in_clear=in_clear), acts=buttons)
    return desk_page("desk/dossier.html", file=shown, bar=act_bar(buttons), money=money, status=status)


def _file_or_none(db: Session, ref: str, reading: Reading = Reading.SUBTRACT) -> DossierFile | None:
    return dossier_file(db, house().vault, house().calendars, staff(), ref, at=now(), reading=reading)


def _tell(act_words: str, done: object) -> None:
    if isinstance(done, IssuedSlip):
        flash(
            _(
                "Đã thực hiện “%(act)s”. %(form)s số %(number)s in ở mục Phiếu đã cấp.",
                act=act_words,
                form=FORM_NAMES.get(done.form, done.form),
                number=done.number,
            ),
            "success",
        )
    else:
        flash(_("Đã thực hiện “%(act)s”.", act=act_words), "success")
