"""Short words for the tests of the scheduler: what happened, in the order it happened."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.db.models import Effect, Event, OutboxMessage, UserAccount
from app.scheduler.ticks import run_once
from tests.support.seeded import Desk
from workflows.calendar import VIETNAM


def local(text: str) -> datetime:
    """Return "Monday 2026-11-23 08:30" in Vietnam; the weekday is checked."""
    weekday, day, clock = text.split()
    moment = datetime.strptime(f"{day} {clock}", "%Y-%m-%d %H:%M").replace(tzinfo=VIETNAM)
    assert f"{moment:%A}" == weekday, f"{day} is a {moment:%A}"
    return moment


def tick_at(desk: Desk, text: str) -> dict[str, int]:
    """Let the scheduler run once at a time, and return how much each sweep did."""
    return run_once(desk.house, desk.clock.set(local(text)))


def effects(desk: Desk, dossier_id: int, kind: str | None = None) -> list[str]:
    """Return the occasions of a dossier's effects as "kind:name", in the order of their being written."""
    with desk.house.reading() as session:
        rows = session.scalars(select(Effect).where(Effect.subject == str(dossier_id)).order_by(Effect.id)).all()
    return [f"{row.kind}:{row.occasion.split('@')[0]}" for row in rows if kind in (None, row.kind)]


def events(desk: Desk, dossier_id: int) -> list[str]:
    """Return the kinds of what the scheduler did to a dossier, in order."""
    with desk.house.reading() as session:
        asked = select(Event.kind).where(Event.dossier_id == dossier_id, Event.actor_kind == "scheduler")
        return list(session.scalars(asked.order_by(Event.seq)))


def told(desk: Desk, dossier_id: int) -> list[tuple[str, str]]:
    """Return who was told what about a dossier: (login, template), in order."""
    with desk.house.reading() as session:
        asked = (
            select(UserAccount.login, OutboxMessage.template)
            .join(UserAccount, UserAccount.id == OutboxMessage.to_user_id)
            .where(OutboxMessage.dossier_id == dossier_id)
        )
        return [(login, template) for login, template in session.execute(asked.order_by(OutboxMessage.id))]
