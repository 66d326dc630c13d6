"""Paper results: a typed register number ends the clock, the scan comes later unsigned, the shelf is known."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.db.models import Result, StoredFile
from app.domain.result_drafts import ResultDraft
from app.queries import shelves
from app.seed.demo_cast import scan
from app.services import processing, results, shelving
from app.services.errors import AlreadyDone, NoRight
from tests.support.seeded import BIRTH, Desk

DRAFT = ResultDraft("approval", "Giấy khai sinh", (("Họ, chữ đệm, tên", "Người Mẫu"),))


def released(desk: Desk) -> str:
    """A birth registered on paper, its number typed from the ministry's system, without a scan."""
    code = desk.receive(BIRTH).code
    desk.digitize(code)
    with desk.house.unit_of_work() as uow:
        processing.forward(uow, desk.staff("clerk"), code, desk.version(code), at=desk.clock.now())
    with desk.house.unit_of_work() as uow:
        result = results.propose_result(
            uow, desk.staff("officer"), code, desk.version(code), DRAFT, at=desk.clock.now()
        )
    with desk.house.unit_of_work() as uow:
        results.approve_paper(uow, desk.staff("leader"), code, desk.version(code), result, desk.clock.now())
    with desk.house.unit_of_work() as uow:
        results.release_paper(
            uow, desk.staff("records"), code, desk.version(code), result,
            symbol="57/2026", issued_on=desk.clock.now().date(), at=desk.clock.now(),
        )  # fmt: skip
    return code


def shelve(desk: Desk, code: str, place: str, login: str = "clerk") -> None:
    with desk.house.unit_of_work() as uow:
        shelving.shelve(uow, desk.staff(login), code, desk.version(code), place, desk.clock.now())


def test_a_paper_birth_ends_with_its_typed_number_and_a_later_scan(desk: Desk) -> None:
    code = released(desk)
    ended = desk.dossier(code).ended_at
    assert desk.dossier(code).state == "finished"
    desk.clock.advance(timedelta(hours=3))

    def add() -> None:
        file = scan(desk.house, "Giấy khai sinh", 1)
        with desk.house.unit_of_work() as uow:
            shelving.add_scan(uow, desk.staff("records"), code, desk.version(code), file, desk.clock.now())

    add()
    with desk.house.reading() as session:
        result = session.scalars(select(Result)).one()
        stored = session.get_one(StoredFile, result.file_id)
        content = desk.house.files.get(stored.storage_id, stored.key_sealed)
    assert result.symbol == "57/2026"
    assert b"/ByteRange" not in content  # a scan is no signed original
    assert desk.dossier(code).ended_at == ended  # lateness stopped with the number
    with pytest.raises(AlreadyDone):
        add()


@pytest.mark.parametrize(
    ("login", "place", "refusal"),
    [("clerk", "Tủ 2, ngăn C", None), ("records", "Cặp 5", None), ("officer", "Tủ 1", NoRight)],
)
def test_who_may_say_where_a_result_lies(
    desk: Desk, login: str, place: str, refusal: type[Exception] | None
) -> None:
    code = released(desk)
    if refusal is not None:
        with pytest.raises(refusal):
            shelve(desk, code, place, login)
        return
    shelve(desk, code, place, login)
    shelve(desk, code, f"{place}, trên")
    dossier = desk.dossier(code)
    with desk.house.reading() as session:
        assert shelves.places(session, [dossier.id]) == {dossier.id: f"{place}, trên"}


def test_nothing_lies_on_a_shelf_before_it_is_finished(desk: Desk) -> None:
    with pytest.raises(shelving.NotWaiting):
        shelve(desk, desk.receive().code, "Tủ 1")
