"""The scan station's page (trạm quét): the pages of a batch, and the papers they may be laid on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.db.models import Batch, BatchFile, BatchPage, Component, Dossier, Job, StoredFile
from app.db.scan_rules import scan_rules
from app.db.scope import scope_filter
from app.domain.documents import Separator, SeparatorSheets
from app.domain.people import Staff
from app.domain.scan_rules import least_dpi
from app.domain.scans import SPLIT
from app.queries.stored_files import StoredBytes
from app.vault import Vault

MOST_BATCHES = 20


@dataclass(frozen=True, slots=True)
class PageOfBatch:
    """One page; `place` is "CODE/02" or empty; `kind`: page, blank, separator, twin."""

    id: int
    ordinal: int
    file: str
    source_page: int
    dpi: int
    kind: str
    place: str
    turned: int
    dropped: bool


@dataclass(frozen=True, slots=True)
class BatchShown:
    """A batch as its owner sees it. `state` is its job's; `problems` are sentences about files without pages."""

    id: int
    number: str
    wanted_at: datetime
    state: str
    progress: int
    error: str
    bound: bool
    problems: tuple[str, ...]
    pages: tuple[PageOfBatch, ...]


@dataclass(frozen=True, slots=True)
class PaperPlace:
    """A paper that pages may be laid on."""

    place: str
    number: str
    ordinal: int
    name: str
    form: str
    least_dpi: int


def batch_of(session: Session, vault: Vault, staff: Staff, batch_id: int) -> BatchShown | None:
    """Return a batch of the person's own, or None."""
    batch = session.get(Batch, batch_id)
    if batch is None or batch.wanted_by != staff.user_id:
        return None
    job = session.scalars(select(Job).where(Job.key == f"{SPLIT}:{batch_id}")).one()
    files = {row.id: row for row in session.scalars(select(BatchFile).where(BatchFile.batch_id == batch_id))}
    names = {key: _name(vault, row) for key, row in files.items()}
    rows = session.scalars(select(BatchPage).where(BatchPage.batch_id == batch_id).order_by(BatchPage.ordinal))
    pages = tuple(
        PageOfBatch(
            row.id, row.ordinal, names[row.original_id], row.source_page, row.dpi, row.kind, row.place, row.turned,
            row.dropped,
        )
        for row in rows
    )  # fmt: skip
    problems = tuple(row.problem for row in files.values() if row.problem)
    return BatchShown(
        batch.id, batch.number, batch.wanted_at, job.state, job.progress, job.error, batch.bound_at is not None,
        problems, pages,
    )  # fmt: skip


def open_batches(session: Session, staff: Staff) -> tuple[tuple[int, datetime], ...]:
    """Return the person's batches that wait to be laid out, the newest first, with when they were dropped."""
    rows = session.execute(
        select(Batch.id, Batch.wanted_at)
        .where(Batch.wanted_by == staff.user_id, Batch.bound_at.is_(None))
        .order_by(Batch.id.desc())
        .limit(MOST_BATCHES)
    )
    return tuple((row[0], row[1]) for row in rows)


def page_picture(session: Session, staff: Staff, batch_id: int, page_id: int) -> StoredBytes | None:
    """Return where the picture of a page lies, or None for a page that is not the person's."""
    row = session.execute(
        select(StoredFile)
        .join(BatchPage, BatchPage.file_id == StoredFile.id)
        .join(Batch, Batch.id == BatchPage.batch_id)
        .where(BatchPage.id == page_id, Batch.id == batch_id, Batch.wanted_by == staff.user_id)
    ).scalar()
    return StoredBytes(row.storage_id, row.key_sealed, row.mime, row.pages) if row else None


def places_of(session: Session, staff: Staff, numbers: Iterable[str], day: date) -> tuple[PaperPlace, ...]:
    """Return the papers of these dossiers, as far as the person may see them, in order; resolutions are of `day`."""
    rules = scan_rules(session)
    wanted = sorted({number for number in numbers if number})
    rows = session.execute(
        select(
            Dossier.code,
            Dossier.filing_number,
            Component.ordinal,
            Component.name,
            Component.form,
            Component.paper_code,
        )
        .join(Dossier, Dossier.id == Component.dossier_id)
        .where(or_(Dossier.code.in_(wanted), Dossier.filing_number.in_(wanted)), scope_filter(staff))
        .order_by(Dossier.id, Component.ordinal)
    )
    return tuple(
        PaperPlace(
            f"{code or filing}/{ordinal:02}", code or filing, ordinal, name, form, least_dpi(paper_code, day, rules)
        )
        for code, filing, ordinal, name, form, paper_code in rows
    )


def separators_of(session: Session, staff: Staff, numbers: Iterable[str], day: date) -> tuple[SeparatorSheets, ...]:
    """Return the separator sheets of these dossiers: one for each paper that is still to be scanned, else for each."""
    by_dossier: dict[str, list[PaperPlace]] = {}
    for place in places_of(session, staff, numbers, day):
        by_dossier.setdefault(place.number, []).append(place)
    return tuple(_sheets(number, places) for number, places in by_dossier.items())


def _name(vault: Vault, row: BatchFile) -> str:
    return vault.open(row.name_sealed, f"scan_batch_files.name:{row.uid}").decode()


def _sheets(number: str, places: list[PaperPlace]) -> SeparatorSheets:
    waiting = [place for place in places if place.form == "paper"] or places
    return SeparatorSheets(number, tuple(Separator(place.ordinal, place.name) for place in waiting))
