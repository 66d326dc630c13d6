"""Timestamps that were missed, proofs that end (bổ sung, gia hạn dấu thời gian); no transaction waits for them."""

from __future__ import annotations

from datetime import datetime

import structlog

from app.queries import release_times as waiting
from app.queries.accounts import staff_of
from app.queries.release_times import DueFile
from app.queries.signed_reports import HeldReport, due_for_time
from app.services import release_times, report_times
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
        files, reports = waiting.due(session, at), due_for_time(session, at)
    return sum(_prove(house, file, at) for file in files) + sum(_prove_report(house, one, at) for one in reports)


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


def _prove_report(house: House, held: HeldReport, at: datetime) -> bool:
    with house.unit_of_work() as uow:
        taken = report_times.take(uow, held.report_id, at)
    if not taken:
        return False
    with house.reading() as session:
        signer = staff_of(session, held.signer_id, at)
    try:
        content = stamp_time(house.files.get(held.storage_id, held.key_sealed), house.timestampers)
    except SigningError as error:
        return _report_not(house, held, str(error), at)
    if signer is None:
        return _report_not(house, held, "người ký không còn tài khoản", at)
    kept = house.files.put(content)
    with house.unit_of_work() as uow:
        report_times.stamped(uow, held.report_id, kept, signer, at)
    return True


def _report_not(house: House, held: HeldReport, why: str, at: datetime) -> bool:
    log.warning("report_not_timed", report=held.report_id)
    with house.unit_of_work() as uow:
        report_times.not_stamped(uow, held.report_id, why, at)
    return False
