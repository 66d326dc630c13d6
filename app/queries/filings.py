"""A citizen's filing between draft and reception: the files attached so far, and what a draft became."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.models import Component, Dossier, DossierClock, FileLink, ProcedureVersion, StoredFile, Unit
from app.vault import Vault


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """One file of a draft; `slot` is the ordinal of the paper it belongs to."""

    link_id: int
    slot: int
    name: str
    mime: str
    size: int
    pages: int
    storage_id: str
    key_sealed: bytes


@dataclass(frozen=True, slots=True)
class FiledDossier:
    """What the citizen takes home after filing: number and secret, where it went, until when an answer comes."""

    filing_number: str
    secret: str
    procedure: str
    receiving: str
    filed_at: datetime
    answer_due_at: datetime | None


@dataclass(frozen=True, slots=True)
class PaperOfDossier:
    """One paper of a dossier, for choosing what a supplement belongs to."""

    ordinal: int
    name: str


def attached_files(session: Session, vault: Vault, draft_id: int) -> tuple[AttachedFile, ...]:
    """Return the files of a draft in the order they came. Whose draft it is has been asked before."""
    found = session.execute(
        select(FileLink, StoredFile)
        .join(StoredFile, StoredFile.id == FileLink.file_id)
        .where(FileLink.kind == "draft", FileLink.owner_id == draft_id, FileLink.removed_at.is_(None))
        .order_by(FileLink.slot, FileLink.id)
    ).all()
    return tuple(_attached(vault, link, file) for link, file in found)


def filed(session: Session, vault: Vault, dossier_id: int) -> FiledDossier:
    """Return number and secret of what a draft became; only its owner's browser is asked to show it."""
    dossier = session.get_one(Dossier, dossier_id)
    clock = session.get(DossierClock, dossier_id)
    return FiledDossier(
        dossier.filing_number,
        vault.open(dossier.secret_sealed, f"dossiers.secret:{dossier.uid}").decode(),
        session.get_one(ProcedureVersion, dossier.procedure_version_id).name,
        session.get_one(Unit, dossier.receiving_unit_id).name,
        dossier.filed_at,
        clock.answer_due_at if clock else None,
    )


def papers_of(session: Session, dossier_id: int) -> tuple[PaperOfDossier, ...]:
    """Return the papers of a dossier that can take a file, in order."""
    rows = session.scalars(
        select(Component)
        .where(Component.dossier_id == dossier_id, Component.form != "exempt")
        .order_by(Component.ordinal)
    )
    return tuple(PaperOfDossier(row.ordinal, row.name) for row in rows)


def _attached(vault: Vault, link: FileLink, file: StoredFile) -> AttachedFile:
    name = vault.open(link.name_sealed, f"file_links.name:{link.uid}").decode()
    return AttachedFile(link.id, link.slot, name, file.mime, file.size, file.pages, file.storage_id, file.key_sealed)
