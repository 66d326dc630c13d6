"""Scans on their way to a paper (số hóa trong nền): wanted by a person, bound by a job, then compared by a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select

from app.db.base import new_uid
from app.db.models import Component, Dossier, FileLink, Scan, ScanCopy, ScanSource, ScanWord, StoredFile
from app.db.scan_rules import scan_rules
from app.db.unit_of_work import UnitOfWork
from app.domain.checks import TooLong
from app.domain.paper_fields import WORD_DIGEST, words_of
from app.domain.people import Staff
from app.domain.scan_rules import least_dpi
from app.domain.scans import BIND, Digitized
from app.domain.vietnamese import clean
from app.services import jobs
from app.services.attachments import keep, safe_name
from app.services.digitizing import attach_to_component, open_for_papers, paper_of, record_by
from app.services.errors import AlreadyDone, FileMissing, NotFound
from app.services.filing import local_day
from app.services.paper_store import keep_compared
from app.services.values import NewFile

LONGEST_NUMBER = 60


@dataclass(frozen=True, slots=True)
class PageToBind:
    """One file of a scan in its order; `turned` is in degrees clockwise, by hand."""

    file: NewFile
    turned: int = 0


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page of a batch, whose file has its row already."""

    file_id: int
    name: str
    turned: int = 0


@dataclass(frozen=True, slots=True)
class SourceFile:
    """An original of a scan, for the job that binds it."""

    name: str
    storage_id: str
    key_sealed: bytes
    turned: int


@dataclass(frozen=True, slots=True)
class ToBind:
    """What the job needs: who wants it, for which paper of which dossier, from which files."""

    user_id: int
    number: str
    ordinal: int
    paper: str
    least_dpi: int
    sources: tuple[SourceFile, ...]


def want_scan(
    uow: UnitOfWork, staff: Staff, number: str, ordinal: int, pages: Sequence[PageToBind | KeptPage], at: datetime
) -> int:
    """Keep the originals for a paper of the dossier and want them bound; returns the scan's id.

    Raises NotFound, NoRight, or FileMissing without any file.
    """
    dossier = open_for_papers(uow, staff, number)
    paper = paper_of(uow, dossier, ordinal)
    if not pages:
        raise FileMissing(where=f"file-{ordinal}", name=paper.name, form="đã quét")
    scan = Scan(dossier_id=dossier.id, component_id=paper.id, wanted_by=staff.user_id, wanted_at=at)
    uow.session.add(scan)
    uow.session.flush()
    for place, page in enumerate(pages):
        _keep_source(uow, scan, place, page, at)
    record_by(uow, "dossier:scan_wanted", dossier, staff, at, paper=paper.name, files=len(pages))
    jobs.enqueue(uow, BIND, str(scan.id), {"scan_id": scan.id}, at=at, wanted_by=staff.user_id)
    return scan.id


def to_bind(uow: UnitOfWork, scan_id: int) -> ToBind | None:
    """Return what is to be bound, or None when it was bound before (a job that is run again)."""
    scan = uow.session.get(Scan, scan_id)
    if scan is None or _copy_of(uow, scan_id):
        return None
    paper = uow.session.get_one(Component, scan.component_id)
    dossier = uow.session.get_one(Dossier, scan.dossier_id)
    rows = uow.session.execute(
        select(ScanSource, StoredFile)
        .join(StoredFile, StoredFile.id == ScanSource.file_id)
        .where(ScanSource.scan_id == scan_id)
        .order_by(ScanSource.ordinal)
    )
    sources = tuple(
        SourceFile(
            uow.vault.open(source.name_sealed, f"scan_sources.name:{source.uid}").decode(),
            stored.storage_id,
            stored.key_sealed,
            source.turned,
        )
        for source, stored in rows
    )
    least = least_dpi(paper.paper_code, local_day(scan.wanted_at), scan_rules(uow.session))
    number = dossier.code or dossier.filing_number
    return ToBind(scan.wanted_by, number, paper.ordinal, paper.name, least, sources)


def bound(uow: UnitOfWork, staff: Staff, scan_id: int, file: NewFile, found: Digitized, at: datetime) -> int | None:
    """Put the bound PDF on its paper, with its text findable; returns the copy's id, None when it was done before."""
    scan = uow.session.scalars(select(Scan).where(Scan.id == scan_id).with_for_update()).one()
    if _copy_of(uow, scan_id):
        return None
    dossier = uow.session.get_one(Dossier, scan.dossier_id)
    paper = uow.session.get_one(Component, scan.component_id)
    number = dossier.code or dossier.filing_number
    link_id = attach_to_component(uow, staff, number, paper.ordinal, file, at)
    uid, text = new_uid(), "\n\n".join(found.texts)
    copy = ScanCopy(
        uid=uid,
        scan_id=scan_id,
        link_id=link_id,
        dossier_id=dossier.id,
        component_id=paper.id,
        pages=found.pages,
        blank=found.blank,
        dpi=found.dpi,
        text_sealed=uow.vault.seal(text.encode(), f"scan_copies.text:{uid}"),
        doubts_sealed=uow.vault.seal_json([asdict(doubt) for doubt in found.warnings], f"scan_copies.doubts:{uid}"),
        made_at=at,
    )
    uow.session.add(copy)
    uow.session.flush()
    _make_findable(uow, copy.id, text)
    return copy.id


def compare(uow: UnitOfWork, staff: Staff, number: str, link_id: int, said: Mapping[str, Any], at: datetime) -> None:
    """State that a copy was compared with its original (đối chiếu), with number and day of issue as the person says.

    The house then holds the paper for its owner. `said`: "number", "issued_on" and "valid_until" (a date or None).
    Raises NotFound, AlreadyDone or TooLong.
    """
    dossier = open_for_papers(uow, staff, number)
    copy = copy_to_change(uow, dossier, link_id)
    if copy.state != "unchecked":
        raise AlreadyDone
    copy.number = clean(str(said.get("number", "")))
    if len(copy.number) > LONGEST_NUMBER:
        raise TooLong(where="number", length=len(copy.number), limit=LONGEST_NUMBER)
    issued: date | None = said.get("issued_on")
    copy.issued_on, copy.state, copy.compared_at, copy.compared_by = issued, "compared", at, staff.name
    paper = uow.session.get_one(Component, copy.component_id)
    uow.session.flush()
    keep_compared(uow, dossier, copy, valid_until=said.get("valid_until"), at=at)
    record_by(uow, "dossier:scan_compared", dossier, staff, at, paper=paper.name, pages=copy.pages)


def dismiss(uow: UnitOfWork, staff: Staff, number: str, scan_id: int, at: datetime) -> None:
    """Take a scan that failed off the page; its originals stay. Raises NotFound."""
    dossier = open_for_papers(uow, staff, number)
    scan = uow.session.get(Scan, scan_id)
    if scan is None or scan.dossier_id != dossier.id:
        raise NotFound(number=number)
    scan.dismissed_at = at
    paper = uow.session.get_one(Component, scan.component_id)
    record_by(uow, "dossier:scan_dismissed", dossier, staff, at, paper=paper.name)


def copy_to_change(uow: UnitOfWork, dossier: Dossier, link_id: int) -> ScanCopy:
    """Return the copy behind a file that was not taken off. Raises NotFound."""
    found = uow.session.scalars(
        select(ScanCopy)
        .join(FileLink, FileLink.id == ScanCopy.link_id)
        .where(ScanCopy.link_id == link_id, ScanCopy.dossier_id == dossier.id, FileLink.removed_at.is_(None))
        .with_for_update()
    ).first()
    if found is None:
        raise NotFound(number=str(link_id))
    return found


def _copy_of(uow: UnitOfWork, scan_id: int) -> bool:
    return uow.session.scalars(select(ScanCopy.id).where(ScanCopy.scan_id == scan_id)).first() is not None


def _keep_source(uow: UnitOfWork, scan: Scan, place: int, page: PageToBind | KeptPage, at: datetime) -> None:
    uid = new_uid()
    file_id = page.file_id if isinstance(page, KeptPage) else keep(uow, page.file, at=at).id
    name = page.name if isinstance(page, KeptPage) else page.file.name
    uow.session.add(
        ScanSource(
            uid=uid,
            scan_id=scan.id,
            ordinal=place,
            file_id=file_id,
            name_sealed=uow.vault.seal(safe_name(name).encode(), f"scan_sources.name:{uid}"),
            turned=page.turned % 360,
        )
    )


def _make_findable(uow: UnitOfWork, copy_id: int, text: str) -> None:
    macs = {uow.vault.mac(word, "paper_word")[:WORD_DIGEST] for word in words_of(text)}
    if macs:
        uow.session.execute(insert(ScanWord), [{"copy_id": copy_id, "word_mac": mac} for mac in sorted(macs)])
