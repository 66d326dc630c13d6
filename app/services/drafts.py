"""Drafts (bản nháp): a form being filled is kept on the server at every pause, for clerk and citizen alike."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.base import new_uid
from app.db.models import Component, Dossier, Draft, FileLink
from app.db.unit_of_work import UnitOfWork
from app.domain.channels import Channel
from app.domain.people import CITIZEN
from app.services.attachments import link_file
from app.services.errors import DraftGone, DraftStale
from app.services.values import NewFile
from app.vault import Vault


@dataclass(frozen=True, slots=True)
class DraftOwner:
    """Whose draft it is: a clerk's by account, a citizen's by the token that only their browser has."""

    user_id: int | None = None
    token: str = ""


@dataclass(frozen=True, slots=True)
class OpenedDraft:
    """A new draft; the token is told once, to a citizen."""

    id: int
    token: str


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft as it stands."""

    id: int
    kind: str
    data: dict[str, Any]
    version: int
    updated_at: datetime
    dossier_id: int | None


def open_draft(
    uow: UnitOfWork, *, kind: str, user_id: int | None, data: Mapping[str, Any], at: datetime
) -> OpenedDraft:
    """Begin a draft. Without an account it belongs to whoever holds the token."""
    token, uid = ("" if user_id else secrets.token_urlsafe(24)), new_uid()
    draft = Draft(
        uid=uid,
        kind=kind,
        user_id=user_id,
        token_hash=_hash(token) if token else None,
        updated_at=at,
        data_sealed=uow.vault.seal_json(dict(data), f"drafts.data:{uid}"),
    )
    uow.session.add(draft)
    uow.session.flush()
    return OpenedDraft(draft.id, token)


def save_draft(
    uow: UnitOfWork,
    draft_id: int,
    owner: DraftOwner,
    data: Mapping[str, Any],
    *,
    expected_version: int | None,
    at: datetime,
) -> int:
    """Keep what is typed so far and return the new version. Raises DraftGone, DraftStale."""
    draft = _own(uow.session, draft_id, owner)
    if expected_version is not None and draft.version != expected_version:
        raise DraftStale(where="draft")
    draft.data_sealed = uow.vault.seal_json(dict(data), f"drafts.data:{draft.uid}")
    draft.updated_at = at
    uow.session.flush()
    return draft.version


def discard_draft(uow: UnitOfWork, draft_id: int, owner: DraftOwner, at: datetime) -> None:
    """Forget what was typed; the row stays, empty, so that its files can be collected."""
    draft = _own(uow.session, draft_id, owner)
    draft.data_sealed = uow.vault.seal_json({"discarded": True}, f"drafts.data:{draft.uid}")
    draft.kind, draft.updated_at = "discarded", at


def read_draft(session: Session, vault: Vault, draft_id: int, owner: DraftOwner) -> DraftRow:
    """Return one's own draft. Raises DraftGone for another's, an unknown one, or one already filed."""
    return _row(vault, _own(session, draft_id, owner))


def draft_fate(session: Session, draft_id: int, owner: DraftOwner) -> int | None:
    """Return the dossier that a draft became, or None: for a second click on the same form."""
    draft = session.get(Draft, draft_id)
    return draft.dossier_id if draft and _belongs(draft, owner) else None


def own_drafts(session: Session, vault: Vault, user_id: int, kind: str) -> list[DraftRow]:
    """Return a clerk's open drafts, the newest first."""
    rows = session.scalars(
        select(Draft)
        .where(Draft.user_id == user_id, Draft.kind == kind, Draft.dossier_id.is_(None))
        .order_by(Draft.updated_at.desc())
        .limit(20)
    )
    return [_row(vault, draft) for draft in rows]


def attach_to_draft(
    uow: UnitOfWork, draft_id: int, owner: DraftOwner, slot: int, file: NewFile, at: datetime
) -> int:
    """Keep a file with the draft, at the paper of ordinal `slot`. Returns the link's id."""
    draft = _own(uow.session, draft_id, owner)
    return link_file(uow, file, "draft", draft.id, at=at, by=CITIZEN.name, slot=slot).id


def remove_from_draft(uow: UnitOfWork, draft_id: int, owner: DraftOwner, link_id: int, at: datetime) -> None:
    """Take a file off the draft. Raises DraftGone when it is not there."""
    draft = _own(uow.session, draft_id, owner)
    link = uow.session.get(FileLink, link_id)
    if link is None or link.kind != "draft" or link.owner_id != draft.id:
        raise DraftGone(where="file")
    link.removed_at = at


def become_dossier(
    uow: UnitOfWork, draft_id: int, owner: DraftOwner, dossier: Dossier, *, at: datetime
) -> None:
    """Move the draft's files to the dossier's papers; the draft is closed by naming what it became."""
    draft = _own(uow.session, draft_id, owner)
    links = uow.session.scalars(
        select(FileLink).where(
            FileLink.kind == "draft", FileLink.owner_id == draft.id, FileLink.removed_at.is_(None)
        )
    ).all()
    papers = {
        paper.ordinal: paper
        for paper in uow.session.scalars(select(Component).where(Component.dossier_id == dossier.id))
    }
    for link in links:
        if link.slot in papers:
            _give(link, papers[link.slot], dossier)
    draft.dossier_id, draft.updated_at = dossier.id, at


def _give(link: FileLink, paper: Component, dossier: Dossier) -> None:
    link.kind, link.owner_id, link.dossier_id = "component", paper.id, dossier.id
    if paper.form in {"missing", "paper"}:
        paper.form = "electronic" if dossier.channel == Channel.ONLINE else "scanned"


def _own(session: Session, draft_id: int, owner: DraftOwner) -> Draft:
    draft = session.get(Draft, draft_id)
    if (
        draft is None
        or draft.dossier_id is not None
        or draft.kind == "discarded"
        or not _belongs(draft, owner)
    ):
        raise DraftGone(where="draft")
    return draft


def _belongs(draft: Draft, owner: DraftOwner) -> bool:
    if draft.user_id is not None:
        return draft.user_id == owner.user_id
    return bool(owner.token and draft.token_hash) and hmac.compare_digest(
        draft.token_hash or "", _hash(owner.token)
    )


def _row(vault: Vault, draft: Draft) -> DraftRow:
    data = vault.open_json(draft.data_sealed, f"drafts.data:{draft.uid}")
    return DraftRow(draft.id, draft.kind, data, draft.version, draft.updated_at, draft.dossier_id)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
