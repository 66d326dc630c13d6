"""Importing papers and per-channel words (nhập thành phần hồ sơ, phí từng kênh) of the catalogue's detail file.

Only versions that came from the catalogue and that no desk works by yet are completed; a local one stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update

from app.db.base import new_uid, table_of
from app.db.models import Procedure, ProcedureComponent, ProcedureFee, ProcedureLimit, ProcedureVersion
from app.db.unit_of_work import UnitOfWork
from app.domain.catalogue_components import CatalogueDetail, ChannelDetail
from app.domain.catalogue_rows import Fault, Findings
from app.domain.people import Actor
from app.services.importing import SLICE, SOURCE, Imported, Progress, note_import
from app.services.importing_store import Columns, bulk


def import_details(
    uow: UnitOfWork, details: Sequence[CatalogueDetail], findings: Findings, by: Actor, *, at: datetime,
    progress: Progress = lambda _done: None,
) -> Imported:  # fmt: skip
    """Fill papers, limits and fees of the catalogue's versions. A code that is not in the catalogue is a warning."""
    versions = _catalogue_versions(uow)
    completed = [(versions[detail.code], detail) for detail in details if versions.get(detail.code)]
    unknown = [(line, detail) for line, detail in enumerate(details, start=1) if detail.code not in versions]
    for start in range(0, len(completed), SLICE):
        _rewrite(uow, completed[start : start + SLICE])
        progress(min(len(details), start + SLICE))
    warnings = [
        *findings.warnings,
        *(Fault(line, "code", f"chưa có thủ tục {detail.code}; nhập danh mục trước") for line, detail in unknown),
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


def _rewrite(uow: UnitOfWork, part: Sequence[tuple[int, CatalogueDetail]]) -> None:
    ids = [version_id for version_id, _ in part]
    for model in (ProcedureComponent, ProcedureFee):
        uow.session.execute(delete(model).where(model.version_id.in_(ids)))
    _insert(uow, ProcedureComponent, (row for version_id, detail in part for row in _components(version_id, detail)))
    channels = [(version_id, channel) for version_id, detail in part for channel in detail.channels]
    _insert(uow, ProcedureFee, (_fee(version_id, channel) for version_id, channel in channels))
    _doubt_limits(uow, channels)
    _draw_revisions(uow, ids)


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


def _doubt_limits(uow: UnitOfWork, channels: Iterable[tuple[int, ChannelDetail]]) -> None:
    """Take back limits of the short file where the detail page shows several; nothing else is touched."""
    doubted = [{"of": version_id, "by": int(channel.channel)} for version_id, channel in channels if not channel.limit]
    if doubted:
        one = update(ProcedureLimit).where(
            ProcedureLimit.version_id == bindparam("of"), ProcedureLimit.channel == bindparam("by")
        )
        uow.session.connection().execute(one.values(statutory=None), doubted)
