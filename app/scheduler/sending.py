"""Sending (gửi tin): claim in one transaction, hand over outside of any, write the outcome in another.

A process that dies in between leaves a message that is sent again after its lease: at least once, never none.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import structlog
from jinja2 import TemplateError

from app.adapters.gateways import Gateway, NotConfigured, NotSent
from app.adapters.mail import MailGateway
from app.adapters.messages import MessageTexts
from app.adapters.sms import SmsGateway
from app.services import outbox
from app.services.outbox import Outgoing
from app.wiring import House

log = structlog.get_logger("motcua.scheduler")

TEXTS = Path(__file__).parent.parent.parent / "templates" / "messages"
MOST = 25  # each quarter of a minute: a backlog drains at a hundred a minute


def send(house: House, at: datetime) -> int:
    """Try what is due, and return how much was tried or dropped, whatever came of it."""
    with house.reading() as session:
        if not outbox.is_any_due(session, at):
            return 0
    with house.unit_of_work() as uow:
        dropped = outbox.drop_overtaken(uow, at)
        claimed = outbox.claim(uow, at, most=MOST)
    texts = MessageTexts(TEXTS)
    for message in claimed:
        _send(house, texts, message, at)
    return dropped + len(claimed)


def _send(house: House, texts: MessageTexts, message: Outgoing, at: datetime) -> None:
    """Hand one message over and write down what came of it."""
    try:
        letter = (texts.mail if message.channel == "mail" else texts.sms)(message.template, message.facts)
        _gateway(house, message.channel).send(message.to, letter, key=message.key)
    except NotConfigured as missing:
        with house.unit_of_work() as uow:
            outbox.note_unconfigured(uow, message.message_id, str(missing), at)
    except NotSent as refused:
        reason = str(refused).replace(message.to, "…") if message.to else str(refused)
        _note_failure(house, message, reason, at, again=refused.again)
    except TemplateError:
        log.exception("message_not_written", template=message.template)
        _note_failure(house, message, f"Mẫu tin “{message.template}” bị thiếu hoặc hỏng", at, again=False)
    else:
        with house.unit_of_work() as uow:
            outbox.note_sent(uow, message.message_id, at)


def _note_failure(house: House, message: Outgoing, reason: str, at: datetime, *, again: bool) -> None:
    with house.unit_of_work() as uow:
        comes = outbox.note_failure(uow, message.message_id, reason, at, again=again)
    if not comes:
        log.error("message_failed", message=message.message_id, channel=message.channel, reason=reason)


def _gateway(house: House, channel: str) -> Gateway:
    return MailGateway.of(house.settings) if channel == "mail" else SmsGateway.of(house.settings)
