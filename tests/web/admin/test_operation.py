"""The operation page: what waits or failed stands there with its reason, and runs again at a word that is logged."""

from __future__ import annotations

from sqlalchemy import select

from app.db.models import Dossier, Event, Job, OutboxMessage
from app.scheduler.sending import send
from app.services import jobs, outbox
from tests.support.apps import application
from tests.support.seeded import *  # noqa: F403 - the planted house, by name in its __all__
from tests.support.seeded import SINGLE, Desk
from tests.web.desk.worker import Worker

PAGE = "/quan-tri/van-hanh"


def a_failed_job(desk: Desk) -> int:
    now = desk.clock.now()
    with desk.house.unit_of_work() as uow:
        jobs.enqueue(uow, "register", "1", {}, at=now)
    with desk.house.unit_of_work() as uow:
        (claimed,) = jobs.claim(uow, "x", now, most=1)
        jobs.note_failure(uow, claimed.job_id, "x", "Tệp gốc không còn", now, again=False)
    return claimed.job_id


def a_message_that_waits(desk: Desk) -> int:
    now, made = desk.clock.now(), desk.receive(SINGLE)
    with desk.house.unit_of_work() as uow:
        dossier = uow.session.get_one(Dossier, made.dossier_id)
        outbox.to_applicant(uow, dossier, "supplement_expired", {"code": made.code, "procedure": "x"}, at=now)
    send(desk.house, now)
    with desk.house.reading() as session:
        return session.scalars(select(OutboxMessage.id).where(OutboxMessage.channel == "sms")).one()


def test_a_failed_job_says_why_and_runs_again(desk: Desk) -> None:
    job_id = a_failed_job(desk)
    admin = Worker(application(desk.house).test_client(), "admin")
    assert "Tệp gốc không còn" in admin.open(PAGE).text
    admin.send(f"{PAGE}/viec/{job_id}")
    with desk.house.reading() as session:
        assert session.get_one(Job, job_id).state == "waiting"
        assert session.scalars(select(Event.actor_name).where(Event.kind == "job:tried_again")).one()
    assert admin.send(f"{PAGE}/viec/{job_id}").status_code == 404


def test_a_message_without_a_gateway_is_seen_and_a_failed_one_is_sent_again(desk: Desk) -> None:
    message_id = a_message_that_waits(desk)
    admin = Worker(application(desk.house).test_client(), "admin")
    assert "Chưa cấu hình cổng tin nhắn" in admin.open(PAGE).text
    with desk.house.unit_of_work() as uow:
        outbox.note_failure(uow, message_id, "550 hộp thư không có", desk.clock.now(), again=False)
    assert "550 hộp thư không có" in admin.open(PAGE).text
    admin.send(f"{PAGE}/tin/{message_id}")
    with desk.house.reading() as session:
        assert session.get_one(OutboxMessage, message_id).state == "waiting"


def test_an_auditor_looks_on_without_a_button(desk: Desk) -> None:
    a_failed_job(desk)
    page = Worker(application(desk.house).test_client(), "auditor").open(PAGE).text
    assert "Tệp gốc không còn" in page
    assert "/van-hanh/viec/" not in page
