"""Importing papers and per-channel words (nhập thành phần hồ sơ, phí từng kênh) of the catalogue's detail file.

Only versions that came from the catalogue and that no desk works by yet are completed; a local one stands, and one that
a desk works by is named and left alone. A version that loses a limit is a draft again: nobody opens it without one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import datetime

from sqlalchemy import bindparam, delete, exists, select, update

from app.db.base import new_uid, table_of
from app.db.models import (
    Dossier,
    Offering,
    Procedure,
    ProcedureComponent,
    ProcedureFee,
    ProcedureLimit,
    ProcedureVersion,
)
from app.db.unit_of_work import UnitOfWork
from app.domain.catalogue_components import CatalogueDetail, ChannelDetail
from app.domain.catalogue_rows import Fault, Findings
from app.domain.channels import CHANNEL_WORDS, Channel
from app.domain.people import Actor
from app.services.importing import SLICE, SOURCE, Imported, Progress, note_import
from app.services.importing_store import Columns, bulk


def import_details(
    uow: UnitOfWork, details: Sequence[CatalogueDetail], findings: Findings, by: Actor, *, at: datetime,
    progress: Progress = lambda _done: None,
) -> Imported:  # fmt: skip
    """Fill papers, limits and fees of the catalogue's versions. A code that is not in the catalogue is a warning."""
    versions, in_use = _catalogue_versions(uow), _codes_in_use(uow)
    versions |= dict.fromkeys(in_use & versions.keys(), 0)
    completed = [(versions[detail.code], detail) for detail in details if versions.get(detail.code)]
    unknown = [(line, detail) for line, detail in enumerate(details, start=1) if detail.code not in versions]
    drafted = set[int]()
    for start in range(0, len(completed), SLICE):
        drafted |= _rewrite(uow, completed[start : start + SLICE])
        progress(min(len(details), start + SLICE))
    warnings = [
        *findings.warnings,
        *(Fault(line, "code", f"chưa có thủ tục {detail.code}; nhập danh mục trước") for line, detail in unknown),
        *_pointed_out(details, versions, in_use, drafted),
    ]
    note_import(uow, "catalogue_details", by, at=at, rows=len(details), completed=len(completed))
    return Imported(0, len(details) - len(unknown), tuple(sorted(warnings, key=lambda fault: fault.line)))


def _catalogue_versions(uow: UnitOfWork) -> dict[str, int]:
    """Return version ids by code; 0 for a procedure whose version in force is local and is left alone."""
    rows = uow.session.execute(
        select(Procedure.code, ProcedureVersion.id, ProcedureVersion.source)
        .join(ProcedureVersion, ProcedureVersion.id == Procedure.current_version_id)
    )  # fmt: skip
    return {code: version_id if source == SOURCE else 0 for code, version_id, source in rows}


def _codes_in_use(uow: UnitOfWork) -> set[str]:
    """Return the codes whose ready version a desk receives by, or a dossier holds."""
    opened = exists().where(Offering.procedure_id == Procedure.id, Offering.is_open)
    held = exists().where(Dossier.procedure_version_id == ProcedureVersion.id)
    current = Procedure.current_version_id == ProcedureVersion.id
    ready = select(Procedure.code).join(ProcedureVersion, current).where(ProcedureVersion.status == "ready")
    return set(uow.session.scalars(ready.where(opened | held)))


def _pointed_out(
    details: Sequence[CatalogueDetail], versions: Mapping[str, int], in_use: Set[str], drafted: Set[int]
) -> Iterable[Fault]:
    for line, detail in enumerate(details, start=1):
        if detail.code in in_use:
            yield Fault(line, "code", f"{detail.code} đang được dùng để tiếp nhận nên giữ nguyên; sửa ở trang thủ tục")
        elif versions.get(detail.code) in drafted:
            reason = "trang chi tiết không cho một thời hạn rõ ràng: thủ tục trở lại bản nháp, chờ ghi thời hạn"
            yield Fault(line, "code", reason)


def _rewrite(uow: UnitOfWork, part: Sequence[tuple[int, CatalogueDetail]]) -> set[int]:
    """Write what the details say; return the versions that were ready and lost a limit."""
    ids = [version_id for version_id, _ in part]
    for model in (ProcedureComponent, ProcedureFee):
        uow.session.execute(delete(model).where(model.version_id.in_(ids)))
    _insert(uow, ProcedureComponent, (row for version_id, detail in part for row in _components(version_id, detail)))
    channels = [(version_id, channel) for version_id, detail in part for channel in detail.channels]
    _insert(uow, ProcedureFee, (_fee(version_id, channel) for version_id, channel in channels))
    drafted = _doubt_limits(uow, channels)
    _draw_revisions(uow, ids)
    return drafted


def _draw_revisions(uow: UnitOfWork, ids: Iterable[int]) -> None:
    """Tell every process that what it read of these versions is no longer true."""
    table = table_of(ProcedureVersion)
    drawn = update(table).where(table.c.id == bindparam("of")).values(revision=bindparam("token"))
    uow.session.connection().execute(drawn, [{"of": number, "token": new_uid()} for number in ids])


def _insert(uow: UnitOfWork, model: type[ProcedureComponent] | type[ProcedureFee], rows: Iterable[Columns]) -> None:
    if found := list(rows):
        uow.session.execute(bulk(model), found)


def _components(version_id: int, detail: CatalogueDetail) -> Iterable[Columns]:
    for ordinal, paper in enumerate(detail.components, start=1):
        known = paper.originals is not None
        yield {
            "version_id": version_id,
            "ordinal": ordinal,
            "name": paper.name,
            "originals": paper.originals or 0,
            "copies": paper.copies or 0,
            "note": "" if known else "chưa xác định số bản",
        }


def _fee(version_id: int, channel: ChannelDetail) -> Columns:
    return {
        "version_id": version_id,
        "channel": int(channel.channel),
        "name": "Phí, lệ phí",
        "amount_vnd": channel.fee.amount,
        "condition": "" if channel.fee.amount is not None else channel.fee.text,
        "legal_basis": "Danh mục quốc gia",
    }


def _doubt_limits(uow: UnitOfWork, channels: Sequence[tuple[int, ChannelDetail]]) -> set[int]:
    """Take back limits of the short file where the detail page shows several; return the versions drafted for it."""
    doubted = {(version_id, int(channel.channel)) for version_id, channel in channels if not channel.limit}
    versions = ProcedureLimit.version_id.in_({version_id for version_id, _channel in doubted})
    lost: dict[int, list[str]] = {}
    for row in uow.session.scalars(select(ProcedureLimit).where(versions, ProcedureLimit.statutory.is_not(None))):
        if (row.version_id, row.channel) in doubted:
            row.statutory = None
            lost.setdefault(row.version_id, []).append(f"thời hạn kênh {CHANNEL_WORDS[Channel(row.channel)]}")
    ready = select(ProcedureVersion).where(ProcedureVersion.id.in_(list(lost)), ProcedureVersion.status == "ready")
    drafted = uow.session.scalars(ready).all()
    for version in drafted:
        version.status, version.missing = "draft", [*version.missing, *lost[version.id]]
    return {version.id for version in drafted}
