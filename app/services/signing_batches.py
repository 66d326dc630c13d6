"""Signing many results at once (ký theo lô): one confirmation bound to the exact set of files.

The PIN opens the key once and is forgotten; the key lives in the memory of the process that carries the batch
out. A process that dies leaves the batch as far as it came: each file is signed or waits, and a new PIN goes on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select

from app.db.models import SigningBatch, SigningBatchItem
from app.db.unit_of_work import UnitOfWork
from app.domain.people import Staff
from app.services.errors import AlreadyDone, NotFound
from app.services.signatures import Ports, ToSign, sign_one
from signing import Signer

MOST = 200
SILENCE = timedelta(seconds=60)
"""A batch at work shows it at each file; after this long without a sign it may be taken up anew."""


def set_digest(chosen: Sequence[ToSign]) -> str:
    """Return what a confirmation is bound to: SHA-256 (hex) over the sorted results with their files' digests."""
    lines = sorted(f"{one.result_id} {one.digest}\n" for one in chosen)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def open_batch(uow: UnitOfWork, staff: Staff, chosen: Sequence[ToSign], at: datetime) -> int:
    """Write down what is confirmed, before any key is used, and return the batch's id."""
    batch = SigningBatch(
        user_id=staff.user_id, set_digest=set_digest(chosen), total=len(chosen), confirmed_at=at, beat_at=at
    )
    uow.session.add(batch)
    uow.session.flush()
    uow.session.add_all(
        SigningBatchItem(
            batch_id=batch.id,
            ordinal=ordinal,
            result_id=one.result_id,
            number=one.number,
            version=one.version,
            digest=one.digest,
        )
        for ordinal, one in enumerate(chosen)
    )
    return batch.id


def take_up(uow: UnitOfWork, staff: Staff, batch_id: int, at: datetime) -> None:
    """Claim a batch that halted or whose process died.

    Raises NotFound for another's, AlreadyDone while it is at work or done.
    """
    batch = uow.session.scalars(
        select(SigningBatch).where(SigningBatch.id == batch_id).with_for_update()
    ).one_or_none()
    if batch is None or batch.user_id != staff.user_id:
        raise NotFound(number=str(batch_id))
    if batch.done_at is not None or not (batch.halted or at - batch.beat_at >= SILENCE):
        raise AlreadyDone(number=str(batch_id))
    batch.beat_at, batch.halted = at, ""


def carry_out(
    ports: Ports, staff: Staff, batch_id: int, signer: Signer, *, now: Callable[[], datetime]
) -> None:
    """Sign what waits in the batch, one file after the other, and close the key.

    A failure is named and the rest goes on; a key that is gone (token pulled out, service silent) halts the batch
    with the reason, and what was not signed waits for a new PIN.
    """
    with closing(signer):
        for item_id, one in _waiting(ports, batch_id):
            outcome = sign_one(ports, staff, one, signer, now(), also=partial(_signed, item_id=item_id))
            with ports.unit_of_work() as uow:
                batch = uow.session.get_one(SigningBatch, batch_id)
                batch.beat_at = now()
                if outcome.key_gone:
                    batch.halted = outcome.reason
                    return
                if not outcome.ok:
                    _failed(uow, item_id, outcome.reason)
    with ports.unit_of_work() as uow:
        uow.session.get_one(SigningBatch, batch_id).done_at = now()


def _waiting(ports: Ports, batch_id: int) -> list[tuple[int, ToSign]]:
    with ports.unit_of_work() as uow:
        rows = uow.session.scalars(
            select(SigningBatchItem)
            .where(SigningBatchItem.batch_id == batch_id, SigningBatchItem.state == "waiting")
            .order_by(SigningBatchItem.ordinal)
        ).all()
        return [(row.id, ToSign(row.number, row.version, row.result_id, row.digest)) for row in rows]


def _signed(uow: UnitOfWork, *, item_id: int) -> None:
    uow.session.get_one(SigningBatchItem, item_id).state = "signed"


def _failed(uow: UnitOfWork, item_id: int, reason: str) -> None:
    item = uow.session.get_one(SigningBatchItem, item_id)
    if item.state == "waiting":
        item.state, item.reason = "failed", reason
