"""Report day: prepared by the scheduler once, sent, given back with a cell, sent again; each step in the chain."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from app.db.models import Event, OutboxMessage
from app.scheduler.ticks import run_once
from tests.support.seeded import BIRTH, Desk
from workflows.calendar import VIETNAM

BOARD = "/mot-cua/ngay-bao-cao"


def told(desk: Desk, template: str) -> int:
    with desk.house.reading() as db:
        return len(db.scalars(select(OutboxMessage.id).where(OutboxMessage.template == template)).all())


def kinds(desk: Desk) -> list[str]:
    with desk.house.reading() as db:
        asked = select(Event.kind).where(Event.subject_kind == "report_day", Event.subject_id.like("H99.105:%"))
        return list(db.scalars(asked.order_by(Event.id)))


def after_the_month(desk: Desk) -> None:
    """Two dossiers in November's end, then 15 December."""
    desk.receive(BIRTH)
    desk.receive(BIRTH)
    desk.clock.set(datetime(2026, 12, 15, 8, 30, tzinfo=VIETNAM))


def test_the_scheduler_prepares_the_report_once_and_tells_the_leader(desk: Desk, sit_down):
    after_the_month(desk)
    for _tick in range(2):
        run_once(desk.house, desk.clock.now())
    assert told(desk, "report_ready") == 1
    assert kinds(desk) == ["report:prepared"]
    leader = sit_down("leader")
    assert "nhận 2" in leader.open("/mot-cua/nhac-viec").text


def test_holders_are_told_what_to_clean_in_the_last_five_days(desk: Desk, sit_down):
    desk.receive(BIRTH)
    desk.clock.set(datetime(2026, 12, 9, 8, 30, tzinfo=VIETNAM))
    run_once(desk.house, desk.clock.now())
    assert told(desk, "report_cleaning") == 0
    desk.clock.advance(timedelta(days=1))
    for _tick in range(2):
        run_once(desk.house, desk.clock.now())
    assert told(desk, "report_cleaning") == 1
    page = sit_down("clerk").open(BOARD).text
    assert "quá hạn, chưa có lý do" in page
    assert "đã được nhắc" in page


def test_sent_given_back_and_sent_again(desk: Desk, sit_down):
    after_the_month(desk)
    leader, province = sit_down("leader"), sit_down("province")
    assert "Chưa gửi" in province.open(BOARD).text
    province.send(f"{BOARD}/nhac", unit="H99.105")
    assert "đã nhắc 1 lần" in province.page.text
    leader.open(BOARD)
    leader.send(f"{BOARD}/gui")
    assert "Đã gửi báo cáo." in leader.page.text
    leader.send(f"{BOARD}/gui")
    assert "đã gửi" in leader.page.text  # refused in words, nothing changed
    province.open(BOARD)
    province.send(f"{BOARD}/tra-lai", unit="H99.105", cell="pending_overdue", reason="")
    assert kinds(desk)[-1] == "report:sent"
    province.send(f"{BOARD}/tra-lai", unit="H99.105", cell="pending_overdue", reason="Thiếu một hồ sơ")
    assert "Trả lại" in leader.open(BOARD).text
    assert "Thiếu một hồ sơ" in leader.page.text
    leader.send(f"{BOARD}/gui")
    assert kinds(desk) == ["report:reminded", "report:sent", "report:returned", "report:sent"]
    assert told(desk, "report_returned") == told(desk, "report_waited_for") == 1


def test_a_running_month_is_not_sent_and_a_stranger_s_unit_is_not_there(desk: Desk, sit_down):
    leader, province = sit_down("leader"), sit_down("province")
    running = f"{BOARD}/gui?tu=15/11/2026&den=14/12/2026"
    leader.open(BOARD)
    assert "còn trong kỳ" in leader.send(running).text
    assert kinds(desk) == []
    province.open(BOARD)
    assert province.send(f"{BOARD}/nhac", unit="H00").status_code == 404
    clerk = sit_down("clerk")
    clerk.open(BOARD)
    assert clerk.send(f"{BOARD}/gui").status_code == 403
