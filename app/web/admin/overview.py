"""Doors of the overview and of the operation page (tổng quan, vận hành)."""

from __future__ import annotations

from flask import Response

from app.queries import administration, running
from app.web.context import house, now, staff
from app.web.responses import page


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
        jobs = running.jobs_to_look_at(db)
    return page("admin/operation.html", beats=beats, queues=queues, jobs=jobs)
