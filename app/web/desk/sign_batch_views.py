"""A batch of signatures at work (lô ký): how far it is, who failed and why, and how to go on after a stop."""

from __future__ import annotations

import logging
from datetime import datetime
from threading import Thread

from flask import request
from werkzeug.wrappers import Response

from app.domain.people import Staff
from app.queries import signing_keys
from app.queries.signing_batches import BatchProgress, batch_of
from app.services import signers, signing_batches
from app.web.context import house, now, staff
from app.web.desk.frame import desk_page
from app.web.desk.presenters.key_note import key_note
from app.web.desk.signing_words import said_of
from app.web.responses import found, see_other
from app.wiring import House
from signing import Signer, SigningError
from workflows.errors import RuleBroken

UNPROCESSABLE = 422


def sign_batch(batch_id: int) -> Response:
    """Show how far one's own batch is."""
    return _show(batch_id)


def sign_batch_on(batch_id: int) -> Response:
    """Go on with a batch whose process died, with a new PIN."""
    with house().reading() as db:
        batch = found(batch_of(db, staff(), batch_id))
    try:
        pin = request.form.get("pin", "")
        signer = signers.personal_signer(house(), staff(), pin, signatures=batch.waiting)
    except (RuleBroken, SigningError) as error:
        return _show(batch_id, wrong=said_of(error), status=UNPROCESSABLE)
    try:
        with house().unit_of_work() as uow:
            signing_batches.take_up(uow, staff(), batch_id, now())
    except RuleBroken as error:
        signer.close()
        return _show(batch_id, wrong=said_of(error), status=UNPROCESSABLE)
    in_background(house(), staff(), batch_id, signer)
    return see_other("desk.sign_batch", batch_id=batch_id)


def in_background(rooms: House, leader: Staff, batch_id: int, signer: Signer) -> None:
    """Carry a batch out beside the request. The key is this thread's alone and goes with it."""
    Thread(target=_carry_out, args=(rooms, leader, batch_id, signer), name=f"sign-{batch_id}").start()


def stands_still(batch: BatchProgress | None, at: datetime) -> bool:
    """Tell whether a batch waits although nobody works at it."""
    if batch is None or batch.done_at is not None:
        return False
    return bool(batch.halted) or at - batch.beat_at >= signing_batches.SILENCE


def _carry_out(rooms: House, leader: Staff, batch_id: int, signer: Signer) -> None:
    try:
        signing_batches.carry_out(rooms, leader, batch_id, signer, now=rooms.clock.now)
    except Exception:
        # What was not signed still waits in the batch, and its page says that it stands still.
        logging.getLogger("motcua").exception("a batch of signatures stopped")


def _show(batch_id: int, *, wrong: str = "", status: int = 200) -> Response:
    with house().reading() as db:
        batch = found(batch_of(db, staff(), batch_id))
        place = signing_keys.of_person(db, staff())
    stopped = stands_still(batch, now())
    key = key_note(place) if stopped else None
    return desk_page("desk/sign_batch.html", batch=batch, stopped=stopped, key=key, wrong=wrong, status=status)
