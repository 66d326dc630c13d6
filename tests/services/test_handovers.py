"""Hand-over: a pile becomes a list per receiver, the receiver scans it back, a missing file is named."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.db.models import Event, Handover, OutboxMessage
from app.queries import handovers as lists
from app.queries.printing_tables import control_slip
from app.services import handovers
from app.services.errors import NoRight, NotFound
from tests.support.seeded import SINGLE, Desk

SHOWN_ONLY = "2.001035"  # chứng thực giao dịch: no paper of it is kept


def pile(desk: Desk, files: int = 3) -> list[str]:
    codes = [desk.receive(SINGLE).code for _ in range(files)]
    for code in codes:
        desk.digitize(code)
    return codes


def give(desk: Desk, codes: list[str], login: str = "clerk") -> list[int]:
    with desk.house.unit_of_work() as uow:
        return handovers.give(uow, desk.staff(login), codes, at=desk.clock.now())


def take(desk: Desk, list_id: int, codes: list[str], login: str = "officer", *, missing: bool = False) -> list[str]:
    with desk.house.unit_of_work() as uow:
        return handovers.take(uow, desk.staff(login), list_id, codes, rest_is_missing=missing, at=desk.clock.now())


def receiver(desk: Desk, list_id: int) -> str:
    """The login of somebody who sits in the receiving unit."""
    with desk.house.reading() as session:
        unit_id = session.get_one(Handover, list_id).to_unit_id
    logins = ("officer", "leader", "records", "officer.kinhte", "officer.vanhoa")
    return next(login for login in logins if unit_id in (desk.staff(login).unit_id, desk.staff(login).root_unit_id))


def test_a_pile_moves_on_and_is_taken_whole_by_the_bar_code_of_its_list(desk: Desk) -> None:
    codes = pile(desk)
    (list_id,) = give(desk, [*codes, codes[0].lower()])  # scanned twice counts once
    assert {desk.dossier(code).state for code in codes} == {"processing"}
    taker = receiver(desk, list_id)
    with desk.house.reading() as session:
        shown = lists.one_list(session, desk.staff(taker), list_id)
        slip = control_slip(session, desk.house.vault, desk.staff("clerk"), codes[0], base_url="http://x")
    assert shown
    assert [file.number for file in shown.files] == codes
    assert slip
    assert slip.hops[-1].taken_at is None
    assert take(desk, list_id, [shown.line.code], taker) == []
    with desk.house.reading() as session:
        slip = control_slip(session, desk.house.vault, desk.staff("clerk"), codes[0], base_url="http://x")
        printed = lists.printed_list(session, desk.staff("clerk"), list_id)
    assert slip
    assert (slip.hops[-1].taker, slip.hops[-1].taken_at) == (desk.staff(taker).name, desk.clock.now())
    assert printed
    assert (len(printed.dossiers), printed.taker) == (3, desk.staff(taker).name)


def test_a_missing_file_is_named_told_to_the_giver_and_taken_when_it_turns_up(desk: Desk) -> None:
    codes = pile(desk)
    (list_id,) = give(desk, codes)
    taker = receiver(desk, list_id)
    with pytest.raises(handovers.FilesMissing, match=codes[2]):
        take(desk, list_id, codes[:2], taker)
    assert take(desk, list_id, codes[:2], taker, missing=True) == [codes[2]]
    with desk.house.reading() as session:
        assert [line.missing for line in lists.to_take(session, desk.staff(taker))] == [1]
        told = session.scalars(select(OutboxMessage.to_user_id).where(OutboxMessage.template == "paper_missing")).all()
    assert told == [desk.staff("clerk").user_id]
    assert take(desk, list_id, [codes[2]], taker) == []
    with desk.house.reading() as session:
        assert lists.to_take(session, desk.staff(taker)) == ()
        kinds = session.scalars(select(Event.kind).where(Event.dossier_id == desk.dossier(codes[2]).id)).all()
    assert [kind for kind in kinds if "paper" in kind] == [
        "dossier:paper_given",
        "dossier:paper_missing",
        "dossier:paper_taken",
    ]


def test_papers_that_are_only_shown_need_no_scan(desk: Desk) -> None:
    code = desk.receive(SHOWN_ONLY).code
    give(desk, [code])
    assert desk.dossier(code).state == "processing"


@pytest.mark.parametrize("wrong", ["unknown", "not digitized", "returned to nobody"])
def test_one_bad_file_and_nothing_is_handed_over(desk: Desk, wrong: str) -> None:
    good = pile(desk, 1)
    bad = {
        "unknown": lambda: "H99.105-991231-9999",
        "not digitized": lambda: desk.receive(SINGLE).code,
        "returned to nobody": lambda: desk.filing().procedure_code,
    }[wrong]()
    with pytest.raises(handovers.PileNotReady) as refused:
        give(desk, [*good, bad])
    assert bad in str(refused.value)
    assert desk.dossier(good[0]).state == "received"
    with desk.house.reading() as session:
        assert session.scalars(select(Handover.id)).all() == []


def test_an_empty_pile_and_what_is_not_on_the_list_are_refused(desk: Desk) -> None:
    with pytest.raises(handovers.PileEmpty):
        give(desk, ["", "  "])
    codes = pile(desk, 2)
    (list_id,) = give(desk, codes[:1])
    with pytest.raises(handovers.NotOfThisList, match=codes[1]):
        take(desk, list_id, codes, receiver(desk, list_id))


@pytest.mark.parametrize(("login", "refusal"), [("clerk", NoRight), ("clerk.so", NotFound), ("officer.so", NotFound)])
def test_only_the_receiving_unit_takes_a_list(desk: Desk, login: str, refusal: type[Exception]) -> None:
    (list_id,) = give(desk, pile(desk, 1))
    with pytest.raises(refusal):
        take(desk, list_id, ["x"], login)


def test_numbers_of_lists_run_without_gap(desk: Desk) -> None:
    for _ in range(2):
        give(desk, pile(desk, 1))
    with desk.house.reading() as session:
        assert session.scalars(select(Handover.code).order_by(Handover.id)).all() == [
            "BG-H99.105-261123-0001",
            "BG-H99.105-261123-0002",
        ]
