"""A released result put straight into the register: what signing and sealing leave behind."""

from __future__ import annotations

from sqlalchemy import select

from app.db.models import Dossier, Result
from app.domain.people import CITIZEN
from app.services.attachments import link_file
from app.services.values import NewFile
from tests.support.seeded import Desk
from workflows.calendar import VIETNAM


def release(
    desk: Desk,
    code: str,
    content: bytes,
    *,
    version: int,
    symbol: str,
    reason: str = "",
    state: str = "released",
    replaces: int | None = None,
) -> int:
    """Return the id of a released electronic result of the dossier with this content."""
    at = desk.clock.now()
    file = NewFile(desk.house.files.put(content), "application/pdf", 1, "ket-qua.pdf", "signed")
    with desk.house.unit_of_work() as uow:
        dossier = uow.session.scalars(select(Dossier).where(Dossier.code == code)).one()
        result = Result(
            dossier_id=dossier.id,
            version=version,
            kind="approval",
            form="electronic",
            state=state,
            title="Giấy xác nhận tình trạng hôn nhân",
            content_sealed=b"",
            unit_id=dossier.settling_unit_id,
            series="XN",
            year=2026,
            number=version,
            symbol=symbol,
            issued_on=at.astimezone(VIETNAM).date(),
            released_at=at,
            replaced_reason=reason,
            replaces_id=replaces,
        )
        uow.session.add(result)
        uow.session.flush()
        link = link_file(uow, file, "result", result.id, at=at, by="test", dossier_id=dossier.id)
        result.file_id = link.file_id
        uow.record("dossier:reissued", dossier, CITIZEN, at, version=version)
        return result.id
