"""Walking the internal process (đi theo quy trình nội bộ): frozen steps, hops of the control slip, holders."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.db.base import table_of
from app.db.models import Dossier, FrozenSteps, Hop, Membership, Unit, UserAccount
from app.db.unit_of_work import UnitOfWork
from app.domain.people import Role, Staff
from app.services.catalogue import Chosen
from app.services.errors import NoSuchStep, ReceiverNotOurs
from workflows.deadlines import Standing
from workflows.steps import opening_minutes, step_due_at

_FROZEN, _STAYS = table_of(FrozenSteps), table_of(Hop)


def freeze(uow: UnitOfWork, dossier: Dossier, chosen: Chosen) -> list[dict[str, Any]]:
    """Keep the internal process as it is today with the dossier, and return its steps."""
    steps = [
        {"ordinal": s.ordinal, "name": s.name, "role": s.role, "unit_key": s.unit_key, "minutes": s.minutes}
        for s in chosen.version.steps
    ]
    uow.late.put(_FROZEN, {"dossier_id": dossier.id, "steps": steps})
    return steps


def steps_of(uow: UnitOfWork, dossier: Dossier) -> list[dict[str, Any]]:
    """Return the frozen steps in order."""
    row = uow.session.get(FrozenSteps, dossier.id)
    return row.steps if row else []


def beside(uow: UnitOfWork, dossier: Dossier, offset: int) -> dict[str, Any]:
    """Return the step `offset` places from the present one. Raises NoSuchStep."""
    steps = steps_of(uow, dossier)
    here = next((place for place, step in enumerate(steps) if step["ordinal"] == dossier.step_ordinal), -1)
    if not 0 <= here + offset < len(steps):
        raise NoSuchStep(direction="kế tiếp" if offset > 0 else "trước")
    return steps[here + offset]


def current_hop(uow: UnitOfWork, dossier: Dossier) -> Hop | None:
    """Return the stay that has not ended."""
    return uow.session.scalars(
        select(Hop).where(Hop.dossier_id == dossier.id, Hop.left_at.is_(None)).order_by(Hop.ordinal.desc()).limit(1)
    ).first()


def unit_of_step(uow: UnitOfWork, dossier: Dossier, step: dict[str, Any]) -> int:
    """Return the unit that does `step`: the settling authority's division of that key, else the authority's desk."""
    if step["role"] == Role.CLERK:
        return _desk_of(uow, dossier.receiving_unit_id)
    division = uow.session.scalars(
        select(Unit.id).where(Unit.root_id == dossier.settling_unit_id, Unit.short_name == step["unit_key"])
    ).first()
    return division or dossier.settling_unit_id


def leave(
    uow: UnitOfWork, dossier: Dossier, action: str, *, at: datetime, note: str = "", by: Staff | None = None
) -> Hop | None:
    """End the present stay and write how it went beside it (trước hạn, đúng hạn, quá hạn).

    A stay that was handed to a whole unit belongs to whoever did it (`by`): the control slip names them.
    """
    hop = current_hop(uow, dossier)
    if hop is not None:
        if by is not None and hop.user_id is None:
            hop.user_id, hop.user_name = by.user_id, by.name
        hop.left_at, hop.action, hop.note = max(at, hop.handed_at), action, note
        hop.outcome = _outcome(uow, dossier, hop, at)
    return hop


def arrive(
    uow: UnitOfWork,
    dossier: Dossier,
    step: dict[str, Any],
    *,
    at: datetime,
    user: UserAccount | None = None,
    sender: str = "",
    from_unit_id: int | None = None,
) -> Hop:
    """Begin a stay at `step`: the holder changes, the step's due time follows from its written minutes."""
    unit_id = user.unit_id if user and step["role"] != Role.CLERK else unit_of_step(uow, dossier, step)
    calendar, _ = uow.calendars.of_unit(uow.session, dossier.settling_unit_id)
    last = uow.session.scalars(
        select(Hop.ordinal).where(Hop.dossier_id == dossier.id).order_by(Hop.ordinal.desc())
    ).first()
    hop = Hop(
        dossier_id=dossier.id,
        ordinal=(last or 0) + 1,
        step_ordinal=step["ordinal"],
        step_name=step["name"],
        role=step["role"],
        from_unit_id=from_unit_id,
        from_name=sender,
        unit_id=unit_id,
        user_id=user.id if user else None,
        user_name=user.name if user else "",
        handed_at=at,
        allotted_minutes=step["minutes"],
        due_at=step_due_at(step["minutes"], at, calendar) if step["minutes"] else None,
        action="",
        note="",
        outcome="",
    )
    uow.session.add(hop)
    uow.session.flush()
    dossier.step_ordinal = step["ordinal"]
    dossier.holder_unit_id, dossier.holder_user_id = unit_id, hop.user_id
    return hop


def begin(uow: UnitOfWork, dossier: Dossier, step: dict[str, Any], staff: Staff, *, at: datetime) -> None:
    """Begin the first stay: the desk's own, with the clerk who receives."""
    calendar, _ = uow.calendars.of_unit(uow.session, dossier.settling_unit_id)
    due_at = step_due_at(step["minutes"], at, calendar) if step["minutes"] else None
    stay = {
        "dossier_id": dossier.id,
        "ordinal": 1,
        "step_ordinal": step["ordinal"],
        "step_name": step["name"],
        "role": step["role"],
        "from_name": dossier.summary,
        "unit_id": staff.unit_id,
        "user_id": staff.user_id,
        "user_name": staff.name,
        "handed_at": at,
        "allotted_minutes": step["minutes"],
        "due_at": due_at,
    }
    uow.late.put(_STAYS, stay)
    if written := uow.newborns.of(dossier):
        written.step_due_at = due_at
    dossier.step_ordinal = step["ordinal"]
    dossier.holder_unit_id, dossier.holder_user_id = staff.unit_id, staff.user_id


def holds_step(dossier: Dossier, hop: Hop | None, staff: Staff) -> bool:
    """Tell whether the present step is `staff`'s to do: role, and unit or person."""
    if hop is None or Role(hop.role) not in staff.roles:
        return False
    in_unit = hop.unit_id in (staff.unit_id, staff.root_unit_id) or bool(staff.instead_of(hop.user_id))
    return hop.user_id in (None, *staff.hands) and (
        in_unit or (Role.LEADER in staff.roles and dossier.settling_unit_id == staff.root_unit_id)
    )


def name_both(hop: Hop | None, staff: Staff) -> dict[str, Any]:
    """Let the control slip name the substitute and the absent person; return what the event tells of it."""
    away = staff.instead_of(hop.user_id) if hop else ""
    if hop is None or not away:
        return {}
    hop.user_name = f"{staff.name} (thay {away})"
    return {"instead_of": away}


def receiver(uow: UnitOfWork, dossier: Dossier, step: dict[str, Any], user_id: int | None) -> UserAccount | None:
    """Return the account that takes the dossier over; None lets the whole unit see it. Raises ReceiverNotOurs."""
    if user_id is None:
        return None
    user = uow.session.get(UserAccount, user_id)
    holds = (
        user
        and uow.session.scalars(
            select(Membership.id).where(Membership.user_id == user_id, Membership.role == step["role"])
        ).first()
    )
    unit = user and uow.session.get(Unit, user.unit_id)
    ours = (unit and dossier.settling_unit_id in (unit.id, unit.root_id)) or step["role"] == Role.CLERK
    if not (user and user.is_active and holds and ours):
        raise ReceiverNotOurs(where="to_user_id")
    return user


def last_user(uow: UnitOfWork, dossier: Dossier, step_ordinal: int) -> UserAccount | None:
    """Return who did a step last: a dossier sent back returns to the same hands."""
    user_id = uow.session.scalars(
        select(Hop.user_id)
        .where(Hop.dossier_id == dossier.id, Hop.step_ordinal == step_ordinal, Hop.user_id.is_not(None))
        .order_by(Hop.ordinal.desc())
    ).first()
    user = uow.session.get(UserAccount, user_id) if user_id else None
    return user if user and user.is_active else None


def _desk_of(uow: UnitOfWork, root_id: int) -> int:
    desk = uow.session.scalars(select(Unit.id).where(Unit.root_id == root_id, Unit.kind == "desk")).first()
    return desk or root_id


def _outcome(uow: UnitOfWork, dossier: Dossier, hop: Hop, at: datetime) -> str:
    """Compare the minutes used with those allotted: fewer is early, the same on time, more late."""
    if not hop.allotted_minutes:
        return Standing.ON_TIME
    calendar, _ = uow.calendars.of_unit(uow.session, dossier.settling_unit_id)
    used = calendar.working_minutes_between(hop.handed_at, max(at, hop.handed_at))
    allotted = opening_minutes(hop.allotted_minutes, calendar)
    if used == allotted:
        return Standing.ON_TIME
    return Standing.EARLY if used < allotted else Standing.LATE
