"""Scans bound in the background: once, with their originals kept, findable by words, compared by a person."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from app.adapters.scanning import sheets
from app.adapters.scanning.reading import Reading
from app.bench import scanned_pages as pages
from app.db.models import Component, Event, FileLink, Job, ScanCopy, ScanSource, StoredFile
from app.queries.scans import copies_shown, papers_with, scans_under_way
from app.scheduler import scanning as job
from app.scheduler.refused import JobRefused
from app.services import scanning
from app.services.errors import AlreadyDone, NotFound
from app.services.scanning import PageToBind
from app.services.values import NewFile
from tests.support.seeded import Desk

PICTURE = pages.jpeg(pages.page(dpi=110), dpi=110)


def handed_in(desk: Desk, number: str, content: bytes = PICTURE) -> int:
    """Hand in one picture for the first paper; returns the scan's id."""
    file = NewFile(desk.house.files.put(content), "image/jpeg", 0, "a.jpg", origin="scanned")
    with desk.house.unit_of_work() as uow:
        return scanning.want_scan(uow, desk.staff("clerk"), number, 1, [PageToBind(file)], desk.clock.now())


def bind(desk: Desk, scan_id: int) -> list[int]:
    steps: list[int] = []
    job.bind(desk.house, {"scan_id": scan_id}, steps.append)
    return steps


def compare(desk: Desk, code: str, link_id: int, said: dict) -> None:
    with desk.house.unit_of_work() as uow:
        scanning.compare(uow, desk.staff("clerk"), code, link_id, said, desk.clock.now())


@pytest.fixture
def bound(desk: Desk):
    """A dossier with one bound scan: its code and the link of the copy."""
    code = desk.receive().code
    scan_id = handed_in(desk, code)
    bind(desk, scan_id)
    with desk.house.reading() as db:
        return code, db.scalars(select(ScanCopy.link_id).where(ScanCopy.scan_id == scan_id)).one()


def test_a_scan_becomes_a_pdf_on_its_paper_and_the_original_stays(desk: Desk):
    code = desk.receive().code
    scan_id = handed_in(desk, code)
    with desk.house.reading() as db:
        (waiting,) = scans_under_way(db, desk.dossier(code).id)
        assert (waiting.state, waiting.ordinal) == ("waiting", 1)
    assert bind(desk, scan_id) == [95]
    with desk.house.reading() as db:
        copy = db.scalars(select(ScanCopy)).one()
        assert (copy.state, copy.pages, copy.dpi) == ("unchecked", 1, 110)
        assert db.get_one(Component, copy.component_id).form == "scanned"
        link = db.get_one(FileLink, copy.link_id)
        stored = db.get_one(StoredFile, link.file_id)
        assert desk.house.files.get(stored.storage_id, stored.key_sealed).startswith(b"%PDF-1.7")
        original = db.get_one(StoredFile, db.scalars(select(ScanSource.file_id)).one())
        assert desk.house.files.get(original.storage_id, original.key_sealed) == PICTURE


def test_a_job_that_is_run_again_binds_nothing_twice(desk: Desk):
    code = desk.receive().code
    scan_id = handed_in(desk, code)
    bind(desk, scan_id)
    bind(desk, scan_id)
    with desk.house.reading() as db:
        assert len(db.scalars(select(ScanCopy)).all()) == 1
        assert db.scalars(select(Event.kind).where(Event.kind == "dossier:file_attached")).all() != []


def test_a_file_that_cannot_be_scanned_is_named_in_the_job_and_can_be_dismissed(desk: Desk):
    code = desk.receive().code
    scan_id = handed_in(desk, code, PICTURE[: len(PICTURE) // 2])
    with pytest.raises(JobRefused, match=r"a\.jpg"):
        bind(desk, scan_id)
    with desk.house.unit_of_work() as uow:
        uow.session.scalars(select(Job).where(Job.key == f"bind_scan:{scan_id}")).one().state = "failed"
    dossier_id = desk.dossier(code).id
    with desk.house.reading() as db:
        assert [one.state for one in scans_under_way(db, dossier_id)] == ["failed"]
    with desk.house.unit_of_work() as uow:
        scanning.dismiss(uow, desk.staff("clerk"), code, scan_id, desk.clock.now())
    with desk.house.reading() as db:
        assert scans_under_way(db, dossier_id) == ()


def test_a_bound_copy_is_found_proposes_fills_nothing_and_is_compared_once(desk: Desk, bound):
    code, link_id = bound
    with desk.house.reading() as db:
        found = papers_with(db, desk.house.vault, desk.staff("clerk"), "thua dat NGUYEN")
        assert [(one.number, one.link_id) for one in found] == [(code, link_id)]
        assert papers_with(db, desk.house.vault, desk.staff("clerk"), "thửa lâm nghiệp") == ()
        assert papers_with(db, desk.house.vault, desk.staff("clerk"), "") == ()
        assert papers_with(db, desk.house.vault, desk.staff("province"), "thửa đất") == ()
        copy = copies_shown(db, desk.house.vault, desk.dossier(code).id)[link_id]
    assert (copy.proposals.number, copy.proposals.dated) == ("125/QĐ-UBND", date(2026, 10, 12))
    assert (copy.number, copy.issued_on) == ("", None)
    assert copy.doubts[0].startswith("a.jpg")
    said = {"number": "125/QĐ-UBND", "issued_on": date(2026, 10, 12)}
    compare(desk, code, link_id, said)
    with desk.house.reading() as db:
        row = db.scalars(select(ScanCopy)).one()
        assert (row.state, row.number, row.compared_by) == ("compared", "125/QĐ-UBND", desk.staff("clerk").name)
    with pytest.raises(AlreadyDone):
        compare(desk, code, link_id, said)
    with pytest.raises(NotFound):
        compare(desk, code, 999_999, said)


def test_a_page_turned_by_hand_is_not_turned_back(tmp_path, monkeypatch):
    read = []
    monkeypatch.setattr(sheets, "has_reader", lambda: True)
    monkeypatch.setattr(sheets, "read", lambda *_args: read.append(1) or Reading("", 0, 0, None))
    sheet = sheets.Sheet(1, 1, pages.page(dpi=60), 60, 60)
    page = sheets.worked(sheet, "a", tmp_path / "a", turned=180)
    assert (page.turned, len(read)) == (180, 1)
