"""The table of sweeps (bảng việc theo giờ): what the scheduler looks after, and how often it looks.

Each asks the database what is due and leaves an effect behind, so that it may run at any time, by any number
of processes, once or ten times. The order is the order of one tick: expiry before reminders of what expired.
"""

from __future__ import annotations

from datetime import timedelta

from app.scheduler.sweeping import Sweep, dossiers
from app.services.sweeps import apologies, expiry, lateness, warnings

MINUTE = timedelta(minutes=1)

SWEEPS = (
    Sweep("expire_supplements", MINUTE, dossiers(expiry.due, expiry.act, batch=1)),  # draws numbers: held briefly
    Sweep("draft_apologies", MINUTE, dossiers(apologies.due, apologies.act)),
    Sweep("record_lateness", MINUTE, dossiers(lateness.due, lateness.act)),
    Sweep("warn", MINUTE, dossiers(warnings.due, warnings.act)),
)
