"""Doors of what is settled on other systems (theo dõi hồ sơ trên hệ thống khác)."""

from __future__ import annotations

from flask import flash, request
from werkzeug.wrappers import Response

from app.adapters.tables import table_of
from app.domain import checks
from app.domain.catalogue_rows import ImportRefused
from app.domain.external_status import StatusLine, read_statuses, statuses_of
from app.i18n import gettext as _
from app.queries.relations import followed
from app.services.relations import Checked, take_statuses
from app.web.context import house, now, staff
from app.web.desk.elsewhere.forms import StatusesForm
from app.web.desk.forms.checking import problems
from app.web.desk.frame import desk_page
from app.web.desk.presenters.relations import tracking_lines
from app.web.desk.refusals import status_of
from app.web.forms import blame
from app.web.responses import see_other
from app.web.uploads import uploaded
from workflows.errors import RuleBroken

UNPROCESSABLE = 422


def elsewhere() -> Response:
    """Show what is followed, with what differs first."""
    return _show(StatusesForm())


def take() -> Response:
    """Take a pasted list as a whole, or name the line that cannot be read."""
    form = StatusesForm(request.form)
    if not form.validate():
        return _show(form, UNPROCESSABLE)
    try:
        lines = _lines(form)
        with house().unit_of_work() as uow:
            done = take_statuses(uow, staff(), lines, now())
    except ImportRefused as error:
        form.file.errors = [str(error)]
        return _show(form, UNPROCESSABLE)
    except RuleBroken as error:
        blame(form, error, otherwise="statuses")
        return _show(form, status_of(error))
    _tell(done)
    return see_other("desk.elsewhere")


def _lines(form: StatusesForm) -> tuple[StatusLine, ...]:
    """Return what was pasted, or what the file says. Raises Missing where there is neither."""
    if form.statuses.data:
        return read_statuses(form.statuses.data)
    upload = uploaded("file")
    if upload is None:
        raise checks.Missing(where="statuses", what=_("danh sách hoặc tệp trạng thái"))
    return statuses_of(table_of(upload.content))


def _show(form: StatusesForm, status: int = 200) -> Response:
    with house().reading() as db:
        rows = followed(db, staff())
    return desk_page(
        "desk/elsewhere/list.html",
        status=status,
        form=form,
        errors=problems(form),
        rows=tracking_lines(rows),
        count_words=_("%(n)s hồ sơ", n=len(rows)),
    )


def _tell(done: Checked) -> None:
    finished = len(done.finished)
    flash(_("Đã ghi %(n)s dòng; %(done)s hồ sơ xong theo hệ thống đó.", n=done.taken, done=finished), "success")
    if done.unknown:
        flash(_("Không theo dõi hồ sơ nào có mã: %(codes)s", codes=", ".join(done.unknown[:20])), "warning")
    if done.differing:
        flash(_("Trạng thái khác ở đây, cần xem lại: %(codes)s", codes=", ".join(done.differing[:20])), "warning")
