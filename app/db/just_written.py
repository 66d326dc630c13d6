"""A dossier that a unit of work wrote down itself (hồ sơ vừa lập): nothing of it needs to be read back.

Its rows cannot stand in the database before, so what the unit wrote is all there is — until something else of
the dossier that its clock or its facts rest on is touched; then the unit forgets, and everybody reads again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.sql.schema import ScalarElementColumnDefault

from app.db.base import table_of
from app.db.late_rows import LateRows
from app.db.models import Component, Correction, Dossier, DossierClock, Hop, LedgerEntry
from app.domain.version_parts import VersionParts

_DOSSIERS = table_of(Dossier)
_BLANK = {
    column.key: column.default.arg if isinstance(column.default, ScalarElementColumnDefault) else None
    for column in _DOSSIERS.c
    if column.key != "id"
}
_READ_AGAIN = (Component, Correction, Hop, LedgerEntry)


@dataclass(frozen=True, slots=True)
class PaperWritten:
    """What of one paper decides about reception and figures."""

    name: str
    required: bool
    form: str
    exempt_reason: str


@dataclass(slots=True)
class JustWritten:
    """What the procedure says of it, its papers in order, the due time of its only stay, its clock row."""

    version: VersionParts
    papers: tuple[PaperWritten, ...]
    step_due_at: datetime | None = None
    clock: DossierClock | None = None


def write_down(late: LateRows, columns: Mapping[str, Any]) -> Dossier:
    """Let a dossier be written and return its object; no event stands behind it yet (number 0)."""
    dossier = Dossier(**{**_BLANK, **columns, "id": late.next_id(_DOSSIERS), "event_seq": 0})
    late.put_dossier(dossier)
    return dossier


class Newborns:
    """The dossiers that one unit of work has written down and still knows whole."""

    def __init__(self) -> None:
        self._known: dict[int, JustWritten] = {}

    def add(self, dossier: Dossier, version: VersionParts, papers: tuple[PaperWritten, ...]) -> None:
        """Remember a dossier whose row and papers were written just now."""
        self._known[dossier.id] = JustWritten(version, papers)

    def of(self, dossier: Dossier) -> JustWritten | None:
        """Return what is known of a dossier without asking the database; None where it must be asked."""
        known = self._known.get(dossier.id)
        return known if known and known.version.version_id == dossier.procedure_version_id else None

    def forget_all(self) -> None:
        """Let everything be read again: rows were changed by a statement that names no single dossier."""
        self._known.clear()

    def read(self, row: object) -> None:
        """Take note of a row read from the database: who reads a paper may be about to change it."""
        if self._known and isinstance(row, _READ_AGAIN):
            self._known.pop(row.dossier_id, None)

    def about_to_write(self, row: object) -> None:
        """Take note of a row that goes to the database now."""
        known = self._known.get(getattr(row, "dossier_id", 0) or 0)
        if known is None:
            return
        if isinstance(row, DossierClock):
            known.clock = row
        elif isinstance(row, _READ_AGAIN):
            self._known.pop(row.dossier_id, None)
