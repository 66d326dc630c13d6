"""The papers, files and results of a dossier (thành phần, tệp, kết quả)."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from app.db.models import Component, FileLink, Result, ScanCopy, StoredFile, StoredPaper, UserAccount
from app.queries.dossier_values import FileShown, PaperShown, ResultShown
from app.vault import Vault


def papers_shown(session: Session, vault: Vault, dossier_id: int) -> tuple[PaperShown, ...]:
    """Return the components in order, each with the files that were not removed."""
    files = _files_by_paper(session, vault, dossier_id)
    rows = session.scalars(select(Component).where(Component.dossier_id == dossier_id).order_by(Component.ordinal))
    return tuple(
        PaperShown(
            id=row.id,
            ordinal=row.ordinal,
            name=row.name,
            required=row.required,
            form=row.form,
            exempt_reason=row.exempt_reason,
            originals=row.originals,
            copies=row.copies,
            pages=row.pages,
            note=row.note,
            files=tuple(files[row.id]),
        )
        for row in rows
    )


def results_shown(session: Session, dossier_id: int) -> tuple[ResultShown, ...]:
    """Return the versions of the result, the newest first."""
    rows = session.execute(
        select(Result, UserAccount.name, _file_link())
        .outerjoin(UserAccount, UserAccount.id == Result.signer_id)
        .where(Result.dossier_id == dossier_id)
        .order_by(Result.version.desc())
    )
    return tuple(
        ResultShown(
            id=row.id,
            version=row.version,
            kind=row.kind,
            form=row.form,
            state=row.state,
            title=row.title,
            symbol=row.symbol,
            issued_on=row.issued_on,
            proposed_by=row.proposed_by,
            proposed_at=row.proposed_at,
            signer=signer or "",
            signed_at=row.signed_at,
            released_at=row.released_at,
            link_id=link_id,
            replaces_id=row.replaces_id,
            replaced_reason=row.replaced_reason,
        )
        for row, signer, link_id in rows
    )


def file_name(vault: Vault, link: FileLink) -> str:
    """Return the display name of a file in its place."""
    return vault.open(link.name_sealed, f"file_links.name:{link.uid}").decode()


def _file_link() -> Any:
    return (
        select(FileLink.id)
        .where(FileLink.kind == "result", FileLink.owner_id == Result.id, FileLink.removed_at.is_(None))
        .order_by(FileLink.id.desc())
        .limit(1)
        .correlate(Result)
        .scalar_subquery()
    )


def _files_by_paper(session: Session, vault: Vault, dossier_id: int) -> dict[int, list[FileShown]]:
    found = session.execute(
        select(FileLink, StoredFile, copy_state())
        .join(StoredFile, StoredFile.id == FileLink.file_id)
        .where(FileLink.dossier_id == dossier_id, FileLink.kind == "component", FileLink.removed_at.is_(None))
        .order_by(FileLink.id)
    )
    files: dict[int, list[FileShown]] = defaultdict(list)
    for link, stored, state in found:
        files[link.owner_id].append(_file(vault, link, stored, state or ""))
    return files


def copy_state() -> ColumnElement[str | None]:
    """Return how far a file link's bytes can be relied on (words of `FileShown`); a reused paper's as it was kept."""
    scanned = select(ScanCopy.state).where(ScanCopy.link_id == FileLink.id)
    reused = (
        select(stored_state())
        .where(FileLink.origin == "reused", StoredPaper.file_id == FileLink.file_id)
        .order_by(StoredPaper.id.desc())
        .limit(1)
    )
    return func.coalesce(scanned.scalar_subquery(), reused.scalar_subquery())


def stored_state() -> ColumnElement[str]:
    """Return the same of a paper of the store."""
    source = select(ScanCopy.state).where(ScanCopy.link_id == StoredPaper.source_id).correlate(StoredPaper)
    return case((StoredPaper.source == "result", "issued"), else_=func.coalesce(source.scalar_subquery(), "compared"))


def _file(vault: Vault, link: FileLink, stored: StoredFile, state: str) -> FileShown:
    return FileShown(
        link_id=link.id,
        name=file_name(vault, link),
        mime=stored.mime,
        pages=stored.pages,
        size=stored.size,
        origin=link.origin,
        added_by=link.added_by,
        added_at=link.added_at,
        copy_state=state,
    )
