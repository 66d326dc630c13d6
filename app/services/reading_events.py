"""Looking is an event too (ghi nhận việc xem): who opened a dossier, a file, a masked number."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.db.models import DossierPerson, FileLink, StoredFile
from app.db.unit_of_work import UnitOfWork
from app.domain.people import Actor, PersonData, PersonRole, Staff
from app.services.dossiers import in_scope
from app.services.errors import NotFound
from app.services.people import opened as opened_person
from workflows.states import ActorKind


def opened(uow: UnitOfWork, staff: Staff, number: str, at: datetime) -> None:
    """Note that `staff` opened a dossier; a chain of its own, so that reading never makes a screen stale."""
    dossier = in_scope(uow, staff, number)
    uow.note("reading:opened", ("reading", str(dossier.id)), _by(staff), at, number=dossier.filing_number)


def unmasked(uow: UnitOfWork, staff: Staff, number: str, role: PersonRole, at: datetime) -> PersonData:
    """Return a person with number, phone and address in clear, noting who asked."""
    dossier = in_scope(uow, staff, number)
    row = uow.session.scalars(
        select(DossierPerson).where(DossierPerson.dossier_id == dossier.id, DossierPerson.role == role)
    ).first()
    if row is None:
        raise NotFound(number=number)
    uow.note("reading:unmasked", ("reading", str(dossier.id)), _by(staff), at, person=role)
    return opened_person(uow.vault, row)


def file_opened(uow: UnitOfWork, staff: Staff, number: str, link_id: int, at: datetime) -> tuple[StoredFile, FileLink]:
    """Return a file of a dossier in scope with its link, noting who looked. Raises NotFound."""
    dossier = in_scope(uow, staff, number)
    link = uow.session.get(FileLink, link_id)
    if link is None or link.dossier_id != dossier.id:
        raise NotFound(number=number)
    uow.note("reading:file_opened", ("reading", str(dossier.id)), _by(staff), at, link=link_id)
    return uow.session.get_one(StoredFile, link.file_id), link


def store_opened(uow: UnitOfWork, staff: Staff, at: datetime, *, papers: int) -> None:
    """Note that `staff` looked into the store of a person's papers; whose, the event does not repeat."""
    uow.note("paper:looked_up", ("user", str(staff.user_id)), _by(staff), at, count=papers)


def _by(staff: Staff) -> Actor:
    kinds = sorted(staff.actor_kinds, key=list(ActorKind).index)
    return Actor(kinds[0] if kinds else ActorKind.EXTERNAL, staff.name, staff.user_id, staff.unit_id)
