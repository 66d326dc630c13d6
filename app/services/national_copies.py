"""Taking the portal's list (nhập danh sách của Cổng quốc gia): kept beside our dossiers, changing none of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice

from sqlalchemy import or_, select

from app.db.models import Dossier, NationalCopy
from app.db.unit_of_work import UnitOfWork
from app.domain.catalogue_rows import Fault, Findings
from app.domain.national_copies import NationalLine
from app.domain.people import Actor
from app.services.importing import Imported

AT_ONCE = 500


def import_national(
    uow: UnitOfWork, lines: Iterable[NationalLine], findings: Findings, by: Actor, *, at: datetime
) -> Imported:
    """Keep what the portal says of each dossier we know, by our code or its own; the newest check stands.

    Lines of codes nobody knows here, and of checks older than the one kept, are listed as warnings.
    """
    added = updated = 0
    warnings: list[Fault] = list(findings.warnings)
    rest = iter(lines)
    while some := tuple(islice(rest, AT_ONCE)):
        new, changed, left = _keep(uow, some, by, at)
        added, updated = added + new, updated + changed
        warnings += left
    uow.note(
        "figures:national_imported", ("house", "national"), by, at, rows=added + updated, left=len(warnings)
    )
    return Imported(added, updated, tuple(warnings))


def _keep(uow: UnitOfWork, lines: Sequence[NationalLine], by: Actor, at: datetime) -> tuple[int, int, list[Fault]]:
    known = _known(uow, [line.code for line in lines])
    kept = {
        row.dossier_id: row
        for row in uow.session.scalars(select(NationalCopy).where(NationalCopy.dossier_id.in_(known.values())))
    }
    added, updated, left = 0, 0, []
    for line in lines:
        dossier_id = known.get(line.code)
        if dossier_id is None:
            left.append(Fault(line.line, "code", f"không có hồ sơ nào mang mã “{line.code}”"))
            continue
        row = kept.get(dossier_id)
        if row is not None and row.checked_at > line.checked_at:
            left.append(Fault(line.line, "checked_at", "đã có lần đối chiếu mới hơn"))
            continue
        added, updated = added + (row is None), updated + (row is not None)
        row = row or NationalCopy(dossier_id=dossier_id)
        row.code, row.status, row.checked_at, row.entered_by, row.entered_at = (
            line.code, line.status, line.checked_at, by.name, at
        )  # fmt: skip
        uow.session.add(row)
        kept[dossier_id] = row
    uow.session.flush()
    return added, updated, left


def _known(uow: UnitOfWork, codes: list[str]) -> dict[str, int]:
    rows = uow.session.execute(
        select(Dossier.id, Dossier.code, Dossier.external_code).where(
            or_(Dossier.code.in_(codes), Dossier.external_code.in_(codes)), Dossier.is_published
        )
    )
    known: dict[str, int] = {}
    for dossier_id, code, external in rows:
        known |= {name: dossier_id for name in (external, code) if name}
    return known
