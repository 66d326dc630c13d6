"""Importing the national catalogue (nhập danh mục thủ tục hành chính): one transaction, nothing guessed.

A new row becomes a procedure; a changed one a new version. Where a desk already works by a complete version
of its own, that version stands: a differing row of the catalogue waits beside it as a draft and is pointed out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.db.models import Procedure, ProcedureLimit, ProcedureVersion
from app.db.unit_of_work import UnitOfWork
from app.domain.catalogue import CatalogueProcedure, CatalogueRead
from app.domain.catalogue_minutes import working_minutes
from app.domain.catalogue_rows import Fault
from app.domain.people import Actor
from app.domain.vietnamese import fold
from app.services.importing_store import Columns, Current, Definition, current_versions, propose, publish
from workflows.calendar import VIETNAM

SOURCE = "catalogue"
SLICE = 400  # rows written at a time: keeps memory flat
Progress = Callable[[int], object]
_USUAL_STEPS = (
    ("Tiếp nhận, số hóa, chuyển xử lý", "clerk", 8),
    ("Thẩm tra, dự thảo kết quả", "officer", 60),
    ("Ký kết quả", "leader", 20),
    ("Cấp số, đóng dấu, chuyển quầy trả", "records", 10),
)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: rows new here, rows already known and brought to the state of the file, warnings."""

    imported: int
    updated: int
    warnings: tuple[Fault, ...]


def import_catalogue(
    uow: UnitOfWork, read: CatalogueRead, by: Actor, *, at: datetime, progress: Progress = lambda _done: None
) -> Imported:
    """Bring the catalogue of the house to the state of `read`. `progress` hears how many rows are done."""
    known, local, on = current_versions(uow), _local_terms(uow), at.astimezone(VIETNAM).date()
    changed, differing = 0, list[CatalogueProcedure]()
    for start in range(0, len(read.procedures), SLICE):
        part = read.procedures[start : start + SLICE]
        fresh = [made for procedure in part if _is_fresh(made := definition(procedure), known)]
        publish(uow, fresh, known, on=on)
        differing += (procedure for procedure in part if _differs(procedure, known, local))
        changed += len(fresh)
        progress(start + len(part))
    propose(uow, [definition(procedure) for procedure in differing], known, on=on)
    imported = sum(procedure.code not in known for procedure in read.procedures)
    warnings = (*read.findings.warnings, *_pointed_out(differing, read))
    note_import(uow, SOURCE, by, at=at, rows=len(read.procedures), imported=imported, changed=changed - imported)
    return Imported(imported, len(read.procedures) - imported, tuple(sorted(warnings, key=lambda fault: fault.line)))


def definition(procedure: CatalogueProcedure) -> Definition:
    """Return the version that a row of the catalogue makes: ready when nothing is in doubt, else a draft."""
    version = {
        "name": procedure.name,
        "short_name": procedure.name[:120],
        "name_fold": fold(procedure.name),
        "aliases": [],
        "field": procedure.field,
        "levels": sorted(procedure.levels),
        "competent_agency": procedure.agency,
        "subject": procedure.subjects,
        "decision": procedure.decision,
        "fee_text": procedure.terms[0].fee.text if procedure.terms else "",
        "status": "ready" if procedure.complete else "draft",
        "missing": list(procedure.doubts),
        "result_name": procedure.result_name,
        "result_code": procedure.result_code,
        "source": SOURCE,
    }
    return Definition(procedure.code, version, _limits(procedure), _fees(procedure), (), _steps(procedure))


def _limits(procedure: CatalogueProcedure) -> tuple[Columns, ...]:
    return tuple(
        {"channel": int(terms.channel), "statutory": str(terms.limit) if terms.limit else None}
        for terms in procedure.terms
    )


def _fees(procedure: CatalogueProcedure) -> tuple[Columns, ...]:
    fee = procedure.terms[0].fee if procedure.terms else None
    if fee is None or not fee.amount:
        return ()
    return ({"channel": None, "name": "Phí, lệ phí", "amount_vnd": fee.amount, "legal_basis": "Danh mục quốc gia"},)


def _steps(procedure: CatalogueProcedure) -> tuple[Columns, ...]:
    if not procedure.complete:
        return ()
    return usual_steps(min(working_minutes(terms.limit) for terms in procedure.terms if terms.limit))


def usual_steps(minutes: int) -> tuple[Columns, ...]:
    """Return the shortest usual internal process within so many working minutes: desk, officer, leader, records.

    With it a procedure of the catalogue can be opened at once; an authority replaces it by its own.
    """
    return tuple(
        {"ordinal": ordinal, "name": name, "role": role, "unit_key": "", "minutes": max(5, minutes * share // 100)}
        for ordinal, (name, role, share) in enumerate(_USUAL_STEPS, start=1)
    )


def _local_terms(uow: UnitOfWork) -> dict[str, dict[int, str | None]]:
    """Statutory limits by channel of the versions in force that did not come from the catalogue, by code."""
    limits = (
        select(Procedure.code, ProcedureLimit.channel, ProcedureLimit.statutory)
        .join(ProcedureVersion, ProcedureVersion.id == Procedure.current_version_id)
        .join(ProcedureLimit, ProcedureLimit.version_id == ProcedureVersion.id)
        .where(ProcedureVersion.source != SOURCE)
    )
    found: dict[str, dict[int, str | None]] = {}
    for code, channel, statutory in uow.session.execute(limits):
        found.setdefault(code, {})[channel] = statutory
    return found


def _is_fresh(made: Definition, known: Mapping[str, Current]) -> bool:
    current = known.get(made.code)
    return current is None or (current.source == SOURCE and current.digest != made.digest)


def _differs(
    procedure: CatalogueProcedure, known: Mapping[str, Current], local: dict[str, dict[int, str | None]]
) -> bool:
    """Tell whether the catalogue states a limit that the local version in force states otherwise, and newly so."""
    stated = local.get(procedure.code, {})
    limits = {int(terms.channel): str(terms.limit) for terms in procedure.terms if terms.limit}
    if not any(channel in stated and stated[channel] != limit for channel, limit in limits.items()):
        return False
    return definition(procedure).digest not in known[procedure.code].digests


def _pointed_out(differing: Iterable[CatalogueProcedure], read: CatalogueRead) -> list[Fault]:
    lines = {procedure.code: line for line, procedure in zip(read.lines, read.procedures, strict=True)}
    reason = "thời hạn khác bản đang áp dụng tại đơn vị; đã lưu bản nháp để đối chiếu"
    return [Fault(lines[procedure.code], "direct_time", reason) for procedure in differing]


def note_import(uow: UnitOfWork, what: str, by: Actor, *, at: datetime, **counts: int) -> None:
    """Chain one event that says who imported what, and how many rows."""
    uow.note(f"{what}:imported", ("import", what), by, at, **counts)
