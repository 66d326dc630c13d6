"""Reports signed by the leader: put to sign, signed, verified by anybody, restated in the open when figures move."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime
from urllib.parse import parse_qsl, urlsplit

import pikepdf
from sqlalchemy import update

from app.db.models import DossierFact
from app.domain.figure_addresses import lists_of
from app.domain.periods import between
from app.domain.reports import RowsBy
from app.queries.report_scope import report_unit
from tests.support.seeded import BIRTH, Desk
from tests.web.desk.worker import PAGE_PIN, Worker
from tests.web.public.test_every_page import problems_of
from workflows.calendar import VIETNAM

NOVEMBER = "tu=01/11/2026&den=30/11/2026"
LIST = f"/mot-cua/bao-cao/ban-ky?{NOVEMBER}"


def links_in(pdf: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(pdf)) as file:
        annotations = [note for page in file.pages for note in page.get("/Annots", [])]
        return [str(note.A.URI) for note in annotations if "/A" in note and "/URI" in note.A]


def test_put_to_sign_signed_verified_and_restated(desk: Desk, sit_down: Callable[[str], Worker]):
    desk.receive(BIRTH)
    desk.receive(BIRTH)
    desk.clock.set(datetime(2026, 12, 2, 9, tzinfo=VIETNAM))
    clerk, leader = sit_down("clerk"), sit_down("leader")
    assert problems_of(clerk.open(LIST).text) == []
    not_closed = clerk.send(LIST, form="06a", theo="field")
    assert (not_closed.status_code, "chưa chốt số liệu" in not_closed.text) == (409, True)
    page = clerk.send(LIST, form="18", theo="field")
    assert "Đã trình ký." in page.text
    address = clerk.where()
    assert problems_of(page.text) == []
    pdf = clerk.open(f"{address}.pdf").data
    links = links_in(pdf)
    assert len(links) == 17 * 2  # every column of the field's line and of the total
    assert urlsplit(links[0]).path == "/mot-cua/bao-cao/so/v18.received"
    clerk.open(address)
    assert clerk.send(address, pin=PAGE_PIN).status_code == 403
    leader.open(address)
    wrong = leader.send(address, pin="sai-pin")
    assert wrong.status_code == 422
    assert "Chờ ký" in wrong.text
    assert "Đã ký báo cáo" in leader.send(address, pin=PAGE_PIN).text
    assert leader.send(address, pin=PAGE_PIN).status_code == 409
    signed = leader.open(f"{address}.pdf").data
    assert signed != pdf
    verified = dropped(leader, signed)
    assert "TOTAL-PASSED" in verified
    assert "Biểu 18 cột" in verified
    assert "Chưa thay đổi" in verified
    clerk.open(LIST)
    again = clerk.send(LIST, form="18", theo="field")
    assert (again.status_code, "Biểu này đã ký" in again.text) == (409, True)
    with desk.house._sessions() as db:
        db.execute(update(DossierFact).values(channel=3))
        db.commit()
    assert "số liệu đã thay đổi sau khi ký" in clerk.open(address).text
    assert "Tiếp nhận trong kỳ, bưu chính" in clerk.shown("moved")
    assert "Đã điều chỉnh: 2 ô" in dropped(leader, signed)
    clerk.open(LIST)
    assert "bản 2" in clerk.send(LIST, form="18", theo="field").text
    kept = leader.open(address).text
    assert "Lê Quang Tùng ký lúc" in kept


def test_a_closed_06a_is_signed_and_a_stranger_sees_none_of_it(desk: Desk, sit_down: Callable[[str], Worker]):
    desk.clock.set(datetime(2026, 12, 2, 9, tzinfo=VIETNAM))
    leader = sit_down("leader")
    leader.open(f"/mot-cua/bao-cao?{NOVEMBER}")
    leader.send(f"/mot-cua/bao-cao/chot?{NOVEMBER}")
    leader.open(LIST)
    assert "Đã trình ký." in leader.send(LIST, form="06a", theo="field").text
    address = leader.where()
    assert "Đã ký báo cáo" in leader.send(address, pin=PAGE_PIN).text
    stranger = sit_down("clerk.so")
    assert stranger.open(address).status_code == stranger.open(f"{address}.pdf").status_code == 404
    assert sit_down("province").open(address).status_code == 200
    assert leader.open("/mot-cua/bao-cao/ban-ky/999").status_code == 404
    leader.open(LIST)
    assert leader.send(LIST, form="khong-co", theo="field").status_code == 404


def test_files_made_outside_of_a_request_open_the_same_lists_as_the_page(desk: Desk, clerk: Worker):
    desk.receive(BIRTH)
    page = clerk.open(f"/mot-cua/bao-cao/bieu/18.pdf?{NOVEMBER}&theo=field")
    with desk.house.reading() as db:
        unit = report_unit(db, "H99.105")
    period = between(date(2026, 11, 1), date(2026, 12, 1))
    opens = lists_of(desk.house.settings.external_url, unit, period, RowsBy.FIELD)
    ours = {opens("v18.online", None), opens("v18.online", "Hộ tịch")}
    theirs = {link for link in links_in(page.data) if "v18.online" in link}
    assert {asked(link) for link in ours} == {asked(link) for link in theirs}


def asked(address: str) -> tuple[str, frozenset[tuple[str, str]]]:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}{parts.path}", frozenset(parse_qsl(parts.query))


def dropped(worker: Worker, content: bytes) -> str:
    worker.open("/xac-minh")
    return worker.send("/xac-minh", file=(io.BytesIO(content), "bao-cao.pdf")).text
