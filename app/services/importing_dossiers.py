"""Batches of imported dossiers (nhập hồ sơ theo lô): built anywhere, written as one transaction with its event.

A code of another system is kept as it is and draws nothing from the counters; a row that is there already (same code,
or the very same row) is left alone. Each dossier has its own `dossier:imported` event; the batch's event binds the
digest of them all, so that a dossier taken out together with its event is missed too.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, select

from app.db.base import Base, table_of
from app.db.bulk import Prepared, Preparer, Values, make_room, next_ids, write
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
from app.db.unit_of_work import UnitOfWork, header_of
from app.domain.catalogue_rows import Fault
from app.domain.chain import GENESIS, Outline, merkle_root, written_link
from app.domain.imported_dossiers import ImportedDossier
from app.services.importing_dossier_clocks import Clocks, Deriver
from app.services.importing_dossier_rows import KIND, Columns, Maker, Target, clock, components, payment
from app.services.importing_dossier_steps import frozen, hop, standing_step
from app.services.importing_dossier_targets import Targets

_ASKED = 500
_SALT = 16
# What is filled in when the batch is written; the first holds the place of the dossier in the batch until then.
_PLACES: Mapping[type[Base], Sequence[str]] = {
    Event: ("dossier_id", "subject_id", "hash"),
    Dossier: ("id", "request_id"),
}
_CONTENT = attrgetter(*(column.name for column in fields(ImportedDossier) if column.name != "line"))
_Made = Iterable[Columns]


class Key(NamedTuple):
    """What tells a row of the file from others: its line, its code (or none), the digest of its content."""

    line: int
    code: str
    content: str


@dataclass(frozen=True, slots=True)
class Part:
    """Dossiers that were read and checked, with the digest of what each row says."""

    dossiers: Sequence[ImportedDossier]
    contents: Sequence[str]


@dataclass(frozen=True, slots=True)
class Built:
    """A batch as rows for the driver, each beginning with the place of its dossier in the batch; no rows: only looked.

    Events come before the dossiers that point to them.
    """

    keys: tuple[Key, ...]
    warnings: tuple[Fault, ...]
    events: Prepared | None = None
    dossiers: Prepared | None = None
    others: tuple[Prepared, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """What a batch became: how many dossiers were new, their first and last id, the digest over their events."""

    imported: int
    first: int
    last: int
    digest: str
    warnings: tuple[Fault, ...]


def content_of(dossier: ImportedDossier) -> str:
    """Return a digest over what a row says, whatever its line; after its day, so that neighbours stay neighbours."""
    digest = hashlib.sha256(repr([*map(str, _CONTENT(dossier))]).encode()).hexdigest()
    return f"{dossier.received_at:%y%m%d}{digest[:34]}"


def look(part: Part, targets: Targets, deriver: Deriver | None) -> Built:
    """Return keys and warnings of a batch, nothing to write: a dry run."""
    if deriver is None:
        return Built(_keys(part), ())
    for dossier in part.dossiers:
        target = targets.of(dossier)
        deriver.clocks(dossier, target.limit, target.unit_id)
    return Built(_keys(part), deriver.warned())


class Builder:
    """Builds batches for one kind of database: all that takes time and no connection."""

    def __init__(self, dialect: Dialect, targets: Targets, maker: Maker) -> None:
        self._dialect, self._targets, self._maker = dialect, targets, maker
        self._preparers: dict[type[Base], Preparer] = {}

    def build(self, part: Part, deriver: Deriver) -> Built:
        """Return the batch as rows."""
        maker, at, dossiers = self._maker, self._maker.at, part.dossiers
        targets = [self._targets.of(dossier) for dossier in dossiers]
        placed = [
            (dossier, target, deriver.clocks(dossier, target.limit, target.unit_id))
            for dossier, target in zip(dossiers, targets, strict=True)
        ]
        here = [standing_step(dossier, target.steps) for dossier, target in zip(dossiers, targets, strict=True)]
        rows = [maker.dossier(dossier, target) for dossier, target in zip(dossiers, targets, strict=True)]
        salts = secrets.token_bytes(_SALT * len(rows))
        events = [
            maker.event(dossier, row, salts[_SALT * place : _SALT * (place + 1)])
            for place, (dossier, row) in enumerate(zip(dossiers, rows, strict=True))
        ]

        def of_each(model: type[Base], make: Callable[[int, ImportedDossier, Target, Clocks], _Made]) -> Prepared:
            made = [(place, row) for place, one in enumerate(placed) for row in make(place, *one)]
            return self._prepared(model, made)

        others = (
            of_each(DossierPerson, lambda _place, dossier, _target, _clocks: maker.people(dossier)),
            of_each(Component, lambda _place, dossier, _target, _clocks: components(dossier)),
            of_each(LedgerEntry, lambda _place, dossier, _target, _clocks: maker.ledger(dossier)),
            of_each(Payment, lambda _place, dossier, _target, _clocks: payment(dossier)),
            of_each(FrozenSteps, lambda place, _dossier, target, _clocks: frozen(target.steps, here[place])),
            of_each(Hop, lambda place, dossier, target, _clocks: hop(dossier, here[place], target.unit_id)),
            of_each(DossierClock, lambda _place, dossier, target, clocks: (clock(dossier, target, clocks, at=at),)),
            of_each(DossierFact, lambda _place, dossier, target, clocks: maker.facts(dossier, target, clocks)),
        )
        return Built(
            _keys(part),
            deriver.warned(),
            self._prepared(Event, list(enumerate(events))),
            self._prepared(Dossier, list(enumerate(rows))),
            others,
        )

    def _prepared(self, model: type[Base], rows: Sequence[tuple[int, Columns]]) -> Prepared:
        if not rows:
            return Prepared("", 0, [])
        if model not in self._preparers:
            places = _PLACES.get(model, ("dossier_id",))
            self._preparers[model] = Preparer(
                self._dialect, table_of(model), tuple(rows[0][1]), ready=("payload",), places=places
            )
        return self._preparers[model].placed(rows)


def _keys(part: Part) -> tuple[Key, ...]:
    named = zip(part.dossiers, part.contents, strict=True)
    return tuple(Key(dossier.line, dossier.code, content) for dossier, content in named)


def fresh(connection: Connection, built: Built, request_ids: Sequence[str]) -> tuple[list[int], tuple[Fault, ...]]:
    """Return the places of the dossiers that are not here yet; a known code with other content is pointed out."""
    requests = _known(connection, Dossier.request_id, request_ids)
    codes = _known(connection, Dossier.code, [key.code for key in built.keys if key.code])
    places, warnings = [], []
    for place, (key, request_id) in enumerate(zip(built.keys, request_ids, strict=True)):
        if request_id in requests:
            continue
        if key.code and key.code in codes:
            reason = f"mã {key.code} đã có với nội dung khác; giữ bản đang có"
            warnings.append(Fault(key.line, "code", reason))
            continue
        places.append(place)
    return places, tuple(warnings)


def _known(connection: Connection, column: Any, values: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(values), _ASKED):
        found.update(connection.scalars(select(column).where(column.in_(values[start : start + _ASKED]))))
    return found


def write_batch(uow: UnitOfWork, built: Built, request_ids: Sequence[str], maker: Maker) -> Written:
    """Write what of a batch is not here yet. The caller notes the batch's event in the same transaction."""
    connection = uow.connection
    make_room(connection)
    places, warnings = fresh(connection, built, request_ids)
    if not places or built.events is None or built.dossiers is None:
        return Written(0, 0, 0, merkle_root(()), warnings)
    ids = dict(zip(places, next_ids(connection, table_of(Dossier), len(places)), strict=True))
    linked = _linker(maker)
    events = [linked(row, ids[row[0]]) for row in built.events.rows if row[0] in ids]
    dossiers = [(ids[row[0]], request_ids[row[0]], *row[2:]) for row in built.dossiers.rows if row[0] in ids]
    write(connection, replace(built.events, rows=events))
    write(connection, replace(built.dossiers, rows=dossiers))
    for other in built.others:
        write(connection, replace(other, rows=[(ids[row[0]], *row[1:]) for row in other.rows if row[0] in ids]))
    digest = merkle_root(row[2] for row in events)
    return Written(len(places), ids[places[0]], ids[places[-1]], digest, warnings)


def _linker(maker: Maker) -> Callable[[Values, int], Values]:
    """Return what makes the row of an event that knows its dossier: place, subject, link, then payload's digest on."""
    header = header_of("dossier", "", 1, KIND, maker.at, maker.by.kind, maker.by.name, maker.by.user_id)
    headers = Outline(header)

    def linked(row: Values, dossier_id: int) -> Values:
        its_header = headers.of(header, subject=f'"dossier:{dossier_id}"').encode()
        return dossier_id, str(dossier_id), written_link(GENESIS, its_header, row[3]), *row[3:]

    return linked
