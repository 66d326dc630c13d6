"""Re-issue of a wrong result (cấp lại kết quả do lỗi của cơ quan): records office proposes, a leader signs or declines.

The dossier stays finished or returned. A new version is linked to the released one, which counts until the
corrected one is numbered and sealed in its place (`app.services.reissue_release`).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.db.models import Dossier, Result
from app.db.unit_of_work import UnitOfWork
from app.domain import checks
from app.domain.people import Role, Staff, acting
from app.services import notices, results
from app.services.attachments import link_file
from app.services.dossiers import in_scope, to_change
from app.services.errors import FileMissing, NoRight, NotFound
from app.services.reissue_errors import NothingToReissue, ReissueWaits
from app.services.reissue_release import PROPOSED, must_approve, proposer_of
from app.services.values import NewFile, ResultDraft
from workflows.machine import transition
from workflows.states import Action, ActorKind, State

_OPEN = ("proposed", "signed")


def propose_reissue(
    uow: UnitOfWork,
    staff: Staff,
    number: str,
    version: int,
    draft: ResultDraft,
    *,
    reason: str,
    file: NewFile | None = None,
    at: datetime,
) -> int:
    """Lay a corrected result before the leaders and return its id; the released one counts until then.

    Raises TransitionNotAllowed before there is a result, NoRight, NothingToReissue, ReissueWaits, FileMissing.
    """
    dossier = to_change(uow, staff, number, version)
    transition(State(dossier.state), Action.REISSUE, ActorKind.RECORDS)
    if not staff.has(Role.RECORDS) or staff.root_unit_id != dossier.settling_unit_id:
        raise NoRight(who="văn thư cơ quan giải quyết")
    why = checks.paragraph(reason, what="lý do cấp lại", where="reason")
    old = _to_replace(uow, dossier)
    result = results.write_version(uow, dossier, draft, by=staff.name, at=at)
    result.replaces_id, result.replaced_reason, result.unit_id = old.id, why, old.unit_id
    if file is not None:
        result.file_id = link_file(uow, file, "result", result.id, at=at, by=staff.name, dossier_id=dossier.id).file_id
    elif result.form == "electronic":
        raise FileMissing(where="file", name=result.title, form="bản điện tử")
    told = notices.facts_of(uow, dossier) | {"by": staff.name, "symbol": old.symbol}
    leaders = notices.leaders(uow, dossier, at) - {staff.user_id}
    notices.tell(uow, leaders, "reissue", told, about=dossier, at=at)
    by = acting(staff, ActorKind.RECORDS)
    uow.record(PROPOSED, dossier, by, at, result=result.version, replaced=old.symbol, reason=why)
    return result.id


def decline_reissue(uow: UnitOfWork, staff: Staff, number: str, version: int, *, reason: str, at: datetime) -> None:
    """Decline the corrected result as a leader, saying why; the released one stands. Raises NotFound, SamePerson."""
    dossier = to_change(uow, staff, number, version)
    why = checks.paragraph(reason, what="lý do không đồng ý", where="reason")
    result = _waiting(uow, dossier)
    if result is None:
        raise NotFound(number=number)
    must_approve(uow, dossier, staff)
    result.state = "withdrawn"
    asked_by = proposer_of(uow, dossier)
    told = notices.facts_of(uow, dossier) | {"by": staff.name, "reason": why}
    notices.tell(uow, {asked_by} if asked_by else (), "reissue_declined", told, about=dossier, at=at)
    by = acting(staff, ActorKind.LEADER)
    uow.record("dossier:reissue_declined", dossier, by, at, result=result.version, reason=why)


def waits_for_leader(uow: UnitOfWork, staff: Staff, number: str) -> bool:
    """Tell whether what the leader has before them is a re-issue. Raises NotFound for a stranger's dossier."""
    return _waiting(uow, in_scope(uow, staff, number)) is not None


def _waiting(uow: UnitOfWork, dossier: Dossier) -> Result | None:
    of_it = select(Result).where(Result.dossier_id == dossier.id, Result.replaces_id.is_not(None))
    return uow.session.scalars(of_it.where(Result.state == "proposed")).first()


def _to_replace(uow: UnitOfWork, dossier: Dossier) -> Result:
    known = uow.session.scalars(
        select(Result).where(Result.dossier_id == dossier.id).order_by(Result.version.desc())
    ).all()
    if any(row.state in _OPEN for row in known):
        raise ReissueWaits(where="title", number=dossier.code)
    released = next((row for row in known if row.state == "released"), None)
    if released is None:
        raise NothingToReissue(where="title", number=dossier.code)
    return released
