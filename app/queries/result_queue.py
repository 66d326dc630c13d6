"""Results that wait for a signature or for their number (trình ký, chờ phát hành), the most urgent first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select, true
from sqlalchemy.orm import Session, aliased

from app.db.models import Dossier, DossierClock, FileLink, Hop, Result, ResultTime, StoredFile, UserAccount
from app.db.scope import scope_filter
from app.domain.people import Staff
from app.queries.work_rows import WorkRow, read_rows, rows_of
from workflows.states import State

MOST = 200


@dataclass(frozen=True, slots=True)
class WaitingResult:
    """One result with its dossier. `version` is the dossier's event number; without a file it is on paper."""

    row: WorkRow
    version: int
    result_id: int
    result_version: int
    title: str
    form: str
    kind: str
    proposed_by: str
    proposed_at: datetime | None
    note: str
    signer: str
    signed_at: datetime | None
    symbol: str
    link_id: int | None
    pages: int
    storage_id: str
    digest_sealed: bytes
    digest_mac: str
    is_reissue: bool


def to_sign(session: Session, staff: Staff) -> tuple[WaitingResult, ...]:
    """Return what waits for this leader: proposed to them, or to whoever leads the settling authority.

    A corrected result belongs to no step any more: every leader of the authority may sign it.
    """
    hop = aliased(Hop)
    mine = (
        select(hop.id)
        .where(hop.dossier_id == Dossier.id, hop.left_at.is_(None), hop.role == "leader")
        .where(or_(hop.user_id.is_(None), hop.user_id.in_(staff.hands)))
        .exists()
    )
    return (*_waiting(session, staff, mine, "proposed"), *_reissues(session, staff, "proposed"))


def to_issue(session: Session, staff: Staff) -> tuple[WaitingResult, ...]:
    """Return what waits for the records office: signed, not yet numbered and sealed."""
    return (*_waiting(session, staff, true(), "signed"), *_reissues(session, staff, "signed"))


def _waiting(
    session: Session, staff: Staff, condition: ColumnElement[bool], result_state: str
) -> tuple[WaitingResult, ...]:
    wanted = select(Result.dossier_id).where(Result.state == result_state, Result.id.not_in(_held()))
    return _read(
        session, staff, and_(Dossier.state == State.PROCESSING, condition, Dossier.id.in_(wanted)), result_state
    )


def _reissues(session: Session, staff: Staff, result_state: str) -> tuple[WaitingResult, ...]:
    """Return corrected results (cấp lại). Few at a time, so found first: nobody searches all that was ever returned."""
    waiting = select(Result.dossier_id).where(Result.state == result_state, Result.replaces_id.is_not(None))
    ids = session.scalars(waiting.where(Result.id.not_in(_held())).order_by(Result.id).limit(MOST)).all()
    return _read(session, staff, Dossier.id.in_(ids), result_state) if ids else ()


def _held() -> Select[tuple[int]]:
    """A sealed result that waits for its timestamp is on a page of its own."""
    return select(ResultTime.result_id).where(ResultTime.state == "held")


def _read(
    session: Session, staff: Staff, condition: ColumnElement[bool], result_state: str
) -> tuple[WaitingResult, ...]:
    rows = read_rows(
        session,
        rows_of()
        .where(scope_filter(staff), Dossier.settling_unit_id == staff.root_unit_id, condition)
        .order_by(DossierClock.due_at, Dossier.id)
        .limit(MOST),
    )
    results = _results(session, [row.id for row in rows], result_state)
    return tuple(WaitingResult(row=row, **results[row.id]) for row in rows if row.id in results)


def _results(session: Session, dossier_ids: list[int], state: str) -> dict[int, dict[str, Any]]:
    found = session.execute(
        select(Result, Dossier.event_seq, UserAccount.name, FileLink.id, StoredFile, Hop.note)
        .join(Dossier, Dossier.id == Result.dossier_id)
        .outerjoin(UserAccount, UserAccount.id == Result.signer_id)
        .outerjoin(StoredFile, StoredFile.id == Result.file_id)
        .outerjoin(FileLink, and_(FileLink.kind == "result", FileLink.file_id == Result.file_id))
        .outerjoin(Hop, and_(Hop.dossier_id == Dossier.id, Hop.action == "propose"))
        .where(Result.dossier_id.in_(dossier_ids), Result.state == state)
        .order_by(Result.version, Hop.ordinal)
    )
    return {result.dossier_id: _facts(result, *rest) for result, *rest in found}


def _facts(
    result: Result, version: int, signer: str | None, link_id: int | None, file: StoredFile | None, note: str | None
) -> dict[str, Any]:
    return {
        "version": version,
        "result_id": result.id,
        "result_version": result.version,
        "title": result.title,
        "form": result.form,
        "kind": result.kind,
        "proposed_by": result.proposed_by,
        "proposed_at": result.proposed_at,
        "note": result.replaced_reason or note or "",
        "signer": signer or "",
        "signed_at": result.signed_at,
        "symbol": result.symbol,
        "link_id": link_id,
        "pages": file.pages if file else 0,
        "storage_id": file.storage_id if file else "",
        "digest_sealed": file.digest_sealed if file else b"",
        "digest_mac": file.digest_mac if file else "",
        "is_reissue": result.replaces_id is not None,
    }
