"""Doors of the overview and of the operation page (tổng quan, vận hành)."""

from __future__ import annotations

from flask import Response

from app.domain.people import Role
from app.queries import administration, running
from app.services import jobs, outbox
from app.web.context import house, now, staff
from app.web.responses import page, see_other


def overview() -> Response:
    """Show what is set up, what is missing, and whether everything runs."""
    with house().reading() as db:
        counts = administration.counts(db, staff())
        beats = running.heartbeats(db, now())
        queues = running.queues(db)
        steps = administration.to_do(db, staff(), now())
    return page("admin/overview.html", counts=counts, beats=beats, queues=queues, steps=steps)


def operation() -> Response:
    """Show processes, jobs and the error queue."""
    with house().reading() as db:
        beats = running.heartbeats(db, now())
        queues = running.queues(db)
        waiting = running.jobs_to_look_at(db)
        messages = running.messages_to_look_at(db)
    may_act = Role.ADMIN in staff().roles
    return page(
        "admin/operation.html", beats=beats, queues=queues, jobs=waiting, stuck_messages=messages, may_act=may_act
    )


def run_job_again(job_id: int) -> Response:
    """Let a failed job run anew."""
    with house().unit_of_work() as uow:
        jobs.try_again(uow, staff(), job_id, now())
    return see_other("admin.operation")


def send_again(message_id: int) -> Response:
    """Send a failed message anew."""
    with house().unit_of_work() as uow:
        outbox.try_again(uow, staff(), message_id, now())
    return see_other("admin.operation")
