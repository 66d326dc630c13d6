"""Reuse first: the same person's paper, valid today, is used again with one act and counted; nobody else's is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.db.models import Component, Dossier, DossierFact, Event, FileLink, ScanCopy, StoredPaper
from app.db.unit_of_work import UnitOfWork
from app.domain.checks import Missing
from app.domain.scans import Digitized, ScannedPage
from app.queries.paper_store import papers_offered
from app.seed.demo_cast import scan
from app.services import digitizing, paper_store, scanning
from app.services.errors import NotFound
from app.services.reusing import PaperNotValid, reuse
from app.services.scanning import PageToBind
from tests.support.seeded import Desk

TODAY = date(2026, 11, 23)
FOUND = Digitized(1, 0, 200, True, "PDF/A-2b", (), ("Số: 7/XN-UBND",), (ScannedPage("a.pdf", 1, 200),))


def held(desk: Desk, number: str, *, valid_until: date | None = None) -> int:
    """Scan and compare the first paper that is no form; returns the stored paper's id."""
    clerk, at = desk.staff("clerk"), desk.clock.now()
    with desk.house.unit_of_work() as uow:
        ordinal = typed_paper(uow, desk, number)
        page = PageToBind(scan(desk.house, "Giấy", 1))
        scan_id = scanning.want_scan(uow, clerk, number, ordinal, [page], at)
    with desk.house.unit_of_work() as uow:
        copy_id = scanning.bound(uow, clerk, scan_id, scan(desk.house, "Giấy", 1), FOUND, at)
        link_id = uow.session.get_one(ScanCopy, copy_id).link_id
    with desk.house.unit_of_work() as uow:
        said = {"number": "7/XN-UBND", "issued_on": date(2026, 10, 1), "valid_until": valid_until}
        scanning.compare(uow, clerk, number, link_id, said, at)
    with desk.house.reading() as db:
        return db.scalars(select(StoredPaper.id).order_by(StoredPaper.id.desc())).first()


def typed_paper(uow: UnitOfWork, desk: Desk, number: str) -> int:
    """The ordinal of a paper that the dossier holds on paper, given the type of a result of procedures."""
    dossier = uow.session.get_one(Dossier, desk.dossier(number).id)
    papers = select(Component).where(Component.dossier_id == dossier.id, Component.form == "paper")
    paper = uow.session.scalars(papers.order_by(Component.ordinal)).first()
    paper.paper_code = "KQ.G15.000031"
    digitizing.record_by(uow, "dossier:corrected", dossier, desk.staff("clerk"), desk.clock.now())
    return paper.ordinal


@pytest.fixture
def two(desk: Desk) -> tuple[str, str, int]:
    """Two dossiers of one person, and the ordinal of the second one's paper."""
    person = desk.person()
    first, second = (desk.receive(applicant=person).code for _ in range(2))
    with desk.house.unit_of_work() as uow:
        ordinal = typed_paper(uow, desk, second)
    return first, second, ordinal


def use(desk: Desk, number: str, ordinal: int, paper_id: int) -> None:
    with desk.house.unit_of_work() as uow:
        reuse(uow, desk.staff("clerk"), number, ordinal, paper_id, desk.clock.now())


def offered(desk: Desk, number: str) -> dict:
    with desk.house.reading() as db:
        return papers_offered(db, desk.dossier(number).id, TODAY)


def test_a_paper_of_the_same_person_is_offered_used_and_counted_as_reused(desk: Desk, two):
    first, second, ordinal = two
    paper_id = held(desk, first)
    assert [one.number for one in offered(desk, second).values()] == ["7/XN-UBND"]
    use(desk, second, ordinal, paper_id)
    with desk.house.reading() as db:
        paper = db.scalars(
            select(Component).where(Component.dossier_id == desk.dossier(second).id, Component.ordinal == ordinal)
        ).one()
        assert (paper.form, paper.note) == ("reused", "7/XN-UBND, 01/10/2026")
        links = db.scalars(select(FileLink).where(FileLink.owner_id == paper.id, FileLink.kind == "component")).all()
        assert [link.origin for link in links] == ["reused"]
        fact = select(DossierFact.components_reused).where(DossierFact.dossier_id == desk.dossier(second).id)
        assert db.scalars(fact.order_by(DossierFact.id.desc())).first() == 1
    assert offered(desk, second) == {}


def test_somebody_else_s_paper_is_neither_offered_nor_used(desk: Desk, two):
    first, _, _ = two
    paper_id = held(desk, first)
    stranger = desk.receive().code
    with desk.house.unit_of_work() as uow:
        ordinal = typed_paper(uow, desk, stranger)
    assert offered(desk, stranger) == {}
    with pytest.raises(NotFound):
        use(desk, stranger, ordinal, paper_id)


def test_what_ran_out_was_revoked_or_replaced_is_refused_with_its_reason(desk: Desk, two):
    first, second, ordinal = two
    paper_id = held(desk, first, valid_until=TODAY - timedelta(days=1))
    assert offered(desk, second) == {}
    with pytest.raises(PaperNotValid, match="hết giá trị từ 22/11/2026"):
        use(desk, second, ordinal, paper_id)
    with desk.house.unit_of_work() as uow:
        row = uow.session.get_one(StoredPaper, paper_id)
        row.valid_until = None
        paper_store.revoke_source(uow, "component", row.source_id, "nhầm giấy")
    with pytest.raises(PaperNotValid, match="thu hồi"):
        use(desk, second, ordinal, paper_id)
    assert offered(desk, second) == {}
    newer = held(desk, second)
    with desk.house.unit_of_work() as uow:
        row = uow.session.get_one(StoredPaper, paper_id)
        row.state, row.successor_id = "replaced", newer
    with pytest.raises(PaperNotValid, match="thay bằng 7/XN-UBND"):
        use(desk, second, ordinal, paper_id)


def test_a_copy_taken_off_its_dossier_is_no_longer_offered(desk: Desk, two):
    first, second, _ = two
    paper_id = held(desk, first)
    with desk.house.unit_of_work() as uow:
        link_id = uow.session.get_one(StoredPaper, paper_id).source_id
        digitizing.remove_file(uow, desk.staff("clerk"), first, link_id, desk.clock.now())
    assert offered(desk, second) == {}


def test_a_paper_taken_back_by_hand_is_refused_with_its_reason_or_its_successor(desk: Desk, two):
    first, second, ordinal = two
    old, newer = held(desk, first), held(desk, second)
    records, at = desk.staff("records"), desk.clock.now()

    def take_back(paper_id: int, reason: str, successor: int | None = None) -> None:
        with desk.house.unit_of_work() as uow:
            paper_store.take_back(uow, records, paper_id, reason, at, successor_id=successor)

    with pytest.raises(Missing):
        take_back(old, "  ")
    with pytest.raises(paper_store.NotASuccessor):
        take_back(old, "cấp lại", old)
    take_back(old, "cấp lại", newer)
    with pytest.raises(PaperNotValid, match="thay bằng 7/XN-UBND"):
        use(desk, second, ordinal, old)
    take_back(newer, "cấp nhầm người")
    with pytest.raises(PaperNotValid, match=r"thu hồi .cấp nhầm người."):
        use(desk, second, ordinal, newer)
    assert offered(desk, second) == {}
    with pytest.raises(NotFound):
        take_back(newer, "lần nữa")
    with desk.house.reading() as db:
        told = db.scalars(select(Event.kind).where(Event.subject_kind == "stored_paper")).all()
    assert told == ["paper:replaced", "paper:revoked"]
