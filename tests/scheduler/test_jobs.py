"""Background work: done in a process of the pool, once, held by a lease, tried again, and never lost silently."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.db.models import Job, StoredFile
from app.domain.background import REGISTER
from app.domain.messages import CUT_OFF
from app.queries.stored_files import preview_of, result_of_job
from app.scheduler.table import WORKSHOP
from app.scheduler.ticks import run_once
from app.seed.demo_cast import scan
from app.services import jobs
from app.services.attachments import keep, link_file
from app.services.errors import NotFound
from tests.scheduler.words import local
from tests.support.pdf_pages import page_count
from tests.support.seeded import SINGLE, Desk

NOW = local("Monday 2026-11-23 08:30")
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def pool_ends_with_the_test() -> Iterator[None]:
    yield
    WORKSHOP.close()


def job(desk: Desk) -> Job:
    with desk.house.reading() as session:
        return session.scalars(select(Job)).one()


def wanted(desk: Desk, kind: str = "unknown", key: str = "1") -> None:
    with desk.house.unit_of_work() as uow:
        assert jobs.enqueue(uow, kind, key, {}, at=NOW)


def result(desk: Desk, key: str) -> bytes:
    with desk.house.reading() as session:
        made = result_of_job(session, key)
    assert made, job(desk).error
    return desk.house.files.get(made.storage_id, made.key_sealed)


def test_the_same_wish_is_one_job(desk: Desk) -> None:
    wanted(desk)
    with desk.house.unit_of_work() as uow:
        assert not jobs.enqueue(uow, "unknown", "1", {}, at=NOW)


def test_previews_and_registers_are_made_in_the_pool(desk: Desk) -> None:
    code = desk.receive(SINGLE).code
    staff, day = desk.staff("clerk"), date(2026, 11, 23)
    with desk.house.unit_of_work() as uow:
        file = keep(uow, scan(desk.house, "Tờ khai", 1), at=NOW)
        jobs.want_preview(uow, file.id, NOW)
        keys = [
            jobs.want_register(uow, staff, form=form, field="", first_day=day, last_day=day, at=NOW)
            for form in jobs.FORMATS
        ]
    assert WORKSHOP.run(desk.house, NOW) == 4
    assert result(desk, f"preview:{file.id}").startswith(b"\xff\xd8\xff")
    as_pdf, as_xlsx, as_csv = (result(desk, key) for key in keys)
    assert page_count(as_pdf) == 1
    assert as_xlsx.startswith(b"PK")
    assert code in [cell for row in csv.reader(io.StringIO(as_csv.decode("utf-8-sig"))) for cell in row]


def test_what_an_applicant_sends_is_drawn_before_somebody_looks(desk: Desk) -> None:
    with desk.house.unit_of_work() as uow:
        sent = replace(scan(desk.house, "Tờ khai", 1), origin="uploaded")
        link = link_file(uow, sent, "draft", 1, at=NOW, by="Người nộp")
        link_file(uow, scan(desk.house, "Quét tại quầy", 2), "draft", 2, at=NOW, by="Cán bộ")
    done = run_once(desk.house, NOW)
    assert (done["want_previews"], done["work"]) == (1, 1)
    assert run_once(desk.house, NOW)["want_previews"] == 0
    with desk.house.reading() as session:
        assert preview_of(session, link.file_id)


def test_a_job_that_cannot_be_done_says_so_plainly_and_may_be_run_again(desk: Desk) -> None:
    wanted(desk)
    WORKSHOP.run(desk.house, NOW)
    failed = job(desk)
    assert (failed.state, failed.attempts) == ("failed", 1)
    assert failed.error == "Chương trình này không biết loại việc “unknown”"
    with desk.house.unit_of_work() as uow:
        jobs.try_again(uow, desk.staff("admin"), failed.id, NOW)
    assert (job(desk).state, job(desk).attempts) == ("waiting", 0)
    with pytest.raises(NotFound), desk.house.unit_of_work() as uow:
        jobs.try_again(uow, desk.staff("admin"), failed.id, NOW)


def test_a_fault_is_tried_again_after_longer_and_longer_pauses(desk: Desk) -> None:
    with desk.house.unit_of_work() as uow:
        jobs.enqueue(uow, REGISTER, "1", {"form": "pdf"}, at=NOW)  # no person: a fault of the program
    at, tries = NOW, 0
    for pause in (timedelta(0), *jobs.PAUSES):
        at += pause
        tries += WORKSHOP.run(desk.house, at - timedelta(seconds=30))
        assert tries == job(desk).attempts
        tries += WORKSHOP.run(desk.house, at + timedelta(seconds=30))
        at += timedelta(seconds=30)
    assert (job(desk).state, tries) == ("failed", len(jobs.PAUSES) + 1)
    assert job(desk).error.startswith("KeyError")


def test_a_worker_that_dies_loses_its_lease(desk: Desk) -> None:
    wanted(desk)
    with desk.house.unit_of_work() as uow:
        (first,) = jobs.claim(uow, "one", NOW, most=5)
    with desk.house.unit_of_work() as uow:
        assert jobs.claim(uow, "two", NOW + jobs.LEASE, most=5) == []
    with desk.house.unit_of_work() as uow:
        assert [one.job_id for one in jobs.claim(uow, "two", NOW + jobs.LEASE + MINUTE, most=5)] == [first.job_id]
    with desk.house.unit_of_work() as uow:
        assert not jobs.note_done(uow, first.job_id, "one", NOW, result=scan(desk.house, "Đến muộn", 1))
    assert (job(desk).state, job(desk).lease_owner) == ("running", "two")
    with desk.house.reading() as session:
        assert session.scalars(select(StoredFile)).all() == []


def test_a_lease_that_is_renewed_is_not_lost(desk: Desk) -> None:
    wanted(desk)
    with desk.house.unit_of_work() as uow:
        (mine,) = jobs.claim(uow, "one", NOW, most=5)
    with desk.house.unit_of_work() as uow:
        jobs.renew(uow, [mine.job_id], "one", NOW + MINUTE)
        jobs.note_progress(uow, mine.job_id, "one", 40)
    with desk.house.unit_of_work() as uow:
        assert jobs.claim(uow, "two", NOW + jobs.LEASE + timedelta(seconds=30), most=5) == []
    assert job(desk).progress == 40


def test_a_job_that_kills_its_worker_each_time_ends_in_the_error_queue(desk: Desk) -> None:
    wanted(desk)
    at = NOW
    for _ in range(len(jobs.PAUSES) + 2):
        with desk.house.unit_of_work() as uow:
            jobs.claim(uow, "one", at, most=1)
        at += jobs.LEASE + MINUTE
    assert (job(desk).state, job(desk).error) == ("failed", CUT_OFF)
