"""The store of papers (kho giấy tờ): what was compared or issued is held for its owner, until it is taken back."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select

from app.db.models import (
    Component,
    Dossier,
    DossierPerson,
    FileLink,
    ProcedureVersion,
    Result,
    ScanCopy,
    StoredFile,
    StoredPaper,
)
from app.db.scope import kept_within
from app.db.unit_of_work import UnitOfWork
from app.domain import checks
from app.domain.people import Actor, PersonRole, Staff
from app.services.errors import NotFound
from workflows.errors import N_, RuleBroken
from workflows.states import ActorKind

LONGEST_REASON = 500
NEVER_KEPT = frozenset({"", "TK"})  # papers without a type, and forms filled for one dossier alone


class NotASuccessor(RuleBroken):
    """Only a paper of the same owner and type that holds can take another one's place."""

    code = "not_a_successor"
    sentence = N_("Giấy thay thế phải của cùng người, cùng loại và còn giá trị. Vui lòng chọn lại.")


def keep_compared(
    uow: UnitOfWork, dossier: Dossier, copy: ScanCopy, *, valid_until: date | None, at: datetime
) -> StoredPaper | None:
    """Keep a compared copy for its owner; None where the paper has no type or the owner no identity number."""
    paper = uow.session.get_one(Component, copy.component_id)
    link = uow.session.get_one(FileLink, copy.link_id)
    row = _new(uow, dossier, paper.paper_code, link.file_id)
    if row is None:
        return None
    row.title, row.number, row.issued_on, row.valid_until = paper.name, copy.number, copy.issued_on, valid_until
    row.source, row.source_id, row.kept_at, row.kept_by = "component", copy.link_id, at, copy.compared_by
    uow.session.add(row)
    uow.session.flush()
    return row


def keep_result(uow: UnitOfWork, dossier: Dossier, result: Result, staff: Staff, at: datetime) -> StoredPaper | None:
    """Keep an issued electronic result for its owner; the one it replaces points to it from now on."""
    version = uow.session.get_one(ProcedureVersion, dossier.procedure_version_id)
    if result.file_id is None or result.kind == "refusal":
        return None
    row = _new(uow, dossier, version.result_code, result.file_id)
    if row is None:
        return None
    row.title, row.number, row.issued_on = result.title, result.symbol, result.issued_on
    row.source, row.source_id, row.kept_at, row.kept_by = "result", result.id, at, staff.name
    uow.session.add(row)
    uow.session.flush()
    before = _from(uow, "result", result.replaces_id) if result.replaces_id else None
    if before is not None:
        before.state, before.successor_id, before.reason = "replaced", row.id, result.replaced_reason
    return row


def revoke_source(uow: UnitOfWork, source: str, source_id: int, reason: str) -> None:
    """Take back what came from a file or a result that no longer stands; nothing where nothing came from it."""
    row = _from(uow, source, source_id)
    if row is not None and row.state == "valid":
        row.state, row.reason = "revoked", reason


def take_back(
    uow: UnitOfWork, staff: Staff, paper_id: int, reason: str, at: datetime, *, successor_id: int | None = None
) -> None:
    """Take a stored paper out of use by hand (thu hồi), or point it to the paper that took its place.

    Reuse refuses it from then on and says why; the files of dossiers that used it before stay. Raises NotFound outside
    the person's part or for a paper that no longer holds, Missing without a reason, NotASuccessor.
    """
    row = uow.session.scalars(
        select(StoredPaper).where(StoredPaper.id == paper_id, kept_within(staff)).with_for_update()
    ).first()
    if row is None or row.state != "valid":
        raise NotFound(number=str(paper_id))
    why = checks.paragraph(reason, what="lý do thu hồi", where="reason", longest=LONGEST_REASON)
    newer = _successor(uow, row, successor_id) if successor_id else None
    row.state, row.reason = "replaced" if newer else "revoked", why
    row.successor_id = newer.id if newer else None
    by = Actor(ActorKind.STAFF, staff.name, staff.user_id, staff.unit_id)
    told = {"label": ", ".join(filter(None, [row.title, row.number])), "reason": why}
    uow.note(f"paper:{row.state}", ("stored_paper", str(row.id)), by, at, **told)


def _successor(uow: UnitOfWork, row: StoredPaper, successor_id: int) -> StoredPaper:
    newer = uow.session.get(StoredPaper, successor_id)
    same = newer is not None and (newer.owner_mac, newer.type_code) == (row.owner_mac, row.type_code)
    if newer is None or not same or newer.state != "valid" or newer.id == row.id:
        raise NotASuccessor(where="successor")
    return newer


def _new(uow: UnitOfWork, dossier: Dossier, type_code: str, file_id: int) -> StoredPaper | None:
    person = uow.session.scalars(
        select(DossierPerson)
        .where(DossierPerson.dossier_id == dossier.id, DossierPerson.id_number_mac.is_not(None))
        .where(DossierPerson.role.in_([PersonRole.SUBJECT, PersonRole.APPLICANT]))
        .order_by(DossierPerson.role.desc())  # the subject before the applicant
    ).first()
    if person is None or type_code in NEVER_KEPT:
        return None
    digest = uow.session.get_one(StoredFile, file_id).digest_mac
    return StoredPaper(
        owner_mac=person.id_number_mac, owner_kind=person.kind, type_code=type_code, file_id=file_id, digest_mac=digest
    )


def _from(uow: UnitOfWork, source: str, source_id: int) -> StoredPaper | None:
    return uow.session.scalars(
        select(StoredPaper).where(StoredPaper.source == source, StoredPaper.source_id == source_id)
    ).first()
