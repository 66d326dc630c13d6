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
from app.db.unit_of_work import UnitOfWork
from app.domain.people import PersonRole, Staff

NEVER_KEPT = frozenset({"", "TK"})  # papers without a type, and forms filled for one dossier alone


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
