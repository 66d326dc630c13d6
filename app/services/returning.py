"""Returning the result (trả kết quả): at the desk, by post or online, to the applicant or an authorised person."""

from __future__ import annotations

from datetime import datetime

from app.db.models import Dossier
from app.db.unit_of_work import UnitOfWork
from app.domain import checks
from app.domain.channels import Delivery
from app.domain.people import CITIZEN, Staff, acting
from app.services import payments, steps
from app.services.dossiers import move, to_change
from workflows.machine import advance
from workflows.states import Action, Requirement, State

PRESENT = "present"  # never left the desk: certified copies are handed to who brought the originals
# CCCD, giấy tiếp nhận, giấy ủy quyền (NĐ 118/2025 art. 6), or still standing there
IDENTITIES = frozenset({"cccd", "receipt", "authorised", PRESENT})


def return_result(
    uow: UnitOfWork,
    staff: Staff,
    number: str,
    version: int,
    *,
    delivery: Delivery,
    received_by: str,
    identity: str,
    letter: str = "",
    at: datetime,
) -> None:
    """Hand the result over. The fee must be settled, the receiver's identity or authorisation checked.

    By post or online nobody stands at the desk: `identity` is then the registered address and may be empty.
    """
    dossier = to_change(uow, staff, number, version)
    name = checks.text(received_by, what="người nhận kết quả", where="received_by")
    checks.text(letter, what="giấy ủy quyền", where="letter", required=identity == "authorised")
    checked = delivery is not Delivery.DESK or identity in IDENTITIES
    _, kind = move(dossier, Action.RETURN_RESULT, staff, _met(dossier, identity_checked=checked))
    _close(uow, dossier, delivery, name, at)
    uow.record(
        "dossier:returned",
        dossier,
        acting(staff, kind),
        at,
        delivery=delivery,
        identity=identity,
        letter=letter.strip(),
    )


def fetched_online(uow: UnitOfWork, dossier: Dossier, at: datetime) -> bool:
    """Write down that the applicant fetched an electronic result with number and secret; once.

    Returns whether this was the return (the fee must be settled, and electronic delivery chosen).
    """
    if State(dossier.state) is not State.FINISHED or dossier.delivery != Delivery.ELECTRONIC:
        return False
    if payments.left_of(dossier):
        return False
    taken = advance(
        State.FINISHED,
        Action.RETURN_RESULT,
        CITIZEN.kind,
        frozenset({Requirement.FEE_SETTLED, Requirement.IDENTITY_CHECKED}),
    )
    dossier.state = taken.target
    _close(uow, dossier, Delivery.ELECTRONIC, dossier.summary, at)
    uow.record("dossier:returned", dossier, CITIZEN, at, delivery=Delivery.ELECTRONIC, identity="secret", letter="")
    return True


def _close(uow: UnitOfWork, dossier: Dossier, delivery: Delivery, name: str, at: datetime) -> None:
    steps.leave(uow, dossier, Action.RETURN_RESULT, at=at)
    dossier.returned_at, dossier.return_delivery, dossier.returned_to = at, delivery, name
    dossier.holder_user_id = None


def _met(dossier: Dossier, *, identity_checked: bool) -> frozenset[Requirement]:
    found = set()
    if payments.left_of(dossier) == 0:
        found.add(Requirement.FEE_SETTLED)
    if identity_checked:
        found.add(Requirement.IDENTITY_CHECKED)
    return frozenset(found)
