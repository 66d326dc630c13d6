"""Returning before the promised day (trả kết quả sớm): encouraged, and the applicant hears of it first.

NĐ 61/2018 art. 20 (frame kept by NĐ 118/2025). Who left an address is told by message when the result is ready;
where nobody could be written to, the desk tells them and writes down how.
"""

from __future__ import annotations

from datetime import datetime

from app.db.models import Dossier, DossierClock
from app.db.unit_of_work import UnitOfWork
from app.domain import checks
from app.domain.people import Role, Staff, acting
from app.domain.vietnamese_format import short_moment
from app.services.dossiers import to_change
from app.services.errors import NoRight
from workflows.errors import N_, RuleBroken
from workflows.states import ActorKind, State


class NotEarly(RuleBroken):
    """The result is not ready, was returned already, or the promised time has come."""

    code = "not_early"
    status = 409
    sentence = N_("Hồ sơ {number} không có kết quả chờ trả trước hẹn. Vui lòng tải lại hồ sơ.")


def tell_early(uow: UnitOfWork, staff: Staff, number: str, version: int, *, how: str, at: datetime) -> None:
    """Write down how the desk told the applicant that the result may be fetched before the promised time.

    State and clock stay. Raises NoRight for another desk, NotEarly, and the refusal of an empty `how`.
    """
    dossier = to_change(uow, staff, number, version)
    if not staff.has(Role.CLERK) or staff.root_unit_id not in (dossier.receiving_unit_id, dossier.returning_unit_id):
        raise NoRight(who="cán bộ một cửa nơi trả kết quả")
    promised = promised_before(uow, dossier, at)
    if State(dossier.state) is not State.FINISHED or promised is None:
        raise NotEarly(where="how", number=dossier.code or dossier.filing_number)
    said = checks.text(how, what="cách đã báo", where="how", longest=300)
    by = acting(staff, ActorKind.CLERK)
    uow.record("dossier:early_told", dossier, by, at, how=said, promised=short_moment(promised))


def promised_before(uow: UnitOfWork, dossier: Dossier, at: datetime) -> datetime | None:
    """Return the promised time where it has not come yet at `at`, else None."""
    clock = uow.session.get(DossierClock, dossier.id)
    promised = (clock.promised_at or clock.first_due_at) if clock else None
    return promised if promised is not None and at < promised else None
