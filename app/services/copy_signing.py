"""The certified electronic copy (sao y bản điện tử từ bản giấy): a compared scan, signed, with its mark on page 1.

NĐ 30/2020 art. 25.1.c and Annex I, part II.I.3: form of copy, agency and time in words, top right of page 1. The
records office signs with the agency's key, whoever compared at the desk with their own.
"""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from typing import Protocol

from sqlalchemy import select

from app.db.models import Component, FileLink, ScanCopy, StoredFile, StoredPaper
from app.db.unit_of_work import UnitOfWork
from app.domain.people import Role, Staff
from app.services.attachments import link_file
from app.services.digitizing import open_for_papers, record_by
from app.services.scanning import copy_to_change
from app.services.signatures import Files
from app.services.signers import Keys, personal_signer, seal_signer
from app.services.values import NewFile
from signing import Appearance, Intent, Place, Signer, sign
from workflows.errors import RuleBroken

FORM_OF_COPY = "SAO Y"
FIELD = "Sao-y"


class CopyNotCompared(RuleBroken):
    """Only a copy that somebody compared with its original may be signed, and only once."""

    code = "copy_not_compared"
    status = 409
    sentence = "Bản số hóa này {why} nên chưa ký được. Vui lòng tải lại trang để xem."


class CopyStamps(Protocol):
    """Draws the words of a copy."""

    def copy_mark(self, pdf: bytes, kind: str, agency: str, at: datetime) -> tuple[bytes, Place]: ...  # noqa: D102 - a port, said in the adapter


class CopyPorts(Keys, Protocol):
    """What signing a copy needs of the house."""

    @property
    def files(self) -> Files: ...  # noqa: D102 - a port
    @property
    def stamps(self) -> CopyStamps: ...  # noqa: D102 - a port


def certify_copy(ports: CopyPorts, staff: Staff, number: str, link_id: int, pin: str, at: datetime) -> None:
    """Sign a compared copy. The unsigned file stays behind the link that was taken off.

    Raises NotFound, NoRight, CopyNotCompared, NoSigningKey, or a SigningError (a wrong PIN); then nothing changed.
    """
    with closing(_signer(ports, staff, pin)) as signer:
        content = _compared(ports, staff, number, link_id)
        agency = staff.root_unit_name
        mark, place = ports.stamps.copy_mark(content, FORM_OF_COPY, agency, at)
        look = Appearance(mark, place, f"{FORM_OF_COPY}, {agency}")
        signed = sign(
            content, signer, Intent(at, appearance=look, field_name=FIELD, reason="Sao y từ bản giấy đã đối chiếu")
        )
    _store(ports, staff, number, link_id, signed, at=at)


def _signer(ports: CopyPorts, staff: Staff, pin: str) -> Signer:
    if staff.has(Role.RECORDS):
        return seal_signer(ports, staff, pin)[0]
    return personal_signer(ports, staff, pin)


def _compared(ports: CopyPorts, staff: Staff, number: str, link_id: int) -> bytes:
    with ports.unit_of_work() as uow:
        dossier = open_for_papers(uow, staff, number)
        _waiting(copy_to_change(uow, dossier, link_id))
        stored = _file_behind(uow, link_id)
        return ports.files.get(stored.storage_id, stored.key_sealed)


def _store(
    ports: CopyPorts, staff: Staff, number: str, link_id: int, signed: bytes, *, at: datetime
) -> None:
    kept = ports.files.put(signed)
    with ports.unit_of_work() as uow:
        dossier = open_for_papers(uow, staff, number)
        copy = _waiting(copy_to_change(uow, dossier, link_id))
        paper = uow.session.get_one(Component, copy.component_id)
        file = NewFile(kept, "application/pdf", copy.pages, f"{paper.name[:100]}.pdf", origin="signed")
        link = link_file(uow, file, "component", paper.id, at=at, by=staff.name, dossier_id=dossier.id)
        uow.session.get_one(FileLink, link_id).removed_at = at
        copy.link_id, copy.state, copy.certified_at, copy.certified_by = link.id, "certified", at, staff.name
        _move_in_store(uow, link_id, link)
        facts = {"paper": paper.name, "pages": copy.pages, "digest": kept.digest_mac}
        record_by(uow, "dossier:scan_certified", dossier, staff, at, **facts)


def _move_in_store(uow: UnitOfWork, old_link_id: int, link: FileLink) -> None:
    """Let the store hand out the signed copy from now on."""
    row = uow.session.scalars(
        select(StoredPaper).where(StoredPaper.source == "component", StoredPaper.source_id == old_link_id)
    ).first()
    if row is not None:
        stored = uow.session.get_one(StoredFile, link.file_id)
        row.source_id, row.file_id, row.digest_mac = link.id, link.file_id, stored.digest_mac


def _waiting(copy: ScanCopy) -> ScanCopy:
    if copy.state != "compared":
        raise CopyNotCompared(why="chưa đối chiếu với bản chính" if copy.state == "unchecked" else "đã được ký")
    return copy


def _file_behind(uow: UnitOfWork, link_id: int) -> StoredFile:
    link = uow.session.get_one(FileLink, link_id)
    return uow.session.get_one(StoredFile, link.file_id)
