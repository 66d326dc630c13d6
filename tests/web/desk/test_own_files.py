"""Files made in the background: wanted on a page, told how far they are, fetched by who wanted them alone."""

from __future__ import annotations

import io
from collections.abc import Callable

from openpyxl import load_workbook
from sqlalchemy import select

from app.db.models import Job
from app.scheduler.handlers import HANDLERS
from app.services import jobs
from tests.support.seeded import Desk
from tests.web.desk.worker import Worker

LIST = "/mot-cua/bao-cao/so/received_total?tu=01/11/2026&den=30/11/2026"
WANT = "/mot-cua/bao-cao/so/received_total/danh-sach.xlsx?tu=01/11/2026&den=30/11/2026"
OWN = "/mot-cua/tep-lap"


def make(desk: Desk) -> list[int]:
    """Do what waits, in this process; return what was told on the way."""
    now, told = desk.house.clock.now(), []
    with desk.house.unit_of_work() as uow:
        claimed = jobs.claim(uow, "test", now, most=5)
    for one in claimed:
        file = HANDLERS[one.kind](desk.house, one.arguments, told.append)
        with desk.house.unit_of_work() as uow:
            jobs.note_done(uow, one.job_id, "test", now, result=file)
    return told


def test_a_list_is_wanted_made_and_fetched(desk: Desk, clerk: Worker, sit_down: Callable[[str], Worker]):
    codes = {desk.receive().code for _ in range(3)}
    clerk.open(LIST)
    page = clerk.send(WANT).text
    assert "đang chờ" in page
    assert "Nhận giải quyết, tổng số" in page
    clerk.open(LIST)
    clerk.send(WANT)  # pressed twice: one file
    with desk.house.reading() as session:
        (job,) = session.scalars(select(Job).where(Job.kind == "figure_list"))
    assert make(desk) == [31, 63]
    assert "đã lập xong" in clerk.open(OWN).text
    sheet = load_workbook(io.BytesIO(clerk.open(f"{OWN}/{job.id}").data)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][:2] == ["Mã hồ sơ", "Thủ tục"]
    assert {row[0] for row in rows[1:]} == codes
    assert sit_down("leader").open(f"{OWN}/{job.id}").status_code == 404


def test_the_register_is_made_in_the_background(desk: Desk, clerk: Worker):
    code = desk.receive().code
    clerk.open("/mot-cua/so-theo-doi")
    for form in ("pdf", "xlsx"):
        assert "Sổ theo dõi hồ sơ" in clerk.send("/mot-cua/so-theo-doi/tep", form=form).text
    assert clerk.send("/mot-cua/so-theo-doi/tep", form="exe").status_code == 400
    make(desk)
    with desk.house.reading() as session:
        ids = session.scalars(select(Job.id).where(Job.kind == "register").order_by(Job.id)).all()
    clerk.open(OWN)
    made = [clerk.client.get(f"{OWN}/{job_id}").data for job_id in ids]
    assert made[0].startswith(b"%PDF")
    sheet = load_workbook(io.BytesIO(made[1])).active
    assert code in [cell.value for cell in sheet["B"]]
