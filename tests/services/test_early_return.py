"""Returning early: the applicant hears of it first, by message or by the desk's word."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.db.models import Event, OutboxMessage
from app.services import early_return
from app.services.early_return import NotEarly
from app.services.errors import NoRight, StaleScreen
from tests.services.test_the_way import finished
from tests.support.seeded import Desk
from workflows.errors import RuleBroken


def tell(desk: Desk, code: str, login: str = "clerk", how: str = "gọi điện lúc 9 giờ", *, back: int = 0) -> None:
    with desk.house.unit_of_work() as uow:
        early_return.tell_early(uow, desk.staff(login), code, desk.version(code) - back, how=how, at=desk.clock.now())


def test_nd61_20_the_desk_tells_first_and_only_before_the_promised_time(desk: Desk) -> None:
    code = desk.receive().code
    desk.digitize(code)
    with pytest.raises(NotEarly):
        tell(desk, code)
    finished(desk, code)
    for login, how, refusal in (("leader", "x", NoRight), ("clerk", " ", RuleBroken)):
        with pytest.raises(refusal):
            tell(desk, code, login, how)
    tell(desk, code)
    with pytest.raises(StaleScreen):
        tell(desk, code, back=1)
    with desk.house.reading() as session:
        row = session.scalars(select(Event).where(Event.kind == "dossier:early_told")).one()
        sent = session.scalars(select(OutboxMessage).where(OutboxMessage.template == "result_ready")).first()
        facts = desk.house.vault.open_json(sent.body_sealed, f"outbox_messages.body:{sent.uid}") if sent else {}
    assert (row.payload["how"], row.payload["promised"]) == ("gọi điện lúc 9 giờ", "17:00 26/11/2026")
    assert facts["early_of"] == "17:00 26/11/2026"
    assert desk.dossier(code).state == "finished"
    desk.clock.advance(timedelta(days=7))
    with pytest.raises(NotEarly):
        tell(desk, code)
