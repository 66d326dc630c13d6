"""Short words for what happens at the certification desk."""

from __future__ import annotations

from sqlalchemy import select

from app.db.models import Certification, CertifiedPaper, Dossier, SigningAuthority
from app.domain.certification import Kind, Medium, Paper
from app.services import certification
from app.services.certification import Numbered, Visit
from tests.support.seeded import Desk

THREE = (Paper("Bằng tốt nghiệp THPT", 1, 10), Paper("Học bạ THPT", 12, 10), Paper("Giấy khai sinh", 2, 10))
ONE = (Paper("Căn cước", 2, 1),)
SCAN = Paper("Bằng tốt nghiệp", 1, 1, Medium.ELECTRONIC)


def signer(desk: Desk, login: str = "leader") -> int:
    """Return the authority of an account to certify."""
    with desk.house.reading() as session:
        wanted = select(SigningAuthority.id).where(SigningAuthority.user_id == desk.staff(login).user_id)
        return session.scalars(wanted.where(SigningAuthority.certifies)).one()


def visit(desk: Desk, papers: tuple[Paper, ...] = THREE, **more: object) -> Visit:
    """Return a visit of an invented person."""
    base = {"kind": Kind.COPY, "applicant": desk.person(), "signer_id": signer(desk)}
    return Visit(papers=papers, **(base | more))  # type: ignore[arg-type]  # open keywords of a test


def certify(desk: Desk, papers: tuple[Paper, ...] = THREE, *, clerk: str = "clerk", **more: object) -> Numbered:
    """Receive a visit now."""
    with desk.house.unit_of_work() as uow:
        return certification.receive(uow, desk.staff(clerk), visit(desk, papers, **more), desk.clock.now())


def rows(desk: Desk, code: str) -> list[CertifiedPaper]:
    """Return the numbered rows of a dossier, detached."""
    with desk.house.reading() as session:
        wanted = select(CertifiedPaper).join(Dossier, Dossier.id == CertifiedPaper.dossier_id)
        found = list(session.scalars(wanted.where(Dossier.code == code).order_by(CertifiedPaper.ordinal)))
        session.expunge_all()
    return found


def entries(desk: Desk) -> int:
    """Return how many requests stand."""
    with desk.house.reading() as session:
        return len(session.scalars(select(Certification.id)).all())
