"""Doors of returning (trả kết quả): who fetches it, by which paper, the fee settled first."""

from __future__ import annotations

from flask import flash, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.domain.channels import Delivery
from app.i18n import gettext as _
from app.queries import inbox, shelves
from app.queries.dossier_file import dossier_file
from app.queries.dossier_values import DossierFile
from app.queries.inbox import ListQuery, Tab
from app.services import returning
from app.services.errors import StaleScreen
from app.web.context import house, now, staff
from app.web.desk.forms.checking import problems
from app.web.desk.forms.return_form import ReturnForm
from app.web.desk.frame import desk_page
from app.web.desk.presenters.dossier_people import Fact
from app.web.desk.presenters.marks import code_text
from app.web.desk.presenters.queues import QueuePage, TaskPage, return_rows
from app.web.desk.presenters.worklist import Reader
from app.web.desk.refusals import status_of
from app.web.desk.stale_views import stale
from app.web.desk.worklist_views import horizon_of
from app.web.filters import money, vn_date
from app.web.forms import blame
from app.web.numbers import whole
from app.web.responses import found, see_other
from workflows.errors import RuleBroken
from workflows.states import State

UNPROCESSABLE = 422
MOST = 200


def return_queue() -> Response:
    """Show the results that wait to be fetched or sent."""
    with house().reading() as db:
        calendar, _version = house().calendars.of_unit(db, staff().root_unit_id)
        horizon = horizon_of(calendar, now())
        waiting = inbox.worklist(db, staff(), Tab.RETURN, ListQuery(size=MOST), horizon)
        waited = sorted(waiting.rows, key=lambda row: row.ended_at or now())
        places = shelves.places(db, [row.id for row in waited])
        rows = return_rows(waited, Reader(staff(), calendar, now()), places)
    page = QueuePage(
        title=_("Chờ trả kết quả"),
        testid="return-queue",
        state_head=_("Có kết quả"),
        count_words=_("%(n)s kết quả chưa trả", n=waiting.total),
        rows=rows,
        errors=(),
        empty_title=_("Không còn kết quả nào chờ trả"),
        empty_sentence=_("Kết quả phát hành xong sẽ hiện ở đây."),
        shelves=True,
    )
    return desk_page("desk/queue.html", queue=page)


def hand_over(ref: str) -> Response:
    """Show what has to be checked before the result is handed over."""
    file = _known(ref)
    if not _waits(file):
        return _gone_on(ref)
    form = ReturnForm(data={"delivery": file.delivery, "received_by": _expected(file)})
    return _show(file, form)


def do_hand_over(ref: str) -> Response:
    """Hand the result over. A second press finds it done and leads to the dossier."""
    file = _known(ref)
    if not _waits(file):
        return _gone_on(ref)
    form = ReturnForm(request.form)
    if not form.validate():
        return _show(file, form, UNPROCESSABLE)
    try:
        with house().unit_of_work() as uow:
            returning.return_result(
                uow,
                staff(),
                ref,
                request.form.get("version", 0, type=whole),
                delivery=Delivery(form.delivery.data),
                received_by=form.received_by.data or "",
                identity=form.identity.data or "",
                letter=form.letter.data or "",
                at=now(),
            )
    except StaleScreen as error:
        return stale(file, _("Trả kết quả"), form, error)
    except RuleBroken as error:
        blame(form, error, otherwise="received_by")
        return _show(file, form, status_of(error))
    flash(_("Đã trả kết quả hồ sơ %(code)s.", code=ref), "success")
    return see_other("desk.return_queue")


def _known(ref: str) -> DossierFile:
    with house().reading() as db:
        return found(_file(db, ref))


def _waits(file: DossierFile) -> bool:
    return State(file.state) is State.FINISHED


def _gone_on(ref: str) -> Response:
    flash(_("Hồ sơ %(code)s không ở bước chờ trả kết quả. Xem việc đã làm ở mục Sự kiện.", code=ref), "warning")
    return see_other("desk.dossier", ref=ref)


def _file(db: Session, ref: str) -> DossierFile | None:
    return dossier_file(db, house().vault, house().calendars, staff(), ref, at=now())


def _expected(file: DossierFile) -> str:
    applicant = next((person for person in file.people if person.role == "applicant"), file.subject)
    return applicant.name if applicant else ""


def _show(file: DossierFile, form: ReturnForm, status: int = 200) -> Response:
    result = file.results[0] if file.results else None
    said = f"{result.title} {result.symbol}, {vn_date(result.issued_on)}" if result else file.result_name
    facts = [Fact(_("Kết quả"), said), Fact(_("Thủ tục"), file.procedure)]
    facts += [Fact(_("Người nộp"), person.name) for person in file.people if person.role == "applicant"]
    facts += [Fact(_("Được ủy quyền"), person.name) for person in file.people if person.role == "authorised"]
    with house().reading() as db:
        place = shelves.places(db, [file.id]).get(file.id, "")
    facts += [Fact(_("Chỗ để"), place)] if place else []
    owed = _("Còn phải thu %(left)s trước khi trả: thu ở trang hồ sơ.", left=money(file.fee_left_vnd))
    page = TaskPage(
        key="hand_over",
        ref=file.number,
        code=code_text(file.number),
        title=_("Trả kết quả"),
        submit=_("Đã trả kết quả"),
        address=url_for("desk.do_hand_over", ref=file.number),
        dossier_address=url_for("desk.dossier", ref=file.number),
        version=file.version,
        form=form,
        facts=tuple(facts),
        notes=(owed,) if file.fee_left_vnd else (),
        errors=problems(form),
    )
    return desk_page("desk/act.html", task=page, status=status)
