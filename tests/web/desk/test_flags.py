"""Flags on their page: found from what happened, asked about by the province, explained by the unit, in the chain."""

from __future__ import annotations

import re

from sqlalchemy import select

from app.db.models import Event
from app.domain.periods import report_month_of
from app.queries.demo import standing_of
from app.queries.flags import flags_of
from app.queries.report_scope import report_unit
from app.scheduler.flag_counts import count_flags
from app.services import digitizing
from app.services.values import NewFile
from tests.support.seeded import BIRTH, Desk

OPENED = re.compile(r'href="(/mot-cua/can-giai-trinh/[0-9a-f]{16}[^"]*)"')


def twins(desk: Desk) -> list[str]:
    """Three dossiers with one and the same file as the copy of their first paper."""
    codes, same = [desk.receive(BIRTH).code for _ in range(3)], b"%PDF-1.7 the same page" * 40
    for code in codes:
        file = NewFile(desk.house.files.put(same), "application/pdf", 1, "to-khai.pdf", origin="scanned")
        with desk.house.reading() as db:
            ordinal = standing_of(db, code).on_paper[0][0]
        with desk.house.unit_of_work() as uow:
            digitizing.attach_to_component(uow, desk.staff("clerk"), code, ordinal, file, desk.clock.now())
    return codes


def test_the_same_scan_on_three_dossiers_is_found(desk: Desk):
    codes = twins(desk)
    with desk.house.reading() as db:
        period = report_month_of(desk.clock.now().date())
        found = flags_of(db, report_unit(db, "H99.105"), period)
        elsewhere = flags_of(db, report_unit(db, "H99.12"), period)
    assert {flag.finding.rule for flag in found} == {"digitized_twin"}
    assert all(set(flag.finding.numbers) == set(codes) for flag in found)
    assert {flag.state for flag in found} == {"new"}
    assert elsewhere == ()


def test_the_province_asks_and_the_unit_explains(sit_down, desk: Desk):
    twins(desk)
    province = sit_down("province")
    address = OPENED.findall(province.open("/mot-cua/can-giai-trinh").text)[0].replace("&amp;", "&")
    province.open(address)
    assert 'data-testid="answer"' not in province.page.text  # who asks does not answer
    province.send(address, kind="ask", text="Vì sao ba hồ sơ dùng một tệp?")
    assert "Đã hỏi" in province.page.text
    officer = sit_down("leader")
    mine = OPENED.findall(officer.open("/mot-cua/can-giai-trinh").text)[0].replace("&amp;", "&")
    officer.open(mine)
    refused = officer.send(mine, kind="answer", text="  ")
    assert refused.status_code == 422
    officer.open(mine)
    officer.send(mine, kind="answer", text="Máy quét lưu nhầm tệp mẫu; đã quét lại.")
    assert "Đã giải trình" in officer.page.text
    with desk.house.reading() as db:
        said = db.scalars(select(Event).where(Event.subject_kind == "flag").order_by(Event.id)).all()
    assert [(event.kind, event.seq) for event in said] == [("flag:asked", 1), ("flag:answered", 2)]
    assert said[1].previous == said[0].hash


def test_the_board_of_the_province_tells_how_many_wait_and_links_them(sit_down, desk: Desk):
    twins(desk)
    count_flags(desk.house, desk.clock.now())
    board = sit_down("province")
    board.open("/mot-cua/tong-quan/toan-tinh")
    assert "Cần giải trình: 1 cờ chưa trả lời" in board.page.text
    address = re.search(r'href="([^"]+)" data-testid="board-flags"', board.page.text)[1].replace("&amp;", "&")
    assert "Cùng một tệp ở nhiều hồ sơ" in board.open(address).text


def test_an_unknown_flag_is_not_there(clerk):
    assert clerk.open("/mot-cua/can-giai-trinh/0123456789abcdef").status_code == 404
    assert clerk.open("/mot-cua/can-giai-trinh?tu=32/13/2026").status_code == 422
