"""Signs of life (tín hiệu sống): each process of the house says that it runs, and what it last did."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update

from app.db.models import Heartbeat
from app.db.once import insert_once
from app.db.unit_of_work import UnitOfWork


def beat(uow: UnitOfWork, process: str, detail: str, at: datetime) -> None:
    """Note that `process` lives at `at`; one row for each process, whoever of its like writes it."""
    values = {"process": process, "seen_at": at, "detail": detail}
    if not insert_once(uow.session, Heartbeat, values):
        changed = update(Heartbeat).where(Heartbeat.process == process).values(seen_at=at, detail=detail)
        uow.session.execute(changed, execution_options={"synchronize_session": False})
