"""Timestamps that were missed, proofs that end (bổ sung, gia hạn dấu thời gian); no transaction waits for them."""

from __future__ import annotations

from datetime import datetime

import structlog

from app.queries import release_times as waiting
from app.queries.accounts import staff_of
from app.queries.release_times import DueFile
from app.services import release_times
from app.services.release_times import Timed
from app.wiring import House
from signing import SigningError, prolong
from signing.longterm import certificates_in, proven_until, stamp_time

log = structlog.get_logger("motcua.scheduler")


def prove(house: House, at: datetime) -> int:
    """Put what is due under a timestamp, one file after the other; return how many were."""
    if not house.timestampers:
        return 0
    with house.reading() as session:
        files = waiting.due(session, at)
    return sum(_prove(house, file, at) for file in files)


def _prove(house: House, file: DueFile, at: datetime) -> bool:
    with house.unit_of_work() as uow:
        taken = release_times.take(uow, file.result_id, at)
    if not taken:
        return False
    with house.reading() as session:
        sealer = staff_of(session, file.sealer_id, at)
    try:
        content = _under_time(house, file, at)
    except SigningError as error:
        _not(house, file, str(error), at)
        return False
    if sealer is None:
        _not(house, file, "người đóng dấu không còn tài khoản", at)
        return False
    made = Timed(house.files.put(content), proven_until(content))
    with house.unit_of_work() as uow:
        release_times.stamped(uow, file.result_id, made, sealer, at)
    return True


def _under_time(house: House, file: DueFile, at: datetime) -> bytes:
    content = house.files.get(file.storage_id, file.key_sealed)
    if file.state == "timed":
        known = house.trust | house.revocation_of(certificates_in(content))
        return prolong(content, house.timestampers, trust=known, at=at)
    return stamp_time(content, house.timestampers)


def _not(house: House, file: DueFile, why: str, at: datetime) -> None:
    log.warning("result_not_timed", result=file.result_id, state=file.state)
    with house.unit_of_work() as uow:
        release_times.not_stamped(uow, file.result_id, why, at)
