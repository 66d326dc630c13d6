"""Pages that stay fresh (tự cập nhật): a stamp tells in one cheap look whether anything was done since."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256

from flask import make_response, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.queries.newest import newest_event
from app.web.context import house, now, staff

STEP_MINUTES = 5  # standing changes by the hour also where nobody does anything


def unless_unchanged(build: Callable[[Session], Response]) -> Response:
    """Return 304 when the browser holds the page of this stamp already, else the page built anew."""
    with house().reading() as db:
        stamp = _stamp(newest_event(db), now())
        if stamp in request.if_none_match:
            return make_response("", 304)
        answer = build(db)
    answer.set_etag(stamp)
    return answer


def _stamp(event: int, at: datetime) -> str:
    slot = int(at.timestamp()) // (60 * STEP_MINUTES)
    told = f"{event}:{slot}:{staff().user_id}:{request.full_path}"
    return sha256(told.encode()).hexdigest()[:24]
