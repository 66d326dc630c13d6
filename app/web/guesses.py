"""Guessing numbers and secrets is slow (giới hạn dò mã): counted per number and per address, for every process."""

from __future__ import annotations

from werkzeug.exceptions import TooManyRequests

from app.services.throttle import Budget, count_failure, waiting_time
from app.web.context import house, now, remote_address

NUMBER = Budget("tracking", free=5)
# A whole office or a mobile network may sit behind one address.
ADDRESS = Budget("tracking-address", free=30)


def refuse_guessing(number: str) -> None:
    """Raise 429 with the waiting time while this number or this address still has to wait."""
    with house().reading() as db:
        waits = [waiting_time(db, NUMBER, number, now()), waiting_time(db, ADDRESS, remote_address(), now())]
    if seconds := int(max(waits).total_seconds()):
        raise TooManyRequests(retry_after=seconds + 1)


def count_wrong(number: str) -> None:
    """Count one wrong secret or unknown number."""
    with house().unit_of_work() as uow:
        count_failure(uow.session, NUMBER, number, now())
        count_failure(uow.session, ADDRESS, remote_address(), now())
