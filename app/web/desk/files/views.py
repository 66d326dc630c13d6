"""Doors of files made in the background (tệp lập ở nền): want one, see how far it is, fetch it."""

from __future__ import annotations

from flask import abort, request
from werkzeug.wrappers import Response

from app.i18n import gettext as _
from app.queries.own_files import file_of, files_of
from app.services import jobs
from app.web.context import house, now, staff
from app.web.desk.frame import desk_page
from app.web.desk.presenters.figure_list import list_title, list_words
from app.web.desk.presenters.report import period_words
from app.web.desk.register_views import asked_register
from app.web.desk.report_views import asked_number
from app.web.responses import download, found, see_other


def own_files() -> Response:
    """Show the files that the person wanted, the newest first."""
    with house().reading() as db:
        files = files_of(db, staff().user_id)
    return desk_page("desk/files/list.html", files=files, running=any(one.is_at_work for one in files))


def own_file(job_id: int) -> Response:
    """Send a file to the person who wanted it."""
    with house().reading() as db:
        file = found(file_of(db, staff().user_id, job_id))
    return download(house().files.get(file.storage_id, file.key_sealed), file.name, media_type=file.mime)


def want_figure_list(figure: str) -> Response:
    """Want all the dossiers behind a number as XLSX."""
    asked, opened = asked_number(figure)
    wanted = {
        "unit": asked.unit.code,
        "first_day": f"{asked.period.first_day:%Y-%m-%d}",
        "end_day": f"{asked.period.end_day:%Y-%m-%d}",
        "figure": figure,
        "by": opened.by.value,
        "key": opened.key,
        "words": list_words().as_json(),
        "title": f"{list_title(opened)}, {asked.unit.name}, {period_words(asked.period)}",
    }
    with house().unit_of_work() as uow:
        jobs.want_figure_list(uow, staff(), wanted, at=now())
    return see_other("desk.own_files")


def want_register() -> Response:
    """Want the register of the days asked for as PDF or XLSX."""
    form, asked = request.form.get("form", ""), asked_register()
    if form not in jobs.FORMATS or asked.errors:
        abort(400)
    title = _("Sổ theo dõi hồ sơ, %(first)s – %(last)s", first=f"{asked.first:%d/%m/%Y}", last=f"{asked.last:%d/%m/%Y}")
    with house().unit_of_work() as uow:
        jobs.want_register(
            uow,
            staff(),
            form=form,
            field=asked.field,
            first_day=asked.first,
            last_day=asked.last,
            at=now(),
            title=title,
        )
    return see_other("desk.own_files")
