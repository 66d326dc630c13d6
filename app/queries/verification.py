"""Is this paper real? (xác minh kết quả): what the house says of a result to whoever holds its check code."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.db.models import Dossier, Result, StoredFile, Unit
from app.domain.identifiers import check_code, normal_number, normal_secret
from app.vault import Vault


@dataclass(frozen=True, slots=True)
class IssuedResult:
    """A result of ours as a stranger may know it: no person, no content.

    `state`: released, or withdrawn when a later version replaced it (`replaced_on`, `successor`).
    """

    code: str
    title: str
    symbol: str
    unit: str
    issued_on: date | None
    released_at: datetime | None
    state: str
    form: str
    is_demo: bool
    replaced_reason: str
    successor: str


def result_check(vault: Vault, dossier: Dossier) -> str:
    """Return the check code printed on the results of a dossier."""
    return check_code(vault.mac(dossier.uid, "verify"))


def by_check_code(session: Session, vault: Vault, number: str, code: str) -> IssuedResult | None:
    """Return the newest released result of a dossier for the right check code, else None: never which was wrong."""
    wanted = normal_number(number)
    dossier = session.scalars(
        select(Dossier).where(or_(Dossier.code == wanted, Dossier.filing_number == wanted)).limit(1)
    ).first()
    if dossier is None or not hmac.compare_digest(result_check(vault, dossier), normal_secret(code)):
        return None
    return _shown(session, _newest(session, dossier), dossier)


def by_digest(session: Session, vault: Vault, sha256: bytes) -> IssuedResult | None:
    """Return the result whose file has exactly these bytes, or None: not one that this house issued."""
    found = session.execute(
        select(Result, Dossier)
        .join(StoredFile, StoredFile.id == Result.file_id)
        .join(Dossier, Dossier.id == Result.dossier_id)
        .where(StoredFile.digest_mac == vault.mac(sha256, "file"), Result.released_at.is_not(None))
    ).first()
    return _shown(session, found[0], found[1]) if found else None


def _newest(session: Session, dossier: Dossier) -> Result | None:
    return session.scalars(
        select(Result)
        .where(Result.dossier_id == dossier.id, Result.released_at.is_not(None))
        .order_by(Result.version.desc())
    ).first()


def _shown(session: Session, result: Result | None, dossier: Dossier) -> IssuedResult | None:
    if result is None:
        return None
    unit = session.get_one(Unit, result.unit_id)
    later = session.scalars(
        select(Result.symbol).where(Result.replaces_id == result.id, Result.released_at.is_not(None))
    ).first()
    return IssuedResult(
        code=dossier.code or dossier.filing_number,
        title=result.title,
        symbol=result.symbol,
        unit=unit.name,
        issued_on=result.issued_on,
        released_at=result.released_at,
        state="replaced" if later else result.state,
        form=result.form,
        is_demo=unit.is_demo,
        replaced_reason=result.replaced_reason,
        successor=later or "",
    )
