"""Certified electronic copies (chứng thực bản sao điện tử từ bản chính): scanned, compared, signed by the agency.

The number was drawn with the grid, so nothing is reserved here: a crash between signing and storing leaves the
copy "compared", and signing it again gives the same number. The words stand top right of page 1 and are the
appearance of the agency's signature (NĐ 30/2020 Annex I, II.I.3).
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.db.models import CertifiedPaper, Dossier, SigningAuthority, StoredFile
from app.db.unit_of_work import UnitOfWork
from app.domain.certification import Medium
from app.domain.people import Staff, acting
from app.services.attachments import keep
from app.services.authority import require_in_force
from app.services.certification import of_dossier, papers_of
from app.services.certification_errors import NotCompared, PaperNotFound
from app.services.dossiers import to_change
from app.services.signatures import Files, Stamps
from app.services.signatures import Ports as SigningPorts
from app.services.signers import seal_signer
from app.services.values import NewFile
from signing import Appearance, Intent, Place, sign
from workflows.states import ActorKind

FIELD = "Co-quan-chung-thuc"


class Marks(Stamps, Protocol):
    """Draws the words of an electronic copy and says where they stand."""

    def copy_mark(self, pdf: bytes, kind: str, agency: str, at: datetime) -> tuple[bytes, Place]: ...  # noqa: D102 - a port, said in the adapter


class Ports(SigningPorts, Protocol):
    """What certifying a copy needs of the house."""

    @property
    def files(self) -> Files: ...  # noqa: D102 - a port
    @property
    def stamps(self) -> Marks: ...  # noqa: D102 - a port


@dataclass(frozen=True, slots=True)
class Chosen:
    """One electronic copy as the page showed it."""

    number: str
    version: int
    ordinal: int


def attach_scan(uow: UnitOfWork, staff: Staff, one: Chosen, file: NewFile, at: datetime) -> None:
    """Put the scan of the original in its place; an earlier scan, and that it was compared, is overtaken."""
    dossier, row = _row(uow, staff, one)
    row.file_id, row.check_state, row.compared_by = keep(uow, file, at=at).id, "unchecked", ""
    by = acting(staff, ActorKind.CLERK)
    uow.record("dossier:file_attached", dossier, by, at, certified=row.number, pages=file.pages)


def compare(uow: UnitOfWork, staff: Staff, one: Chosen, at: datetime) -> None:
    """Write down that `staff` compared the scan with the original. Raises NotCompared without a scan."""
    dossier, row = _row(uow, staff, one)
    if row.file_id is None:
        raise NotCompared(title=row.title)
    row.check_state, row.compared_by = "compared", staff.name
    uow.record("dossier:copy_compared", dossier, acting(staff, ActorKind.CLERK), at, number=row.number)


def certify_copy(ports: Ports, staff: Staff, one: Chosen, pin: str, at: datetime) -> None:
    """Sign a compared copy with the agency's key, its words on page 1.

    Raises SigningError (a wrong PIN) or NoSigningKey before anything is changed, NotCompared,
    AuthorityExpired, StaleScreen.
    """
    signer, agency = seal_signer(ports, staff, pin)
    with closing(signer):
        content, symbol = _content(ports, staff, one, at)
        # One line of the box: a longer one would push the time out of it.
        stamp, place = ports.stamps.copy_mark(content, f"BẢN SAO, số {symbol}", agency, at)
        words = f"Chứng thực bản sao đúng với bản chính, số {symbol}"
        look = Appearance(stamp, place, f"{words}, {agency}")
        signed = sign(content, signer, Intent(at, appearance=look, field_name=FIELD, reason=words))
    kept = ports.files.put(signed)
    with ports.unit_of_work() as uow:
        dossier, row = _row(uow, staff, one)
        scan = uow.session.get_one(StoredFile, row.file_id)
        file = NewFile(kept, "application/pdf", scan.pages, f"{row.title}.pdf", origin="signed")
        row.file_id, row.check_state = keep(uow, file, at=at).id, "certified"
        uow.record("dossier:copy_certified", dossier, acting(staff, ActorKind.CLERK), at, symbol=symbol)


def _content(ports: Ports, staff: Staff, one: Chosen, at: datetime) -> tuple[bytes, str]:
    """Return the scan to be signed and its number as printed; refuse what is not compared or not in force."""
    with ports.unit_of_work() as uow:
        dossier, row = _row(uow, staff, one)
        if row.check_state != "compared" or row.file_id is None:
            raise NotCompared(title=row.title)
        block = uow.session.get_one(SigningAuthority, of_dossier(uow, dossier).signer_id)
        require_in_force(block, at, where="pin")
        stored = uow.session.get_one(StoredFile, row.file_id)
        symbol = f"{row.number}/{row.year}-{row.series}"
        return ports.files.get(stored.storage_id, stored.key_sealed), symbol


def _row(uow: UnitOfWork, staff: Staff, one: Chosen) -> tuple[Dossier, CertifiedPaper]:
    """Return an electronic copy that is not certified yet. Raises PaperNotFound."""
    dossier = to_change(uow, staff, one.number, one.version)
    row = next((row for row in papers_of(uow, of_dossier(uow, dossier)) if row.ordinal == one.ordinal), None)
    living = row is not None and row.state == "issued" and row.medium == Medium.ELECTRONIC
    if row is None or not living or row.check_state == "certified" or row.unit_id != staff.root_unit_id:
        raise PaperNotFound
    return dossier, row
