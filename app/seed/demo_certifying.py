"""A certified copy in the demo (một lượt chứng thực mẫu): numbered at the desk, signed within minutes, handed out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from app.domain.certification import Kind, Paper
from app.domain.paper_titles import SHORT
from app.queries.certification import signers
from app.queries.demo import standing_of
from app.queries.units import unit_id_by_code
from app.seed.demo_life import Life
from app.seed.demo_people import person
from app.services import certification
from app.services.certification import Visit

_TITLES = tuple(SHORT.values())


def certified(life: Life) -> Iterator[datetime]:
    """Yield the time of each act of one visit; an exemption or a void is for people to try out."""
    at = yield life.plan.at
    clerk = life.cast.clerk(life.plan.authority)
    with life.house.unit_of_work() as uow:
        code = certification.receive(uow, clerk, _visit(life, at), at).code
    at = yield life.calendar.add_working_minutes(at, life.dice.randint(2, 25))
    with life.house.unit_of_work() as uow:
        certification.sign_off(uow, clerk, code, standing_of(uow.session, code).version, at)
    at = yield life.calendar.add_working_minutes(at, life.dice.randint(1, 40))
    with life.house.unit_of_work() as uow:
        certification.hand_out(uow, clerk, code, standing_of(uow.session, code).version, at)


def _visit(life: Life, at: datetime) -> Visit:
    dice = life.dice
    with life.house.reading() as session:
        blocks = signers(session, unit_id_by_code(session, life.plan.authority) or 0, at)
    papers = tuple(
        Paper(dice.choice(_TITLES), dice.choice((1, 1, 2, 2, 4, 12)), dice.choice((1, 2, 3, 5, 10)))
        for _paper in range(dice.choice((1, 1, 1, 2, 3)))
    )
    return Visit(
        kind=Kind.COPY,
        applicant=person(dice),
        papers=papers,
        signer_id=dice.choice(blocks).signer_id,
        paid_by=dice.choice(("cash", "cash", "qr")),
        request_id=f"demo-{life.plan.number}",
    )
