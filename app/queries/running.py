"""How the house is running (tình trạng vận hành): processes that live, jobs that wait or failed, messages stuck."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, func, or_, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.db.models import Heartbeat, Job, OutboxMessage
from app.domain.messages import OVERTAKEN

SILENT_AFTER = timedelta(minutes=3)
MOST_ROWS = 100


@dataclass(frozen=True, slots=True)
class Beat:
    """One process and when it last showed that it lives."""

    process: str
    seen_at: datetime
    detail: str
    is_silent: bool


@dataclass(frozen=True, slots=True)
class JobRow:
    """One job that failed or is under way, with its plain error."""

    job_id: int
    kind: str
    state: str
    attempts: int
    progress: int
    error: str
    created_at: datetime
    run_after: datetime


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One message that failed or waits, with its plain reason; to whom it goes is not shown."""

    message_id: int
    channel: str
    template: str
    state: str
    attempts: int
    error: str
    created_at: datetime
    send_after: datetime


@dataclass(frozen=True, slots=True)
class Queues:
    """How many jobs and messages stand in each state."""

    jobs: dict[str, int]
    messages: dict[str, int]


def heartbeats(db: Session, at: datetime) -> tuple[Beat, ...]:
    """Return every process that ever beat, by name; silent ones have not for three minutes."""
    rows = db.scalars(select(Heartbeat).order_by(Heartbeat.process))
    return tuple(Beat(r.process, r.seen_at, r.detail, at - r.seen_at > SILENT_AFTER) for r in rows)


def queues(db: Session) -> Queues:
    """Return the counts of jobs and of messages by state."""
    jobs = db.execute(select(Job.state, func.count()).group_by(Job.state)).all()
    # A notice is delivered by being there, and what was overtaken is no fault: neither is counted here.
    leaving = select(OutboxMessage.state, func.count()).where(
        OutboxMessage.channel != "notice", OutboxMessage.error != OVERTAKEN
    )
    messages = db.execute(leaving.group_by(OutboxMessage.state)).all()
    return Queues({row[0]: row[1] for row in jobs}, {row[0]: row[1] for row in messages})


def jobs_to_look_at(db: Session) -> tuple[JobRow, ...]:
    """Return the failed, running and waiting jobs, failed ones first, at most a hundred."""
    rows = db.scalars(
        select(Job).where(Job.state != "done").order_by((Job.state == "failed").desc(), Job.id).limit(MOST_ROWS)
    )
    return tuple(
        JobRow(r.id, r.kind, r.state, r.attempts, r.progress, r.error, r.created_at, r.run_after) for r in rows
    )


def messages_to_look_at(db: Session) -> tuple[MessageRow, ...]:
    """Return the mails and SMS that failed, then those that wait with a reason, at most a hundred."""
    stuck = and_(OutboxMessage.state == "waiting", OutboxMessage.error != "")
    rows = db.scalars(
        select(OutboxMessage)
        .where(or_(OutboxMessage.state == "failed", stuck), OutboxMessage.error != OVERTAKEN)
        .order_by((OutboxMessage.state == "failed").desc(), OutboxMessage.id)
        .limit(MOST_ROWS)
    )
    return tuple(
        MessageRow(r.id, r.channel, r.template, r.state, r.attempts, r.error, r.created_at, r.send_after) for r in rows
    )


def database_answers(db: Session) -> bool:
    """Tell whether the database can be asked."""
    try:
        db.execute(select(1))
    except (SQLAlchemyError, OSError):
        return False
    return True
