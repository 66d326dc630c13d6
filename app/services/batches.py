"""The scan station (trạm quét): a drop of files, split into pages by a job, laid on papers by a person, then bound."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.db.base import new_uid
from app.db.models import Batch, BatchFile, BatchPage, StoredFile
from app.db.unit_of_work import UnitOfWork
from app.domain.people import Staff
from app.domain.scans import SPLIT, ScannedPage, look_alike
from app.services import jobs
from app.services.attachments import keep, safe_name
from app.services.errors import FileMissing, NotFound
from app.services.scanning import KeptPage, want_scan
from app.services.values import NewFile
from workflows.errors import RuleBroken


class PlaceUnknown(RuleBroken):
    """A page was laid on something that is no paper of a dossier."""

    code = "place_unknown"
    sentence = "Chưa rõ trang {page} thuộc giấy tờ nào. Chọn lại nơi xếp trang này, hoặc bỏ trang."


@dataclass(frozen=True, slots=True)
class Original:
    """A file of a batch, for the job that splits it."""

    original_id: int
    name: str
    storage_id: str
    key_sealed: bytes


@dataclass(frozen=True, slots=True)
class SplitPage:
    """One page that the job cut out, safe in the store."""

    original_id: int
    page: ScannedPage
    file: NewFile


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person said of a page: where it goes ("CODE/02" or nowhere yet), turned clockwise, or dropped."""

    place: str = ""
    turned: int = 0
    dropped: bool = False


def drop(uow: UnitOfWork, staff: Staff, files: Sequence[NewFile], at: datetime, *, number: str = "") -> int:
    """Keep what was dropped and want it split; returns the batch's id. Raises FileMissing without any file."""
    if not files:
        raise FileMissing(where="files", name="lô quét", form="đã quét")
    batch = Batch(wanted_by=staff.user_id, wanted_at=at, number=number)
    uow.session.add(batch)
    uow.session.flush()
    for place, file in enumerate(files):
        uid = new_uid()
        name = uow.vault.seal(safe_name(file.name).encode(), f"scan_batch_files.name:{uid}")
        kept = keep(uow, file, at=at)
        uow.session.add(BatchFile(uid=uid, batch_id=batch.id, ordinal=place, file_id=kept.id, name_sealed=name))
    jobs.enqueue(uow, SPLIT, str(batch.id), {"batch_id": batch.id}, at=at, wanted_by=staff.user_id)
    return batch.id


def to_split(uow: UnitOfWork, batch_id: int) -> list[Original]:
    """Return the originals of a batch; none when it was split before (a job that is run again)."""
    if uow.session.scalars(select(BatchPage.id).where(BatchPage.batch_id == batch_id)).first():
        return []
    rows = uow.session.execute(
        select(BatchFile, StoredFile)
        .join(StoredFile, StoredFile.id == BatchFile.file_id)
        .where(BatchFile.batch_id == batch_id, BatchFile.problem == "")
        .order_by(BatchFile.ordinal)
    )
    return [
        Original(
            row.id,
            uow.vault.open(row.name_sealed, f"scan_batch_files.name:{row.uid}").decode(),
            stored.storage_id,
            stored.key_sealed,
        )
        for row, stored in rows
    ]


def was_split(
    uow: UnitOfWork, batch_id: int, pages: Sequence[SplitPage], problems: Mapping[int, str], at: datetime
) -> None:
    """Keep the pages of a batch. A separator sheet says where the pages after it go, and goes nowhere itself."""
    batch = uow.session.scalars(select(Batch).where(Batch.id == batch_id).with_for_update()).one()
    if uow.session.scalars(select(BatchPage.id).where(BatchPage.batch_id == batch_id)).first():
        return
    alike, place = look_alike([one.page.fingerprint for one in pages]), ""
    for ordinal, one in enumerate(pages):
        place = one.page.mark or place
        kind = _kind(one.page, is_twin=ordinal in alike)
        uow.session.add(
            BatchPage(
                batch_id=batch.id,
                ordinal=ordinal,
                file_id=keep(uow, one.file, at=at).id,
                original_id=one.original_id,
                source_page=one.page.page,
                dpi=one.page.dpi,
                kind=kind,
                place=place,
                dropped=kind in {"blank", "separator"},
            )
        )
    for original_id, reason in problems.items():
        uow.session.get_one(BatchFile, original_id).problem = reason


def bind_batch(
    uow: UnitOfWork, staff: Staff, batch_id: int, choices: Mapping[int, Choice], at: datetime
) -> list[tuple[str, int]]:
    """Lay the pages on their papers as chosen and want each paper bound; returns (dossier, paper) of each.

    `choices` by page id. Raises NotFound for somebody else's batch or one that was bound, PlaceUnknown for a page
    that goes nowhere and is not dropped, and whatever `want_scan` raises.
    """
    batch = _own(uow, staff, batch_id)
    piles: dict[str, list[KeptPage]] = {}
    for page in uow.session.scalars(
        select(BatchPage).where(BatchPage.batch_id == batch.id).order_by(BatchPage.ordinal)
    ):
        choice = choices.get(page.id, Choice(page.place, page.turned, page.dropped))
        page.place, page.turned, page.dropped = choice.place, choice.turned % 360, choice.dropped
        if page.dropped:
            continue
        if "/" not in page.place:
            raise PlaceUnknown(where=f"place-{page.id}", page=page.ordinal + 1)
        kept = KeptPage(page.file_id, f"trang-{page.ordinal + 1:03d}.jpg", page.turned)
        piles.setdefault(page.place, []).append(kept)
    for place, pages in piles.items():
        number, _slash, ordinal = place.rpartition("/")
        want_scan(uow, staff, number, int(ordinal), pages, at)
    batch.bound_at = at
    return [(place.rpartition("/")[0], int(place.rpartition("/")[2])) for place in piles]


def _own(uow: UnitOfWork, staff: Staff, batch_id: int) -> Batch:
    batch = uow.session.scalars(select(Batch).where(Batch.id == batch_id).with_for_update()).first()
    if batch is None or batch.wanted_by != staff.user_id or batch.bound_at is not None:
        raise NotFound(number=str(batch_id))
    return batch


def _kind(page: ScannedPage, *, is_twin: bool) -> str:
    if page.mark:
        return "separator"
    if page.blank:
        return "blank"
    return "twin" if is_twin else "page"
