"""What applicants do themselves (nộp, bổ sung, rút hồ sơ trước tiếp nhận), with number and secret."""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import or_, select

from app.db.models import Component, Dossier, DossierClock, FilingOrigin, LedgerEntry, SupplementRequest
from app.db.unit_of_work import UnitOfWork
from app.domain import checks
from app.domain.answer_times import answer_due
from app.domain.channels import Channel
from app.domain.identifiers import normal_number, normal_secret
from app.domain.people import CITIZEN, Actor
from app.services import drafts
from app.services.attachments import link_file
from app.services.errors import SecretWrong
from app.services.filing import chosen_for, write_dossier
from app.services.values import Filed, Filing, NewFile
from workflows.ledger import SUPPLEMENT
from workflows.machine import advance
from workflows.states import Action, State


def file_online(
    uow: UnitOfWork,
    filing: Filing,
    *,
    owner: drafts.DraftOwner | None = None,
    by: Actor = CITIZEN,
    address: str = "",
    at: datetime,
) -> Filed:
    """File a dossier (nộp hồ sơ): a filing number and a look-up secret, no code and no clock yet.

    The same `request_id` twice gives the first answer again. Of the network `address` only a keyed digest is kept.
    """
    known = (
        filing.request_id
        and uow.session.scalars(select(Dossier).where(Dossier.request_id == filing.request_id)).first()
    )
    if known:
        return Filed(
            known.id,
            known.filing_number,
            uow.vault.open(known.secret_sealed, f"dossiers.secret:{known.uid}").decode(),
        )
    desk, chosen = chosen_for(uow, filing, at)
    dossier, secret = write_dossier(uow, filing, desk, chosen, at=at)
    if filing.draft_id and owner:
        drafts.become_dossier(uow, filing.draft_id, owner, dossier, at=at)
    _start_answer_clock(uow, dossier, at)
    if address:
        uow.session.add(FilingOrigin(dossier_id=dossier.id, address_mac=uow.vault.mac(address, "filing_address")))
    uow.record(
        "dossier:filed",
        dossier,
        by,
        at,
        channel=int(filing.channel),
        assisted=filing.is_assisted,
        source=filing.source,
    )
    return Filed(dossier.id, dossier.filing_number, secret)


def by_secret(uow: UnitOfWork, number: str, secret: str) -> Dossier:
    """Return the dossier that number and secret open together. Raises SecretWrong."""
    wanted = normal_number(number)
    dossier = uow.session.scalars(
        select(Dossier).where(or_(Dossier.code == wanted, Dossier.filing_number == wanted)).limit(1)
    ).first()
    given = uow.vault.mac(normal_secret(secret), "lookup")
    if dossier is None or not hmac.compare_digest(dossier.secret_mac, given):
        raise SecretWrong(where="secret")
    return dossier


def answer_supplement(
    uow: UnitOfWork, number: str, secret: str, text: str, files: Mapping[int, Sequence[NewFile]], at: datetime
) -> Dossier:
    """Take the applicant's supplement with its files, by paper ordinal; the clock goes on as its ground says."""
    dossier = by_secret(uow, number, secret)
    answer = checks.paragraph(text, what="nội dung bổ sung", where="text", required=not files)
    for ordinal, given in files.items():
        _attach(uow, dossier, ordinal, given, at)
    supplement(uow, dossier, CITIZEN, answer, at)
    return dossier


def supplement(uow: UnitOfWork, dossier: Dossier, by: Actor, answer: str, at: datetime) -> None:
    """Move a dossier on when what was asked has come (nhận bổ sung)."""
    dossier.state = advance(State(dossier.state), Action.SUPPLEMENT, by.kind).target
    request = uow.session.scalars(
        select(SupplementRequest)
        .where(SupplementRequest.dossier_id == dossier.id, SupplementRequest.answered_at.is_(None))
        .order_by(SupplementRequest.ordinal.desc())
    ).first()
    if request:
        request.answered_at, request.answer = at, answer
    close_suspension(uow, dossier, by.name, at, ground=SUPPLEMENT)
    if State(dossier.state) is State.FILED:
        _start_answer_clock(uow, dossier, at)
    uow.record("dossier:supplemented", dossier, by, at, text=answer)


def close_suspension(uow: UnitOfWork, dossier: Dossier, by: str, at: datetime, *, ground: str = "") -> None:
    """End what is open of a dossier's suspensions: those of one ground, or all where none is named."""
    open_ones = select(LedgerEntry).where(
        LedgerEntry.dossier_id == dossier.id, LedgerEntry.kind == "suspension", LedgerEntry.ended_at.is_(None)
    )
    if ground:
        open_ones = open_ones.where(LedgerEntry.ground == ground)
    for entry in uow.session.scalars(open_ones):
        entry.ended_at, entry.closed_by = max(at, entry.started_at), by


def _attach(uow: UnitOfWork, dossier: Dossier, ordinal: int, files: Sequence[NewFile], at: datetime) -> None:
    paper = uow.session.scalars(
        select(Component).where(Component.dossier_id == dossier.id, Component.ordinal == ordinal)
    ).first()
    if paper is None:
        raise checks.Missing(where=f"component.{ordinal}", what="giấy tờ này trong thành phần hồ sơ")
    for file in files:
        link_file(uow, file, "component", paper.id, at=at, by=CITIZEN.name, dossier_id=dossier.id)
    if files and paper.form in {"missing", "paper"}:
        paper.form = "electronic"


def _start_answer_clock(uow: UnitOfWork, dossier: Dossier, at: datetime) -> None:
    calendar, version = uow.calendars.of_unit(uow.session, dossier.receiving_unit_id)
    clock = uow.session.get(DossierClock, dossier.id) or DossierClock(
        dossier_id=dossier.id,
        settling_unit_id=dossier.settling_unit_id,
        is_open=False,
        calendar_version=version,
    )
    clock.answer_due_at = answer_due(Channel(dossier.channel), at, calendar)
    uow.session.add(clock)
