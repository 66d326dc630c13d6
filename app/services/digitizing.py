"""Digitizing (số hóa thành phần hồ sơ): attach scans to papers, state how each paper stands, say why not."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.db.models import Component, Dossier, FileLink, ProcedureVersion
from app.db.unit_of_work import UnitOfWork
from app.domain.channels import Channel
from app.domain.people import Staff, acting
from app.services.attachments import link_file
from app.services.dossiers import in_scope, to_change
from app.services.errors import FileMissing, NoRight, NotFound
from app.services.filing import set_component
from app.services.paper_store import revoke_source
from app.services.values import ComponentData, NewFile
from workflows.states import ActorKind, State

_WORDS = {"scanned": "đã quét", "electronic": "điện tử"}
_CLOSED = {State.NOT_ACCEPTED, State.WITHDRAWN, State.STOPPED, State.RETURNED}


def attach_to_component(
    uow: UnitOfWork, staff: Staff, number: str, ordinal: int, file: NewFile, at: datetime
) -> int:
    """Attach one file to a paper of the dossier; paper becomes scanned. Returns the link's id.

    No stale-screen check: two clerks scanning the same pile add up, they do not overwrite.
    """
    dossier = open_for_papers(uow, staff, number)
    paper = paper_of(uow, dossier, ordinal)
    link = link_file(uow, file, "component", paper.id, at=at, by=staff.name, dossier_id=dossier.id)
    paper.pages += file.pages
    if paper.form in {"missing", "paper", "exempt"}:
        paper.form = (
            "electronic" if dossier.channel == Channel.ONLINE and file.origin == "uploaded" else "scanned"
        )
        paper.exempt_reason = ""
    record_by(uow, "dossier:file_attached", dossier, staff, at, paper=paper.name, pages=file.pages)
    return link.id


def remove_file(uow: UnitOfWork, staff: Staff, number: str, link_id: int, at: datetime) -> None:
    """Take a file off a paper; the bytes stay, the link says who removed it when."""
    dossier = open_for_papers(uow, staff, number)
    link = uow.session.get(FileLink, link_id)
    if link is None or link.dossier_id != dossier.id or link.kind != "component" or link.removed_at:
        raise NotFound(number=number)
    link.removed_at = at
    paper = uow.session.get_one(Component, link.owner_id)
    uow.session.flush()
    revoke_source(uow, "component", link.id, "bản số hóa đã gỡ khỏi hồ sơ")
    if (paper.form in _WORDS or link.origin == "reused") and not has_file(uow, paper):
        paper.form, paper.pages = "paper", 0
    record_by(uow, "dossier:file_removed", dossier, staff, at, paper=paper.name)


def set_component_form(
    uow: UnitOfWork, staff: Staff, number: str, version: int, data: ComponentData, at: datetime
) -> None:
    """State how a paper stands: paper, scanned, reused, electronic, or exempt with its reason.

    Raises FileMissing when a paper is said to be scanned or electronic and there is no file.
    """
    dossier = to_change(uow, staff, number, version)
    paper = paper_of(uow, dossier, data.ordinal)
    if data.form in _WORDS and not has_file(uow, paper):
        raise FileMissing(where=f"component.{data.ordinal}", name=paper.name, form=_WORDS[data.form])
    set_component(paper, data)
    record_by(
        uow,
        "dossier:component_changed",
        dossier,
        staff,
        at,
        paper=paper.name,
        form=data.form,
        reason=data.exempt_reason,
    )


def undigitized(uow: UnitOfWork, dossier: Dossier) -> list[str]:
    """Return the names of the papers that are neither digitized, reused, electronic nor exempt.

    Nothing has to be scanned where the procedure keeps no papers (chứng thực: shown, not kept).
    """
    if not uow.session.get_one(ProcedureVersion, dossier.procedure_version_id).needs_digitizing:
        return []
    papers = uow.session.scalars(
        select(Component)
        .where(Component.dossier_id == dossier.id, Component.form == "paper")
        .order_by(Component.ordinal)
    )
    return [paper.name for paper in papers]


def has_file(uow: UnitOfWork, paper: Component) -> bool:
    """Tell whether a paper has a file that was not removed."""
    return (
        uow.session.scalars(
            select(FileLink.id).where(
                FileLink.kind == "component", FileLink.owner_id == paper.id, FileLink.removed_at.is_(None)
            )
        ).first()
        is not None
    )


def open_for_papers(uow: UnitOfWork, staff: Staff, number: str) -> Dossier:
    """Return a dossier whose papers may still change. Raises NotFound or NoRight."""
    dossier = in_scope(uow, staff, number)
    if State(dossier.state) in _CLOSED or not staff.actor_kinds:
        raise NoRight(who="cán bộ đang giữ hồ sơ")
    return dossier


def paper_of(uow: UnitOfWork, dossier: Dossier, ordinal: int) -> Component:
    """Return a paper by its place in the list. Raises NotFound."""
    paper = uow.session.scalars(
        select(Component).where(Component.dossier_id == dossier.id, Component.ordinal == ordinal)
    ).first()
    if paper is None:
        raise NotFound(number=str(ordinal))
    return paper


def record_by(
    uow: UnitOfWork, kind: str, dossier: Dossier, staff: Staff, at: datetime, **payload: Any
) -> None:
    """Record an event of a dossier by `staff` in the first of their capacities."""
    capacity = min(staff.actor_kinds, key=list(ActorKind).index)
    uow.record(kind, dossier, acting(staff, capacity), at, **payload)
