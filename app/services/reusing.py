"""Reuse first (tái sử dụng giấy tờ): a paper that the house holds and that still holds is not scanned again.

Owner, type, validity, revocation and succession are looked at when a paper is used, not when it was offered
(NĐ 107/2021/NĐ-CP; TT 01/2023/TT-VPCP: reuse asks for the right person, integrity, validity).
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select

from app.db.base import new_uid
from app.db.models import Dossier, DossierPerson, FileLink, StoredPaper
from app.db.unit_of_work import UnitOfWork
from app.domain.people import PersonRole, Staff
from app.domain.vietnamese_format import short_date
from app.services.digitizing import open_for_papers, paper_of, record_by
from app.services.errors import NotFound
from app.services.filing import local_day
from workflows.errors import RuleBroken


class PaperNotValid(RuleBroken):
    """A stored paper may not be used any more."""

    code = "paper_not_valid"
    status = 409
    sentence = "Giấy tờ trong kho {number} {why}. Hãy quét bản giấy người nộp mang đến."


def reuse(uow: UnitOfWork, staff: Staff, number: str, ordinal: int, paper_id: int, at: datetime) -> None:
    """Use a stored paper for a component: the very same file, counted as reused.

    Raises NotFound for a paper of another person or another type, PaperNotValid with the reason otherwise.
    """
    dossier = open_for_papers(uow, staff, number)
    component = paper_of(uow, dossier, ordinal)
    row = uow.session.get(StoredPaper, paper_id)
    if row is None or row.owner_mac not in owners(uow, dossier) or row.type_code != component.paper_code:
        raise NotFound(number=str(paper_id))
    _must_hold(uow, row, local_day(at))
    uid = new_uid()
    uow.session.add(
        FileLink(
            uid=uid,
            file_id=row.file_id,
            kind="component",
            owner_id=component.id,
            dossier_id=dossier.id,
            name_sealed=uow.vault.seal(f"{row.title[:100]}.pdf".encode(), f"file_links.name:{uid}"),
            origin="reused",
            added_by=staff.name,
            added_at=at,
        )
    )
    component.form, component.exempt_reason = "reused", ""
    component.note = ", ".join(filter(None, [row.number, short_date(row.issued_on) if row.issued_on else ""]))
    record_by(uow, "dossier:paper_reused", dossier, staff, at, paper=component.name, stored=row.id, number=row.number)


def owners(uow: UnitOfWork, dossier: Dossier) -> frozenset[str]:
    """Return the keyed digests of those whose papers a dossier may use: its subject and its applicant."""
    rows = uow.session.scalars(
        select(DossierPerson.id_number_mac).where(
            DossierPerson.dossier_id == dossier.id,
            DossierPerson.role.in_([PersonRole.SUBJECT, PersonRole.APPLICANT]),
            DossierPerson.id_number_mac.is_not(None),
        )
    )
    return frozenset(mac for mac in rows if mac)


def _must_hold(uow: UnitOfWork, row: StoredPaper, today: date) -> None:
    why = ""
    if row.state == "replaced":
        successor = uow.session.get_one(StoredPaper, row.successor_id)
        why = f"đã được thay bằng {successor.number or successor.title}"
    elif row.state == "revoked":
        why = f"đã bị thu hồi ({row.reason})" if row.reason else "đã bị thu hồi"
    elif row.valid_until is not None and row.valid_until < today:
        why = f"đã hết giá trị từ {short_date(row.valid_until)}"
    if why:
        raise PaperNotValid(where="reuse", number=row.number or row.title, why=why)
