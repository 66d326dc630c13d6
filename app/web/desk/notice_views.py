"""Doors of the notices (nhắc việc): what the house called to mind, and that it was read."""

from __future__ import annotations

from werkzeug.wrappers import Response

from app.queries.notices import notices_of, unread
from app.services.notices import mark_all_read
from app.web.context import house, now, staff
from app.web.desk.frame import desk_page
from app.web.responses import see_other


def notices() -> Response:
    """Show the person's notices, unread ones first."""
    with house().reading() as db:
        rows = notices_of(db, house().vault, staff().user_id)
        count = unread(db, staff().user_id)
    return desk_page("desk/notices.html", notices=rows, unread=count)


def read_notices() -> Response:
    """Note that the person has read their notices."""
    with house().unit_of_work() as uow:
        mark_all_read(uow, staff(), now())
    return see_other("desk.notices")
