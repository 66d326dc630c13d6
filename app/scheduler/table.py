"""The table of sweeps (bảng việc theo giờ): what the scheduler looks after, and how often it looks.

Each asks the database what is due and leaves an effect behind, so that it may run at any time, by any number
of processes, once or ten times. The order is the order of one tick: expiry before reminders of what expired.
"""

from __future__ import annotations

from datetime import timedelta

from app.scheduler.chores import clean, close_roots, collect_orphans
from app.scheduler.counting import count_periods
from app.scheduler.flag_counts import count_flags
from app.scheduler.report_day import prepare_reports
from app.scheduler.sending import send
from app.scheduler.sweeping import Sweep, each, in_batches
from app.scheduler.timing import prove
from app.scheduler.workshop import Workshop
from app.services.sweeps import (
    answers,
    apologies,
    calendars,
    expiry,
    forwarding,
    lateness,
    pauses,
    pickups,
    previews,
    report_days,
    step_deadlines,
    stuck,
    warnings,
)

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
WORKSHOP = Workshop()  # starts its pool when there is work

SWEEPS = (
    Sweep("follow_calendars", MINUTE, in_batches(calendars.due, calendars.act)),
    Sweep("expire_supplements", MINUTE, each(expiry.due, expiry.act, batch=1)),  # draws numbers: held briefly
    Sweep("end_suspensions", MINUTE, each(pauses.due, pauses.act)),
    Sweep("draft_apologies", MINUTE, each(apologies.due, apologies.act)),
    Sweep("record_lateness", MINUTE, each(lateness.due, lateness.act)),
    Sweep("warn", MINUTE, each(warnings.due, warnings.act)),
    Sweep("warn_of_answers", MINUTE, each(answers.due, answers.act)),
    Sweep("warn_of_steps", MINUTE, each(step_deadlines.due, step_deadlines.act)),
    Sweep("warn_of_papers", MINUTE, each(forwarding.due, forwarding.act)),
    Sweep("look_for_stuck", 10 * MINUTE, each(stuck.due, stuck.act)),
    Sweep("remind_of_pickup", 10 * MINUTE, each(pickups.due, pickups.act)),
    Sweep("count_periods", MINUTE, count_periods),
    Sweep("prepare_reports", 10 * MINUTE, prepare_reports),
    Sweep("clean_for_reports", HOUR, each(report_days.holders_due, report_days.tell_holder)),
    Sweep("count_flags", 15 * MINUTE, count_flags),
    Sweep("send", 15 * SECOND, send),
    Sweep("want_previews", 10 * SECOND, each(previews.due, previews.act)),
    Sweep("prove_times", MINUTE, prove),
    Sweep("work", 2 * SECOND, WORKSHOP.run),
    Sweep("close_roots", 5 * MINUTE, close_roots),
    Sweep("clean", HOUR, clean),
    Sweep("collect_orphans", 6 * HOUR, collect_orphans),
)
