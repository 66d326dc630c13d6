"""Facts and histories for made-up dossiers (dữ kiện cho dữ liệu đo): written from the rows themselves, in bulk."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, false, func, insert, literal, null, select, true

from app.db.base import table_of
from app.db.models import Dossier, DossierClock, DossierFact, Hop, LedgerEntry, Procedure, ProcedureVersion
from app.wiring import House

WITH_STOPS, WITH_STEPS = 10, 5  # one dossier in so many has a suspension, a control slip
_STEPS = (("Tiếp nhận", 0.1), ("Thẩm định", 0.6), ("Ký duyệt", 0.2), ("Văn thư", 0.1))


def facts_of_all(house: House) -> None:
    """Give each dossier the fact that says what its row and its clock say, after one of its time under way."""
    now, before = _values(), _values_under_way()
    ended = Dossier.ended_at.is_not(None)
    with house.engine.connect().execution_options(writing=True) as connection, connection.begin():
        connection.execute(insert(table_of(DossierFact)).from_select(list(before), _of_dossiers(before).where(ended)))
        connection.execute(insert(table_of(DossierFact)).from_select(list(now), _of_dossiers(now)))


def _of_dossiers(values: dict[str, Any]) -> Select[Any]:
    return (
        select(*values.values())
        .select_from(Dossier)
        .join(DossierClock, DossierClock.dossier_id == Dossier.id)
        .join(ProcedureVersion, ProcedureVersion.id == Dossier.procedure_version_id)
    )


def present_stays(house: House) -> bool:
    """Let each open dossier stand at a step, due as the dossier is; False where some stand at one already."""
    names = {number: name for number, (name, _share) in enumerate(_STEPS)}
    values: dict[str, Any] = {
        "dossier_id": DossierClock.dossier_id, "ordinal": literal(1), "step_ordinal": literal(1),
        "step_name": case(names, value=DossierClock.dossier_id % len(names)), "role": literal("officer"),
        "unit_id": DossierClock.settling_unit_id, "handed_at": DossierClock.touched_at, "due_at": DossierClock.due_at,
        "allotted_minutes": literal(480),
    } | dict.fromkeys(("from_name", "user_name", "action", "note", "outcome"), literal(""))  # fmt: skip
    wanted = select(*values.values()).where(DossierClock.is_open)
    with house.engine.connect().execution_options(writing=True) as connection, connection.begin():
        if connection.scalar(select(Hop.id).where(Hop.left_at.is_(None)).limit(1)) is not None:
            return False
        connection.execute(insert(table_of(Hop)).from_select(list(values), wanted))
    return True


def histories(house: House, count: int) -> None:
    """Give some dossiers a suspension in the middle of their time, some a control slip of four steps."""
    with house.engine.connect().execution_options(writing=True) as connection, connection.begin():
        asked = select(Dossier.id, Dossier.received_at, Dossier.ended_at, Dossier.settling_unit_id)
        stops: list[dict[str, Any]] = []
        hops: list[dict[str, Any]] = []
        for row in connection.execute(asked.where(Dossier.id <= count, Dossier.ended_at.is_not(None))):
            span = row.ended_at - row.received_at
            if row.id % WITH_STOPS == 0:
                stops.append(_stop(row.id, row.received_at + span / 4, row.received_at + span / 2))
            if row.id % WITH_STEPS == 0:
                hops += _hops(row, span)
        for model, rows in ((LedgerEntry, stops), (Hop, hops)):
            for start in range(0, len(rows), 20_000):
                connection.execute(insert(model), rows[start : start + 20_000])


def busiest_procedure(house: House) -> str:
    """Return the code of the procedure with most dossiers."""
    with house.reading() as session:
        return session.execute(
            select(Procedure.code)
            .join(ProcedureVersion, ProcedureVersion.procedure_id == Procedure.id)
            .join(Dossier, Dossier.procedure_version_id == ProcedureVersion.id)
            .limit(1)
        ).scalar_one()


def _stop(dossier_id: int, start: datetime, end: datetime) -> dict[str, Any]:
    return {"dossier_id": dossier_id, "kind": "suspension", "ground": "supplement", "effect": "restart",
            "started_at": start, "ended_at": end}  # fmt: skip


def _hops(row: Any, span: Any) -> list[dict[str, Any]]:
    made, at = [], row.received_at
    for ordinal, (name, share) in enumerate(_STEPS, 1):
        made.append({"dossier_id": row.id, "ordinal": ordinal, "step_ordinal": ordinal, "step_name": name,
                     "role": "officer", "unit_id": row.settling_unit_id, "handed_at": at, "left_at": at + span * share,
                     "allotted_minutes": int(1440 * share), "from_name": "", "user_name": "", "action": "",
                     "note": "", "outcome": ""})  # fmt: skip
        at += span * share
    return made


def _values() -> dict[str, Any]:
    d, c, no, yes, none = Dossier, DossierClock, false(), true(), literal(0)
    return {
        "dossier_id": d.id, "valid_from": func.coalesce(d.ended_at, d.received_at), "recorded_at": d.received_at,
        "event_seq": d.event_seq, "state": d.state,
        "procedure_id": ProcedureVersion.procedure_id, "field": ProcedureVersion.field,
        "settling_unit_id": d.settling_unit_id, "receiving_unit_id": d.receiving_unit_id, "channel": d.channel,
        "is_assisted": no, "is_imported": no, "received_at": d.received_at, "ended_at": d.ended_at,
        "returned_at": d.returned_at, "due_at": c.due_at, "due_day": c.due_day, "by_day": yes,
        "is_suspended": c.is_suspended, "standing": c.standing, "restart_standing": c.standing,
        "statutory_standing": c.standing, "statutory_due_at": c.statutory_due_at, "supplement_requests": none,
        "components": none, "components_due": none, "components_digitized": none, "components_reused": none,
        "result_required": yes, "result_electronic": no, "result_digitized": no, "fee_vnd": none,
        "paid_online": no, "vneid_verified": no,
    }  # fmt: skip


def _values_under_way() -> dict[str, Any]:
    """What was true of an ended dossier from its reception until its end."""
    unknown = literal("unknown")
    return _values() | {
        "valid_from": Dossier.received_at, "valid_to": Dossier.ended_at, "state": literal("processing"),
        "ended_at": null(), "returned_at": null(), "standing": unknown, "restart_standing": unknown,
        "statutory_standing": unknown,
    }  # fmt: skip
