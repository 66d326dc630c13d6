"""Releases that wait for a timestamp (chờ dấu thời gian): what is held, since when, and a leader's decision."""

from __future__ import annotations

from flask import abort, flash, request
from werkzeug.wrappers import Response

from app.domain.people import Role
from app.i18n import gettext as _
from app.queries.accounts import staff_of
from app.queries.release_times import HeldRelease, held
from app.services import release_times
from app.web.context import house, now, staff
from app.web.desk.frame import desk_page
from app.web.desk.refusals import status_of
from app.web.forms import sentence_of
from app.web.numbers import whole
from app.web.responses import see_other
from workflows.errors import RuleBroken


def held_releases() -> Response:
    """Show what is sealed and waits for its time."""
    return _show()


def release_without_time(result_id: int) -> Response:
    """Release one result without a timestamp, by this leader's decision with its reason."""
    one = next((one for one in _held() if one.result_id == result_id), None)
    if one is None:
        abort(404)
    with house().reading() as db:
        sealer = staff_of(db, one.sealer_id, now())
    reason = request.form.get("reason", "")
    try:
        with house().unit_of_work() as uow:
            symbol = release_times.release_without(
                uow,
                staff(),
                one.number,
                request.form.get("version", 0, type=whole),
                result_id,
                reason=reason,
                sealer=sealer or staff(),
                at=now(),
            )
    except RuleBroken as error:
        return _show(wrong=(result_id, sentence_of(error)), typed=reason, status=status_of(error))
    flash(_("Đã phát hành số %(symbol)s không có dấu thời gian. Quyết định được ghi lại.", symbol=symbol), "success")
    return see_other("desk.held_releases")


def _held() -> tuple[HeldRelease, ...]:
    with house().reading() as db:
        return held(db, staff())


def _show(*, wrong: tuple[int, str] = (0, ""), typed: str = "", status: int = 200) -> Response:
    free_from = {one.result_id: one.since + release_times.HOLD for one in _held()}
    return desk_page(
        "desk/held.html",
        held=_held(),
        free_from=free_from,
        at=now(),
        may_decide=staff().has(Role.LEADER),
        wrong=wrong,
        typed=typed,
        status=status,
    )
