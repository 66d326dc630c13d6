"""Taking the portal's list (nhập danh sách của Cổng quốc gia): kept beside our dossiers, changing none of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import islice

from sqlalchemy import or_, select

from app.db.models import Dossier, NationalCopy, Unit
from app.db.unit_of_work import UnitOfWork
from app.domain.catalogue_rows import Fault, Findings
from app.domain.national_copies import NationalLine
from app.domain.people import Actor, Role, Staff
from app.services.errors import NoRight
from app.services.importing import Imported
from workflows.states import ActorKind

AT_ONCE = 500


def take_national(
    uow: UnitOfWork, staff: Staff, lines: Iterable[NationalLine], findings: Findings, *, at: datetime
) -> Imported:
    """Keep the portal's list for a unit's leader, of dossiers the unit settles, or for the province, of all.

    Raises NoRight for others; a code of another unit's dossier is answered like one nobody knows.
    """
    if not staff.has(Role.LEADER, Role.PROVINCE):
        raise NoRight(who="lãnh đạo đơn vị hoặc Văn phòng UBND tỉnh")
    by = Actor(ActorKind.STAFF, staff.name, staff.user_id, staff.unit_id)
    settled_by = None if staff.has(Role.PROVINCE) else staff.root_unit_id
    return import_national(uow, lines, findings, by, at=at, settled_by=settled_by)


def import_national(
    uow: UnitOfWork,
    lines: Iterable[NationalLine],
    findings: Findings,
    by: Actor,
    *,
    at: datetime,
    settled_by: int | None = None,
) -> Imported:
    """Keep what the portal says of each dossier we know, by our code or its own; the newest check stands.

    Lines of codes nobody knows here, and of checks older than the one kept, are listed as warnings. With `settled_by`
    only the dossiers of that authority are known.
    """
    added = updated = 0
    warnings: list[Fault] = list(findings.warnings)
    rest = iter(lines)
    while some := tuple(islice(rest, AT_ONCE)):
        known = _known(uow, [line.code for line in some], settled_by)
        new, changed, left = _keep(uow, some, known, by, at)
        added, updated = added + new, updated + changed
        warnings += left
    uow.note(
        "figures:national_imported", ("house", "national"), by, at, rows=added + updated, left=len(warnings)
    )
    return Imported(added, updated, tuple(warnings))


def _keep(
    uow: UnitOfWork, lines: Sequence[NationalLine], known: Mapping[str, int], by: Actor, at: datetime
) -> tuple[int, int, list[Fault]]:
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


def _known(uow: UnitOfWork, codes: list[str], settled_by: int | None) -> dict[str, int]:
    asked = select(Dossier.id, Dossier.code, Dossier.external_code).where(
        or_(Dossier.code.in_(codes), Dossier.external_code.in_(codes)), Dossier.is_published
    )
    if settled_by is not None:
        parts = select(Unit.id).where(or_(Unit.id == settled_by, Unit.root_id == settled_by))
        asked = asked.where(Dossier.settling_unit_id.in_(parts))
    rows = uow.session.execute(asked)
    known: dict[str, int] = {}
    for dossier_id, code, external in rows:
        known |= {name: dossier_id for name in (external, code) if name}
    return known
