"""What holds for certification on a day (biểu phí, người ký, quyển sổ theo ngày): dated rows, read and written."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.db.models import CertificationBook, CertificationTariff, SigningAuthority
from app.db.unit_of_work import UnitOfWork
from app.domain.certification import SERIES, Kind, Tariff
from app.domain.people import Role, Staff, acting
from app.domain.vietnamese_format import short_date, short_moment
from app.services.authority import require_in_force
from app.services.certification_errors import NoSigner, NoTariff
from app.services.errors import NoRight
from app.services.filing import local_day
from app.services.numbering import next_numbers
from workflows.states import ActorKind


def tariff_on(session: Session, kind: Kind, day: date) -> Tariff:
    """Return what `kind` costs on a day (Vietnam date). Raises NoTariff."""
    row = session.scalars(
        select(CertificationTariff)
        .where(CertificationTariff.kind == kind, CertificationTariff.effective_from <= day)
        .where(or_(CertificationTariff.effective_to.is_(None), CertificationTariff.effective_to > day))
        .order_by(CertificationTariff.effective_from.desc())
    ).first()
    if row is None:
        raise NoTariff(day=short_date(day))
    return Tariff(
        row.per, row.first_pages, row.first_page_vnd, row.further_page_vnd, row.cap_vnd, row.legal_basis
    )


def signer_at(uow: UnitOfWork, unit_id: int, authority_id: int, at: datetime) -> SigningAuthority:
    """Return the authority to certify if it is in force at this minute.

    Raises NoSigner (none of this agency, or not for certification), AuthorityExpired, AuthorityNotYet.
    """
    row = uow.session.get(SigningAuthority, authority_id)
    if row is None or row.unit_id != unit_id or not row.certifies:
        raise NoSigner(where="signer", at=short_moment(at))
    require_in_force(row, at, where="signer")
    return row


def open_volume(uow: UnitOfWork, unit_id: int, series: str, at: datetime) -> CertificationBook:
    """Return the volume that is written in today; the year's first one opens by itself."""
    day = local_day(at)
    volumes = uow.session.scalars(
        select(CertificationBook)
        .where(CertificationBook.unit_id == unit_id, CertificationBook.series == series)
        .where(CertificationBook.year == day.year)
        .order_by(CertificationBook.volume.desc())
    ).all()
    if volumes and volumes[0].closed_on is None:
        return volumes[0]
    volume = CertificationBook(
        unit_id=unit_id,
        series=series,
        year=day.year,
        volume=volumes[0].volume + 1 if volumes else 1,
        opened_on=day,
    )
    uow.session.add(volume)
    return volume


def close_volume(uow: UnitOfWork, staff: Staff, series: str, at: datetime) -> str:
    """Close the volume in use (khóa sổ) and return its name; the next number opens the next volume."""
    if not staff.has(Role.LEADER, Role.RECORDS, Role.CLERK) or series not in SERIES:
        raise NoRight(who="cán bộ giữ sổ")
    # Drawing no number takes the counter's row: nobody numbers in this volume while it is being closed.
    next_numbers(uow, staff.root_unit_id, counter_of(series), str(local_day(at).year), 0)
    volume = open_volume(uow, staff.root_unit_id, series, at)
    volume.closed_on, volume.closed_by = local_day(at), staff.name
    name = volume_name(volume)
    uow.note(
        "unit:book_closed", ("unit", str(staff.root_unit_id)), acting(staff, ActorKind.STAFF), at, name=name
    )
    return name


def counter_of(series: str) -> str:
    """Return the kind of counter that numbers a book."""
    return f"certify:{series}"


def volume_name(volume: CertificationBook) -> str:
    """Return a volume as printed, e.g. "02/2026-SCT/BS"."""
    return f"{volume.volume:02}/{volume.year}-{volume.series}"
