"""What people hear of a changed calendar (báo hạn mới): why, and to whom the old and the new date are told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.models import CalendarMove, Dossier, Event
from app.db.unit_of_work import UnitOfWork
from app.domain.vietnamese_format import short_date, short_moment
from app.services import outbox
from app.services.notices import facts_of, holders, tell

TEMPLATE = "date_moved"
_WHAT = {
    "hours": "đổi giờ làm việc",
    "day_added": "thêm ngày {day}",
    "day_removed": "bỏ ngày {day}",
    "day_confirmed": "xác nhận ngày {day}",
    "year_confirmed": "xác nhận lịch năm {year}",
    "year_proposed": "lịch dự kiến năm {year}",
}


def cause_of(session: Session, calendar_id: int) -> str:
    """Return in words what was changed last in a calendar."""
    asked = select(Event).where(Event.subject_kind == "calendar", Event.kind != "calendar:reprojected")
    last = session.scalars(asked.order_by(Event.id.desc()).limit(1)).first()
    if last is None or last.payload is None or last.subject_id not in (str(calendar_id), "calendar"):
        return "nhập lịch nghỉ, làm bù"
    return _words(last.payload)


def _words(payload: Mapping[str, Any]) -> str:
    day = payload.get("day")
    known = {"day": short_date(date.fromisoformat(day)) if day else "", "year": payload.get("year", "")}
    words = _WHAT.get(str(payload.get("what")), "nhập lịch nghỉ, làm bù").format(**known)
    source = payload.get("source") or payload.get("reason")
    return f"{words} ({source})" if source else words


def tell_of_move(uow: UnitOfWork, dossier: Dossier, move: CalendarMove, *, cause: str, at: datetime) -> None:
    """Tell the holder of a dossier, and its applicant where the promised time itself moves."""
    facts = facts_of(uow, dossier) | {
        "old": short_moment(move.old_due_at) if move.old_due_at else "",
        "due": short_moment(move.promised_at or move.due_at) if move.due_at else "",
        "cause": cause,
    }
    if move.due_at == move.old_due_at:
        return  # the limit of the law or the present step alone has moved: their pages show it
    tell(uow, holders(uow, dossier, at), TEMPLATE, facts, about=dossier, at=at)
    if move.due_at is not None:
        outbox.to_applicant(uow, dossier, TEMPLATE, facts, at=at)
