"""What applicants are told at the turns of their dossier (tin báo người nộp), in words that name no private matter.

Received, asked for papers, refused, given a new day, stopped; ready results and pick-ups are told where they happen.
The reason stands on the slip, which only number and secret open: a message is read by others too.
"""

from __future__ import annotations

from datetime import date, datetime

from app.db.models import Dossier
from app.db.unit_of_work import UnitOfWork
from app.domain.channels import Channel
from app.domain.vietnamese_format import short_date, short_moment
from app.services.filing import local_day
from app.services.notices import facts_of
from app.services.outbox import to_applicant


def tell_received(uow: UnitOfWork, dossier: Dossier, promised_at: datetime | None, at: datetime) -> None:
    """Tell that the dossier was received, whoever is not at the desk: they hold no receipt in their hand."""
    received_at = dossier.received_at or at
    if dossier.channel == Channel.DIRECT and local_day(received_at) == local_day(at):
        return
    promised = short_moment(promised_at) if promised_at else ""
    facts = facts_of(uow, dossier) | {"received": short_moment(received_at), "promised": promised}
    to_applicant(uow, dossier, "received", facts, at=at)


def tell_supplement_asked(uow: UnitOfWork, dossier: Dossier, *, slip: str, answer_by: date, at: datetime) -> None:
    """Tell that papers are asked for, and until when; what is missing stands on Mẫu 02."""
    facts = facts_of(uow, dossier) | {"slip": slip, "answer_by": short_date(answer_by)}
    to_applicant(uow, dossier, "supplement_asked", facts, at=at)


def tell_refused(uow: UnitOfWork, dossier: Dossier, *, slip: str, at: datetime) -> None:
    """Tell that the filing is not accepted; why stands on Mẫu 03."""
    to_applicant(uow, dossier, "refused", facts_of(uow, dossier) | {"slip": slip}, at=at)


def tell_extended(
    uow: UnitOfWork, dossier: Dossier, *, slip: str, old_day: date, new_day: date, at: datetime
) -> None:
    """Apologise and tell the new day (NĐ 61/2018 art. 19.9); the whole letter is Mẫu 04."""
    days = {"old_day": short_date(old_day), "new_day": short_date(new_day)}
    to_applicant(uow, dossier, "extended", facts_of(uow, dossier) | {"slip": slip} | days, at=at)


def tell_stopped(uow: UnitOfWork, dossier: Dossier, *, slip: str, by_applicant: bool, at: datetime) -> None:
    """Tell that the dossier was stopped, at the applicant's own wish or by a decision; why stands on Mẫu 05."""
    facts = facts_of(uow, dossier) | {"slip": slip, "by_applicant": by_applicant}
    to_applicant(uow, dossier, "stopped", facts, at=at)
