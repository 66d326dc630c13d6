"""Open dossiers of one person (hồ sơ đang mở của người này), shown beside the receive form."""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.models import Dossier, DossierPerson
from app.db.scope import scope_filter
from app.domain.people import Staff
from app.queries.inbox import ACTIVE
from app.queries.work_rows import WorkRow, read_rows, rows_of
from app.vault import Vault

MOST = 6


def of_person(session: Session, vault: Vault, staff: Staff, id_number: str) -> tuple[WorkRow, ...]:
    """Return what is not closed yet of the person with this identity number, within the person's part."""
    digits = re.sub(r"[\s.\-]", "", id_number)
    if not digits:
        return ()
    same_number = DossierPerson.id_number_mac == vault.mac(digits, "id_number")
    theirs = select(DossierPerson.dossier_id).where(same_number)
    return read_rows(
        session,
        rows_of()
        .where(Dossier.id.in_(theirs), Dossier.state.in_(ACTIVE), scope_filter(staff))
        .order_by(Dossier.id.desc())
        .limit(MOST),
    )
