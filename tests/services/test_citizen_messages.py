"""What applicants are told at each turn: by mail and SMS, neutral, within one SMS, the reason left to the slip."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.adapters.messages import MessageTexts
from app.db.models import OutboxMessage
from app.domain.channels import Channel
from app.domain.people import PersonData
from app.scheduler.sending import TEXTS
from app.services import intake, outbox, submission, waiting
from app.services.values import Reception, SupplementAsk
from tests.support.seeded import Desk
from workflows.calendar import VIETNAM

ASK = SupplementAsk(("Giấy chứng tử của vợ",), "Thiếu giấy chứng tử")
WHOEVER = PersonData("Phạm Thử", phone="0912345678", email="thu@vidu.vn")
OLD, NEW = "26/11/2026", "30/11/2026"
Turn = Callable[[Desk], str]


def filed(desk: Desk) -> str:
    with desk.house.unit_of_work() as uow:
        online = desk.filing(channel=Channel.ONLINE, applicant=WHOEVER)
        return submission.file_online(uow, online, at=desk.clock.now()).filing_number


def received_online(desk: Desk) -> str:
    number = filed(desk)
    with desk.house.unit_of_work() as uow:
        return intake.receive_filed(uow, desk.staff("clerk"), number, 1, None, desk.clock.now()).code


def asked(desk: Desk) -> str:
    number = filed(desk)
    with desk.house.unit_of_work() as uow:
        intake.ask_supplement_at_intake(uow, desk.staff("clerk"), number, 1, ASK, desk.clock.now())
    return number


def refused(desk: Desk) -> str:
    number = filed(desk)
    with desk.house.unit_of_work() as uow:
        intake.refuse(uow, desk.staff("clerk"), number, 1, "Không thuộc thẩm quyền", desk.clock.now())
    return number


def extended(desk: Desk) -> str:
    code = desk.receive(applicant=WHOEVER).code
    with desk.house.unit_of_work() as uow:
        waiting.extend(
            uow, desk.staff("leader"), code, 1, new_day=date(2026, 11, 30), reason="Chờ xác minh", at=desk.clock.now()
        )
    return code


def withdrawn(desk: Desk) -> str:
    code = desk.receive(applicant=WHOEVER).code
    with desk.house.unit_of_work() as uow:
        waiting.withdraw(uow, desk.staff("clerk"), code, 1, reason="Gia đình đổi ý", at=desk.clock.now())
    return code


def stopped(desk: Desk) -> str:
    code = desk.receive(applicant=WHOEVER).code
    with desk.house.unit_of_work() as uow:
        waiting.stop(uow, desk.staff("leader"), code, 1, ground="Điều 21", reason="Trùng hồ sơ", at=desk.clock.now())
    return code


@pytest.mark.parametrize(
    ("turn", "template", "said", "not_said"),
    [
        (received_online, "received", ["08:30 23/11/2026", "17:00 26/11/2026"], []),
        (asked, "supplement_asked", ["15/12/2026", "0001/PBS-TTPVHCC"], ["chứng tử"]),
        (refused, "refused", ["0001/PTC-TTPVHCC"], ["thẩm quyền"]),
        (extended, "extended", [OLD, NEW, "xin lỗi"], ["xác minh"]),
        (withdrawn, "stopped", ["theo đề nghị của Ông (Bà)"], ["đổi ý"]),
        (stopped, "stopped", ["đã dừng giải quyết"], ["Trùng", "theo đề nghị"]),
    ],
)
def test_each_turn_is_told_by_mail_and_sms(
    desk: Desk, turn: Turn, template: str, said: list[str], not_said: list[str]
) -> None:
    number = turn(desk)
    texts = MessageTexts(TEXTS)
    with desk.house.unit_of_work() as uow:
        sent = {one.channel: one for one in outbox.claim(uow, desk.clock.now() + timedelta(minutes=1), most=9)}
    assert {one.template for one in sent.values()} == {template}
    letter = texts.mail(template, sent["mail"].facts)
    sms = texts.sms(template, sent["sms"].facts).text
    assert number in letter.subject
    assert number in sms
    assert len(sms) <= 160
    assert sms.isascii()
    for words in said:
        assert words.lower() in (letter.subject + letter.text).lower()
    for words in not_said:
        assert words not in letter.text + sms


def test_who_stands_at_the_desk_gets_the_slip_and_no_message(desk: Desk) -> None:
    desk.receive(applicant=WHOEVER)
    with desk.house.reading() as session:
        assert session.scalars(select(OutboxMessage)).all() == []


def test_a_request_that_was_answered_meanwhile_is_not_sent(desk: Desk) -> None:
    number = asked(desk)
    with desk.house.unit_of_work() as uow:
        intake.refuse(uow, desk.staff("clerk"), number, 2, "Rút lại", desk.clock.now())
    at = desk.clock.now().astimezone(VIETNAM) + timedelta(minutes=1)
    with desk.house.unit_of_work() as uow:
        assert outbox.drop_overtaken(uow, at) == 2
        assert {one.template for one in outbox.claim(uow, at, most=9)} == {"refused"}


def test_a_procedure_with_a_private_matter_is_named_neutrally(desk: Desk) -> None:
    reception = Reception(desk.filing(applicant=WHOEVER, channel=Channel.POST))
    with desk.house.unit_of_work() as uow:
        intake.receive_new(uow, desk.staff("clerk"), reception, desk.clock.now())
    with desk.house.unit_of_work() as uow:
        [mail, _sms] = sorted(outbox.claim(uow, desk.clock.now(), most=9), key=lambda one: one.channel)
    assert mail.facts["procedure"]
    assert "hôn nhân" not in mail.facts["procedure"]
