"""Doors of the hand-over (bàn giao): give a pile, take a pile, print the list."""

from __future__ import annotations

from flask import flash, request
from werkzeug.wrappers import Response

from app.domain.people import Role
from app.i18n import gettext as _
from app.queries import handovers as lists
from app.queries import inbox
from app.queries.inbox import ListQuery, Tab
from app.services import handovers as service
from app.web.context import house, now, staff
from app.web.desk.document_views import Printed, shown_pdf
from app.web.desk.forms.checking import problems
from app.web.desk.frame import desk_page
from app.web.desk.handovers.forms import PileForm, TakeForm
from app.web.desk.handovers.presenters import list_page, list_rows, ready_rows
from app.web.desk.refusals import status_of
from app.web.desk.worklist_views import horizon_of
from app.web.forms import blame
from app.web.responses import found, see_other
from workflows.errors import RuleBroken


def handovers() -> Response:
    """Show what may be handed over, what waits to be taken, and the lists of late."""
    return _show(PileForm())


def give_pile() -> Response:
    """Hand the pile over, or open the list whose bar code was scanned."""
    form = PileForm(request.form)
    numbers = form.numbers(request.form.getlist("code"))
    with house().reading() as db:
        only = lists.list_id(db, staff(), numbers[0]) if len(numbers) == 1 else None
    if only is not None:
        return see_other("desk.handover", handover_id=only)
    try:
        with house().unit_of_work() as uow:
            made = service.give(uow, staff(), numbers, note=form.note.data or "", at=now())
    except RuleBroken as error:
        blame(form, error, otherwise="codes")
        return _show(form, ticked=request.form.getlist("code"), status=status_of(error))
    flash(_("Đã lập %(n)s phiếu bàn giao. In hai liên, giao cùng tập hồ sơ.", n=len(made)), "success")
    return see_other("desk.handover", handover_id=made[0]) if len(made) == 1 else see_other("desk.handovers")


def handover(handover_id: int) -> Response:
    """Show one list; who receives it scans the files back here."""
    return _show_list(handover_id, TakeForm())


def take_pile(handover_id: int) -> Response:
    """Take the files that were scanned or ticked; name those that did not come."""
    form = TakeForm(request.form)
    ticked = request.form.getlist("code")
    try:
        with house().unit_of_work() as uow:
            away = service.take(
                uow,
                staff(),
                handover_id,
                form.numbers(ticked),
                rest_is_missing=bool(form.rest_is_missing.data),
                at=now(),
            )
    except RuleBroken as error:
        blame(form, error, otherwise="codes")
        return _show_list(handover_id, form, ticked=ticked, status=status_of(error))
    if away:
        flash(_("Đã nhận. Thiếu: %(codes)s; bên giao được báo.", codes=", ".join(away)), "warning")
    else:
        flash(_("Đã nhận đủ hồ sơ; phiếu kiểm soát đã ghi bên nhận."), "success")
    return see_other("desk.handover", handover_id=handover_id)


def handover_pdf(handover_id: int) -> Response:
    """Answer both copies of a list."""
    with house().reading() as db:
        form = found(lists.printed_list(db, staff(), handover_id))
    return shown_pdf(Printed(house().pdf.render(form), f"{form.list_code}.pdf"))


def _show(form: PileForm, *, ticked: list[str] | None = None, status: int = 200) -> Response:
    with house().reading() as db:
        calendar, _version = house().calendars.of_unit(db, staff().root_unit_id)
        query, horizon = ListQuery(size=service.MOST), horizon_of(calendar, now())
        may_give = staff().has(Role.CLERK)
        ready = inbox.worklist(db, staff(), Tab.HAND_OVER, query, horizon).rows if may_give else ()
        waiting, gone = lists.to_take(db, staff()), lists.given(db, staff())
    return desk_page(
        "desk/handovers/lists.html",
        status=status,
        form=form,
        errors=problems(form),
        ticked=set(ticked or ()),
        ready=ready_rows(ready, calendar, now()),
        waiting=list_rows(waiting),
        given=list_rows(gone),
    )


def _show_list(handover_id: int, form: TakeForm, *, ticked: list[str] | None = None, status: int = 200) -> Response:
    with house().reading() as db:
        shown = found(lists.one_list(db, staff(), handover_id))
    return desk_page(
        "desk/handovers/list.html",
        status=status,
        sheet=list_page(shown),
        form=form,
        errors=problems(form),
        ticked=set(ticked or ()),
    )
