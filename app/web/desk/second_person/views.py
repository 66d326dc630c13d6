"""Doors of late entries and corrections (nhập bù, đính chính)."""

from __future__ import annotations

from werkzeug.wrappers import Response

from app.i18n import gettext as _
from app.queries.corrections import late_entries, waiting_corrections
from app.queries.outage import outage_log
from app.web.context import house, now, staff
from app.web.desk.document_views import Printed, shown_pdf
from app.web.desk.frame import desk_page
from app.web.desk.presenters.corrections import late_lines, waiting_lines


def second_person() -> Response:
    """Show what waits for a second person, and the late entries of the last thirty days."""
    with house().reading() as db:
        waiting = waiting_corrections(db, house().vault, staff())
        late = late_entries(db, staff(), now())
    return desk_page(
        "desk/second_person/waiting.html",
        waiting=waiting_lines(waiting),
        late=late_lines(late),
        count_words=_("%(n)s đề nghị chờ", n=len(waiting)),
    )


def outage_sheet() -> Response:
    """Answer the sheet to write receptions on by hand, to be printed beforehand."""
    with house().reading() as db:
        sheet = outage_log(db, staff())
    return shown_pdf(Printed(house().pdf.render(sheet), "phieu-ghi-tay.pdf"))
