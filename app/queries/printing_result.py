"""The result as a document to be signed (kết quả), and the citizen's online request as a PDF."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.models import Dossier, Membership, Unit, UserAccount
from app.db.scope import scope_filter
from app.domain.documents import Edition, Entry, Result, Signer
from app.domain.documents_parts import Letterhead, Lookup
from app.domain.identifiers import normal_number
from app.domain.people import Role, Staff
from app.domain.result_drafts import ResultDraft
from app.queries.printing_parts import Source, place_of, source_of
from app.queries.signing_authorities import expected_signer
from app.queries.verification import result_check
from app.vault import Vault

_CHAIR = {"commune": "CHỦ TỊCH", "department": "GIÁM ĐỐC", "province": "CHỦ TỊCH"}
_VERBS = {"approval": "XÁC NHẬN:", "refusal": "KHÔNG CHẤP THUẬN:", "other": "THÔNG BÁO:"}


def result_document(
    session: Session,
    vault: Vault,
    staff: Staff,
    number: str,
    draft: ResultDraft,
    *,
    base_url: str,
    at: datetime | None = None,
    signer: Signer | None = None,
) -> Result | None:
    """Return the document of a proposed result: no number, no day — the records office gives both at release.

    The signing block is `signer`, else that of the decision in force at `at` where the authority has recorded any.
    None for a dossier that `staff` may not see.
    """
    named = Dossier.code == normal_number(number)
    dossier = session.scalars(select(Dossier).where(named, scope_filter(staff))).first()
    if dossier is None:
        return None
    source = source_of(session, vault, dossier, base_url=base_url)
    unit = source.settling
    return Result(
        head=Letterhead(_superior(session, unit), _plain(unit.name), "", place_of(unit), None),
        title=draft.title.upper(),
        issuer=f"{_CHAIR.get(unit.kind, 'THỦ TRƯỞNG')} {_plain(unit.name)}".upper(),
        dossier_code=dossier.code or "",
        signer=signer or (expected_signer(session, unit.id, at) if at else None) or _leader(session, unit.id),
        check=_check(source),
        subject=source.version.short_name,
        verb=_VERBS.get(draft.kind, ""),
        entries=tuple(Entry(label, value) for label, value in draft.content if value),
        closing=(draft.note,) if draft.note and draft.kind == "refusal" else (),
        recipients=("Người nộp hồ sơ;", "Lưu: VT, hồ sơ."),
        edition=Edition.TEST if unit.is_demo else Edition.OFFICIAL,
    )


def _leader(session: Session, unit_id: int) -> Signer:
    """Return the block of an authority without recorded decisions: its leader's title and name."""
    found = session.execute(
        select(UserAccount.name, UserAccount.title)
        .join(Membership, Membership.user_id == UserAccount.id)
        .join(Unit, Unit.id == UserAccount.unit_id)
        .where(Membership.role == Role.LEADER, Unit.root_id == unit_id, UserAccount.is_active)
        .order_by(UserAccount.id.desc())
    ).first()
    name, title = found if found else ("", "")
    return Signer(tuple(filter(None, [title.upper() or "THỦ TRƯỞNG ĐƠN VỊ"])), name)


def _check(source: Source) -> Lookup:
    key = source.tracking(secret=False).key
    return Lookup(f"{source.base_url}/xac-minh", key, result_check(source.vault, source.dossier))


def _superior(session: Session, unit: Unit) -> str:
    parent = session.get(Unit, unit.parent_id) if unit.parent_id else None
    return _plain(parent.name) if parent else ""


def _plain(name: str) -> str:
    return name.replace("(demo)", "").strip()
