"""Importing dossiers of another system (nhập hồ sơ): one transaction, one `dossier:imported` event each.

All rows become visible together, when the transaction commits. A code of another system is kept as it is and
draws nothing from the counters; a row that is there already (same code, or the very same row) is left alone.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from operator import attrgetter

from sqlalchemy import select

from app.db.base import Base, table_of
from app.db.bulk import BulkWriter, next_ids
from app.db.models import (
    Component,
    Dossier,
    DossierClock,
    DossierFact,
    DossierPerson,
    Event,
    FrozenSteps,
    Hop,
    LedgerEntry,
    Payment,
)
from app.db.unit_of_work import UnitOfWork
from app.domain.catalogue_rows import Fault, Findings
from app.domain.imported_dossiers import ImportedDossier
from app.domain.people import Actor
from app.services.importing import Imported, Progress, note_import
from app.services.importing_dossier_clocks import Deriver
from app.services.importing_dossier_rows import Columns, Maker, Target, clock, components, payment
from app.services.importing_dossier_steps import frozen, hop, standing_step
from app.services.importing_dossier_targets import Targets

BATCH = 1_000
_CONTENT = attrgetter(*(column.name for column in fields(ImportedDossier) if column.name != "line"))


@dataclass(frozen=True, slots=True)
class DossierFile:
    """The dossiers of a file, what was doubtful in it, and whether unknown procedures and units are made by code."""

    dossiers: Sequence[ImportedDossier]
    findings: Findings
    create_missing: bool = False


@dataclass(frozen=True, slots=True)
class _Placed:
    """A dossier of the file with its place in this house and the key that keeps it from coming in twice."""

    source: ImportedDossier
    target: Target
    request_id: str


def import_dossiers(
    uow: UnitOfWork, file: DossierFile, by: Actor, *, at: datetime, progress: Progress = lambda _done: None
) -> Imported:
    """Import the dossiers of `file`. Raises ImportRefused for codes nobody knows, unless they are to be made."""
    targets = Targets(uow, file.dossiers, create_missing=file.create_missing)
    deriver, maker = Deriver(uow, at=at), Maker(uow.vault, by, at)
    fresh, warnings = _fresh(uow, file, targets)
    for start in range(0, len(fresh), BATCH):
        _write(uow, fresh[start : start + BATCH], maker, deriver)
        progress(min(start + BATCH, len(file.dossiers)))
    progress(len(file.dossiers))
    found = (*file.findings.warnings, *warnings, *deriver.warnings)
    note_import(uow, "dossiers", by, at=at, rows=len(file.dossiers), imported=len(fresh))
    ordered = tuple(sorted(found, key=lambda fault: fault.line))
    return Imported(len(fresh), len(file.dossiers) - len(fresh), ordered)


def _fresh(uow: UnitOfWork, file: DossierFile, targets: Targets) -> tuple[list[_Placed], list[Fault]]:
    """Return the dossiers that are not here yet; a known code with another content is pointed out, not overwritten."""
    codes = set(uow.session.scalars(select(Dossier.code).where(Dossier.code.is_not(None))))
    requests = set(uow.session.scalars(select(Dossier.request_id).where(Dossier.is_imported)))
    seen: Counter[str] = Counter()
    fresh, warnings = [], []
    for dossier in file.dossiers:
        request_id = _request_id(dossier, seen)
        if request_id in requests:
            continue
        if dossier.code in codes:
            reason = f"mã {dossier.code} đã có với nội dung khác; giữ bản đang có"
            warnings.append(Fault(dossier.line, "code", reason))
            continue
        fresh.append(_Placed(dossier, targets.of(dossier), request_id))
    return fresh, warnings


def _request_id(dossier: ImportedDossier, seen: Counter[str]) -> str:
    """Return a key over the row's content; the n-th of several equal rows without a code has its own."""
    digest = hashlib.sha256(repr(_CONTENT(dossier)).encode()).hexdigest()[:40]
    seen[digest] += 1
    return f"import:{digest}:{seen[digest]}"


def _write(uow: UnitOfWork, part: Sequence[_Placed], maker: Maker, deriver: Deriver) -> None:
    connection = uow.session.connection()
    ids = next_ids(connection, table_of(Dossier), len(part))
    rows = [
        {**maker.dossier(placed.source, placed.target, placed.request_id), "id": dossier_id}
        for dossier_id, placed in zip(ids, part, strict=True)
    ]
    clocks = [deriver.clocks(placed.source, placed.target.limit, placed.target.unit_id) for placed in part]
    here = [standing_step(placed.source, placed.target.steps) for placed in part]

    def of_each(model: type[Base], make: Callable[[int, _Placed], Iterable[Columns]]) -> None:
        made = [{**row, "dossier_id": ids[place]} for place, placed in enumerate(part) for row in make(place, placed)]
        if made:
            BulkWriter(connection, table_of(model), tuple(made[0])).write(made)

    BulkWriter(connection, table_of(Dossier), tuple(rows[0])).write(rows)
    of_each(Event, lambda place, p: (maker.event(ids[place], p.source, rows[place]),))
    of_each(DossierPerson, lambda _place, p: maker.people(p.source))
    of_each(Component, lambda _place, p: components(p.source))
    of_each(LedgerEntry, lambda _place, p: maker.ledger(p.source))
    of_each(Payment, lambda _place, p: payment(p.source))
    of_each(FrozenSteps, lambda place, p: frozen(p.target.steps, here[place]))
    of_each(Hop, lambda place, p: hop(p.source, here[place], p.target.unit_id))
    of_each(DossierClock, lambda place, p: (clock(p.source, p.target, clocks[place], at=maker.at),))
    of_each(DossierFact, lambda place, p: maker.facts(p.source, p.target, clocks[place]))
