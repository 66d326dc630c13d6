"""The sheet for receptions without power or network (phiếu ghi tay), filled with what is known beforehand."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.db.models import Unit
from app.domain.documents import OutageLog
from app.domain.documents_parts import Letterhead
from app.domain.people import Staff
from app.queries.printing_parts import CENTRE, place_of


def outage_log(session: Session, staff: Staff) -> OutageLog:
    """Return the empty sheet of the person's authority; number and day are written by hand."""
    unit = session.get_one(Unit, staff.root_unit_id)
    return OutageLog(Letterhead(unit.name, CENTRE, "", place_of(unit), None), hotline=unit.phone)
