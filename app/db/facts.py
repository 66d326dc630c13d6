"""The derived side of a dossier (thời hạn và dữ kiện theo thời gian): clock cache and facts with validity.

Written by the unit of work for every dossier it recorded, so that no service can forget it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.base import table_of
from app.db.calendars import CalendarBook
from app.db.just_written import JustWritten, PaperWritten
from app.db.late_rows import LateRows
from app.db.models import (
    Component,
    Dossier,
    DossierClock,
    DossierFact,
    Hop,
    LedgerEntry,
    Payment,
    ProcedureVersion,
    Result,
)
from app.domain.version_parts import VersionParts
from workflows.calendar import VIETNAM, WorkingCalendar
from workflows.deadlines import Projection, Standing, project
from workflows.ledger import Effect, Extension, Ledger, Reading, Suspension
from workflows.limits import TimeLimit
from workflows.states import OPEN_STATES, State

_CLOCKS, _FACTS = table_of(DossierClock), table_of(DossierFact)
_CLOCK_COLUMNS = tuple(column.key for column in _CLOCKS.c)
BY_LAW = "statutory"  # the ground that marks an imported due time of the statutory clock
_NEVER_DIGITIZED = {"shown_only", "verification", "secret"}  # TT 03/2025/TT-VPCP art. 5


def refresh(
    session: Session,
    late: LateRows,
    dossier: Dossier,
    calendars: CalendarBook,
    *,
    at: datetime,
    effective: datetime,
    handled: datetime | None,
    written: JustWritten | None = None,
) -> None:
    """Bring the clock cache and the facts of `dossier` up to what its rows say at `at`.

    `handled` is when a person acted on it in this unit of work, None where only the house did;
    `written` is what the unit of work knows of a dossier that it wrote down itself.
    """
    ledger = ledger_of(session, dossier, written)
    clock = written.clock if written else session.get(DossierClock, dossier.id)
    if is_new := clock is None:
        clock = DossierClock(dossier_id=dossier.id, standing=Standing.UNKNOWN)
    _derive(session, dossier, clock, calendars, ledger, at=at, written=written)
    clock.touched_at = max(filter(None, (clock.touched_at, handled)), default=None)
    if is_new:
        late.put(_CLOCKS, {name: getattr(clock, name) for name in _CLOCK_COLUMNS})
    values = _values(session, dossier, clock, written)
    again = _restart_standing(session, dossier, calendars, clock, ledger)
    current = _current_fact(session, dossier)
    _write_fact(late, current, dossier, {**values, "restart_standing": again}, at=at, effective=effective)
    session.flush()


def ledger_of(session: Session, dossier: Dossier, written: JustWritten | None = None) -> Ledger | None:
    """Return the ledger of a received dossier, or None before reception or before the clock's second start."""
    if dossier.received_at is None or waits_for_competent(dossier):
        return None
    if written:
        return ledger_from(dossier, ())
    entries = session.scalars(
        select(LedgerEntry).where(LedgerEntry.dossier_id == dossier.id).order_by(LedgerEntry.started_at, LedgerEntry.id)
    ).all()
    return ledger_from(dossier, entries)


def ledger_from(dossier: Dossier, entries: Sequence[LedgerEntry], *, by_law: bool = False) -> Ledger | None:
    """Return the ledger that a dossier's entries make; None before reception or where its end precedes it.

    `by_law` takes the due time that was imported for the statutory clock in place of the committed one's.
    """
    if dossier.received_at is None:
        return None
    stops = tuple(
        Suspension(entry.started_at, entry.ended_at, entry.ground, Effect(entry.effect))
        for entry in entries
        if entry.kind == "suspension" and entry.ended_at != entry.started_at  # no time passed: nothing stood still
    )
    extended = [
        Extension(e.started_at, e.new_due_at, e.reason) for e in entries if e.kind == "extension" and e.new_due_at
    ]
    declared = [
        entry.new_due_at for entry in entries if entry.kind == "declared" and (entry.ground == BY_LAW) is by_law
    ]
    started_at = dossier.competent_received_at or dossier.received_at
    if dossier.ended_at is not None and dossier.ended_at < started_at:
        return None  # imported so: an end before the reception tells nothing about time
    return Ledger(
        started_at=started_at,
        suspensions=stops,
        extension=extended[-1] if extended else None,
        ended_at=dossier.ended_at,
        declared_due_at=declared[-1] if declared else None,
    )


def waits_for_competent(dossier: Dossier) -> bool:
    """Tell whether a dossier received elsewhere has not reached the agency that settles it: no clock runs yet.

    NĐ 118/2025 art. 17.3 as amended by 309/2026. An imported due time stays what it is.
    """
    elsewhere = dossier.settling_unit_id != dossier.receiving_unit_id and not dossier.is_imported
    is_open = dossier.received_at is not None and dossier.ended_at is None
    return elsewhere and is_open and dossier.competent_received_at is None


def limits_of(dossier: Dossier) -> tuple[TimeLimit | None, TimeLimit | None]:
    """Return the committed and the statutory limit frozen into the dossier."""
    return _limit(dossier.committed_limit or dossier.statutory_limit, dossier.limit_cutoff), _limit(
        dossier.statutory_limit, dossier.limit_cutoff
    )


def ledger_by_law(session: Session, dossier: Dossier, ledger: Ledger | None) -> Ledger | None:
    """Return the ledger as the statutory clock reads it: with the due time imported for the law, if any."""
    if ledger is None or not dossier.is_imported:
        return ledger
    declared = select(LedgerEntry.new_due_at).where(
        LedgerEntry.dossier_id == dossier.id, LedgerEntry.kind == "declared", LedgerEntry.ground == BY_LAW
    )
    return replace(ledger, declared_due_at=session.scalar(declared))


def projections(
    dossier: Dossier, ledger: Ledger | None, by_law: Ledger | None, calendar: WorkingCalendar, *, at: datetime
) -> tuple[Projection | None, Projection | None]:
    """Return where the committed and the statutory clock stand at `at` (without trace).

    A clock that has ended is seen at its end, also where the end was entered before its time. Without a
    limit (an imported dossier) only a declared due time is known; with neither, the standing is unknown.
    """
    if ledger is None or by_law is None:
        return None, None
    committed, statutory = limits_of(dossier)
    seen = max(at, ledger.ended_at) if ledger.ended_at else at
    first = project(committed, ledger, calendar, at=seen)
    known = statutory is not None or by_law.declared_due_at is not None
    return first, project(statutory, by_law, calendar, at=seen) if known else None


def promised_at(session: Session, dossier: Dossier, calendars: CalendarBook, *, at: datetime) -> datetime | None:
    """Return what a dossier that was received just now is promised; its ledger is still empty."""
    committed, _ = limits_of(dossier)
    if dossier.received_at is None:
        return None
    calendar, _ = calendars.of_unit(session, dossier.settling_unit_id)
    ledger = Ledger(dossier.competent_received_at or dossier.received_at)
    return project(committed, ledger, calendar, at=at).promised_at


def refresh_clock(session: Session, dossier: Dossier, calendars: CalendarBook, *, at: datetime) -> DossierClock:
    """Return the dossier's clock row, brought up to the derivation."""
    clock = session.get(DossierClock, dossier.id)
    if clock is None:
        clock = DossierClock(dossier_id=dossier.id, standing=Standing.UNKNOWN)
        session.add(clock)
    _derive(session, dossier, clock, calendars, ledger_of(session, dossier), at=at)
    session.flush()
    return clock


def _derive(
    session: Session,
    dossier: Dossier,
    clock: DossierClock,
    calendars: CalendarBook,
    ledger: Ledger | None,
    *,
    at: datetime,
    written: JustWritten | None = None,
) -> None:
    calendar, version = calendars.of_unit(session, dossier.settling_unit_id)
    by_law = ledger_by_law(session, dossier, ledger)
    committed, statutory = projections(dossier, ledger, by_law, calendar, at=at)
    clock.settling_unit_id = dossier.settling_unit_id
    clock.calendar_version = version
    clock.is_open = State(dossier.state) in OPEN_STATES
    clock.limit_written = dossier.committed_limit or dossier.statutory_limit or ""
    _set_committed(clock, committed)
    clock.is_suspended = clock.is_suspended or waits_for_competent(dossier)
    clock.statutory_due_at = statutory.due_at if statutory else None
    clock.statutory_standing = statutory.standing if statutory and dossier.ended_at else Standing.UNKNOWN
    clock.step_due_at = written.step_due_at if written else _step_due_at(session, dossier)
    if State(dossier.state) is not State.FILED:
        clock.answer_due_at = None
    if dossier.ended_at:
        clock.standing = _standing_at_end(dossier, committed)


def _step_due_at(session: Session, dossier: Dossier) -> datetime | None:
    present = select(Hop.due_at).where(Hop.dossier_id == dossier.id, Hop.left_at.is_(None))
    return session.scalar(present.order_by(Hop.ordinal.desc()).limit(1))


def _set_committed(clock: DossierClock, projection: Projection | None) -> None:
    clock.is_suspended = bool(projection and projection.standing == Standing.SUSPENDED)
    shown = projection if projection and not clock.is_suspended else None
    clock.due_at = shown.due_at if shown else None
    clock.due_day = int(f"{shown.due_day:%Y%m%d}") if shown and shown.due_day else None
    clock.promised_at = shown.promised_at if shown else None
    clock.consumed_minutes = projection.consumed_minutes if projection else None
    if clock.first_due_at is None and shown:
        clock.first_due_at = shown.due_at


def _standing_at_end(dossier: Dossier, committed: Projection | None) -> str:
    """A second supplement request after reception counts as late (national formula, law.md 3.3)."""
    if committed is None:
        return Standing.UNKNOWN
    return Standing.LATE if dossier.supplement_requests > 1 else committed.standing


def _restart_standing(
    session: Session, dossier: Dossier, calendars: CalendarBook, clock: DossierClock, ledger: Ledger | None
) -> str:
    """Return the standing at the end if a supplement gave the whole limit anew (NĐ 61/2018/NĐ-CP art. 19.4)."""
    limit, _ = limits_of(dossier)
    if ledger is None or dossier.ended_at is None or not ledger.suspensions or dossier.supplement_requests > 1:
        return clock.standing if dossier.ended_at else Standing.UNKNOWN
    calendar, _ = calendars.of_unit(session, dossier.settling_unit_id)
    return project(limit, ledger, calendar, at=dossier.ended_at, reading=Reading.RESTART).standing


def _write_fact(
    late: LateRows,
    current: DossierFact | None,
    dossier: Dossier,
    values: dict[str, object],
    *,
    at: datetime,
    effective: datetime,
) -> None:
    if current is not None:
        values |= _imported(dossier, current, values)
        if all(getattr(current, name) == value for name, value in values.items()):
            return
        effective = max(effective, current.valid_from)
        current.valid_to = effective
    told = {"dossier_id": dossier.id, "valid_from": effective, "recorded_at": at, "event_seq": dossier.event_seq}
    late.put(_FACTS, {**told, **values})


def _current_fact(session: Session, dossier: Dossier) -> DossierFact | None:
    if dossier.event_seq == 1 and not dossier.is_imported:
        return None
    still = select(DossierFact).where(DossierFact.dossier_id == dossier.id, DossierFact.valid_to.is_(None))
    return session.scalars(still).first()


def _values(
    session: Session, dossier: Dossier, clock: DossierClock, written: JustWritten | None
) -> dict[str, object]:
    version: VersionParts | _VersionSaid = written.version if written else _version_of(session, dossier)
    papers = written.papers if written else _papers(session, dossier)
    ended_day = dossier.ended_at.astimezone(VIETNAM) if dossier.ended_at else None
    limit, _ = limits_of(dossier)
    return {
        "state": dossier.state,
        "procedure_id": version.procedure_id,
        "field": version.field,
        "settling_unit_id": dossier.settling_unit_id,
        "receiving_unit_id": dossier.receiving_unit_id,
        "channel": dossier.channel,
        "is_assisted": dossier.is_assisted,
        "is_imported": dossier.is_imported,
        "received_at": dossier.received_at,
        "ended_at": dossier.ended_at,
        "returned_at": dossier.returned_at,
        "due_at": clock.due_at,
        "due_day": clock.due_day,
        "by_day": limit is None or limit.is_by_day,
        "ended_day": int(f"{ended_day:%Y%m%d}") if ended_day else None,
        "is_suspended": clock.is_suspended,
        "standing": clock.standing,
        "statutory_standing": clock.statutory_standing,
        "statutory_due_at": clock.statutory_due_at,
        "supplement_requests": dossier.supplement_requests,
        **_paper_counts(papers, are_kept=version.needs_digitizing),
        **_result_facts(session, dossier),
        "result_required": version.has_result,
        "fee_vnd": dossier.fee_due_vnd,
        "paid_online": _paid_online(session, dossier),
        "vneid_verified": dossier.is_vneid_verified,
    }


def _imported(dossier: Dossier, current: DossierFact, values: dict[str, object]) -> dict[str, object]:
    """Return what only the file of an import could tell: no result and no payment of ours stands behind it."""
    if not dossier.is_imported:
        return {}
    kept: dict[str, object] = {"paid_online": current.paid_online or values["paid_online"]}
    if not values["result_digitized"]:
        kept |= {name: getattr(current, name) for name in ("result_required", "result_electronic", "result_digitized")}
    return kept


def _papers(session: Session, dossier: Dossier) -> Sequence[Component]:
    return session.scalars(select(Component).where(Component.dossier_id == dossier.id)).all()


def _paper_counts(papers: Sequence[Component | PaperWritten], *, are_kept: bool) -> dict[str, int]:
    """Return how many papers there are, had to be digitized, are, and were taken over.

    None has to be where the procedure keeps none (chứng thực: shown and handed back), nor one that is exempt.
    """
    held = [paper for paper in papers if paper.form != "missing"]
    due = [
        paper
        for paper in held
        if are_kept and not (paper.form == "exempt" and paper.exempt_reason in _NEVER_DIGITIZED | {"database"})
    ]
    digitized = [paper for paper in due if paper.form in {"scanned", "reused", "electronic"}]
    return {
        "components": len(held),
        "components_due": len(due),
        "components_digitized": len(digitized),
        "components_reused": sum(paper.form == "reused" for paper in papers),
    }


@dataclass(frozen=True, slots=True)
class _VersionSaid:
    """What the version of a procedure says that facts tell."""

    procedure_id: int
    field: str
    has_result: bool
    needs_digitizing: bool


def _version_of(session: Session, dossier: Dossier) -> _VersionSaid:
    version = session.get_one(ProcedureVersion, dossier.procedure_version_id)
    return _VersionSaid(version.procedure_id, version.field, bool(version.result_name), version.needs_digitizing)


def _result_facts(session: Session, dossier: Dossier) -> dict[str, bool]:
    released = _released(session, dossier)
    return {
        "result_electronic": bool(released and released.file_id and released.form == "electronic"),
        "result_digitized": bool(released and released.file_id),
    }


def _released(session: Session, dossier: Dossier) -> Result | None:
    if dossier.result_notice_at is None:
        return None
    results = select(Result).where(Result.dossier_id == dossier.id, Result.state == "released")
    return session.scalars(results.order_by(Result.version.desc())).first()


def _paid_online(session: Session, dossier: Dossier) -> bool:
    if dossier.fee_paid_vnd == 0:
        return False
    rows = session.scalars(select(Payment).where(Payment.dossier_id == dossier.id)).all()
    return sum(row.amount_vnd for row in rows if row.method == "online") > 0


@lru_cache(maxsize=512)
def _limit(text: str | None, cutoff: str | None) -> TimeLimit | None:
    return TimeLimit.parse(text, cutoff=cutoff) if text else None
