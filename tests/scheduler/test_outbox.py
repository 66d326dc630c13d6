"""The outbox: each message ends in sent or in failed with its reason; without a gateway it waits and says so."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from sqlalchemy import select

from app.adapters.messages import MessageTexts, plain
from app.db.models import Dossier, OutboxMessage
from app.domain.messages import OVERTAKEN
from app.scheduler.sending import TEXTS, send
from app.services import outbox
from tests.scheduler.words import local, tick_at
from tests.support.seeded import SINGLE, Desk

OPEN = local("Monday 2026-11-23 08:30")
FACTS = {
    "code": "H99.105-261123-0001", "procedure": "Chứng thực", "slip": "0123/PBS-TTPVHCC", "answer_by": "15/12/2026",
    "received": "08:30 23/11/2026", "promised": "17:00 26/11/2026", "old_day": "26/11/2026", "new_day": "30/11/2026",
    "symbol": "2/XN-UBND", "replaced": "1/XN-UBND",
    "by_applicant": True, "old": "00:00 27/11/2026", "due": "17:00 27/11/2026", "cause": "thêm ngày 25/11/2026",
}  # fmt: skip
GOOD, BUSY, UNKNOWN = b"250 ok\r\n", b"450 try later\r\n", b"550 no such box <an.thu@example.test>\r\n"


@contextmanager
def mail_server(answer: bytes) -> Iterator[tuple[int, list[str]]]:
    """A real SMTP server on this machine that answers each recipient with `answer`; yields port and mails."""
    mails: list[str] = []

    class Session(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 test\r\n")
            while word := self.rfile.readline()[:4].upper().strip():
                if word == b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    lines = iter(self.rfile.readline, b".\r\n")
                    mails.append(b"".join(lines).decode())
                self.wfile.write(answer if word == b"RCPT" else GOOD)
                if word == b"QUIT":
                    return

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1], mails
        server.shutdown()


@contextmanager
def sms_gateway(status: int) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """A real HTTP gateway on this machine; yields its address and what it was given."""
    given: list[dict[str, str]] = []

    class Taker(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            given.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """The test looks at what was given, not at a log."""

    with HTTPServer(("127.0.0.1", 0), Taker) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/gui", given
        server.shutdown()


@pytest.fixture
def message(desk: Desk) -> Desk:
    """A desk with one dossier whose applicant is to be written to, by mail and by SMS."""
    made = desk.receive(SINGLE, applicant=replace(desk.person(), phone="0912345678", email="an.thu@example.test"))
    with desk.house.unit_of_work() as uow:
        dossier = uow.session.get_one(Dossier, made.dossier_id)
        facts = {"code": made.code, "procedure": "Xác nhận tình trạng hôn nhân"}
        assert outbox.to_applicant(uow, dossier, "supplement_expired", facts, at=OPEN) == ["sms", "mail"]
    return desk


def with_settings(desk: Desk, **settings: object) -> Desk:
    desk.house.settings = replace(desk.house.settings, **settings)
    return desk


def rows(desk: Desk) -> dict[str, OutboxMessage]:
    with desk.house.reading() as session:
        return {row.channel: row for row in session.scalars(select(OutboxMessage)) if row.channel != "notice"}


def test_without_a_gateway_a_message_waits_and_says_so(message: Desk) -> None:
    for minutes in (0, 1, 61):
        send(message.house, OPEN + timedelta(minutes=minutes))
    for channel, words in (("sms", "Chưa cấu hình cổng tin nhắn"), ("mail", "Chưa cấu hình máy chủ thư")):
        row = rows(message)[channel]
        assert (row.state, row.attempts) == ("waiting", 0)
        assert words in row.error


def test_mail_and_sms_are_handed_over_once(message: Desk) -> None:
    with mail_server(GOOD) as (port, mails), sms_gateway(200) as (url, given):
        with_settings(message, smtp_host="127.0.0.1", smtp_port=port, smtp_from="mot-cua@example.test", sms_url=url)
        assert send(message.house, OPEN) == 2
        assert send(message.house, OPEN + timedelta(hours=1)) == 0
    assert {row.state for row in rows(message).values()} == {"sent"}
    assert len(mails) == len(given) == 1
    assert given[0]["id"] == rows(message)["sms"].uid
    assert f"Message-ID: <{rows(message)['mail'].uid}@example.test>" in mails[0]


def test_a_refusal_that_may_pass_is_tried_again_and_then_given_up_with_its_reason(message: Desk) -> None:
    with sms_gateway(503) as (url, given):
        with_settings(message, sms_url=url)
        at = OPEN
        for pause in (timedelta(0), *outbox.PAUSES, timedelta(days=1)):
            at += pause
            send(message.house, at)
    row = rows(message)["sms"]
    assert (row.state, row.attempts) == ("failed", len(outbox.PAUSES) + 1)
    assert row.error.startswith("503")
    assert {one["id"] for one in given} == {row.uid}


def test_a_refusal_for_good_is_not_repeated_and_keeps_no_address(message: Desk) -> None:
    with mail_server(UNKNOWN) as (port, _mails):
        with_settings(message, smtp_host="127.0.0.1", smtp_port=port, smtp_from="mot-cua@example.test")
        send(message.house, OPEN)
    row = rows(message)["mail"]
    assert (row.state, row.attempts) == ("failed", 1)
    assert row.error == "550 no such box <…>"


def test_a_sender_that_died_leaves_a_message_that_is_sent_again(message: Desk) -> None:
    with message.house.unit_of_work() as uow:
        assert len(outbox.claim(uow, OPEN, most=10)) == 2
    with mail_server(GOOD) as (port, mails):
        with_settings(message, smtp_host="127.0.0.1", smtp_port=port, smtp_from="mot-cua@example.test")
        send(message.house, OPEN + timedelta(minutes=1))
        assert mails == []
        send(message.house, OPEN + outbox.LEASE)
        assert len(mails) == 1


def test_a_reminder_is_not_sent_for_a_result_that_was_fetched(desk: Desk) -> None:
    made = desk.receive(SINGLE)
    with desk.house.unit_of_work() as uow:
        dossier = uow.session.get_one(Dossier, made.dossier_id)
        outbox.to_applicant(uow, dossier, "pickup", {"code": made.code, "procedure": "x"}, at=OPEN)
    tick_at(desk, "Monday 2026-11-23 08:30")
    assert {(row.state, row.error) for row in rows(desk).values()} == {("failed", OVERTAKEN)}


def test_a_message_without_its_text_is_named_in_the_error_queue(desk: Desk) -> None:
    made = desk.receive(SINGLE)
    with desk.house.unit_of_work() as uow:
        dossier = uow.session.get_one(Dossier, made.dossier_id)
        outbox.to_applicant(uow, dossier, "nobody_wrote_this", {}, at=OPEN)
    assert send(desk.house, OPEN) == 1
    assert {(row.state, row.error) for row in rows(desk).values()} == {
        ("failed", "Mẫu tin “nobody_wrote_this” bị thiếu hoặc hỏng")
    }


@pytest.mark.parametrize("template", sorted(path.name.split(".")[0] for path in Path(TEXTS).glob("*.sms.txt")))
def test_an_sms_is_one_part_without_diacritics_and_asks_for_nothing(template: str) -> None:
    long = "Đăng ký đất đai, tài sản gắn liền với đất, cấp Giấy chứng nhận quyền sử dụng đất lần đầu " * 3
    for name in ("Chứng thực bản sao", long):
        text = MessageTexts(TEXTS).sms(template, {**FACTS, "procedure": name}).text
        assert len(text) <= 160
        assert text.isascii()
        assert "H99.105-261123-0001" in text
        assert not any(word in text.lower() for word in ("http", "otp", "thanh toan", "chuyen khoan"))


@pytest.mark.parametrize("template", sorted(path.name.split(".")[0] for path in Path(TEXTS).glob("*.mail.txt")))
def test_a_mail_has_a_subject_and_no_link(template: str) -> None:
    letter = MessageTexts(TEXTS).mail(template, FACTS)
    assert "H99.105-261123-0001" in letter.subject
    assert "\n" not in letter.subject
    assert "http" not in letter.text
    assert (TEXTS / f"{template}.sms.txt").exists()


def test_plain_letters_keep_their_case() -> None:
    assert plain("Hồ sơ ĐẶNG Thị Hòa đã xong") == "Ho so DANG Thi Hoa da xong"
